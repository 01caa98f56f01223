import json
from pathlib import Path

import pytest

from accord.document import pointers
from accord.document.places import find_places


def line_of(text: str, pointer: str, file: str = "f.yaml") -> str:
    line, column = find_places(text.encode(), file).find(pointers.split(pointer))
    return text.split("\n")[line - 1][column - 1 :].strip()


YAML = """\
# comment
openapi: 3.1.0
info:
  # another
  description: |
    paths:
      /no: {}
  title: 'a: b'
tags:
- name: one
- name: two
  x-flow: {a: [1, {b: 2}],
    c: 3}
paths:
  "/pets/{id}":
    get: &anchor
      parameters:
        - in: path
          name: id
        -
          in: query
      responses:
        200: {description: ok}
        'de''fault':
          $ref: '#/x'
    post: !tag
      summary: multi
        line: no
"""


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", "openapi: 3.1.0"),
        ("/info", "info:"),
        ("/info/title", "title: 'a: b'"),
        ("/tags/1", "name: two"),
        ("/tags/1/name", "name: two"),
        ("/tags/1/x-flow/a/1/b", "b: 2}],"),
        ("/tags/1/x-flow/c", "c: 3}"),
        ("/paths/~1pets~1{id}", '"/pets/{id}":'),
        ("/paths/~1pets~1{id}/get/parameters/0/name", "name: id"),
        ("/paths/~1pets~1{id}/get/parameters/1/in", "in: query"),
        ("/paths/~1pets~1{id}/get/responses/200/description", "description: ok}"),
        ("/paths/~1pets~1{id}/get/responses/de'fault/$ref", "$ref: '#/x'"),
        ("/paths/~1pets~1{id}/post/summary", "summary: multi"),
    ],
)
def test_a_place_in_yaml_is_where_its_key_stands(pointer: str, expected: str) -> None:
    assert line_of(YAML, pointer) == expected


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/info/nope/deeper", "info:"),
        ("/tags/7", "tags:"),
        ("/paths/~1pets~1{id}/get/parameters/0/x", "in: path"),
    ],
)
def test_what_is_not_there_is_placed_at_its_nearest_ancestor(pointer: str, expected: str) -> None:
    assert line_of(YAML, pointer) == expected


def test_a_place_in_json_is_where_its_key_stands() -> None:
    text = json.dumps({"a": {"b/c": [1, {"d": 'x"y'}], "e": None}}, indent=2)
    assert line_of(text, "/a/b~1c/1/d", "f.json") == '"d": "x\\"y"'
    assert line_of(text, "/a/b~1c/0", "f.json") == "1,"
    assert line_of(text, "/a/e", "f.json") == '"e": null'
    assert line_of(text, "/a/nope", "f.json") == '"a": {'


def test_json_without_line_breaks_has_columns() -> None:
    assert find_places(b'{"a":{"b":1}}', "f.json").find(["a", "b"]) == (1, 7)


def test_windows_line_ends_do_not_move_places() -> None:
    assert find_places(b"a:\r\n  b: 1\r\n  c:\r\n  - d\r\n", "f.yaml").find(["a", "c", "0"]) == (4, 5)


def test_every_place_of_a_written_document_is_found(tmp_path: Path) -> None:
    import yaml  # noqa: PLC0415 - to write what is read here

    value = {"a": [{"b": 1, "c": ["x", "y"]}, [1, 2]], "d e": {"f: g": "text", "i": {"h": True}}}
    text = yaml.safe_dump(value)
    for pointer, line in (
        ("/a/0/c/1", "- y"),
        ("/a/1/1", "- 2"),
        ("/d e/f: g", "'f: g': text"),
        ("/d e/i/h", "h: true"),
    ):
        number, _ = find_places(text.encode(), str(tmp_path)).find(pointers.split(pointer))
        assert line in text.split("\n")[number - 1]


def test_columns_of_json_count_characters_whatever_their_bytes() -> None:
    text = '{\n "é😀": {"a\\u00fc": "ß😀", "ключ": 1}}'.encode()
    assert find_places(text, "f.json").find(["é😀"]) == (2, 2)
    assert find_places(text, "f.json").find(["é😀", "aü"]) == (2, 9)
    assert find_places(text, "f.json").find(["é😀", "ключ"]) == (2, 26)
