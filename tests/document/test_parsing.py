import math
import resource
import subprocess
import sys
from typing import Any

import pytest

from accord.document.limits import Limits
from accord.document.parsing import decode, parse
from accord.errors import ContractError, LimitExceeded, MalformedDocument, UnreadableDocument


def read(text: str, file: str = "f.yaml", limits: Limits | None = None) -> Any:
    return parse(text.encode("utf-8", "surrogatepass"), file, limits or Limits())


def refused(text: str, file: str = "f.yaml") -> ContractError:
    with pytest.raises(ContractError) as caught:
        read(text, file)
    return caught.value


@pytest.mark.parametrize("word", ["no", "on", "yes", "off", "2020-01-01", "12:30:45"])
def test_words_that_yaml_1_1_would_convert_stay_text(word: str) -> None:
    assert read(f"a: {word}\n") == {"a": word}
    assert read(f"a: {word}\nb:\ttabbed\n") == {"a": word, "b": "tabbed"}  # by the second reader


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("~", None),
        ("true", True),
        ("'1'", "1"),
    ],
)
def test_both_readers_of_yaml_agree_on_scalars(text: str, value: Any) -> None:
    assert read(f"a: {text}\n") == {"a": value}
    assert read(f"a: {text}\nb:\t1\n") == {"a": value, "b": 1}


def test_keys_are_the_text_that_was_written() -> None:
    assert list(read("200: a\n1.10: b\ntrue: c\nnull: d\n007: e\n")) == ["200", "1.10", "true", "null", "007"]


def test_keys_that_are_whole_numbers_keep_their_order() -> None:
    assert list(read("200: a\nx: b\n404: c\n")) == ["200", "x", "404"]


def test_merge_keys_are_merged_and_own_keys_win() -> None:
    assert read("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n")["b"] == {"x": 1, "y": 3}


def test_aliases_become_copies() -> None:
    value = read("a: &a {x: 1}\nb:\t*a\nc: *a\n")
    assert value["a"] == value["b"] == value["c"]
    assert value["a"] is not value["b"]


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "1: x\n'1': y\n"])
def test_a_key_twice_in_yaml_is_refused_where_it_stands_again(text: str) -> None:
    error = refused(text)
    assert isinstance(error, MalformedDocument)
    assert str(error.position) == "f.yaml:2:1"


def test_a_key_twice_in_json_is_refused_where_it_stands_again() -> None:
    error = refused('{"a": 1,\n "b": {"x": [{}], "x": 2}}', "f.json")
    assert str(error.position) == "f.json:2:19"
    assert '"x"' in error.message


def test_equal_keys_of_different_objects_are_no_fault() -> None:
    assert read('{"a": {"x": 1}, "b": {"x": "a"}, "c": ["c", "c"]}', "f.json")["b"] == {"x": "a"}


@pytest.mark.parametrize("text", ["{}, {}", "{},", "{}]", "{}], [{}"])
def test_more_than_one_value_is_refused(text: str) -> None:
    assert isinstance(refused(text, "f.json"), MalformedDocument)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_json_does_not_have_are_refused(number: str) -> None:
    error = refused(f'{{"a": "NaN",\n "b": {number}}}', "f.json")
    assert str(error.position) == "f.json:2:7"
    assert number in error.message


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\ud83d", "\ufffd"),
        (r"\uDE00\uD83D", "\ufffd\ufffd"),
        (r"\ud83d\ude00", "\U0001f600"),
        (r"\\ud83d", r"\ud83d"),
        (r"\\\ud83d!", "\\\ufffd!"),
        (r"\u00e9\ud83d\n", "\u00e9\ufffd\n"),
    ],
)
def test_half_a_character_in_json_is_replaced(written: str, meant: str) -> None:
    assert read(f'{{"a": "{written}"}}', "a.json") == {"a": meant}


def test_broken_yaml_is_one_error_with_its_place() -> None:
    error = refused("a: [1,\nb: 2\n")
    assert isinstance(error, MalformedDocument)
    assert str(error.position) == "f.yaml:2:1"


def test_broken_json_is_one_error_with_its_place() -> None:
    assert str(refused('{"a": 1,\n  "b" 2}', "f.json").position) == "f.json:2:7"


@pytest.mark.parametrize("text", ["", "  \n", "\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert "empty" in refused(text).message


def test_a_second_yaml_document_is_refused() -> None:
    assert "second YAML document" in refused("---\na: 1\n---\nb: 2\n").message


@pytest.mark.parametrize("key", ["{a: b}", "{a: {b: c}}", "[a, {b: c}]", "[[a]]"])
def test_a_mapping_or_a_list_as_a_key_is_refused(key: str) -> None:
    assert "cannot be a key" in refused(f"x: 1\n{key}: c\n").message


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    error = refused(bomb(30))
    assert isinstance(error, LimitExceeded)
    assert error.position is not None
    assert error.position.line == 7


def test_long_text_that_aliases_repeat_is_refused_before_it_expands() -> None:
    text = f'a: &a "{"x" * 100_000}"\nb: [{", ".join(["*a"] * 2_000)}]\n'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refused(text)
    assert "or as much text" in error.message
    assert str(error.position).startswith("f.yaml:2:")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"


def test_a_long_key_that_aliases_repeat_counts_as_text() -> None:
    text = f'a: &a {{"{"x" * 1_000}": 1}}\nb: [{", ".join(["*a"] * 70_000)}]\n'
    assert isinstance(refused(text), LimitExceeded)


def test_text_that_is_repeated_some_times_is_read() -> None:
    text = f'a: &a "{"x" * 100_000}"\nb: [{", ".join(["*a"] * 200)}]\n'
    assert read(text)["b"] == ["x" * 100_000] * 200


def test_aliases_within_the_limit_are_read() -> None:
    assert len(read(bomb(3))["a2"]) == 9


@pytest.mark.parametrize(
    ("text", "file"),
    [("[" * 100_000, "f.json"), ("x: " + "[" * 300 + "]" * 300, "f.yaml"), ("[" * 202 + "]" * 202, "f.json")],
)
def test_deep_nesting_is_refused(text: str, file: str) -> None:
    assert isinstance(refused(text, file), LimitExceeded)


def test_nesting_at_the_limit_is_read() -> None:
    assert read("[" * 201 + "]" * 201, "f.json")
    assert read("[" * 201 + "1" + "]" * 201, "f.json")


def test_a_comment_indented_by_a_tab_is_read() -> None:
    assert read("a: 1\n\t# comment\nb: 2\n") == {"a": 1, "b": 2}


def test_text_in_braces_is_no_template() -> None:
    assert read("a: 'Hello {{ name }}'\n") == {"a": "Hello {{ name }}"}


def test_byte_order_marks_are_understood() -> None:
    assert decode("a: é".encode("utf-8-sig"), "f") == decode("a: é".encode("utf-16"), "f") == "a: é"


def test_bytes_that_are_not_utf_8_are_refused_where_they_stand() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode(b"a: 1\nb: \xff\n", "f.yaml")
    assert str(caught.value.position) == "f.yaml:2:4"


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="binary"):
        decode(b"PK\x00\x01", "f.yaml")


def test_infinity_in_yaml_stays_text_for_the_structure_check_to_find() -> None:
    assert read("maximum: .inf\n") == {"maximum": ".inf"}
    assert not any(
        isinstance(value, float) and math.isinf(value) for value in read("maximum: .inf\n").values()
    )


READING_IN_THREADS = """
import asyncio, threading
from accord.document.limits import Limits
from accord.document.parsing import parse

text = ("paths:\\n" + "".join(f"  /{n}: {{get: {{a: [1, 2]}}}}\\n" for n in range(900))).encode()

async def read():
    await asyncio.to_thread(parse, text, "a.yaml", Limits())

for _ in range(20):
    thread = threading.Thread(target=asyncio.run, args=(read(),))
    thread.start()
    thread.join()
"""


def test_yaml_is_read_by_threads_that_come_and_go() -> None:
    ended = subprocess.run([sys.executable, "-c", READING_IN_THREADS], check=False, timeout=60)
    assert ended.returncode == 0
