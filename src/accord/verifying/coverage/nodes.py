"""A schema while values are looked at: which of its ways each value takes, and what it has besides."""

import json
from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any

from accord.verifying.coverage.goals import Aim

Told = Callable[[str, str], None]
"""Is told the pointer of a schema, and the name of a property that it has not."""


@dataclass(eq=False, slots=True)
class Arm:
    """One of several forms, and what says whether a value has it."""

    is_taken: Callable[[Any], bool]
    node: "Node"
    aim: Aim | None
    otherwise: "Arm | None" = None


@dataclass(eq=False, slots=True)
class Member:
    """A property: its schema, and what its being there or not shows."""

    node: "Node"
    present: Aim | None
    absent: Aim | None


@dataclass(eq=False, slots=True)
class Node:
    """What of a schema can be seen in a value. Filled when it is planned, and may lead back to itself."""

    pointer: str
    types: dict[str, Aim] = field(default_factory=dict)
    values: dict[Any, Aim] = field(default_factory=dict)
    edges: list[tuple[str, float, Aim]] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    declared: frozenset[str] | None = None
    rest: Member | None = None
    items: "Node | None" = None
    prefix: list["Node"] = field(default_factory=list)
    empty: Aim | None = None
    filled: Aim | None = None
    whole: list["Node"] = field(default_factory=list)
    arms: list[Arm] = field(default_factory=list)
    formless: Aim | None = None

    def see(self, value: Any, told: Told | None = None, *, is_whole: bool = True) -> None:
        """Marks what a value that satisfies the schema shows."""
        if self.types:
            self._see_type(value)
        if self.values and (aim := self.values.get(key_of(value))) is not None:
            aim.is_seen = True
        for keyword, edge, aim in self.edges:
            if measured(keyword, value) == edge:
                aim.is_seen = True
        if isinstance(value, dict):
            self._see_members(value, told if is_whole else None, told)
        elif isinstance(value, list):
            self._see_items(value, told)
        for node in self.whole:
            node.see(value, told, is_whole=False)
        for arm in self.arms:
            _see_arm(arm, value, told)

    def see_formless(self, value: Any) -> None:
        """Marks where a value that breaks the schema has none of the forms that it must have one of."""
        if self.arms and self.formless is not None and not any(arm.is_taken(value) for arm in self.arms):
            self.formless.is_seen = True
        for node, child in self._inner(value):
            node.see_formless(child)

    def _see_type(self, value: Any) -> None:
        for kind in kinds_of(value):
            if (aim := self.types.get(kind)) is not None:
                aim.is_seen = True
                return

    def _see_members(self, value: Mapping[str, Any], root: Told | None, told: Told | None) -> None:
        for name, member in self.members.items():
            aim = member.present if name in value else member.absent
            if aim is not None:
                aim.is_seen = True
            if name in value:
                member.node.see(value[name], told)
        if self.rest is not None:
            self._see_rest(self.rest, value, told)
        if root is not None and self.declared is not None:
            for name in value:
                if name not in self.declared:
                    root(self.pointer, name)

    def _see_rest(self, rest: Member, value: Mapping[str, Any], told: Told | None) -> None:
        further = [child for name, child in value.items() if name not in self.members]
        aim = rest.present if further else rest.absent
        if aim is not None:
            aim.is_seen = True
        for child in further:
            rest.node.see(child, told)

    def _see_items(self, value: list[Any], told: Told | None) -> None:
        aim = self.filled if value else self.empty
        if aim is not None:
            aim.is_seen = True
        for node, child in self._elements(value):
            node.see(child, told)

    def _elements(self, value: list[Any]) -> Iterator[tuple["Node", Any]]:
        for at, child in enumerate(value):
            node = self.prefix[at] if at < len(self.prefix) else self.items
            if node is not None:
                yield node, child

    def _inner(self, value: Any) -> Iterator[tuple["Node", Any]]:
        """What else a value that breaks the schema is looked at by."""
        yield from ((node, value) for node in self.whole)
        if isinstance(value, dict):
            yield from (
                (self.members[name].node, child) for name, child in value.items() if name in self.members
            )
        elif isinstance(value, list):
            yield from self._elements(value)


def _see_arm(arm: Arm, value: Any, told: Told | None) -> None:
    taken = arm if arm.is_taken(value) else arm.otherwise
    if taken is not None:
        if taken.aim is not None:
            taken.aim.is_seen = True
        taken.node.see(value, told, is_whole=False)


def key_of(value: Any) -> Any:
    """What tells a value of an `enum` from others."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str).encode()


def kinds_of(value: Any) -> tuple[str, ...]:
    """The JSON types of a value, the narrowest first."""
    if isinstance(value, bool):
        return ("boolean",)
    if isinstance(value, int):
        return "integer", "number"
    if isinstance(value, float):
        return ("integer", "number") if value.is_integer() else ("number",)
    if isinstance(value, str | bytes):
        return ("string",)
    if isinstance(value, list):
        return ("array",)
    return ("object",) if isinstance(value, dict) else ("null",)


_MEASURED: Mapping[str, tuple[type, ...]] = {"Length": (str, bytes), "Items": (list,), "Properties": (dict,)}


def measured(keyword: str, value: Any) -> float | None:
    """What a bound speaks of: the number itself, or how long or large the value is; None of another type."""
    for ending, types in _MEASURED.items():
        if keyword.endswith(ending):
            return len(value) if isinstance(value, types) and isinstance(value, Sized) else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None
