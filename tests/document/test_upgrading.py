from typing import Any

import pytest

from accord.document import read_document
from accord.document.schema_upgrade import tidy_schema, upgrade_schema


def upgraded(schema: dict[str, Any]) -> dict[str, Any]:
    upgrade_schema(schema)
    tidy_schema(schema)
    return schema


NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"nullable": True}, {}),
        (
            {"type": "string", "nullable": True, "enum": ["a"]},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        ({"nullable": True, "enum": ["a", None]}, {"enum": ["a", None]}),
        ({"nullable": True, "anyOf": [{}]}, {"anyOf": [{}, NULL]}),
        ({"nullable": True, "allOf": [{}], "title": "T"}, {"title": "T", "anyOf": [{"allOf": [{}]}, NULL]}),
        ({"x-nullable": True, "$ref": "#/a"}, {"anyOf": [{"$ref": "#/a"}, NULL]}),
        (
            {"nullable": True, "type": "object", "oneOf": [{}]},
            {"anyOf": [{"type": "object", "oneOf": [{}]}, NULL]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMaximum": True}, {}),
        ({"example": 1}, {"examples": [1]}),
        ({"example": None, "examples": [2]}, {"examples": [None, 2]}),
        ({"examples": {"a": {"value": 1}, "b": 2}}, {"examples": [1, 2]}),
        (
            {"type": "string", "format": "byte"},
            {"type": "string", "format": "byte", "contentEncoding": "base64"},
        ),
        (
            {"type": "file"},
            {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"},
        ),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"items": [{}, True], "additionalItems": False}, {"prefixItems": [{}, True], "items": False}),
        (
            {"type": "integer", "x-a": 1, "exclusiveMinimum": 2},
            {"type": "integer", "x-a": 1, "exclusiveMinimum": 2},
        ),
    ],
)
def test_a_schema_of_3_0_says_the_same_in_2020_12(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert upgraded(old) == new


def test_upgrading_twice_changes_nothing_more() -> None:
    once = upgraded({"nullable": True, "allOf": [{}], "example": 1, "minimum": 1, "exclusiveMinimum": True})
    assert upgraded({**once}) == once


NESTED = """
openapi: 3.0.3
paths: {}
components:
  schemas:
    A:
      nullable: true
      allOf:
        - properties:
            x:
              nullable: true
              oneOf: [{type: string}]
    B: {items: {$ref: '#/components/schemas/A/allOf/0/properties/x/oneOf/0'}}
"""


def test_references_follow_what_an_upgrade_moved(write: Any) -> None:
    document = read_document(write({"openapi.yaml": NESTED}))
    reference = document.at("/components/schemas/B/items/$ref")
    assert document.at(reference[1:]) == {"type": "string"}


def test_places_follow_what_an_upgrade_moved(write: Any) -> None:
    document = read_document(write({"openapi.yaml": NESTED}))
    moved = document.at("/components/schemas/B/items/$ref")[1:]
    assert str(document.locate(moved)) == "openapi.yaml:11:23"


def test_the_version_that_was_written_is_kept_beside_the_normal_form(write: Any) -> None:
    document = read_document(write({"openapi.yaml": NESTED}))
    assert (document.version, document.content["openapi"]) == ("3.0.3", "3.1.0")


SWAGGER = """
swagger: '2.0'
info: {title: t, version: '1'}
host: api.example.com
basePath: /v1
schemes: [https, http]
consumes: [application/json]
x-kept: 1
paths:
  /pets/{id}:
    x-kept: 2
    parameters:
      - {name: id, in: path, required: true, type: integer, format: int64, x-kept: 3}
      - $ref: '#/parameters/Body'
    post:
      produces: [application/json, text/csv]
      parameters:
        - {name: csv, in: query, type: array, items: {type: string}, minItems: 1}
        - {name: multi, in: query, type: array, collectionFormat: multi, items: {type: string}}
        - {name: ssv, in: query, type: array, collectionFormat: ssv, items: {type: string}}
        - {name: X-Tags, in: header, type: array, collectionFormat: csv, items: {type: string}}
        - $ref: '#/parameters/Limit'
      responses:
        '200':
          description: d
          schema: {$ref: '#/definitions/Pet'}
          headers: {X-Rate: {type: integer, description: rate}}
          examples: {application/json: {n: 1}, text/plain: hello}
        '404': {$ref: '#/responses/Gone'}
    put:
      consumes: [multipart/form-data, application/json]
      parameters:
        - {name: file, in: formData, type: file, required: true, description: a picture}
        - {name: tags, in: formData, type: array, collectionFormat: multi, items: {type: string}}
      responses:
        '200': {description: d, schema: {type: file}}
  /forms:
    post:
      parameters: [{name: a, in: formData, type: string}]
      responses: {default: {description: d}}
definitions:
  Pet: {properties: {n: {type: integer, x-nullable: true}, p: {$ref: '#/definitions/Pet/properties/n'}}}
parameters:
  Limit: {name: limit, in: query, type: integer, maximum: 9, exclusiveMaximum: true, default: 3}
  Body: {name: pet, in: body, required: true, description: a pet, schema: {$ref: '#/definitions/Pet'}}
responses:
  Gone: {description: gone, schema: {type: string}}
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, name: k, in: header}
  code:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://a.example.com
    tokenUrl: https://t.example.com
    scopes: {r: read}
"""


@pytest.fixture
def swagger(write: Any) -> Any:
    return read_document(write({"swagger.yaml": SWAGGER}))


def test_host_base_path_and_schemes_become_servers(swagger: Any) -> None:
    urls = [server["url"] for server in swagger.content["servers"]]
    assert urls == ["https://api.example.com/v1", "http://api.example.com/v1"]


def test_a_parameter_of_2_0_states_its_type_in_a_schema(swagger: Any) -> None:
    assert swagger.at("/paths/~1pets~1{id}/parameters") == [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "x-kept": 3,
            "schema": {"type": "integer", "format": "int64"},
        }
    ]
    limit = swagger.at("/components/parameters/Limit")
    assert limit == {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "exclusiveMaximum": 9, "default": 3},
    }


def test_collection_formats_become_styles(swagger: Any) -> None:
    parameters = swagger.at("/paths/~1pets~1{id}/post/parameters")
    styles = {each["name"]: (each["style"], each.get("explode")) for each in parameters[:-1]}
    assert styles == {
        "csv": ("form", False),
        "multi": ("form", True),
        "ssv": ("spaceDelimited", False),
        "X-Tags": ("simple", None),
    }
    assert parameters[-1] == {"$ref": "#/components/parameters/Limit"}


def test_a_shared_body_parameter_becomes_a_request_body(swagger: Any) -> None:
    assert swagger.at("/paths/~1pets~1{id}/post/requestBody") == {"$ref": "#/components/requestBodies/Body"}
    assert swagger.at("/components/requestBodies/Body") == {
        "required": True,
        "description": "a pet",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
    }


def test_form_fields_become_one_body_with_encodings(swagger: Any) -> None:
    body = swagger.at("/paths/~1pets~1{id}/put/requestBody")
    assert body["required"] is True
    assert list(body["content"]) == ["multipart/form-data"]
    media = body["content"]["multipart/form-data"]
    assert media["schema"]["required"] == ["file"]
    assert media["schema"]["properties"]["file"]["description"] == "a picture"
    assert media["encoding"] == {"tags": {"style": "form", "explode": True}}


def test_a_form_that_names_no_media_type_is_url_encoded(swagger: Any) -> None:
    assert list(swagger.at("/paths/~1forms/post/requestBody/content")) == [
        "application/x-www-form-urlencoded"
    ]


def test_a_response_of_2_0_has_its_schema_under_each_media_type(swagger: Any) -> None:
    response = swagger.at("/paths/~1pets~1{id}/post/responses/200")
    assert response["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"n": 1}},
        "text/csv": {"schema": {"$ref": "#/components/schemas/Pet"}},
        "text/plain": {"example": "hello"},
    }
    assert response["headers"] == {"X-Rate": {"description": "rate", "schema": {"type": "integer"}}}


def test_a_shared_response_has_the_media_types_of_its_operation(swagger: Any) -> None:
    content = swagger.at("/paths/~1pets~1{id}/post/responses/404/content")
    assert list(content) == ["application/json", "text/csv"]
    assert list(swagger.at("/components/responses/Gone/content")) == ["application/json"]


def test_a_file_as_a_response_is_bytes(swagger: Any) -> None:
    assert list(swagger.at("/paths/~1pets~1{id}/put/responses/200/content")) == ["application/octet-stream"]


def test_security_definitions_become_security_schemes(swagger: Any) -> None:
    schemes = swagger.content["components"]["securitySchemes"]
    assert schemes["basic"] == {"type": "http", "scheme": "basic"}
    assert schemes["key"] == {"type": "apiKey", "name": "k", "in": "header"}
    assert list(schemes["code"]["flows"]) == ["authorizationCode"]
    assert schemes["code"]["flows"]["authorizationCode"]["scopes"] == {"r": "read"}


def test_extensions_of_2_0_are_kept(swagger: Any) -> None:
    assert swagger.content["x-kept"] == 1
    assert swagger.at("/paths/~1pets~1{id}/x-kept") == 2


def test_nullable_of_2_0_is_understood(swagger: Any) -> None:
    assert swagger.at("/components/schemas/Pet/properties/n") == {"type": ["integer", "null"]}
    assert swagger.at("/components/schemas/Pet/properties/p") == {
        "$ref": "#/components/schemas/Pet/properties/n"
    }


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/servers/0", "host: api"),
        ("/components/schemas/Pet/properties/n", "Pet: {prop"),
        ("/components/parameters/Limit/schema/type", "Limit: {name"),
        ("/components/requestBodies/Body/content/application~1json/schema", "Body: {name"),
        ("/components/securitySchemes/key/name", "key: {type"),
        ("/paths/~1pets~1{id}/post/parameters/3", "- {name: X-Tags"),
        ("/paths/~1pets~1{id}/post/responses/200/content/text~1csv/schema", "schema: {$ref"),
        ("/paths/~1pets~1{id}/post/responses/200/content/text~1plain/example", "examples: {app"),
        (
            "/paths/~1pets~1{id}/put/requestBody/content/multipart~1form-data/schema/properties/tags",
            "- {name: tags",
        ),
    ],
)
def test_places_of_an_upgraded_document_are_those_of_the_file(swagger: Any, pointer: str, line: str) -> None:
    position = swagger.locate(pointer)
    assert line in SWAGGER.strip().split("\n")[position.line - 1]


def test_a_document_of_3_2_is_accepted(write: Any) -> None:
    item = "{query: {responses: {}}, additionalOperations: {COPY: {responses: {}}}}"
    text = f"openapi: 3.2.0\npaths: {{/a: {item}}}\n"
    assert read_document(write({"openapi.yaml": text})).version == "3.2.0"
