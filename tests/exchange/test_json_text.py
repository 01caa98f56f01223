import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.exchange.json_text import MalformedJson, read_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
@settings(max_examples=200, deadline=None)
def test_what_python_writes_is_read_back_exactly(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=60))
@settings(max_examples=400, deadline=None)
def test_bytes_of_any_kind_are_a_value_or_malformed(text: bytes) -> None:
    try:
        value = read_json(text)
    except MalformedJson:
        return
    assert value == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'{"a" :1, "a"\n: 2}',
        b'{"a":{"b":1,"b":2}}',
        b'[{"b":1,"c":{"d":1,"d":[]}}]',
        b'{"a":1,"\\u0061":2}',
        b'{"a":1,"a":2,"b":":"}',
        b'{"":1,"":2}',
    ],
)
def test_a_key_that_is_there_twice_is_refused(text: bytes) -> None:
    with pytest.raises(MalformedJson, match="twice"):
        read_json(text)


@pytest.mark.parametrize(
    "text", [b'{"a":":","b":"\\":"}', b'{"a:":1}', b'{":a":{"b":": : :"}}', b'[":","::"]']
)
def test_colons_in_strings_are_no_keys(text: bytes) -> None:
    assert read_json(text) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"NaN", "line 1"),
        (b"[Infinity]", "line 1"),
        (b"1e400", "range"),
        (b"[-1e400]", "range"),
        (b"1" * 400, "range"),
        (b"9" * 5000, "range"),
        (b'"\\ud800"', "surrogate"),
        (b'{"\\udc00":1}', "surrogate"),
        (b'"\xff"', "UTF-8"),
        (b'"\xed\xa0\x80"', "UTF-8"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"\x00", "line 1"),
        (b'"\x00"', "line 1"),
        (b"[1,]", "line 1"),
        (b"01", "line 1"),
        (b"{'a':1}", "line 1"),
        (b"[" * 200 + b"]" * 200, "deeply"),
        (b"[" * 100_000, "deeply"),
        (b'{"a":' * 600 + b"1" + b"}" * 600, "deeply"),
    ],
)
def test_what_is_not_strict_json_is_refused_with_its_reason(text: bytes, reason: str) -> None:
    with pytest.raises(MalformedJson, match=reason):
        read_json(text)


@pytest.mark.parametrize("number", [2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**30, int("9" * 308)])
def test_an_integer_of_any_size_is_kept_exactly(number: int) -> None:
    assert read_json(str(number).encode()) == number
    assert read_json(b'{"a":[%d]}' % number) == {"a": [number]}


def test_a_large_float_stays_a_float() -> None:
    assert read_json(b"[1e300, 12345678901234567890.5]") == [1e300, 12345678901234567890.5]


def test_nesting_is_allowed_to_the_depth_that_is_asked_for() -> None:
    assert read_json(b"[[[]]]", deepest=3) == [[[]]]
    with pytest.raises(MalformedJson, match="deeply"):
        read_json(b"[[[]]]", deepest=2)
