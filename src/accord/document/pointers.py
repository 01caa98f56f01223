"""JSON pointers (RFC 6901) into a document."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote


def escape(token: str) -> str:
    """The token as it stands in a pointer: `/pets/{id}` becomes `~1pets~1{id}`."""
    return token.replace("~", "~0").replace("/", "~1") if "/" in token or "~" in token else token


def join(pointer: str, *tokens: str | int) -> str:
    """The pointer to what stands below `pointer` under these keys and indices."""
    for token in tokens:
        pointer = f"{pointer}/{escape(str(token))}"
    return pointer


def split(pointer: str) -> list[str]:
    """The keys and indices of a pointer, unescaped."""
    tokens = pointer.split("/")[1:]
    if "~" not in pointer:
        return tokens
    return [token.replace("~1", "/").replace("~0", "~") if "~" in token else token for token in tokens]


def from_fragment(reference: str) -> str:
    """The pointer in a reference's URI fragment, percent-decoded (RFC 6901 section 6)."""
    return unquote(reference.partition("#")[2])


def to_fragment(pointer: str) -> str:
    """The local reference to a pointer: its URI fragment, percent-encoded (RFC 6901 section 6)."""
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@-._")


def walk(value: Any, pointer: str) -> Any:
    """What stands in `value` at `pointer`. Raises LookupError where there is nothing."""
    for token in split(pointer):
        value = step(value, token)
    return value


def step(value: Any, token: str) -> Any:
    """What stands in an object or array under one key or index. Raises LookupError."""
    if isinstance(value, dict):
        return value[token]
    if isinstance(value, list) and token.isdecimal():
        return value[int(token)]
    raise KeyError(token)


def found(value: Any, tokens: Iterable[str]) -> Any:
    """What stands in a value under these keys; None where there is nothing."""
    for token in tokens:
        if isinstance(value, dict):
            value = value.get(token)
            continue
        try:
            value = step(value, token)
        except LookupError:
            return None
    return value


def laid(value: Any, tokens: list[str], new: Any) -> Any:
    """A copy of the value with something else under these keys; objects are made where there are none."""
    if not tokens:
        return new
    first, rest = tokens[0], tokens[1:]
    if isinstance(value, list) and first.isdecimal() and int(first) < len(value):
        at = int(first)
        return [*value[:at], laid(value[at], rest, new), *value[at + 1 :]]
    held = value if isinstance(value, dict) else {}
    return {**held, first: laid(held.get(first), rest, new)}


def put(value: Any, tokens: list[str], new: Any) -> Any:
    """The value, which is still nobody's, with something else under these keys."""
    if len(tokens) == 1 and isinstance(value, dict):
        value[tokens[0]] = new
        return value
    return laid(value, tokens, new)


def without(value: Any, tokens: list[str]) -> Any:
    """A copy of the value that has nothing under these keys."""
    if not isinstance(value, dict) or tokens[0] not in value:
        return value
    first, rest = tokens[0], tokens[1:]
    if rest:
        return {**value, first: without(value[first], rest)}
    return {name: held for name, held in value.items() if name != first}


def references(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every `$ref` that is a string, as (pointer of its object, reference), in document order."""
    stack: list[tuple[str, Any]] = [(pointer, value)]
    while stack:
        at, node = stack.pop()
        if isinstance(node, dict):
            if isinstance(reference := node.get("$ref"), str):
                yield at, reference
            stack.extend((join(at, key), child) for key, child in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((join(at, index), child) for index, child in reversed(list(enumerate(node))))
