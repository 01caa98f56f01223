from typing import Any

import pytest

from accord.document import Document
from accord.findings import Position
from accord.schemas import Direction, Schemas


def is_valid(schema: dict[str, Any], value: Any) -> bool:
    document = Document({"components": {"schemas": {"S": schema}}}, "3.1.1", (), lambda _: Position("", 1, 1))
    schemas = Schemas(document)
    assert schemas.findings == ()
    return schemas.at("/components/schemas/S", Direction.REQUEST).is_valid(value)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("uuid", "3c90c3cc-0d44-4b50-8888-8dd25736052a", "3c90c3cc0d444b5088888dd25736052a"),
        ("date", "2024-02-29", "2023-02-29"),
        ("date-time", "2026-01-31T12:00:00Z", "2026-01-31 12:00"),
        ("time", "12:00:00+01:00", "25:00:00Z"),
        ("duration", "P3DT4H", "3 days"),
        ("email", "someone@example.com", "someone"),
        ("idn-email", "jemand@bücher.example", "@"),
        ("hostname", "www.example.com", "-www.example.com"),
        ("idn-hostname", "bücher.example", "-"),
        ("uri", "https://example.com/a?b#c", "/a"),
        ("uri-reference", "/a?b", "a b"),
        ("iri", "https://example.com/ü", "ü"),
        ("iri-reference", "/ü", "\\"),
        ("uri-template", "/a/{b}", "/a/{b"),
        ("ipv4", "192.0.2.1", "192.0.2.256"),
        ("ipv6", "2001:db8::1", "2001:db8::g"),
        ("json-pointer", "/a~1b", "a"),
        ("relative-json-pointer", "1/a", "/a"),
        ("regex", "^a+$", "("),
        ("byte", "aGk=", "aGk"),
        ("byte", "", "a-_="),
        ("base64url", "a-_8", "a+/8"),
        ("base64url", "aGk", "a"),
        ("char", "é", "ab"),
        ("decimal", "10.50", "1e3"),
        ("http-date", "Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT"),
        ("media-range", "text/*;q=0.5", "text"),
    ],
)
def test_a_format_of_strings_is_asserted(name: str, good: str, bad: str) -> None:
    assert is_valid({"type": "string", "format": name}, good)
    assert not is_valid({"type": "string", "format": name}, bad)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("int8", -128, 127),
        ("int16", -32768, 32767),
        ("int32", -(2**31), 2**31 - 1),
        ("int64", -(2**63), 2**63 - 1),
        ("uint8", 0, 255),
        ("uint16", 0, 65535),
        ("uint32", 0, 2**32 - 1),
        ("uint64", 0, 2**64 - 1),
    ],
)
def test_a_format_of_integers_is_its_range(name: str, least: int, most: int) -> None:
    schema = {"type": "integer", "format": name}
    assert [is_valid(schema, value) for value in (least - 1, least, most, most + 1)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_whole_number_written_as_a_float_is_in_the_range_too() -> None:
    schema = {"type": "integer", "format": "int32"}
    assert is_valid(schema, 1.0)
    assert not is_valid(schema, 3e9)


def test_a_tighter_bound_of_the_schema_s_own_holds() -> None:
    assert not is_valid({"type": "integer", "format": "int32", "minimum": 1, "maximum": 5}, 6)
    assert not is_valid({"type": "integer", "format": "int32", "maximum": 10**12}, 10**11)


def test_a_float_is_within_single_precision() -> None:
    assert is_valid({"type": "number", "format": "float"}, 3.4e38)
    assert not is_valid({"type": "number", "format": "float"}, 3.5e38)
    assert is_valid({"type": "number", "format": "double"}, 1.7e308)


@pytest.mark.parametrize("name", ["password", "binary", "html", "commonmark", "of-our-own", "int32"])
def test_a_format_that_restricts_no_string_passes_any(name: str) -> None:
    assert is_valid({"type": "string", "format": name}, "\x00 anything")


def test_a_number_passes_a_format_of_strings() -> None:
    assert is_valid({"type": ["string", "integer"], "format": "uuid"}, 5)
