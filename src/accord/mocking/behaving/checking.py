"""Which functions of a team's modules are behaviours, and what keeps one from being one."""

import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from accord.contract import Contract, Operation
from accord.findings import Finding, Position, Severity, suggestion
from accord.handling.stub import answers_of, stated_in
from accord.mocking.behaving.model import Behaviour, takes

Function = Callable[..., Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """The behaviours by the ids of their operations, and what is wrong with functions that are none."""

    behaviours: Mapping[str, Behaviour] = dataclasses.field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_behaviours(contract: Contract, handlers: Any, modules: Mapping[str, ModuleType]) -> Read:
    """What the functions of these modules answer, each by the name that its handler has in the stub.

    `modules` are by their files, as people write them; `handlers` is the stub's class `Handlers`. A function
    whose name begins with `_` is the module's own.
    """
    stated = stated_in(handlers)
    found: dict[str, Behaviour] = {}
    findings: list[Finding] = []
    for file, module in modules.items():
        for name, function in _functions(module):
            place = Position(file, function.__code__.co_firstlineno, 1)
            wrong = list(_wrong(contract, stated, (name, function), place))
            operation = None if wrong else contract.by_id[stated[name].operation_id]
            if operation is not None and operation.id in found:
                wrong = [_finding(f"{name} is here a second time, after {found[operation.id].place}", place)]
            findings += wrong
            if operation is not None and not wrong:
                found[operation.id] = Behaviour(operation, stated[name], function, place)
    return Read(found, tuple(findings))


def _functions(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The public functions that stand in a module; what it imports is of others."""
    for name, held in vars(module).items():
        if not name.startswith("_") and inspect.isfunction(held) and held.__module__ == module.__name__:
            yield name, held


def _wrong(
    contract: Contract, stated: Mapping[str, type[Any]], named: tuple[str, Function], place: Position
) -> Iterator[Finding]:
    """What is wrong with a function: its name, what it takes, what it gives; or the stub is an old one."""
    name, function = named
    if name not in stated:
        hint = suggestion(name, stated, "a function of the module's own begins with _")
        yield _finding(f"no operation has a handler {name!r}", place, hint, rule="unknown-behaviour")
        return
    kind = stated[name]
    operation = contract.by_id.get(kind.operation_id)
    if operation is None:
        yield _finding(f"the contract has no operation {kind.operation_id!r}", place, _GENERATE)
        return
    if not takes(function, 1) and not takes(function, 2):
        yield _finding(f"{name} takes neither (request) nor (request, mock)", place)
    yield from _wrong_types(name, function, kind, place)
    for what in _stale(operation, kind):
        yield _finding(f"the stub of {operation.id} is older than the contract: {what}", place, _GENERATE)


_GENERATE = "run `accord generate`"


def _wrong_types(name: str, function: Function, kind: type[Any], place: Position) -> Iterator[Finding]:
    """What of its annotations is another operation's. Where there are none, nothing is said."""
    try:
        hints = typing.get_type_hints(function)
    except Exception as error:  # noqa: BLE001 - annotations are code of the team's, too
        yield _finding(f"the annotations of {name} cannot be read: {error}", place)
        return
    given = hints.pop("return", Any)
    first = hints.get(next(iter(inspect.signature(function).parameters), ""), Any)
    if first not in (Any, object, kind.Request):
        yield _finding(f"{name} takes {_shown(first)}, and is given {_shown(kind.Request)}", place)
    known = answers_of(kind)
    others = [each for each in typing.get_args(given) or (given,) if each not in (Any, object, *known)]
    if others:
        wanted = ", ".join(_shown(each) for each in known)
        yield _finding(f"{name} gives {_shown(others[0])}, which is none of: {wanted}", place)


def _stale(operation: Operation, kind: type[Any]) -> Iterator[str]:
    """What the contract has of an operation and its stub has not, or the reverse."""
    fields = {
        (field.metadata["in"], field.metadata["name"])
        for field in dataclasses.fields(kind.Request)
        if "name" in field.metadata
    }
    known = {(each.location, each.name) for each in operation.parameters}
    for location, name in sorted(fields - known):
        yield f"it has a parameter {name!r} in the {location}, and the contract has none"
    required = {(each.location, each.name) for each in operation.parameters if each.required}
    for location, name in sorted(required - fields):
        if location != "header":  # of these OpenAPI ignores some, and so does the stub
            yield f"the parameter {name!r} in the {location} is not in it"
    if len(answers_of(kind)) != len(operation.responses):
        yield "it has other responses"


def _shown(kind: Any) -> str:
    return str(getattr(kind, "__qualname__", kind))


def _finding(message: str, place: Position, hint: str = "", *, rule: str = "wrong-behaviour") -> Finding:
    return Finding(rule, Severity.ERROR, message, "", place, hint)
