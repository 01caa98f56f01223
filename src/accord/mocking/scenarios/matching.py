"""What a rule says of the requests that it is for, read and checked by the contract."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from accord.contract import Operation, Parameter
from accord.document import pointers
from accord.exchange.credentials import place_of
from accord.mocking.mock import Mock
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.scenarios.conditions import TESTS, Condition, Expression, Test
from accord.mocking.scenarios.notes import Notes, nearest
from accord.mocking.texts import plain, to_json
from accord.schemas import Direction, verdict_of_pattern

_PLACES = {"path": "path", "query": "query", "headers": "header", "cookies": "cookie"}
"""The members of `when` that are of parameters, and the location of these."""
WHEN = ("operation", "step", *_PLACES, "body")
_WILD = re.compile(r"[*?\[]")
_SHOWN = 60


def operations_of(mock: Mock, said: Mapping[str, Any], at: str, notes: Notes) -> Sequence[Operation]:
    """The operations that a rule is for: those named, all that fit a pattern, or without a name all."""
    known = mock.contract.by_id
    if "operation" not in said:
        return [*known.values()]
    place, written = pointers.join(at, "operation"), said["operation"]
    if written == []:
        notes.wrong(place, "operation names none", "leave it out for every operation")
    named = enumerate(written) if isinstance(written, list) else [(None, written)]
    found: dict[str, Operation] = {}
    for index, name in named:
        where = place if index is None else pointers.join(place, index)
        if not isinstance(name, str):
            notes.wrong(where, "operation is no text")
        elif _WILD.search(name):
            fitting = {id: known[id] for id in known if fnmatchcase(id, name)}  # noqa: A001 - the contract's word
            if not fitting:
                notes.wrong(where, f"no operation of the contract fits {name!r}", nearest("", known))
            found |= fitting
        elif name in known:
            found[name] = known[name]
        else:
            notes.wrong(where, f"the contract has no operation {name[:_SHOWN]!r}", nearest(name, known))
    return [*found.values()]


class Matching:
    """Reads the conditions of rules."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._values = mock.values.towards(Direction.REQUEST)
        self._reader = Reader(mock.contract.document)

    def conditions(
        self, said: Mapping[str, Any], at: str, operations: Sequence[Operation], notes: Notes
    ) -> Sequence[Condition]:
        """The conditions, as `when` states them; what no request of the contract can be is noted."""
        found: list[Condition] = []
        for member, location in _PLACES.items():
            stated = notes.member(said, at, member, dict, {})
            for name, value in stated.items():
                where = pointers.join(at, member, name)
                condition = self._of_parameter((location, str(name), value), where, operations, notes)
                found += [condition] if condition else []
        place = pointers.join(at, "body")
        for pointer, value in notes.member(said, at, "body", dict, {}).items():
            where = pointers.join(place, pointer)
            tests = _tests(value, where, notes)
            if pointer and not str(pointer).startswith("/"):
                notes.wrong(where, f"{pointer!r} is no JSON pointer", f"write '/{pointer}'")
            elif tests:
                self._check_member(str(pointer), tests, where, operations, notes)
                found.append(Condition("body", str(pointer), tests))
        return found

    def _of_parameter(
        self, stated: tuple[str, str, Any], at: str, operations: Sequence[Operation], notes: Notes
    ) -> Condition | None:
        location, name, value = stated
        tests = _tests(value, at, notes)
        if not tests:
            return None
        declared = [each for operation in operations if (each := _declared(operation, location, name))]
        if declared:
            self._check_values(tests, at, [each.schema for each in declared], notes)
            return Condition(location, declared[0].name, tests)
        keys = [key for where, key in self._keys() if where == location]
        if operations and location != "header" and name not in keys:
            known = [
                each.name
                for operation in operations
                for each in operation.parameters
                if each.location == location
            ]
            said = f"no {location} parameter {name[:_SHOWN]!r}"
            notes.wrong(at, f"{operations[0].id} has {said}", nearest(name, dict.fromkeys([*known, *keys])))
            return None
        return Condition(location, name, [_as_text(test) for test in tests], is_declared=False)

    def _keys(self) -> Iterator[tuple[str, str]]:
        """The places of the contract's keys: what their requests have beside the parameters."""
        for scheme in self._mock.contract.security_schemes.values():
            if scheme.type == "apiKey":
                yield place_of(scheme)

    def _check_values(
        self, tests: Iterable[Test], at: str, schemas: Sequence[str | None], notes: Notes
    ) -> None:
        """Notes a value that no right request can have."""
        known = [schema for schema in schemas if schema is not None]
        if len(known) < len(schemas) or not known:
            return
        for test in tests:
            for value in (
                [test.operand] if test.name == "equals" else test.operand if test.name == "in" else ()
            ):
                if not any(self._values.is_valid(schema, value) for schema in known):
                    reason = self._values.schemas.at(known[0], Direction.REQUEST).violations(value)[0].reason
                    shown = to_json(value).decode()[:_SHOWN]
                    notes.wrong(at, f"no right request has {shown} here: it {reason}")

    def _check_member(
        self, pointer: str, tests: Sequence[Test], at: str, operations: Sequence[Operation], notes: Notes
    ) -> None:
        """Notes a member that no body of the operations has by its schema, or not with such a value."""
        schemas = [schema for operation in operations for schema in _bodies(operation)]
        places: list[str] = []
        for schema in schemas:
            fields, missing = self._at(schema, pointer)
            if fields is None:
                return  # nothing is said of it there: it may be anything
            if missing is None:
                places.append(fields.pointer)
        if not schemas and operations:
            notes.wrong(at, f"{operations[0].id} takes no body")
        elif schemas and not places:
            fields, missing = self._at(schemas[0], pointer)
            hint = nearest(missing or "", fields.properties if fields else ())
            notes.wrong(at, f"the body of {operations[0].id} has no {pointer[:_SHOWN]}", hint)
        else:
            self._check_values(tests, at, places, notes)

    def _at(self, schema: str, pointer: str) -> tuple[Fields | None, str | None]:
        """The fields at a pointer; or those of the nearest object, and what it lacks. None: it may be any."""
        fields = self._reader.read(schema)
        for token in pointers.split(pointer):
            if fields.items is not None and token.isdecimal():
                fields = self._reader.read(fields.items)
            elif token in fields.properties:
                fields = self._reader.child(fields, token)
            elif any(raw.get("additionalProperties") is False for _, raw in fields.parts):
                return fields, token
            else:
                return None, None
        return fields, None


def _declared(operation: Operation, location: str, name: str) -> Parameter | None:
    """The parameter of that name; those of headers are called so in capitals or not."""
    for each in operation.parameters:
        if each.location == location and (
            each.name == name or (location == "header" and each.name.lower() == name.lower())
        ):
            return each
    return None


def _bodies(operation: Operation) -> Sequence[str]:
    body = operation.request_body
    return [each.schema for each in body.content.values() if each.schema] if body else []


def _as_text(test: Test) -> Test:
    """The test of what is sent as text."""
    if test.name == "equals":
        return Test("equals", plain(test.operand))
    return Test("in", [plain(each) for each in test.operand]) if test.name == "in" else test


def _tests(value: Any, at: str, notes: Notes) -> Sequence[Test]:
    """What has to hold: a value stands for `equals`. Nothing where that cannot be read."""
    if not isinstance(value, dict):
        return [Test("equals", value)]
    before = notes.count
    notes.check_names(value, at, TESTS, "a condition")
    tests = [
        _test(name, operand, pointers.join(at, name), notes)
        for name, operand in value.items()
        if name in TESTS
    ]
    if not value:
        notes.wrong(at, "a condition says nothing", "write `equals: {}` for an empty object")
    return [test for test in tests if test is not None] if notes.count == before else []


def _test(name: str, operand: Any, at: str, notes: Notes) -> Test | None:
    if name == "matches":
        is_in = verdict_of_pattern(operand) if isinstance(operand, str) else None
        if is_in is None:
            notes.wrong(at, f"matches is no regular expression: {plain(operand)[:_SHOWN]}")
            return None
        return Test(name, Expression(operand, is_in))
    if name == "not":
        return Test(name, _tests(operand, at, notes))
    kinds: Mapping[str, tuple[tuple[type, ...], str]] = {
        "in": ((list,), "list"),
        "present": ((bool,), "true or false"),
        "minimum": ((int, float), "number"),
        "maximum": ((int, float), "number"),
    }
    kind, called = kinds.get(name, ((object,), ""))
    if not isinstance(operand, kind) or (isinstance(operand, bool) and bool not in kind and called):
        notes.wrong(at, f"{name} is no {called}")
        return None
    return Test(name, operand)
