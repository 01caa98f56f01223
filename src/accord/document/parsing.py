"""From bytes to values: JSON and YAML, told apart, bounded, and refused with a position."""

import json
import marshal
import math
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Never

import jiter

from accord.document import json_text
from accord.document.limits import CHARACTERS_A_NODE, Limits
from accord.errors import LimitExceeded, MalformedDocument, UnreadableDocument
from accord.findings import Position

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STRUCTURE = re.compile(rb"\s*[{\[]")
_PLACE = re.compile(r"at line (\d+), column (\d+)")
_SEPARATOR = re.compile(r"(?m)^---(\s|$)")
_DEEPEST = 201
"""Levels of nesting that jiter reads."""
_INFINITIES = tuple(marshal.dumps(sign * math.inf)[1:] for sign in (1, -1))
_SECOND_OPINION = 1_500_000
"""Characters of YAML up to which the slow reader is asked once the fast one has refused."""
_STAYING = ThreadPoolExecutor(1, thread_name_prefix="yaml")


def decode(raw: bytes, file: str) -> str:
    """The text of a file: UTF-8, or UTF-16 where a byte order mark says so."""
    encoding = "utf-16" if raw[:2] in _UTF_16 else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise UnreadableDocument(
            f"this is not {encoding.removesuffix('-sig').upper()} text",
            hint="a contract is JSON or YAML, saved as UTF-8",
            position=Position(file, line, column),
        ) from None
    if "\x00" in text:
        raise UnreadableDocument(
            "this is a binary file: it holds a NUL character",
            hint="a contract is JSON or YAML, saved as UTF-8",
            position=json_text.position(text, text.index("\x00"), file),
        )
    return text


def in_utf8(raw: bytes, file: str) -> bytes:
    """A file in UTF-8, without a byte order mark. Whether it is text at all is seen when it is parsed."""
    return decode(raw, file).encode() if raw[:2] in _UTF_16 else raw.removeprefix(_BYTE_ORDER_MARK)


def parse(raw: bytes, file: str, limits: Limits) -> Any:
    """The value that a text in UTF-8 states, with string keys only, as a tree without shared parts.

    Raises UnreadableDocument, MalformedDocument and LimitExceeded, with a position.
    """
    value = _quick_json(raw, limits)
    return _slowly(decode(raw, file), file, limits) if value is None else value


def _quick_json(raw: bytes, limits: Limits) -> Any:
    """The object or array that a JSON text states; None where anything is odd, and the text has to say what.

    What jiter refuses may still be YAML, and what it takes is checked for what only the others refuse.
    """
    if not _STRUCTURE.match(raw):
        return None
    try:
        value = jiter.from_json(raw, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError:
        return None
    is_sound = (limits.depth >= _DEEPEST and _is_finite(value)) or _is_sound(value, limits.depth)
    return value if is_sound else None


def _is_finite(value: Any) -> bool:
    """Whether surely no number of a value is too large: marshal would write it as these bytes.

    To write all takes half the time of a walk by every number.
    """
    written = marshal.dumps(value)
    return not any(infinity in written for infinity in _INFINITIES)


def _is_sound(value: Any, deepest: int) -> bool:
    """Whether a value is not too deep, and no number in it too large."""
    level = [value]
    for _ in range(deepest):
        below = []
        for node in level:
            for child in node.values() if type(node) is dict else node:
                kind = type(child)
                if kind is dict or kind is list:
                    below.append(child)
                elif kind is float and math.isinf(child):
                    return False
        if not below:
            return True
        level = below
    return False


def _slowly(text: str, file: str, limits: Limits) -> Any:
    if not text.strip():
        raise MalformedDocument(
            "the file is empty", hint="an OpenAPI document is expected", position=Position(file, 1, 1)
        )
    value = _parsed(text, file, limits)
    if _depth(value, limits.depth) > limits.depth:
        _too_deep(file, limits)
    return value


def _parsed(text: str, file: str, limits: Limits) -> Any:
    if file.lower().endswith(".json"):
        return _json(text, file, limits)
    if text.lstrip().startswith(("{", "[")):
        try:
            return _json(text, file, limits)
        except MalformedDocument:
            pass  # YAML's flow style looks like JSON at first
    return _yaml(text, file, limits)


def _json(text: str, file: str, limits: Limits) -> Any:
    try:
        return json.loads(
            json_text.whole(text),
            object_pairs_hook=_once,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        raise MalformedDocument(
            f"not JSON: {error.msg}",
            hint="check for a missing comma or quote just before this place",
            position=Position(file, error.lineno, error.colno),
        ) from None
    except RecursionError:
        _too_deep(file, limits)
    except ValueError as error:
        raise json_text.fault(text, file, str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return entries


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is too large for a number")
    return number


def _in_a_thread_that_stays(call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What a call gives, made by a thread that lives as long as the process.

    The allocator of yaml-rs ends the process once several threads that read with it are gone.
    """
    if threading.current_thread() is threading.main_thread():
        return call(*arguments, **options)
    return _STAYING.submit(call, *arguments, **options).result()


def _yaml(text: str, file: str, limits: Limits) -> Any:
    import yaml_rs  # noqa: PLC0415 - a tenth of the memory of a small mock, and JSON needs none of it

    # It counts nodes and not the text in them, and copies what it repeats: no node is longer than all.
    most = limits.alias_nodes * CHARACTERS_A_NODE // len(text)
    try:
        value = _in_a_thread_that_stays(
            yaml_rs.loads,
            text,
            parse_datetime=False,
            alias_limits=yaml_rs.AliasLimits(max_total_replayed_events=min(limits.alias_nodes, most)),
        )
    except (yaml_rs.YAMLDecodeError, TypeError, ValueError) as error:
        # It raises TypeError where a key is a mapping or a list of mappings.
        return _second_opinion(text, file, limits, str(error))
    # Where a key is no string, or keys are merged, only the text says what was meant.
    several = isinstance(value, list) and _SEPARATOR.search(text)
    return _built(text, file, limits) if several or not _keyed_by_text(value, text) else value


def _second_opinion(text: str, file: str, limits: Limits, refusal: str) -> Any:
    """What PyYAML's parser makes of a text that the fast reader refused, else the better of two errors."""
    place = _PLACE.search(refusal)
    if place and len(text) > _SECOND_OPINION:
        raise _syntax_error(refusal, place, file)
    try:
        return _built(text, file, limits)
    except MalformedDocument:
        if place:
            raise _syntax_error(refusal, place, file) from None
        raise


def _built(text: str, file: str, limits: Limits) -> Any:
    from accord.document import yaml_events  # noqa: PLC0415 - PyYAML, which few documents need

    return yaml_events.build(text, file, limits)


def _syntax_error(refusal: str, place: re.Match[str], file: str) -> MalformedDocument:
    reason = refusal.strip().splitlines()[-1]
    position = Position(file, int(place[1]), int(place[2]))
    return MalformedDocument(f"not YAML: {reason}", hint="check the indentation here", position=position)


def _keyed_by_text(value: Any, text: str) -> bool:
    """Whether every key could be made the string that was written, and every value is one of JSON's."""
    numbered = False
    for level in _levels(value):
        for node in level:
            if type(node) is dict:
                if not _TEXT.issuperset(map(type, node)):
                    numbered = True
                    if not _restore_keys(node):
                        return False
                if "<<" in node:
                    return False
            for child in node.values() if type(node) is dict else node:
                kind = type(child)
                if kind is not str and (kind in _FOREIGN or (kind is float and math.isinf(child))):
                    return False
    return not (numbered and _ODD_KEY.search(text))


def _restore_keys(node: dict[Any, Any]) -> bool:
    if not all(type(key) is str or type(key) is int for key in node):
        return False
    entries = {str(key): child for key, child in node.items()}
    complete = len(entries) == len(node)
    node.clear()
    node.update(entries)
    return complete


_ODD_KEY = re.compile(r"(?m)^[ \t-]*(?:[-+]?0\d+|\+\d+|0[xo]\w+|[-+]?\d+_[\d_]*)[ \t]*:(?:\s|$)")
"""A key that is a number and not written as Python writes it: `007`, `0x1F`, `1_000`."""
_FOREIGN = (set, frozenset, tuple)
_TEXT = frozenset((str,))


def _levels(value: Any) -> Iterator[list[Any]]:
    """The objects and arrays of a tree, level by level."""
    level = [value] if isinstance(value, dict | list) else []
    while level:
        yield level
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]


def _depth(value: Any, most: int) -> int:
    depth = 0
    for depth, _ in enumerate(_levels(value), start=1):
        if depth > most:
            break
    return depth


def _too_deep(file: str, limits: Limits) -> Never:
    raise LimitExceeded(
        f"the document is nested deeper than {limits.depth} levels",
        hint="move inner schemas to components and refer to them",
        position=Position(file, 1, 1),
    )
