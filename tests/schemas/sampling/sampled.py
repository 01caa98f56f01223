"""Samples of schemas that a test writes down."""

from typing import Any

from accord.document import Document
from accord.findings import Position
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sample, Sampler

POINTER = "/components/schemas/"


def sampler_of(schemas: Any, **choices: Any) -> Sampler:
    """What samples the schemas of a document."""
    content = {"components": {"schemas": schemas}}
    document = Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1))
    return Sampler(Schemas(document), **choices)


def sample_of(
    schema: Any, *, name: str = "S", key: str = "", identities: Any = None, others: Any = None, **choices: Any
) -> Sample:
    """A sample of a component; what it gives is checked to keep its schema."""
    sampler = sampler_of({name: schema, **(others or {})}, **choices)
    sample = sampler.sample(POINTER + name, key=key, identities=identities or {})
    assert sampler.schemas.at(POINTER + name, Direction.RESPONSE).is_valid(sample.value)
    return sample


def object_with(*texts: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object in which all properties are required; those that are only named are texts."""
    declared = {**{text: {"type": "string"} for text in texts}, **properties}
    return {"type": "object", "properties": declared, "required": [*declared]}


def value_of(schema: Any, **choices: Any) -> Any:
    """The value of a sample."""
    return sample_of(schema, **choices).value
