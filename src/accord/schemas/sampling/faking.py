"""The value that a schema asks for with `x-faker`, where it is one that the schema allows."""

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from accord.findings import Finding, Severity
from accord.schemas.sampling.fakerjs import RECIPES, Asked, made
from accord.schemas.sampling.names import snake
from accord.schemas.sampling.times import day, timestamp
from accord.schemas.sampling.told import Told

_TEMPLATE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_MODULES = {name.partition(".")[0] for name in RECIPES}
_TEMPLATES = ("fake", "helpers.fake", "helpers.mustache")
# Of Python's Faker, what reads the clock: a name of faker.js that says the same without one.
_TIMELY = {
    "past_date": "date.past",
    "past_datetime": "date.past",
    "date_this_year": "date.past",
    "date_this_month": "date.recent",
    "date_this_decade": "date.past",
    "date_this_century": "date.past",
    "date_time_this_year": "date.past",
    "date_time_this_month": "date.recent",
    "date_time_this_decade": "date.past",
    "date_time_this_century": "date.past",
    "future_date": "date.future",
    "future_datetime": "date.future",
    "date": "date.past",
    "date_time": "date.past",
    "date_object": "date.past",
    "iso8601": "date.past",
    "date_time_ad": "date.past",
    "date_between": "date.between",
    "date_time_between": "date.between",
    "date_between_dates": "date.between",
    "date_time_between_dates": "date.between",
    "unix_time": "date.past",
    "date_of_birth": "date.birthdate",
    "passport_dob": "date.birthdate",
}


class UnknownFaker(LookupError):
    """There are no values of that name. Holds the nearest names that there are."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(name)
        self.nearest = nearest


def faked(said: Any, told: Told) -> Iterator[Any]:
    """Values for what an `x-faker` says, the best first. Raises UnknownFaker.

    It is a name (`internet.email`), or an object from a name to one argument or to the list of them.
    """
    name, arguments = _read(said)
    if name in _TEMPLATES:
        yield _filled(str(arguments[0]) if arguments else "", told)
        return
    if "{{" in name:
        yield _filled(name, told)
        return
    if (known := RECIPES.get(_TIMELY.get(name, name).lower())) is not None:
        yield from made(known[1], Asked(told, arguments))
        return
    yield _of_python(name, told, arguments)


def _read(said: Any) -> tuple[str, list[Any]]:
    if isinstance(said, dict) and said:
        name, given = next(iter(said.items()))
        return str(name).strip(), given if isinstance(given, list) else [given]
    return str(said).strip(), []


def _filled(template: str, told: Told) -> str:
    return _TEMPLATE.sub(lambda match: str(next(faked(match[1], told), "")), template)


def _of_python(name: str, told: Told, arguments: Sequence[Any]) -> Any:
    words = told.scene.words
    module, _, method = name.rpartition(".")
    method = snake(method)
    if method not in words.methods or (module and module.lower() not in _MODULES):
        raise UnknownFaker(name, nearest(name, words.methods))
    if len(arguments) == 1 and isinstance(arguments[0], dict):
        return words.spoken(method, told.dice, **arguments[0])
    return words.spoken(method, told.dice, *arguments)


def nearest(name: str, methods: Sequence[str]) -> list[str]:
    """The names that are most like one that there is not."""
    written = {low: known for low, (known, _) in RECIPES.items()}
    close = difflib.get_close_matches(name.lower(), written, 3, 0.6)
    tail = name.lower().rpartition(".")[2]
    same = [low for low in written if low.rpartition(".")[2] == tail][:2]
    found = [written[low] for low in dict.fromkeys([*same, *close])]
    return found[:3] or difflib.get_close_matches(snake(tail), methods, 3, 0.6)


def as_kinds(value: Any, kinds: Sequence[str], format_: str) -> Iterator[Any]:
    """A value as JSON has it, in the types that a schema allows."""
    if isinstance(value, datetime):
        seconds = int(value.timestamp())
        texts = [
            timestamp(value),
            day(value),
            value.strftime("%H:%M:%SZ"),
        ]
        yield from texts if format_ != "date" else texts[1:]
        yield from (seconds, seconds * 1_000)
        return
    if isinstance(value, date | time):
        value = value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, set | tuple | frozenset):
        value = list(value)
    yield value
    if isinstance(value, int | float) and not isinstance(value, bool) and "string" in kinds:
        yield f"{value}"
    if isinstance(value, str) and {"integer", "number"}.intersection(kinds):
        yield from _numbers(value)


def _numbers(text: str) -> Iterator[Any]:
    try:
        number = float(text)
    except ValueError:
        return
    yield int(number) if number.is_integer() else number


def unusable(said: Any, pointer: str, why: str, hint: str) -> Finding:
    """That an `x-faker` cannot be followed, and the value is made as if it were not there."""
    name, _ = _read(said)
    return Finding(
        "unusable-x-faker",
        Severity.WARNING,
        f"x-faker: {name!r} {why}",
        f"{pointer}/x-faker" if pointer else "",
        hint=hint,
    )
