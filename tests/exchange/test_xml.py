from typing import Any

import pytest

from accord.exchange import ABSENT, Kind, Violation

from .conftest import Convene

XML = "application/xml"
PET = {
    "type": "object",
    "required": ["name", "photoUrls"],
    "additionalProperties": False,
    "xml": {"name": "pet"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "name": {"type": "string"},
        "good": {"type": "boolean"},
        "age": {"type": ["integer", "null"]},
        "owner": {"$ref": "#/components/schemas/Owner"},
        "photoUrls": {"type": "array", "items": {"type": "string", "xml": {"name": "photoUrl"}}},
        "tags": {"type": "array", "xml": {"wrapped": True}, "items": {"$ref": "#/components/schemas/Tag"}},
    },
}
SCHEMAS = {
    "Owner": {"type": "object", "properties": {"email": {"type": "string"}}, "xml": {"name": "keeper"}},
    "Tag": {"type": "object", "properties": {"weight": {"type": "number"}}, "xml": {"name": "tag"}},
}


def judged(body: Convene, schema: Any, sent: str, media_type: str = XML) -> tuple[Any, tuple[Violation, ...]]:
    verdict = body(schema, media_type, schemas=SCHEMAS).body(sent.encode(), media_type)
    return verdict.body, verdict.violations


def test_xml_is_read_by_the_xml_objects_of_its_schema(body: Convene) -> None:
    sent = """<?xml version="1.0"?>
        <pet id="7"><name> Rex </name><good>true</good><age> 3 </age><keeper><email>a@b.c</email></keeper>
        <photoUrl>x</photoUrl><photoUrl/><tags><tag><weight>1.5</weight></tag></tags></pet>"""
    assert judged(body, PET, sent) == (
        {
            "id": 7,
            "name": " Rex ",
            "good": True,
            "age": 3,
            "owner": {"email": "a@b.c"},
            "photoUrls": ["x", ""],
            "tags": [{"weight": 1.5}],
        },
        (),
    )


@pytest.mark.parametrize(
    ("sent", "pointer", "reason"),
    [
        ("<pet><name>a</name><photoUrl/><age>old</age></pet>", "/age", "must be an integer or null"),
        ("<pet id='x'><name>a</name><photoUrl/></pet>", "/id", "must be an integer"),
        (
            "<pet><name>a</name><photoUrl/><tags><tag/><tag>x</tag></tags></pet>",
            "/tags/1",
            "must be an object",
        ),
        ("<pet><name>a</name><photoUrl/><tags><weight/></tags></pet>", "/tags/0", "expected: tag"),
        ("<pet><name><b>a</b></name><photoUrl/></pet>", "/name", "must be a string"),
        ("<pet><name>a</name><name>b</name><photoUrl/></pet>", "/name", "more than once"),
        ("<pet><photoUrl/></pet>", "/name", "is required"),
        ("<dog><name>a</name><photoUrl/></dog>", "", "expected: pet"),
        ("<pet><name>a</name><photoUrl/><colour>red</colour></pet>", "", "colour"),
        ("<pet>Rex</pet>", "", "must be an object"),
    ],
)
def test_what_is_wrong_is_named_by_its_place_in_the_value(
    body: Convene, sent: str, pointer: str, reason: str
) -> None:
    _, violations = judged(body, PET, sent)
    assert [(each.kind, each.pointer) for each in violations] == [(Kind.INVALID, pointer)]
    assert reason in violations[0].reason


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Rex",
        "<pet>",
        "<pet></dog>",
        "<pet/><pet/>",
        "<pet id=7/>",
        "<p:pet/>",
        "<pet>&bomb;</pet>",
        '<?xml version="1.0" encoding="no-such"?><pet/>',
        '<?xml version="1.0" encoding="shift_jis"?><pet/>',
        "<pet>\x0b</pet>",
        "<pet>" * 129 + "</pet>" * 129,
    ],
)
def test_xml_that_is_not_well_formed_is_malformed(body: Convene, sent: str) -> None:
    value, (violation,) = judged(body, PET, sent)
    assert (value, violation.kind) == (ABSENT, Kind.MALFORMED)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE pet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE pet [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE pet SYSTEM "http://127.0.0.1:9/pet.dtd">',
        '<!DOCTYPE pet [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
def test_no_document_type_is_read(body: Convene, declared: str) -> None:
    _, (violation,) = judged(body, PET, f"{declared}<pet><name>&c;</name><photoUrl/></pet>")
    assert violation.kind is Kind.MALFORMED
    assert "document type" in violation.reason


def test_an_array_without_items_that_has_to_be_there_is_empty(body: Convene) -> None:
    assert judged(body, PET, "<pet><name>a</name></pet>") == ({"name": "a", "photoUrls": []}, ())


@pytest.mark.parametrize(
    ("schema", "sent", "value"),
    [
        ({"type": "array", "items": {"type": "integer"}}, "<ids><id>1</id><id>2</id></ids>", [1, 2]),
        ({"type": "array", "items": {"type": "integer"}}, "<ids/>", []),
        ({"type": "integer"}, "<n> 5 </n>", 5),
        ({"type": ["string", "integer"], "maxLength": 3}, "<n>5</n>", 5),
        ({"anyOf": [{"type": "integer", "minimum": 9}, {"type": "string"}]}, "<n>5</n>", "<n>5</n>"),
        ({"type": "string", "enum": ["on", "off"]}, "<state>on</state>", "on"),
        ({"type": "string", "enum": ["on", "off"]}, "on", "on"),
        ({"type": "string"}, "anything <at all", "anything <at all"),
        ({}, "anything <at all", "anything <at all"),
        (None, "anything <at all", "anything <at all"),
        ({"type": "object"}, "<a x='1'><b>2</b><c>3</c><c>4</c></a>", {"x": "1", "b": "2", "c": ["3", "4"]}),
        ({"type": "object"}, "<a/>", {}),
        ({"type": ["object", "null"]}, "<a/>", None),
    ],
)
def test_the_schema_says_what_a_root_stands_for(body: Convene, schema: Any, sent: str, value: Any) -> None:
    assert judged(body, schema, sent) == (value, ())


def property_of(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"p": schema}}


TEXTS = {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize(
    ("schema", "sent", "value"),
    [
        (TEXTS, "<p>a</p><p>b</p>", ["a", "b"]),
        (TEXTS | {"xml": {"name": "ps"}}, "<ps>a</ps>", ["a"]),
        (TEXTS | {"xml": {"wrapped": True}}, "<p><p>a</p></p>", ["a"]),
        (TEXTS | {"xml": {"wrapped": True, "name": "ps"}}, "<ps><any>a</any></ps>", ["a"]),
        (TEXTS | {"xml": {"wrapped": True}}, "<p/>", []),
        (TEXTS | {"xml": {"nodeType": "element"}}, "<p><p>a</p></p>", ["a"]),
        ({"type": "array", "items": TEXTS}, "<p><p>a</p></p><p/>", [["a"], []]),
        ({"type": "string", "xml": {"name": "q"}}, "<q>a</q>", "a"),
        ({"type": "string", "xml": {"nodeType": "text"}}, "a<!-- b -->c", "ac"),
        ({"type": "string", "xml": {"nodeType": "cdata"}}, "<![CDATA[<a>]]>", "<a>"),
        ({"type": ["string", "null"]}, "<p x:nil='true' xmlns:x='http://www.w3.org/2001/XMLSchema-instance'/>",
         None),
        ({"type": ["string", "null"]}, "<p/>", ""),
        ({"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^0"}]}, "<p>07</p>", "07"),
        ({"allOf": [{"type": "integer"}, {"xml": {"name": "q"}}]}, "<q>7</q>", 7),
        ({}, "<p>7</p>", "7"),
    ],
)  # fmt: skip
def test_a_property_is_read_as_it_says(body: Convene, schema: Any, sent: str, value: Any) -> None:
    assert judged(body, property_of(schema), f"<o>{sent}</o>") == ({"p": value}, ())


SPACED = {
    "type": "object",
    "xml": {"name": "pet", "namespace": "urn:pets", "prefix": "p"},
    "properties": {"name": {"type": "string", "xml": {"namespace": "urn:names"}}},
}


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        ('<p:pet xmlns:p="urn:pets"/>', []),
        ('<pet xmlns="urn:pets"><name xmlns="urn:names">a</name></pet>', []),
        ('<other:pet xmlns:other="urn:pets" xmlns:n="urn:names"><n:name>a</n:name></other:pet>', []),
        ("<pet/>", [""]),
        ('<pet xmlns="urn:pets"><name>a</name></pet>', ["/name"]),
    ],
)
def test_a_namespace_counts_and_its_prefix_does_not(body: Convene, sent: str, pointers: list[str]) -> None:
    assert [each.pointer for each in judged(body, SPACED, sent)[1]] == pointers


def test_xml_is_read_in_the_charset_of_its_media_type_or_its_own(body: Convene) -> None:
    court = body(property_of({"type": "string"}), "text/xml")
    latin = "<o><p>é</p></o>".encode("latin-1")
    declared = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + latin
    assert court.body(latin, "text/xml; charset=iso-8859-1").body == {"p": "é"}
    assert court.body(declared, "text/xml").body == {"p": "é"}
    assert court.body("\ufeff<o><p>é</p></o>".encode("utf-16-le"), "text/xml").body == {"p": "é"}
    assert court.body(latin, "text/xml").violations[0].kind is Kind.MALFORMED


def test_a_recursive_schema_is_read_as_deep_as_the_xml_is(body: Convene) -> None:
    tree = {"type": "object", "properties": {"n": {"$ref": "#/paths/~1things/post/requestBody/content/"
            "application~1vnd.tree+xml/schema"}, "x": {"type": "integer"}}}  # fmt: skip
    value, violations = judged(body, tree, "<n><n><n><x>1</x></n></n></n>", "application/vnd.tree+xml")
    assert (value, violations) == ({"n": {"n": {"x": 1}}}, ())


def test_a_response_in_xml_is_judged_too(convene: Convene) -> None:
    court = convene(
        {
            "responses": {
                "200": {"description": "", "content": {XML: {"schema": property_of({"type": "integer"})}}}
            }
        }
    )
    assert court.response(200, b"<o><p>1</p></o>", [(b"content-type", XML.encode())]) == ()
    (violation,) = court.response(200, b"<o><p>a</p></o>", [(b"content-type", XML.encode())])
    assert violation.pointer == "/p"
