"""ECMA-262 patterns that the regular-expression engine does not take as they are written."""

import re
from collections.abc import Sequence

from jsonschema_rs import Draft202012Validator, FancyRegexOptions

_TOKENS = re.compile(
    r"\\c(?P<control>[A-Za-z])|(?P<range>\\[wdsWDS])-(?=[^\]])|\\k<(?P<again>\w+)>|\\.|\[\^\]|\[\]", re.DOTALL
)
_GROUPS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?<(?P<name>\w+)>", re.DOTALL)
_COUNTED = re.compile(r"\\.|\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\}", re.DOTALL)
_LARGEST_COUNT = 1_000
_REGEX = Draft202012Validator(
    {"format": "regex"},
    validate_formats=True,
    pattern_options=FancyRegexOptions(backtrack_limit=100_000),
    offline=True,
)


def compiles(pattern: str) -> bool:
    """Does the engine take the pattern?"""
    return _REGEX.is_valid(pattern)


def is_pattern(pattern: str) -> bool:
    """Is it a regular expression, if need be in other words, or with smaller bounds?"""
    return any(map(compiles, (pattern, translated(pattern), loosened(pattern))))


def translated(pattern: str) -> str:
    """The same pattern in words that the engine has, where ECMA-262 has others."""
    groups = [match["name"] for match in _GROUPS.finditer(pattern) if match[0].startswith("(")]
    return _TOKENS.sub(lambda match: _translated_token(match, groups), pattern)


def _translated_token(match: re.Match[str], groups: Sequence[str | None]) -> str:
    if match["again"] in groups and match["again"]:
        return f"(?:\\{groups.index(match['again']) + 1})"
    if match["control"]:
        return f"\\x{ord(match['control']) % 32:02x}"
    if match["range"]:
        return match["range"] + r"\-"
    return {"[^]": r"[\s\S]", "[]": r"[^\s\S]"}.get(match[0], match[0])


def loosened(pattern: str) -> str:
    """The pattern without the upper bounds that are too large to compile: it then accepts longer text."""
    return _COUNTED.sub(_loosened_count, pattern)


def _loosened_count(match: re.Match[str]) -> str:
    if match["least"] is None:
        return match[0]
    least = int(match["least"])
    most = int(match["most"]) if match["most"] else least
    if max(least, most) <= _LARGEST_COUNT:
        return match[0]
    return f"{{{min(least, _LARGEST_COUNT)},}}"
