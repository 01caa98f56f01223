import pytest

from accord.exchange import FilePart, Kind

from .conftest import Convene

FORM = "application/x-www-form-urlencoded"
INTEGER = {"type": "integer"}


def test_a_form_is_read_as_its_schema_directs(body: Convene) -> None:
    schema = {
        "type": "object",
        "properties": {"n": INTEGER, "on": {"type": "boolean"}, "tags": {"type": "array", "items": INTEGER}},
    }
    judged = body(schema, FORM).body(b"n=1&on=true&tags=2&tags=3&note=a+b%21", FORM)
    assert judged.violations == ()
    assert judged.body == {"n": 1, "on": True, "tags": [2, 3], "note": "a b!"}


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ({}, b"p=1&p=2"),
        ({"style": "form", "explode": False}, b"p=1,2"),
        ({"style": "form", "explode": False}, b"p=1%2C2"),
        ({"style": "spaceDelimited"}, b"p=1%202"),
        ({"style": "pipeDelimited", "explode": False}, b"p=1|2"),
        ({"contentType": "application/json"}, b"p=%5B1%2C2%5D"),
    ],
)
def test_a_property_of_a_form_has_its_own_encoding(body: Convene, encoding: object, sent: bytes) -> None:
    schema = {"type": "object", "properties": {"p": {"type": "array", "items": INTEGER}}}
    assert body(schema, FORM, encoding={"p": encoding}).body(sent, FORM).body == {"p": [1, 2]}


def test_an_object_in_a_form_is_json_or_a_deep_object(body: Convene) -> None:
    schema = {"type": "object", "properties": {"p": {"type": "object", "properties": {"n": INTEGER}}}}
    assert body(schema, FORM).body(b"p=%7B%22n%22%3A1%7D", FORM).body == {"p": {"n": 1}}
    deep = body(schema, FORM, encoding={"p": {"style": "deepObject", "explode": True}})
    assert deep.body(b"p[n]=1", FORM).body == {"p": {"n": 1}}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"p[0][n]=1&p[1][n]=2", [{"n": 1}, {"n": 2}]),
        (b"q[]=1&q[]=2", [1, 2]),
        (b"q[]=1", [1]),
        (b"q[0]=1&q[1]=2", [1, 2]),
    ],
)
def test_an_array_in_deep_style_has_indices_or_empty_brackets(
    body: Convene, sent: bytes, read: list[object]
) -> None:
    thing = {"type": "object", "properties": {"n": INTEGER}}
    properties = {"p": {"type": "array", "items": thing}, "q": {"type": "array", "items": INTEGER}}
    deep = {name: {"style": "deepObject", "explode": True} for name in properties}
    court = body({"type": "object", "properties": properties}, FORM, encoding=deep)
    assert court.body(sent, FORM).body == {sent[:1].decode(): read}


def test_an_object_with_numbers_for_names_stays_one(body: Convene) -> None:
    schema = {"type": "object", "properties": {"p": {"type": ["object", "array"]}}}
    court = body(schema, FORM, encoding={"p": {"style": "deepObject"}})
    assert court.body(b"p[0]=a", FORM).body == {"p": {"0": "a"}}


@pytest.mark.parametrize("sent", [b"n=%zz", b"n=%ff", b"\xff=1", b"n=1&n=2", b"o=%7B"])
def test_a_form_that_cannot_be_read_is_malformed(body: Convene, sent: bytes) -> None:
    schema = {"type": "object", "properties": {"n": INTEGER, "o": {"type": "object"}}}
    (violation,) = body(schema, FORM).body(sent, FORM).violations
    assert violation.kind is Kind.MALFORMED


def test_a_form_that_breaks_its_schema_says_where(body: Convene) -> None:
    (violation,) = body({"type": "object", "properties": {"n": INTEGER}}, FORM).body(b"n=x", FORM).violations
    assert (violation.kind, violation.pointer, violation.received) == (Kind.INVALID, "/n", '"x"')


PARTS = "multipart/form-data; boundary=b"
UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "maxLength": 4},
        "n": INTEGER,
        "meta": {"type": "object", "properties": {"n": INTEGER}},
        "ids": {"type": "array", "items": INTEGER},
    },
}


def part(headers: str, content: bytes) -> bytes:
    return b"--b\r\nContent-Disposition: form-data; " + headers.encode() + b"\r\n\r\n" + content + b"\r\n"


def test_a_multipart_form_is_read_part_by_part(body: Convene) -> None:
    sent = (
        part('name="file"; filename="a.bin"\r\nContent-Type: image/png', b"\x00\xff")
        + part('name="n"', b"5")
        + part('name="meta"\r\nContent-Type: application/json', b'{"n":1}')
        + part('name="ids"', b"1")
        + part('name="ids"', b"2")
        + b"--b--\r\n"
    )
    judged = body(UPLOAD, "multipart/form-data").body(sent, PARTS)
    assert judged.violations == ()
    assert judged.body == {"file": b"\x00\xff", "n": 5, "meta": {"n": 1}, "ids": [1, 2]}
    file = judged.body["file"]
    assert isinstance(file, FilePart)
    assert (file.filename, file.content_type) == ("a.bin", "image/png")


def test_a_multipart_form_is_judged_by_its_schema(body: Convene) -> None:
    court = body(UPLOAD, "multipart/form-data")
    (missing,) = court.body(part('name="n"', b"5") + b"--b--\r\n", PARTS).violations
    assert missing.pointer == "/file"
    long = part('name="file"; filename="a"', b"12345") + part('name="n"', b"x") + b"--b--\r\n"
    assert {one.pointer for one in court.body(long, PARTS).violations} == {"/file", "/n"}


def test_a_part_has_the_media_type_that_its_encoding_takes(body: Convene) -> None:
    court = body(UPLOAD, "multipart/form-data", encoding={"file": {"contentType": "image/png, image/*"}})
    png = part('name="file"; filename="a"\r\nContent-Type: image/gif', b"x") + b"--b--\r\n"
    assert court.body(png, PARTS).violations == ()
    text = part('name="file"; filename="a"\r\nContent-Type: text/html', b"x") + b"--b--\r\n"
    (violation,) = court.body(text, PARTS).violations
    assert (violation.kind, violation.pointer) == (Kind.MALFORMED, "/file")


@pytest.mark.parametrize(
    ("sent", "media_type"),
    [
        (b"", PARTS),
        (b"nonsense", PARTS),
        (part('name="n"', b"5"), PARTS),
        (part('name="n"', b"5") + b"--b--\r\n", "multipart/form-data"),
        (part('name="n"', b"5") + b"--b--\r\n", "multipart/form-data; boundary=" + "x" * 5000),
        (part('filename="n"', b"5") + b"--b--\r\n", PARTS),
        (b"--b\r\n\r\nx\r\n--b--\r\n", PARTS),
        (part('name="n"', b"\xff") + b"--b--\r\n", PARTS),
        (part('name="meta"', b"{") + b"--b--\r\n", PARTS),
        (part('name="n"', b"5") * 2_000 + b"--b--\r\n", PARTS),
    ],
)
def test_a_multipart_form_that_cannot_be_read_is_malformed(
    body: Convene, sent: bytes, media_type: str
) -> None:
    (violation,) = body(UPLOAD, "multipart/form-data").body(sent, media_type).violations
    assert violation.kind is Kind.MALFORMED
