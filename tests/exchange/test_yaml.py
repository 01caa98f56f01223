from typing import Any

import pytest

from accord.exchange import ABSENT, Kind

from .conftest import Convene

THING = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in b"bcdefgh"
)


@pytest.mark.parametrize(
    "media_type", ["application/yaml", "text/yaml", "application/x-yaml", "application/vnd.thing+yaml"]
)
def test_yaml_is_judged_by_what_it_stands_for(body: Convene, media_type: str) -> None:
    court = body(THING, media_type)
    assert court.body(b"n: 1 # one\n", media_type).body == {"n": 1}
    (violation,) = court.body(b"n: one\n", media_type).violations
    assert (violation.kind, violation.pointer) == (Kind.INVALID, "/n")


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"n: [1", "line"),
        (b"n: 1\nn: 2\n", "twice"),
        (b"", "empty"),
        (b"\xff", "UTF-8"),
        (b"[" * 200 + b"]" * 200, "deeper"),
        (BOMB, "aliases"),
    ],
)
def test_yaml_that_cannot_be_read_safely_is_malformed(body: Convene, sent: bytes, reason: str) -> None:
    judged = body(THING, "application/yaml").request(
        headers=[(b"content-type", b"application/yaml")], body=sent or b"\n"
    )
    (violation,) = judged.violations
    assert (judged.body, violation.kind) == (ABSENT, Kind.MALFORMED)
    assert reason in violation.reason


def test_a_tag_makes_nothing(body: Convene) -> None:
    sent = b"n: !!python/object/apply:os.getpid []\n"
    assert body(THING, "application/yaml").body(sent, "application/yaml").violations


@pytest.mark.parametrize("schema", [None, {}, {"type": "string"}])
def test_yaml_of_which_the_schema_says_nothing_passes_as_text(body: Convene, schema: Any) -> None:
    judged = body(schema, "application/yaml").body(b"n: [1", "application/yaml")
    assert (judged.body, judged.violations) == ("n: [1", ())
