import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from accord.document import pointers, read_document
from accord.errors import LimitExceeded, RefusedReference, UnreadableDocument

KINDS = {
    "openapi.yaml": """
        paths:
          /a:
            $ref: a.yaml
          /b:
            post:
              $ref: operations.yaml#/post
        components:
          securitySchemes:
            key: {$ref: parts.yaml#/key}
        """,
    "a.yaml": """
        parameters: [{$ref: 'parts.yaml#/limit'}]
        post:
          requestBody: {$ref: parts.yaml#/body}
          responses:
            '200': {$ref: parts.yaml#/ok}
          callbacks:
            done: {$ref: parts.yaml#/done}
        """,
    "operations.yaml": "post: {operationId: b, responses: {'200': {$ref: parts.yaml#/ok}}}\n",
    "parts.yaml": """
        limit: {name: limit, in: query, schema: {$ref: '#/Limit'}}
        Limit: {type: integer}
        body: {content: {application/json: {examples: {e: {$ref: '#/example'}}}}}
        example: {value: {$ref: data}}
        ok:
          description: d
          headers: {X: {$ref: '#/header'}}
          links: {next: {$ref: '#/link'}}
        header: {schema: {type: string}}
        link: {operationId: b}
        done: {'{$url}': {$ref: '#/item'}}
        item: {post: {responses: {}}}
        key: {type: apiKey, name: k, in: query}
        """,
}


def schemas(write: Any, files: dict[str, str]) -> Any:
    return read_document(write(files)).content["components"]["schemas"]


def test_each_kind_of_object_becomes_a_component_of_its_kind(write: Any) -> None:
    components = read_document(write(KINDS)).content["components"]
    assert {section: list(entries) for section, entries in components.items()} == {
        "securitySchemes": ["key"],
        "parameters": ["limit"],
        "requestBodies": ["body"],
        "responses": ["ok"],
        "callbacks": ["done"],
        "schemas": ["Limit"],
        "examples": ["example"],
        "headers": ["header"],
        "links": ["link"],
    }
    assert components["securitySchemes"]["key"]["type"] == "apiKey"
    assert components["callbacks"]["done"] == {"{$url}": {"post": {"responses": {}}}}


def test_no_reference_to_another_file_is_left_but_in_data(write: Any) -> None:
    document = read_document(write(KINDS))
    outside = [place for place, reference in pointers.references(document.content) if reference[0] != "#"]
    assert outside == ["/components/examples/example/value"]


def test_a_path_item_takes_the_place_of_the_reference_to_it(write: Any) -> None:
    document = read_document(write(KINDS))
    assert document.at("/paths/~1a/post/requestBody") == {"$ref": "#/components/requestBodies/body"}
    assert str(document.locate("/paths/~1a/post/callbacks")) == "a.yaml:6:3"


def test_an_operation_takes_the_place_of_the_reference_to_it(write: Any) -> None:
    document = read_document(write(KINDS))
    assert document.at("/paths/~1b/post/operationId") == "b"
    assert document.locate("/paths/~1b/post/operationId").file == "operations.yaml"


def test_places_in_components_lead_to_the_file_that_has_them(write: Any) -> None:
    document = read_document(write(KINDS))
    assert str(document.locate("/components/responses/ok/links")) == "parts.yaml:8:3"
    assert str(document.locate("/info/title")) == "openapi.yaml:2:8"


def test_two_paths_may_refer_to_one_path_item(write: Any) -> None:
    files = {
        "openapi.yaml": "paths: {/a: {$ref: a.yaml}, /b: {$ref: a.yaml}}\n",
        "a.yaml": "get: {responses: {}}\n",
    }
    paths = read_document(write(files)).content["paths"]
    assert paths == {"/a": {"get": {"responses": {}}}, "/b": {"$ref": "#/paths/~1a"}}


def test_a_component_that_is_only_a_reference_becomes_what_it_refers_to(write: Any) -> None:
    files = {
        "openapi.yaml": "components: {schemas: {Pet: {$ref: p.yaml}, Zoo: {items: {$ref: p.yaml}}}}\n",
        "p.yaml": "type: object\n",
    }
    assert schemas(write, files) == {
        "Pet": {"type": "object"},
        "Zoo": {"items": {"$ref": "#/components/schemas/Pet"}},
    }


def test_names_that_collide_are_told_apart_by_their_folder(write: Any) -> None:
    files = {
        "openapi.yaml": """
            components:
              schemas: {Z: {anyOf: [{$ref: a/Pet.yaml}, {$ref: b/Pet.yaml}, {$ref: a/Pet.yaml}]}}
            """,
        "a/Pet.yaml": "type: string\n",
        "b/Pet.yaml": "type: integer\n",
    }
    found = schemas(write, files)
    assert list(found) == ["Z", "Pet", "b_Pet"]
    assert [entry["$ref"] for entry in found["Z"]["anyOf"]] == [
        "#/components/schemas/Pet", "#/components/schemas/b_Pet", "#/components/schemas/Pet",
    ]  # fmt: skip


def test_a_reference_back_into_the_entry_is_local(write: Any) -> None:
    files = {
        "api/openapi.yaml": "components: {schemas: {A: {$ref: sub/b.yaml}, E: {type: string}}}\n",
        "api/sub/b.yaml": "items: {$ref: ../openapi.yaml#/components/schemas/E}\n",
    }
    assert schemas(write, files)["A"] == {"items": {"$ref": "#/components/schemas/E"}}


def test_keywords_beside_a_reference_are_kept_from_3_1(write: Any) -> None:
    files = {
        "openapi.yaml": "components: {schemas: {A: {$ref: b.yaml, maxLength: 3}}}\n",
        "b.yaml": "type: string\n",
    }
    assert schemas(write, files)["A"] == {"$ref": "#/components/schemas/b", "maxLength": 3}


@pytest.mark.parametrize("version", ["3.0.3", "2.0"])
def test_keywords_beside_a_reference_are_ignored_before_3_1(write: Any, version: str) -> None:
    key = "swagger" if version == "2.0" else "openapi"
    section = "definitions:\n  " if version == "2.0" else "components:\n schemas:\n  "
    head = f"{key}: '{version}'\npaths: {{}}\n{section}"
    text = f"{head}A: {{$ref: b.yaml#/B, maxLength: 3}}\n  Z: {{items: {{$ref: b.yaml#/B, minLength: 9}}}}\n"
    found = schemas(write, {"openapi.yaml": text, "b.yaml": "B: {type: string}\n"})
    assert "minLength" not in found["Z"]["items"]
    assert "maxLength" not in found["A"]


@pytest.mark.parametrize("name", ["a/b", "a~b", "a b", "a%b", "ä", "{x}"])
def test_component_keys_with_odd_characters_can_be_referred_to(write: Any, name: str) -> None:
    reference = pointers.to_fragment(f"/components/schemas/{pointers.escape(name)}")
    text = f"components:\n schemas:\n  '{name}': {{type: string}}\n  R: {{items: {{$ref: '{reference}'}}}}\n"
    document = read_document(write({"openapi.yaml": text}))
    pointer = pointers.from_fragment(document.at("/components/schemas/R/items/$ref"))
    assert document.at(pointer) == {"type": "string"}


def test_anchors_and_identifiers_become_pointers(write: Any) -> None:
    files = {
        "openapi.yaml": """
            components:
              schemas:
                A:
                  $id: https://example.com/a
                  $defs: {x: {$anchor: spot, type: string}}
                  items: {$ref: '#spot'}
                B: {items: {$ref: 'https://example.com/a#/$defs/x'}}
                C: {items: {$ref: 'more.yaml#leaf'}}
                D: {$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}
            """,
        "more.yaml": "deep: {er: {$anchor: leaf, type: integer}}\n",
    }
    found = schemas(write, files)
    assert found["A"]["items"]["$ref"] == found["B"]["items"]["$ref"] == "#/components/schemas/A/$defs/x"
    assert "$id" not in found["A"]
    assert found[found["C"]["items"]["$ref"].rpartition("/")[2]] == {"type": "integer"}
    assert found["D"]["properties"]["next"] == {"$ref": "#/components/schemas/D"}


def test_a_dynamic_reference_that_may_lead_elsewhere_is_a_finding(write: Any) -> None:
    text = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        paths: {}
        components:
          schemas:
            Tree: {$id: tree, $dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}
            Strict: {$id: strict, $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false}
        """
    (finding,) = read_document(write({"openapi.yaml": text})).findings
    assert (finding.rule, finding.pointer) == (
        "dynamic-reference",
        "/components/schemas/Tree/properties/next",
    )


def test_the_mapping_of_a_discriminator_is_bundled(write: Any) -> None:
    files = {
        "openapi.yaml": """
            components:
              schemas:
                Pet:
                  oneOf: [{$ref: cat.yaml}]
                  discriminator: {propertyName: t, mapping: {cat: cat.yaml, dog: Dog}}
            """,
        "cat.yaml": "type: object\n",
    }
    assert schemas(write, files)["Pet"]["discriminator"]["mapping"] == {
        "cat": "#/components/schemas/cat",
        "dog": "Dog",
    }


def test_a_reference_in_place_of_a_whole_map_is_spliced(write: Any) -> None:
    files = {
        "openapi.yaml": """
            paths: {$ref: paths.yaml}
            components: {schemas: {A: {properties: {$ref: 'm.yaml#/properties'}}}}
            """,
        "paths.yaml": "/a: {get: {parameters: {$ref: 'm.yaml#/list'}, responses: {}}}\n",
        "m.yaml": "properties: {x: {$ref: '#/S'}}\nS: {type: string}\nlist: [{name: q, in: query}]\n",
    }
    document = read_document(write(files))
    assert document.at("/components/schemas/A/properties") == {"x": {"$ref": "#/components/schemas/S"}}
    assert document.at("/paths/~1a/get/parameters/0/name") == "q"
    assert str(document.locate("/paths/~1a/get/parameters/0/name")) == "m.yaml:3:9"


def test_a_reference_outside_components_is_brought_into_them(write: Any) -> None:
    shared = "x-shared: {S: {items: {$ref: '#/x-shared/T'}}, T: {type: string}}\n"
    text = f"{shared}components: {{schemas: {{A: {{items: {{$ref: '#/x-shared/S'}}}}}}}}\n"
    found = schemas(write, {"openapi.yaml": text})
    assert found["A"]["items"] == {"$ref": "#/components/schemas/S"}
    assert found["S"] == {"items": {"$ref": "#/components/schemas/T"}}


def test_a_reference_through_a_reference_is_followed(write: Any) -> None:
    text = """
        components:
          schemas:
            A: {$ref: '#/components/schemas/B', description: here}
            B: {properties: {x: {type: string}}}
            C: {items: {$ref: '#/components/schemas/A/properties/x'}}
        """
    assert schemas(write, {"openapi.yaml": text})["C"]["items"] == {
        "$ref": "#/components/schemas/B/properties/x"
    }


def test_copies_of_copies_are_bounded(write: Any) -> None:
    files = {"openapi.yaml": "paths: {/a: {get: {$ref: '0.yaml#/get'}}}\n"}
    for number in range(8):
        calls = ", ".join(
            f"c{n}: {{'{{$u}}': {{get: {{$ref: '{number + 1}.yaml#/get'}}}}}}" for n in range(9)
        )
        files[f"{number}.yaml"] = f"get: {{callbacks: {{{calls}}}}}\n"
    files["8.yaml"] = "get: {responses: {}}\n"
    with pytest.raises(LimitExceeded):
        read_document(write(files))


def test_a_bundle_is_the_same_each_time(write: Any) -> None:
    location = write(KINDS)
    assert repr(read_document(location).content) == repr(read_document(location).content)


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://elsewhere.example.com/a.yaml")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_contract_at_a_url_may_refer_to_its_own_host(write: Any, site: str) -> None:
    document = read_document(f"{site}/{write(KINDS)}")
    assert document.files[0] == f"{site}/openapi.yaml"
    assert str(document.locate("/components/schemas/Limit")) == f"{site}/parts.yaml:2:1"


def test_a_contract_at_a_url_cannot_read_files(write: Any, site: str) -> None:
    location = write({"openapi.yaml": "paths: {/a: {$ref: 'file:///etc/passwd'}}\n"})
    with pytest.raises(RefusedReference):
        read_document(f"{site}/{location}")


def test_a_redirect_to_another_host_is_refused(site: str) -> None:
    with pytest.raises(RefusedReference, match=r"elsewhere\.example\.com"):
        read_document(f"{site}/away.yaml")


def test_a_file_may_refer_to_a_host_that_is_allowed_by_name(write: Any, site: str) -> None:
    location = write(
        {"openapi.yaml": f"paths: {{/a: {{$ref: '{site}/a.yaml'}}}}\n", "a.yaml": "get: {responses: {}}\n"}
    )
    assert read_document(location, allow=["127.0.0.1"]).at("/paths/~1a/get/responses") == {}


def test_an_address_that_answers_404_is_one_error(site: str) -> None:
    with pytest.raises(UnreadableDocument, match="404"):
        read_document(f"{site}/nope.yaml")
