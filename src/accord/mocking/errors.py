"""What goes wrong, said in the contract's own words where it documents a response for that."""

from collections.abc import Callable, Iterator
from typing import Any

from accord.contract import MediaType
from accord.exchange import MEDIA_TYPE, Problem
from accord.mocking.model import Examples
from accord.mocking.values import Values, examples_of
from accord.schemas.composing import declared_of

_MESSAGES = (
    "message", "detail", "error_description", "error_message", "errormessage", "description", "msg", "reason",
    "error", "title", "details",
)  # fmt: skip
"""Fields that tell people what went wrong, as contracts commonly name them, in lower case."""
_STATUSES = frozenset(
    {"status", "code", "statuscode", "status_code", "error_code", "errorcode", "http_status"}
)
_DEEPEST = 3


def error_value(
    media_type: MediaType,
    problem: Problem,
    values: Values,
    key: str,
    *,
    examples: Examples = "mend",
    name: str | None = None,
) -> Any:
    """The body of an error in the schema that the contract gives it, with what went wrong in it.

    The example that `name` asks for, as it is. Else a problem of ours, where the schema takes it, with the
    members that the schema names. Else the author's example or a sample, in which each field that is there
    for people gets the message, as long as the schema allows that. An example that no schema describes, and
    one without fields, stays as it is. Raises UnknownExample.
    """
    pointer = media_type.schema
    members = _documented(problem.as_dict(), pointer, values)
    written = () if examples == "ignore" else examples_of(media_type)
    if name is not None or (pointer is None and written):
        return values.of_content(media_type, key, examples=examples, name=name).value
    is_problem = bool(members) and media_type.essence == MEDIA_TYPE
    if pointer is None or (is_problem and values.is_valid(pointer, members)):
        return members
    made = values.of_content(media_type, key, examples=examples).value
    is_written = examples != "ignore" and values.has_example(media_type)
    if not values.is_valid(pointer, made) or (is_written and not isinstance(made, dict | list)):
        return made
    return _filled(made, problem, lambda value: values.is_valid(pointer, value))


def _documented(members: dict[str, Any], pointer: str | None, values: Values) -> dict[str, Any]:
    """The members that the schema names; all where it names none, or welcomes others in so many words.

    What is left out of them is told in headers all the same.
    """
    declared = None if pointer is None else declared_of(values.schemas.document, pointer)
    if declared is None:
        return members
    return {name: member for name, member in members.items() if name in declared}


def _filled(value: Any, problem: Problem, is_valid: Callable[[Any], bool]) -> Any:
    """The value with the message in each field that may carry it, one after the other."""
    if isinstance(value, str):
        return problem.detail if is_valid(problem.detail) else value
    for path, new in list(_places(value, problem, (), _DEEPEST)):
        changed = _replaced(value, path, new)
        if is_valid(changed):
            value = changed
    return value


def _places(
    value: Any, problem: Problem, path: tuple[str | int, ...], depth: int
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Where something can be said, and what."""
    if isinstance(value, list) and depth and value:
        yield from _places(value[0], problem, (*path, 0), depth)
    for name, child in value.items() if isinstance(value, dict) else ():
        at = (*path, name)
        if name.lower() in _STATUSES and not isinstance(child, bool):
            if isinstance(child, int):
                yield at, problem.status
            elif isinstance(child, str) and (child.isdecimal() or name.lower() == "status"):
                yield at, str(problem.status)
        elif isinstance(child, str) and name.lower() in _MESSAGES:
            yield at, problem.title if name.lower() in ("title", "error") else problem.detail
        elif isinstance(child, dict | list) and depth:
            yield from _places(child, problem, at, depth - 1)
            if name.lower() in _MESSAGES and isinstance(child, list) and child and isinstance(child[0], str):
                yield (*at, 0), problem.detail


def _replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of the value with something else at a path."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, first: _replaced(value[first], rest, new)}
    return [_replaced(each, rest, new) if at == first else each for at, each in enumerate(value)]
