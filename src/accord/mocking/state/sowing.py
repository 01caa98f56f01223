"""Rows that a team writes for its mock: the items that each world begins with, checked by the contract."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from accord.document import pointers
from accord.document.pointers import found
from accord.findings import Finding, Position, Severity, suggestion
from accord.mocking.resources import Resource
from accord.mocking.state.keeper import Keeper
from accord.mocking.state.world import Collection, Item
from accord.mocking.texts import named

_BEFORE = 1_780_272_000.0
"""When rows that do not say so came to be: 2026-06-01, the day on which all that is made up is."""
IN = "$in"
"""The member of a row that says what it is in: `$in: {pet: 7}`."""


class Written(Protocol):
    """A file of rows: what it says, and where."""

    @property
    def value(self) -> Any:
        """Rows by the name of their resource."""
        ...

    def position(self, pointer: str) -> Position:
        """Where something stands in it."""
        ...


@dataclass(frozen=True, slots=True)
class Sown:
    """The items by their resources' names, and what is wrong with the rows that they were made from."""

    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def collections(self) -> Mapping[str, Collection]:
        """Collections of these items, for a new world."""
        return {name: Collection(items) for name, items in self.items.items()}


def sow(keeper: Keeper, files: Iterable[Written]) -> Sown:
    """The items of all rows. A row that breaks the contract is mended, and a finding says where it does."""
    held: dict[str, Collection] = {}
    findings: list[Finding] = []
    for file in files:
        findings += _sown(keeper, file, held)
    return Sown({name: tuple(items) for name, items in held.items()}, tuple(findings))


def _sown(keeper: Keeper, file: Written, held: dict[str, Collection]) -> Iterator[Finding]:
    if not isinstance(file.value, dict):
        hint = "write `pet:` and below it a list of rows"
        yield _wrong(file, "", "rows are expected by the name of their resource", hint)
        return
    for name, rows in file.value.items():
        resource = keeper.resources.by_name.get(name)
        if resource is None:
            yield _unknown(keeper, file, name)
        elif not isinstance(rows, list):
            yield _wrong(file, pointers.join("", name), f"the rows of {name} are no list")
        else:
            collection = held.setdefault(name, Collection())
            for at, row in enumerate(rows):
                yield from _row(keeper, resource, collection, (file, pointers.join("", name, at), row))


def _row(
    keeper: Keeper, resource: Resource, collection: Collection, row: tuple[Written, str, Any]
) -> Iterator[Finding]:
    """Adds the item of a row to its collection."""
    file, at, said = row
    if not isinstance(said, dict):
        yield _wrong(file, at, f"a row of {resource.name} is no object")
        return
    stated = said.get(IN)
    scope = {name: str(key) for name, key in stated.items()} if isinstance(stated, dict) else {}
    own = {name: held for name, held in said.items() if name != IN}
    complete = keeper.maker.completed(resource, own, collection, _BEFORE)
    for violation in keeper.maker.violations(resource.schema, complete):
        yield _wrong(file, at + violation.pointer, f"{violation.pointer or resource.name} {violation.reason}")
    value = keeper.maker.kept(resource.schema, complete, f"{resource.name} {len(collection)}")
    pointer = resource.identifier.pointer if resource.identifier else None
    key = found(value, pointers.split(pointer)) if pointer else None
    if key is None and not resource.is_singleton:
        yield _wrong(file, at, f"a {resource.name} cannot be found by anything that stands in a row")
        return
    item = keeper.maker.item(resource, "" if key is None else named(key), value, scope)
    if collection.find(item.id, scope) is not None:
        yield _wrong(file, at + (pointer or ""), f"there is a {resource.name} {item.id!r} already")
    collection.put(item)


def _wrong(file: Written, pointer: str, message: str, hint: str = "") -> Finding:
    return Finding("invalid-seed", Severity.ERROR, message, pointer, file.position(pointer), hint)


def _unknown(keeper: Keeper, file: Written, name: str) -> Finding:
    known = [*keeper.resources.by_name]
    hint = suggestion(name, known, f"its resources are: {', '.join(known[:20]) or 'none'}")
    pointer = pointers.join("", name)
    message = f"the contract has no resource {name!r}"
    return Finding("unknown-resource", Severity.ERROR, message, pointer, file.position(pointer), hint)
