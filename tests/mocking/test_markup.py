"""XML that the mock writes is XML that the judge takes, and says the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.contract import Contract, MediaType, load_contract
from accord.document import Document, pointers
from accord.exchange import ParsedType, Policy
from accord.exchange.contents import plan_content
from accord.findings import Position
from accord.mocking.values import Values
from accord.mocking.writing import write_body
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
XML = "application/xml"
_MOST = 100


def media_type_of(schema: Any) -> MediaType:
    content = {"openapi": "3.1.1", "components": {"mediaTypes": {"X": {"schema": schema}}}}
    document = Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1))
    return MediaType(document, "/components/mediaTypes/X", XML)


def read(body: bytes, media_type: MediaType, schemas: Schemas, direction: Direction) -> Any:
    """What a body in XML stands for, and what is wrong with it."""
    return plan_content(media_type, ParsedType(XML), schemas, direction, Policy()).judge(body)


NAMED = {"type": "string", "xml": {"name": "tag"}}
LISTED = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "enum": ["on"]}, "on"),
        ({"type": "integer"}, 3.0),
        ({"type": "number"}, 1e22),
        (LISTED, []),
        (LISTED, [1, 2]),
        ({"type": "array", "items": NAMED}, ["a", ""]),
    ],
)
def test_a_root_is_read_as_it_was_written(schema: Any, value: Any) -> None:
    media_type = media_type_of(schema)
    body = write_body(value, media_type, XML)
    assert read(body, media_type, Schemas(media_type.document), Direction.RESPONSE) == (value, ())


@pytest.mark.parametrize(
    ("schema", "value", "written"),
    [
        ({"type": "string"}, "a\r\nb", "<p>a&#13;\nb</p>"),
        ({"type": ["string", "null"]}, None, "nil"),
        ({"type": ["integer", "null"]}, None, "<p></p>"),
        ({"type": "boolean"}, False, "<p>false</p>"),
        (LISTED, [1, 2], "<p>1</p><p>2</p>"),
        (LISTED | {"xml": {"name": "ignored"}}, [1], "<p>1</p>"),
        (LISTED | {"xml": {"wrapped": True}}, [1], "<p><p>1</p></p>"),
        (LISTED | {"xml": {"wrapped": True, "name": "q"}}, [1], "<q><q>1</q></q>"),
        (LISTED | {"xml": {"attribute": True}}, [1, 2], ' p="1 2"'),
        ({"type": "array", "items": NAMED, "xml": {"wrapped": True}}, ["a"], "<p><tag>a</tag></p>"),
        ({"type": "array", "items": LISTED}, [[1, 2], [3]], "<p><p>1</p><p>2</p></p><p><p>3</p></p>"),
        ({"type": "string", "xml": {"nodeType": "text"}}, "a<b", ">a&lt;b<"),
        ({"type": "string", "xml": {"attribute": True, "name": "a-b"}}, 'x"\n', "a-b="),
        ({"type": "string", "xml": {"prefix": "n"}}, "a", "<p>a</p>"),
        ({"type": "string", "xml": {"name": "n:q", "namespace": "u:n"}}, "a", '<n:q xmlns:n="u:n">a</n:q>'),
        ({"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^0"}]}, "07", "<p>07</p>"),
    ],
)  # fmt: skip
def test_a_property_is_read_as_it_was_written(schema: Any, value: Any, written: str) -> None:
    media_type = media_type_of({"type": "object", "properties": {"p": schema}, "additionalProperties": False})
    body = write_body({"p": value}, media_type, XML)
    assert written in body.decode()
    found = read(body, media_type, Schemas(media_type.document), Direction.RESPONSE)
    assert found == ({"p": value}, ())


@pytest.mark.parametrize("key", ["größe", "a b", "1st", "$id", "@type", "x:y"])
def test_a_name_that_xml_cannot_have_is_read_back_as_it_was(key: str) -> None:
    media_type = media_type_of(
        {"type": "object", "properties": {key: {"type": "integer"}}, "required": [key]}
    )
    body = write_body({key: 1}, media_type, XML)
    assert read(body, media_type, Schemas(media_type.document), Direction.RESPONSE) == ({key: 1}, ())


def bodies(contract: Contract) -> Iterator[tuple[MediaType, Direction]]:
    """Each body in XML that an operation has."""
    for operation in contract.operations:
        described = operation.request_body
        if described is not None and XML in described.content:
            yield described.content[XML], Direction.REQUEST
        for response in operation.responses.values():
            if XML in response.content:
                yield response.content[XML], Direction.RESPONSE


def loaded(name: str) -> Contract:
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not here")
    return load_contract(str(CORPUS / name), lenient=True)


def broken(media_type: MediaType, schemas: Schemas, direction: Direction) -> bool:
    """Is a value made for a body not valid once it has been written and read?"""
    values = Values(schemas, lambda: Sampler(schemas, seed="xml"), direction)
    made = values.of_content(media_type, media_type.pointer, examples="mend")
    return bool(read(write_body(made.value, media_type, XML), media_type, schemas, direction)[1])


@pytest.mark.corpus
def test_every_body_in_xml_of_a_public_contract_is_valid_as_it_is_written() -> None:
    contract = loaded("swagger-petstore30.yaml")
    schemas = Schemas(contract.document)
    found = list(bodies(contract))
    assert len(found) > 10
    assert not [each for each, direction in found if broken(each, schemas, direction)]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["spotify.yml", "docker-engine20.yaml", "discord.json"])
def test_the_schemas_of_public_contracts_would_be_valid_in_xml_too(name: str) -> None:
    document = loaded(name).document
    names = list(document.content["components"]["schemas"])[:_MOST]
    kinds = {
        each: {"schema": {"$ref": pointers.to_fragment(pointers.join("/components/schemas", each))}}
        for each in names
    }
    components = {**document.content["components"], "mediaTypes": kinds}
    content = {**document.content, "components": components}
    document = replace(document, content=content)
    schemas = Schemas(document)
    made = (MediaType(document, pointers.join("/components/mediaTypes", each), XML) for each in names)
    assert not [each.pointer for each in made if broken(each, schemas, Direction.RESPONSE)]
