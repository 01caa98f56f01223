"""Parameter styles (OAS 3.1 section 4.8.12.3): text is split first and percent-decoded after."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from accord.exchange.coercion import Split

Pair: TypeAlias = tuple[str, str]
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST_OBJECT = 8
_DELIMITERS: Mapping[str, re.Pattern[str]] = {
    "form": re.compile(","),
    "simple": re.compile(","),
    "cookie": re.compile(","),
    "spaceDelimited": re.compile(r"%20|\+| "),
    "pipeDelimited": re.compile(r"%7[Cc]|\|"),
}


class MalformedValue(ValueError):
    """A parameter that is not written in its style. Its message says why."""


def percent_decoded(text: str) -> str:
    """The text with its percent-encoding undone. Raises MalformedValue."""
    if "%" not in text and text.isascii():
        return text
    if _BAD_ESCAPE.search(text):
        raise MalformedValue("has a % that two hexadecimal digits do not follow; write a % as %25")
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:
        raise MalformedValue("is not UTF-8 once its percent-encoding is undone") from None


def form_decoded(text: str) -> str:
    """The text with its percent-encoding undone, and a plus read as a space. Raises MalformedValue."""
    return percent_decoded(text.replace("+", " ") if "+" in text else text)


def query_pairs(query: str) -> list[Pair]:
    """Each name, decoded, and its value, as it was sent. Raises MalformedValue."""
    pairs = []
    for part in query.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append((form_decoded(name), value))
    return pairs


Decode: TypeAlias = Callable[[str], str]


def items_of(text: str, style: str, decode: Decode) -> Sequence[Split]:
    """The items of an array that stands in one text. An empty text is no item."""
    return [decode(item) for item in _DELIMITERS[style].split(text)] if text else []


def properties_of(text: str, style: str, decode: Decode) -> Mapping[str, Split]:
    """The properties of an object that stands in one text as `R,100,G,200`."""
    parts = _DELIMITERS[style].split(text) if text else []
    if len(parts) % 2:
        raise MalformedValue("has a property without a value; write the names and values in turn")
    return _unique((decode(name), decode(value)) for name, value in zip(parts[::2], parts[1::2], strict=True))


def assignments_of(text: str, separator: str, decode: Decode) -> Mapping[str, Split]:
    """The properties of an object that stands in one text as `R=100,G=200`."""
    pairs = []
    for part in text.split(separator) if text else []:
        name, equals, value = part.partition("=")
        if not equals:
            raise MalformedValue(
                f"has a part without '='; write each property as name=value, after a {separator!r}"
            )
        pairs.append((decode(name), decode(value)))
    return _unique(pairs)


def _unique(pairs: Iterable[Pair]) -> dict[str, Split]:
    found: dict[str, Split] = {}
    for name, value in pairs:
        if name in found:
            raise MalformedValue(f"has the property {name!r} twice")
        found[name] = value
    return found


def label(text: str, structure: str, *, explode: bool) -> Split:
    """What a path parameter of style `label` holds: `.blue,black` or, exploded, `.blue.black`."""
    if not text.startswith("."):
        raise MalformedValue("must begin with a dot: its style is label")
    text, separator = text[1:], "." if explode else ","
    if structure == "array":
        return [percent_decoded(item) for item in text.split(separator)] if text else []
    if structure == "object":
        if explode:
            return assignments_of(text, separator, percent_decoded)
        return properties_of(text, "simple", percent_decoded)
    return percent_decoded(text)


def matrix(text: str, structure: str, name: str, *, explode: bool) -> Split:
    """What a path parameter of style `matrix` holds: `;color=blue,black` or `;color=blue;color=black`."""
    if not text.startswith(";"):
        raise MalformedValue("must begin with a semicolon: its style is matrix")
    if structure == "object" and explode:
        return assignments_of(text[1:], ";", percent_decoded)
    values = [_after_name(part, name) for part in text[1:].split(";")]
    if structure == "array" and explode:
        return [percent_decoded(value) for value in values]
    if len(values) > 1:
        raise MalformedValue("is given more than once")
    if structure == "array":
        return items_of(values[0], "simple", percent_decoded)
    if structure == "object":
        return properties_of(values[0], "simple", percent_decoded)
    return percent_decoded(values[0])


def _after_name(part: str, name: str) -> str:
    found, _, value = part.partition("=")
    if percent_decoded(found) != name:
        raise MalformedValue(f"must be written as ;{name}=…: its style is matrix")
    return value


def simple(text: str, structure: str, decode: Decode, *, explode: bool) -> Split:
    """What a path parameter or header of style `simple` holds: `blue,black`, `R,100` or `R=100`."""
    if structure == "array":
        return items_of(text, "simple", decode)
    if structure == "object":
        return assignments_of(text, ",", decode) if explode else properties_of(text, "simple", decode)
    return decode(text)


def form(values: Sequence[str], structure: str, style: str, decode: Decode, *, explode: bool) -> Split:
    """What the values of one name hold, in the styles `form`, `spaceDelimited` and `pipeDelimited`."""
    if structure == "array" and explode:
        return [decode(value) for value in values]
    if len(values) > 1:
        raise MalformedValue("is given more than once")
    if structure == "array":
        return items_of(values[0], style, decode)
    if structure == "object":
        return properties_of(values[0], style, decode)
    return decode(values[0])


def deep_object(pairs: Iterable[Pair], name: str) -> "Split | None":
    """What `name[key]=value` and `name[key][inner]=value` hold; None where no pair is of this name."""
    root: dict[str, Split] = {}
    found = False
    for key, value in pairs:
        if not key.startswith(f"{name}["):
            continue
        path = _BRACKETS.findall(key, len(name))
        if f"{name}{''.join(f'[{part}]' for part in path)}" != key:
            raise MalformedValue(f"has the key {key!r}, which is not of the form {name}[key]")
        if len(path) > _DEEPEST_OBJECT:
            raise MalformedValue(f"is nested deeper than {_DEEPEST_OBJECT} levels")
        found = True
        _place(root, path, form_decoded(value))
    return root if found else None


def _place(node: dict[str, Split], path: Sequence[str], value: str) -> None:
    *holders, last = [part for part in path if part] if path[-1] == "" and len(path) > 1 else path
    for part in holders:
        child = node.setdefault(part, {})
        if not isinstance(child, dict):
            raise MalformedValue(f"has a value and properties at {part!r}")
        node = child
    before = node.get(last)
    if isinstance(before, dict):
        raise MalformedValue(f"has a value and properties at {last!r}")
    listed = path[-1] == "" and len(path) > 1
    if before is None:
        node[last] = [value] if listed else value
    else:
        node[last] = [*([before] if isinstance(before, str) else before), value]
