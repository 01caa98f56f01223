from typing import Any

import pytest

from store import OrganisationAssistants
from store.columns import escaped, unescaped

STRINGS = [
    "",
    "Grüße, 世界 🜁",
    "a\x00b",
    "\ud800",
    "\udfff and \\ud800",
    "\\",
    "\\\\u0000",
    "\\u005c",
    "\x1f\x7f￿",
]
VALUES = [
    {"": "", "a\x00b": "\x00"},
    {"lone": "\ud800", "\udc00": 1},
    {"big": 2**200, "negative": -(10**4000)},
    {"float": 0.1, "tiny": 5e-324, "huge": 1.7976931348623157e308, "zero": -0.0, "whole": 1.0, "int": 1},
    {"null": None, "true": True, "empty": [{}, []]},
    {"b": 1, "a": 2},
]


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("text", STRINGS)
async def test_any_text_comes_back_as_it_was(ours: OrganisationAssistants, text: str) -> None:
    made = await ours.create({"name": text, "description": text, "system_prompt": text})
    read = await ours.get(made.id)
    assert [read.name, read.description, read.system_prompt] == [text] * 3


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
async def test_any_json_comes_back_as_it_was(ours: OrganisationAssistants, value: dict[str, Any]) -> None:
    made = await ours.create({"attributes": value, "voice_languages": [value, *value.values()]})
    read = await ours.get(made.id)
    assert repr(read.attributes) == repr(value)
    assert repr(read.voice_languages) == repr([value, *value.values()])


async def test_deeply_nested_json_comes_back_as_it_was(ours: OrganisationAssistants) -> None:
    made = await ours.create({"attributes": {"deep": nested(700)}, "voice_languages": nested(700)})
    assert (await ours.get(made.id)).attributes == {"deep": nested(700)}


async def test_a_null_in_json_is_no_missing_value(ours: OrganisationAssistants) -> None:
    made = await ours.create({"voice_languages": [None]})
    assert (await ours.get(made.id)).voice_languages == [None]


@pytest.mark.parametrize("text", STRINGS)
def test_what_is_escaped_can_be_stored_anywhere(text: str) -> None:
    assert "\x00" not in escaped(text)
    assert escaped(text).encode().decode() == escaped(text)
    assert unescaped(escaped(text)) == text


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert escaped("Grüße, 世界 🜁\n") == "Grüße, 世界 🜁\n"
