"""The ways that schemas leave open: `anyOf`, `oneOf`, `if`, `dependentSchemas`, discriminators."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from accord.document import pointers
from accord.schemas.sampling.views import COMPONENTS, DISCRIMINATED, Form, Item, below


def forms_of(schema: Mapping[str, Any], pointer: str) -> Iterator[Form]:
    """The forms of a schema itself, each with what holds of its branches."""
    for keyword in ("oneOf", "anyOf"):
        listed = schema.get(keyword)
        if isinstance(listed, list) and listed:
            named = _discriminated(schema)
            branches = tuple(
                ((each, below(pointer, keyword, at)), *named(_reference(each)))
                for at, each in enumerate(listed)
            )
            yield Form(branches, keyword == "oneOf", schema)
    if "if" in schema and ("then" in schema or "else" in schema):
        positive = [(schema["if"], below(pointer, "if"))]
        positive += [(schema["then"], below(pointer, "then"))] if "then" in schema else []
        negative: list[Item] = [({"not": schema["if"]}, "")]
        negative += [(schema["else"], below(pointer, "else"))] if "else" in schema else []
        yield Form((tuple(positive), tuple(negative)), is_exclusive=False)
    dependent = schema.get("dependentSchemas")
    for name, each in dependent.items() if isinstance(dependent, dict) else ():
        there = ({"required": [name]}, ""), (each, below(pointer, "dependentSchemas", name))
        yield Form((there, (({"not": {"required": [name]}}, ""),)), is_exclusive=False)


def inherited(parts: Sequence[Item]) -> list[Item]:
    """What the discriminator of a schema says of those that include it with `allOf`."""
    found: list[Item] = []
    named = next((at for _, at in parts if at.startswith(COMPONENTS)), "")
    for part, _ in parts if named else ():
        if "discriminator" in part and not part.keys() & {"oneOf", "anyOf"}:
            found += _discriminated(part)(pointers.to_fragment(named))
    return found


def _reference(schema: Any) -> str:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    return reference if isinstance(reference, str) else ""


def _discriminated(schema: Mapping[str, Any]) -> Callable[[str], list[Item]]:
    """From a reference to what the schema's discriminator says of values of the schema referred to."""
    discriminator = schema.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    targets = mapping.items() if isinstance(mapping, dict) else ()

    def named(reference: str) -> list[Item]:
        short = reference.rpartition("/")[2]
        if not isinstance(name, str) or not short:
            return []
        value = next((key for key, target in targets if target in (reference, short)), short)
        return [({"properties": {name: {DISCRIMINATED: value}}}, "")]

    return named
