from pathlib import Path
from typing import Any

import pytest

from accord.document import Limits, read_document
from accord.errors import (
    ContractError,
    LimitExceeded,
    MalformedDocument,
    ReferenceCycle,
    RefusedReference,
    UnreadableDocument,
    UnresolvedReference,
)


def refused(location: str, **options: Any) -> ContractError:
    with pytest.raises(ContractError) as caught:
        read_document(location, **options)
    return caught.value


def schema(reference: str) -> str:
    head = "components:\n  schemas:\n    A:\n      type: object\n      properties:\n"
    return f"{head}        b: {{$ref: '{reference}'}}\n"


@pytest.mark.parametrize(
    "path", ["../secret.yaml", "/etc/passwd", "sub/../../secret.yaml", "%2e%2e/secret.yaml"]
)
def test_a_reference_out_of_the_folder_is_refused_before_it_is_opened(write: Any, path: str) -> None:
    error = refused(write({"own/openapi.yaml": schema(path), "secret.yaml": "type: string\n"}))
    assert isinstance(error, RefusedReference)
    assert "--allow" in error.hint
    assert str(error.position) == "own/openapi.yaml:8:13"


def test_whether_a_file_outside_exists_is_not_told(write: Any) -> None:
    location = write({"own/openapi.yaml": schema("../nope.yaml")})
    assert isinstance(refused(location), RefusedReference)


def test_a_symbolic_link_out_of_the_folder_is_refused(write: Any, tmp_path: Path) -> None:
    location = write({"own/openapi.yaml": schema("link.yaml"), "secret.yaml": "type: string\n"})
    (tmp_path / "own/link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert isinstance(refused(location), RefusedReference)


def test_an_allowed_folder_may_be_referred_to(write: Any) -> None:
    location = write({"own/openapi.yaml": schema("../common/b.yaml"), "common/b.yaml": "type: string\n"})
    document = read_document(location, allow=["common"])
    assert document.content["components"]["schemas"]["b"] == {"type": "string"}
    assert document.files == ("own/openapi.yaml", "common/b.yaml")


@pytest.mark.parametrize(
    "url", ["http://example.com/a.yaml", "https://example.com/a.yaml#/x", "//example.com/a"]
)
def test_another_host_is_refused_by_name(write: Any, url: str) -> None:
    error = refused(write({"openapi.yaml": schema(url)}))
    assert isinstance(error, RefusedReference)
    assert error.reference.startswith(url.partition("#")[0])


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/a", "data:text/plain,x", "C:/a.yaml"]
)
def test_other_schemes_are_refused(write: Any, url: str) -> None:
    assert isinstance(refused(write({"openapi.yaml": schema(url)})), RefusedReference)


def test_a_refused_reference_is_an_error_even_if_lenient(write: Any) -> None:
    location = write({"openapi.yaml": schema("http://example.com/a.yaml")})
    assert isinstance(refused(location, lenient=True), RefusedReference)


def test_a_reference_to_nothing_says_where_and_what_is_near(write: Any) -> None:
    error = refused(write({"openapi.yaml": schema("#/components/schemas/AA")}))
    assert isinstance(error, UnresolvedReference)
    assert error.nearest == ("A",)
    assert str(error.position) == "openapi.yaml:8:13"


def test_a_reference_to_no_file_names_the_file_that_was_meant(write: Any) -> None:
    error = refused(write({"openapi.yaml": schema("pett.yaml"), "pet.yaml": "type: string\n"}))
    assert isinstance(error, UnresolvedReference)
    assert "'pet.yaml'" in error.hint


def test_a_reference_without_a_slash_is_explained(write: Any) -> None:
    error = refused(write({"openapi.yaml": schema("#components/schemas/A")}))
    assert "starts with #/" in error.message


def test_a_reference_to_what_is_no_schema_is_refused(write: Any) -> None:
    error = refused(write({"openapi.yaml": schema("#/info/title")}))
    assert "no schema stands there" in error.message


def test_a_reference_to_nothing_is_a_finding_if_lenient_and_accepts_all(write: Any) -> None:
    document = read_document(write({"openapi.yaml": schema("#/nope")}), lenient=True)
    assert [finding.rule for finding in document.findings] == ["unresolved-reference"]
    assert document.content["components"]["schemas"]["A"]["properties"]["b"] == {
        "x-unresolved-reference": "#/nope"
    }


def test_references_in_a_circle_with_nothing_between_are_an_error(write: Any) -> None:
    location = write(
        {"openapi.yaml": "components:\n schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: b.yaml}}\n",
         "b.yaml": "$ref: openapi.yaml#/components/schemas/A\n"}
    )  # fmt: skip
    assert isinstance(refused(location), ReferenceCycle)
    assert {finding.rule for finding in read_document(location, lenient=True).findings} == {"reference-cycle"}


def test_a_circle_of_files_names_each_of_them(write: Any) -> None:
    location = write({
        "openapi.yaml": "paths: {/a: {$ref: 'b.yaml#/a'}}\n",
        "b.yaml": "a: {$ref: 'c.yaml#/a'}\n",
        "c.yaml": "a: {$ref: 'b.yaml#/a'}\n",
    })  # fmt: skip
    error = refused(location)
    assert isinstance(error, ReferenceCycle)
    assert error.chain == ("b.yaml#/a", "c.yaml#/a", "b.yaml#/a")
    assert str(error.position) == "openapi.yaml:3:14"


@pytest.mark.parametrize(
    "target", ["#", "#/components", "#/components/schemas", "#/components/schemas/A/properties/b/x"]
)
def test_a_reference_to_what_holds_it_is_one_error(write: Any, target: str) -> None:
    assert isinstance(refused(write({"openapi.yaml": schema(target)})), UnresolvedReference | ReferenceCycle)


def test_files_may_refer_to_each_other_in_a_circle(write: Any) -> None:
    location = write(
        {"openapi.yaml": schema("a.yaml"),
         "a.yaml": "properties: {next: {$ref: b.yaml}}\n",
         "b.yaml": "properties: {back: {$ref: a.yaml}}\n"}
    )  # fmt: skip
    schemas = read_document(location).content["components"]["schemas"]
    assert schemas["a"]["properties"]["next"] == {"$ref": "#/components/schemas/b"}
    assert schemas["b"]["properties"]["back"] == {"$ref": "#/components/schemas/a"}


DATA = """
paths:
  /a:
    get:
      x-code: {$ref: nope.yaml}
      responses:
        '200':
          description: d
          content:
            application/json:
              example: {$ref: nope.yaml}
              examples: {e: {value: {$ref: '#/nope'}}}
              schema:
                default: {$ref: nope.yaml}
                enum: [{$ref: nope.yaml}]
                const: {$ref: nope.yaml}
                properties: {$ref: {type: string}, example: {$ref: '#/components/schemas/A'}}
components: {schemas: {A: {type: string}}}
"""


def test_what_looks_like_a_reference_in_data_is_data(write: Any) -> None:
    document = read_document(write({"openapi.yaml": DATA}))
    media = document.at("/paths/~1a/get/responses/200/content/application~1json")
    assert media["example"] == {"$ref": "nope.yaml"}
    assert media["examples"]["e"]["value"] == {"$ref": "#/nope"}
    assert media["schema"]["const"] == {"$ref": "nope.yaml"}


def test_a_property_named_like_a_reference_is_a_property(write: Any) -> None:
    document = read_document(write({"openapi.yaml": DATA}))
    properties = document.at("/paths/~1a/get/responses/200/content/application~1json/schema/properties")
    assert properties["$ref"] == {"type": "string"}


def test_a_property_named_example_is_a_schema(write: Any) -> None:
    text = DATA.replace("'#/components/schemas/A'", "other.yaml")
    document = read_document(write({"openapi.yaml": text, "other.yaml": "type: integer\n"}))
    assert document.at("/components/schemas/other") == {"type": "integer"}


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]\n",
        "just text\n",
        "a: 1\n",
        "openapi: 4.0.0\n",
        "openapi: 2.0\n",
        "swagger: '1.2'\n",
        "swaggerVersion: '1.2'\n",
    ],
)
def test_what_is_no_openapi_document_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    error = refused(str(tmp_path / "f.yaml"))
    assert isinstance(error, MalformedDocument)
    assert str(error.position).endswith("f.yaml:1:1")


def test_a_missing_file_is_one_error_with_a_hint(write: Any) -> None:
    write({"openapi.yaml": "paths: {}\n"})
    error = refused("openapi.yml")
    assert isinstance(error, UnreadableDocument)
    assert "'openapi.yaml'" in error.hint


def test_a_folder_is_refused_with_the_file_that_may_be_meant(write: Any) -> None:
    write({"spec/openapi.yaml": "paths: {}\n", "spec/a.yaml": "x: 1\n"})
    error = refused("spec")
    assert isinstance(error, UnreadableDocument)
    assert "openapi.yaml" in error.hint


def test_a_file_that_is_too_large_is_refused_unread(write: Any) -> None:
    location = write({"openapi.yaml": "paths: {}\n" + "#" * 1000})
    assert isinstance(refused(location, limits=Limits(file_bytes=500)), LimitExceeded)


def test_more_files_than_allowed_are_refused(write: Any) -> None:
    location = write(
        {"openapi.yaml": schema("a.yaml"), "a.yaml": "items: {$ref: b.yaml}\n", "b.yaml": "type: string\n"}
    )
    assert isinstance(refused(location, limits=Limits(files=2)), LimitExceeded)


def test_files_are_shown_as_the_user_wrote_them(write: Any) -> None:
    location = write({"own/openapi.yaml": schema("./sub/../b.yaml"), "own/b.yaml": "type: string\n"})
    assert read_document(f"./{location}").files == ("./own/openapi.yaml", "own/b.yaml")
