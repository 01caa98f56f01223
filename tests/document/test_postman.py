import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accord.contract import check_contract, load_contract
from accord.document import Document, Limits, check_structure, read_document
from accord.errors import LimitExceeded, MalformedDocument

Raw = dict[str, Any]
V21 = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
JSON = [{"key": "Content-Type", "value": "application/json"}]

Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Writes a collection of these items and reads it."""
    monkeypatch.chdir(tmp_path)

    def reading(*items: Raw, limits: Limits | None = None, **members: Any) -> Document:
        collection = {"info": {"name": "Pets", "schema": V21}, "item": items, **members}
        Path("pets.json").write_text(json.dumps(collection, indent=1), encoding="utf-8")
        return read_document("pets.json", limits=limits)

    return reading


def item(url: Any, method: str = "GET", *, response: Any = (), name: str = "", **request: Any) -> Raw:
    return {"name": name, "request": {"url": url, "method": method, **request}, "response": list(response)}


def saved(body: str | None, code: int | None = 200, *, name: str = "", **members: Any) -> Raw:
    return {"name": name, "code": code, "header": JSON, "body": body, **members}


def raw_body(text: str) -> Raw:
    return {"header": JSON, "body": {"mode": "raw", "raw": text}}


def content_of(document: Document, path: str, method: str = "post") -> Raw:
    content: Raw = document.content["paths"][path][method]["requestBody"]["content"]
    return content


def parameters_of(document: Document, path: str, method: str = "get") -> dict[str, Raw]:
    return {each["name"]: each for each in document.content["paths"][path][method].get("parameters", ())}


def test_a_collection_is_a_document_of_its_own_version(read: Read) -> None:
    document = read(item("https://pets.test/pets"), info={"name": "Pets", "schema": V21, "version": "3"})
    assert document.version == "postman 2.1"
    assert document.content["info"] == {"title": "Pets", "version": "3"}
    assert document.content["servers"] == [{"url": "https://pets.test"}]


@pytest.mark.parametrize("info", [{"name": "Pets"}, {"_postman_id": "1"}])
def test_a_collection_that_names_no_schema_is_known_by_its_form(read: Read, info: Raw) -> None:
    assert read(item("/pets"), info=info).version == "postman 2.1"


def test_a_version_in_numbers_is_written_out(read: Read) -> None:
    info = {"name": "Pets", "version": {"major": 1, "minor": 2, "patch": 3, "identifier": "beta"}}
    assert read(info=info).content["info"]["version"] == "1.2.3-beta"


def test_nested_folders_are_flattened_and_the_outermost_is_the_tag(read: Read) -> None:
    inner = {"name": "Inner", "item": [item("/pets")]}
    document = read({"name": "Outer", "description": "All", "item": [inner]})
    assert document.content["paths"]["/pets"]["get"]["tags"] == ["Outer"]
    assert document.content["tags"] == [{"name": "Outer", "description": "All"}]


def test_a_request_that_is_only_a_url_is_a_get(read: Read) -> None:
    document = read({"name": "List", "request": "https://pets.test/pets?page=1"})
    assert document.content["paths"]["/pets"]["get"]["summary"] == "List"
    assert parameters_of(document, "/pets")["page"]["example"] == "1"


def test_path_variables_and_open_variables_are_path_parameters(read: Read) -> None:
    variable = [{"key": "pet", "value": "7", "description": {"content": "Its id"}}]
    url = {"host": ["{{base}}"], "path": [":pet.json", "{{open}}", "{id}"], "variable": variable}
    parameters = parameters_of(read(item(url)), "/{pet}.json/{open}/{id}")
    assert list(parameters) == ["pet", "open", "id"]
    assert parameters["pet"]["description"] == "Its id"
    assert (parameters["pet"]["example"], parameters["pet"]["required"]) == ("7", True)


def test_a_name_that_stands_twice_in_a_path_is_numbered(read: Read) -> None:
    assert list(read(item("/a/:id/b/:id")).content["paths"]) == ["/a/{id}/b/{id2}"]


def test_variables_of_the_collection_are_filled_in(read: Read) -> None:
    variables = [{"key": "base", "value": "{{host}}/v1"}, {"key": "host", "value": "https://pets.test"}]
    document = read(item("{{base}}/pets"), variable=variables)
    assert document.content["servers"] == [{"url": "https://pets.test/v1"}]
    assert list(document.content["paths"]) == ["/pets"]


def test_a_folder_has_variables_of_its_own(read: Read) -> None:
    folder = {"name": "f", "item": [item("/{{kind}}")], "variable": [{"key": "kind", "value": "cats"}]}
    document = read(folder, item("/{{kind}}"), variable=[{"key": "kind", "value": "dogs"}])
    assert list(document.content["paths"]) == ["/cats", "/dogs"]


def test_a_server_that_variables_leave_open_is_left_out(read: Read) -> None:
    assert "servers" not in read(item("{{unknown}}/pets")).content


def test_an_operation_on_another_host_names_its_own_servers(read: Read) -> None:
    document = read(item("https://a.test/x"), item("http://b.test:8080/y"))
    assert document.content["paths"]["/y"]["get"]["servers"] == [{"url": "http://b.test:8080"}]


def test_query_parameters_are_required_and_disabled_ones_left_out(read: Read) -> None:
    query = [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": True}]
    parameters = parameters_of(read(item({"path": ["pets"], "query": query})), "/pets")
    assert list(parameters) == ["a"]
    assert parameters["a"]["required"] is True


def test_a_query_parameter_that_is_given_twice_is_an_array(read: Read) -> None:
    tag = parameters_of(read(item("/pets?tag=a&tag=b")), "/pets")["tag"]
    assert (tag["schema"]["type"], tag["example"]) == ("array", ["a", "b"])


def test_headers_are_parameters_but_for_those_that_are_stated_elsewhere(read: Read) -> None:
    names = ["X-Tenant", "Accept", "Content-Type", "Host"]
    header = [{"key": name, "value": "a/b"} for name in names]
    assert list(parameters_of(read(item("/pets", header=header)), "/pets")) == ["X-Tenant"]


def test_headers_may_be_one_text(read: Read) -> None:
    parameters = parameters_of(read(item("/pets", header="X-A: 1\nX-B: a:b\n")), "/pets")
    assert {name: each["example"] for name, each in parameters.items()} == {"X-A": "1", "X-B": "a:b"}


@pytest.mark.parametrize(
    ("kind", "settings", "scheme"),
    [
        ("basic", {}, {"type": "http", "scheme": "basic"}),
        ("bearer", {"token": "t"}, {"type": "http", "scheme": "bearer"}),
        ("digest", {}, {"type": "http", "scheme": "digest"}),
        ("oauth2", {"addTokenTo": "header"}, {"type": "http", "scheme": "bearer"}),
        ("jwt", {}, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}),
        ("hawk", {}, {"type": "http", "scheme": "hawk"}),
        ("oauth1", {"addParamsToHeader": True}, {"type": "http", "scheme": "oauth"}),
        ("apikey", {"key": "X-Key"}, {"type": "apiKey", "name": "X-Key", "in": "header"}),
        ("apikey", {"key": "k", "in": "query"}, {"type": "apiKey", "name": "k", "in": "query"}),
    ],
)
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_auth_is_a_security_scheme(read: Read, kind: str, settings: Raw, scheme: Raw, version: str) -> None:
    pairs = [{"key": key, "value": value} for key, value in settings.items()]
    document = read(item("/pets", auth={"type": kind, kind: pairs if version == "2.1" else settings}))
    (requirement,) = document.content["paths"]["/pets"]["get"]["security"]
    assert document.content["components"]["securitySchemes"] == {next(iter(requirement)): scheme}


@pytest.mark.parametrize("auth", [None, {"type": "noauth"}, {"type": "apikey", "apikey": []}])
def test_auth_that_sends_nothing_asks_for_nothing(read: Read, auth: Raw | None) -> None:
    document = read(item("/pets", auth=auth))
    assert "security" not in document.content["paths"]["/pets"]["get"]
    assert "components" not in document.content


@pytest.mark.parametrize(
    ("auth", "names"),
    [
        ({"type": "oauth2", "oauth2": {"addTokenTo": "queryParams"}}, ["access_token"]),
        ({"type": "awsv4", "awsv4": {"sessionToken": "t"}}, ["X-Amz-Date", "X-Amz-Security-Token"]),
    ],
)
def test_auth_that_sends_parameters_has_them(read: Read, auth: Raw, names: list[str]) -> None:
    assert list(parameters_of(read(item("/pets", auth=auth)), "/pets")) == names


def test_auth_is_inherited_until_something_nearer_states_its_own(read: Read) -> None:
    folder = {
        "name": "f",
        "auth": {"type": "basic"},
        "item": [item("/a"), item("/b", auth={"type": "noauth"}), item("/c", auth={"type": "digest"})],
    }
    paths = read(folder, item("/d"), auth={"type": "bearer"}).content["paths"]
    security = {path: item["get"].get("security") for path, item in paths.items()}
    assert security == {"/a": [{"basic": []}], "/b": None, "/c": [{"digest": []}], "/d": [{"bearer": []}]}


def test_equal_auth_is_one_scheme_and_other_auth_another(read: Read) -> None:
    def keyed(name: str) -> Raw:
        return {"type": "apikey", "apikey": [{"key": "key", "value": name}]}

    document = read(*(item(f"/{path}", auth=keyed(path[0])) for path in ("a1", "a2", "b1")))
    assert list(document.content["components"]["securitySchemes"]) == ["apiKey", "apiKey-2"]


def test_an_authorization_written_by_hand_is_a_scheme_too(read: Read) -> None:
    header = [{"key": "Authorization", "value": "Bearer {{token}}"}]
    document = read(item("/pets", header=header))
    assert document.content["components"]["securitySchemes"] == {
        "bearer": {"type": "http", "scheme": "bearer"}
    }


def test_a_json_body_has_the_schema_of_its_value(read: Read) -> None:
    text = '{"name": "Rex", "age": 2, "weight": 1.5, "tags": ["a"], "owner": null, "none": []}'
    media = content_of(read(item("/pets", "POST", name="Add", **raw_body(text))), "/pets")["application/json"]
    types = {name: each.get("type") for name, each in media["schema"]["properties"].items()}
    assert list(types.values()) == ["string", "integer", "number", "array", None, "array"]
    assert media["examples"]["Add"]["value"] == json.loads(text)
    assert "required" not in media["schema"]


def test_the_language_of_a_body_is_its_media_type_where_no_header_states_one(read: Read) -> None:
    body = {"mode": "raw", "raw": "<a/>", "options": {"raw": {"language": "xml"}}}
    assert list(content_of(read(item("/pets", "POST", body=body)), "/pets")) == ["application/xml"]


def test_variables_in_place_of_json_values_leave_their_type_open(read: Read) -> None:
    media = content_of(read(item("/pets", "POST", **raw_body('{"id": {{id}}, "n": 1}'))), "/pets")
    assert media == {
        "application/json": {"schema": {"type": "object", "properties": {"id": {}, "n": {"type": "integer"}}}}
    }


@pytest.mark.parametrize(
    ("mode", "media_type"),
    [("urlencoded", "application/x-www-form-urlencoded"), ("formdata", "multipart/form-data")],
)
def test_a_form_is_an_object_of_texts(read: Read, mode: str, media_type: str) -> None:
    fields = [{"key": "a", "value": "1", "description": "A"}, {"key": "b", "value": "2", "disabled": True}]
    content = content_of(read(item("/pets", "POST", body={"mode": mode, mode: fields})), "/pets")
    assert content[media_type]["schema"] == {
        "type": "object",
        "properties": {"a": {"type": "string", "description": "A"}},
    }
    assert content[media_type]["examples"] == {"default": {"value": {"a": "1"}}}


def test_a_file_of_a_form_is_binary_and_says_its_media_type(read: Read) -> None:
    field = {"key": "photo", "type": "file", "src": "rex.png", "contentType": "image/png"}
    body = {"mode": "formdata", "formdata": [field]}
    media = content_of(read(item("/pets", "POST", body=body)), "/pets")["multipart/form-data"]
    assert media["schema"]["properties"]["photo"]["format"] == "binary"
    assert media["encoding"] == {"photo": {"contentType": "image/png"}}


def test_a_graphql_body_is_json_with_a_query(read: Read) -> None:
    body = {"mode": "graphql", "graphql": {"query": "{pets}", "variables": '{"a": 1}'}}
    media = content_of(read(item("/graphql", "POST", body=body)), "/graphql")["application/json"]
    assert media["schema"]["required"] == ["query"]
    assert media["examples"]["default"]["value"] == {"query": "{pets}", "variables": {"a": 1}}


def test_a_file_as_body_is_any_bytes(read: Read) -> None:
    content = content_of(read(item("/pets", "POST", body={"mode": "file", "file": {"src": "a"}})), "/pets")
    assert content == {"application/octet-stream": {}}


@pytest.mark.parametrize("told", [True, False])
def test_a_get_has_a_body_only_where_postman_is_told_to_send_it(read: Read, *, told: bool) -> None:
    search = item("/search", **raw_body("{}")) | {"protocolProfileBehavior": {"disableBodyPruning": told}}
    assert ("requestBody" in read(search).content["paths"]["/search"]["get"]) is told


def test_saved_responses_are_examples_by_name_below_their_status(read: Read) -> None:
    responses = [
        saved('{"a": 1}', name="One"),
        saved('{"a": "x"}', name="Two"),
        saved("{}", 404, name="Gone"),
    ]
    documented = read(item("/pets", response=responses)).content["paths"]["/pets"]["get"]["responses"]
    assert list(documented) == ["200", "404"]
    media = documented["200"]["content"]["application/json"]
    assert {name: each["value"] for name, each in media["examples"].items()} == {
        "One": {"a": 1},
        "Two": {"a": "x"},
    }
    assert media["schema"]["properties"]["a"] == {"anyOf": [{"type": "integer"}, {"type": "string"}]}


def test_saved_headers_are_the_responses_but_for_those_of_the_connection(read: Read) -> None:
    header = [*JSON, {"key": "X-Rate", "value": "9"}, {"key": "Content-Encoding", "value": "gzip"}]
    response = saved(
        "1", header=header, cookie=[{"name": "sid", "value": "x", "path": "/", "httpOnly": True}]
    )
    documented = read(item("/pets", response=[response])).content["paths"]["/pets"]["get"]["responses"]["200"]
    examples = {name: each["example"] for name, each in documented["headers"].items()}
    assert examples == {"X-Rate": "9", "Set-Cookie": "sid=x; Path=/; HttpOnly"}


def test_a_saved_body_without_content_type_is_what_postman_shows_it_as(read: Read) -> None:
    responses = [
        saved("<p>", 200, header=None, _postman_previewlanguage="html"),
        saved("{}", 201, header=None),
        saved("hi", 202, header=None),
        saved(None, 204, header=None),
    ]
    documented = read(item("/pets", response=responses)).content["paths"]["/pets"]["get"]["responses"]
    types = [list(each.get("content", ())) for each in documented.values()]
    assert types == [["text/html"], ["application/json"], ["text/plain"], []]


def test_a_request_without_saved_responses_documents_none(read: Read) -> None:
    assert "responses" not in read(item("/pets")).content["paths"]["/pets"]["get"]


def test_a_response_without_status_is_the_default(read: Read) -> None:
    document = read(item("/pets", response=[saved("1", None)]))
    assert list(document.content["paths"]["/pets"]["get"]["responses"]) == ["default"]


def test_requests_of_one_method_and_path_are_one_operation(read: Read) -> None:
    first = item("/pets?a=1&b=1", "POST", name="A", response=[saved("1")], **raw_body('{"x": 1}'))
    second = item("/pets?a=2", "POST", name="B", response=[saved("2", 400)], **raw_body('{"y": "s"}'))
    document = read(first, second)
    operation = document.content["paths"]["/pets"]["post"]
    required = {name: each["required"] for name, each in parameters_of(document, "/pets", "post").items()}
    assert required == {"a": True, "b": False}
    assert list(operation["requestBody"]["content"]["application/json"]["schema"]["properties"]) == ["x", "y"]
    assert list(operation["responses"]) == ["200", "400"]


def test_paths_that_differ_in_names_alone_are_one_path(read: Read) -> None:
    paths = read(item("/pets/:id"), item("/pets/:pet", "DELETE")).content["paths"]
    assert {path: list(item) for path, item in paths.items()} == {"/pets/{id}": ["get", "delete"]}
    assert paths["/pets/{id}"]["delete"]["parameters"][0]["name"] == "id"


def test_a_method_that_openapi_has_no_field_for_is_an_additional_operation_of_3_2(read: Read) -> None:
    document = read(item("/pets", "PROPFIND"), item("/pets", "query"))
    assert document.content["openapi"] == "3.2.0"
    assert list(document.content["paths"]["/pets"]) == ["additionalOperations", "query"]
    assert list(document.content["paths"]["/pets"]["additionalOperations"]) == ["PROPFIND"]
    assert check_structure(document) == ()


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/info/title", '"name": "Pets"'),
        ("/servers/0", '"url": "https://pets.test/pets/:id?a=1"'),
        ("/paths/~1pets~1{id}", '"name": "Find"'),
        ("/paths/~1pets~1{id}/get", '"name": "Find"'),
        ("/paths/~1pets~1{id}/get/parameters/1", '"url": "https://pets.test/pets/:id?a=1"'),
        ("/paths/~1pets~1{id}/get/parameters/2", '"key": "X-A"'),
        ("/paths/~1pets~1{id}/get/responses/404/content/application~1json/schema", '"name": "None"'),
        ("/components/securitySchemes/basic", '"auth"'),
    ],
)
def test_places_are_those_of_the_collection(read: Read, pointer: str, line: str) -> None:
    found = item(
        "https://pets.test/pets/:id?a=1",
        name="Find",
        auth={"type": "basic"},
        header=[{"key": "X-A", "value": "1"}],
        response=[saved("1"), saved("2", 404, name="None")],
    )
    document = read(found)
    document.at(pointer)
    lines = Path("pets.json").read_text(encoding="utf-8").splitlines()
    near = lines[document.locate(pointer).line - 1 :][:2]
    assert any(text.strip().startswith(line) for text in near)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"item": {}}, "`item` is no list"),
        ({"item": [1]}, "what `item` lists here is no object"),
        ({"item": [{"name": "x"}]}, "neither a request nor a folder"),
        ({"item": [{"request": {"url": []}}]}, "`url` is no object"),
        ({"item": [{"request": {"url": {"query": 1}}}]}, "`query` is no list"),
        ({"item": [{"request": {"url": {"path": [[]]}}}]}, "`path` is no text"),
        ({"item": [{"request": {"method": "G E T"}}]}, "'G E T' is no HTTP method"),
        ({"item": [{"request": {"header": {}}}]}, "`header` is no list"),
        ({"item": [{"request": {"method": "POST", "body": []}}]}, "`body` is no object"),
        ({"item": [{"request": {}, "response": {}}]}, "`response` is no list"),
        ({"item": [], "auth": 1}, "`auth` is no object"),
    ],
)
def test_what_is_malformed_is_refused_with_its_place(read: Read, wrong: Raw, message: str) -> None:
    with pytest.raises(MalformedDocument) as refusal:
        read(**wrong)
    assert message in refusal.value.message
    assert refusal.value.position is not None
    assert refusal.value.position.line > 1
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("collection", "version"),
    [
        ({"id": "1", "name": "Old", "order": [], "requests": []}, "1.0"),
        ({"info": {"name": "New", "schema": V21.replace("2.1", "3.0")}, "item": []}, "3.0"),
    ],
)
def test_a_collection_of_another_version_is_to_be_exported_as_2_1(
    tmp_path: Path, collection: Raw, version: str
) -> None:
    file = tmp_path / "old.json"
    file.write_text(json.dumps(collection), encoding="utf-8")
    with pytest.raises(MalformedDocument) as refusal:
        read_document(str(file))
    assert refusal.value.message == f"a Postman collection of v{version} is no version that is read"
    assert "v2.1" in refusal.value.hint


def test_variables_that_grow_without_end_are_refused(read: Read) -> None:
    grow = [{"key": "a", "value": "{{a}}{{a}} and more"}]
    with pytest.raises(LimitExceeded, match="variables stand for more text"):
        read(item("/{{a}}"), variable=grow, limits=Limits(file_bytes=100_000))


def test_a_body_that_is_deeper_than_is_read_is_a_text(read: Read) -> None:
    deep = "[" * 500 + "]" * 500
    document = read(item("/pets", response=[saved(deep)]))
    media = document.at("/paths/~1pets/get/responses/200/content/application~1json")
    assert media["examples"]["default"]["value"] == deep


def test_a_reference_within_a_body_is_only_data(read: Read) -> None:
    document = read(item("/pets", "POST", **raw_body('{"$ref": "#/nowhere"}')))
    media = content_of(document, "/pets")["application/json"]
    assert media["examples"]["default"]["value"] == {"$ref": "#/nowhere"}


def test_a_collection_is_a_contract_without_findings(read: Read) -> None:
    first = item("https://pets.test/pets/:id", name="Find", response=[saved('{"a": null}', name="Rex")])
    second = item("https://pets.test/pets", "POST", name="Add", response=[saved(None, 201)], **raw_body("{}"))
    read({"name": "Pets", "item": [first, second]}, auth={"type": "bearer"})
    contract = load_contract("pets.json")
    assert [operation.id for operation in contract.operations] == ["getPetsId", "postPets"]
    assert check_contract(contract) == ()
