"""What a world has beside its items, as plain data: orders, scenarios, faults, and what was counted."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import astuple
from typing import Any, NamedTuple

from accord.exchange import ABSENT, Kind, Violation
from accord.mocking.faulting.model import Limit
from accord.mocking.faulting.reading import read_fault
from accord.mocking.faulting.rules import Rule
from accord.mocking.ordering import Ordered
from accord.mocking.overriding import Override
from accord.mocking.scenarios.progress import Progress
from accord.mocking.state.world import World


class Other(NamedTuple):
    """A part of a world as plain data, None where there is nothing to say, and back."""

    plain: Callable[[World], Any]
    lay: Callable[[World, Any], None]


def _overrides(world: World) -> Any:
    held = [_plain_override(override) for override in world.overrides]
    return [world.overrides.count, held] if held or world.overrides.count else None


def _plain_override(each: Override) -> Any:
    return [each.id, each.operation, _plain_ordered(each.answer), each.times, each.used]


def _plain_ordered(answer: Ordered) -> Any:
    return [
        answer.status,
        answer.example,
        None if answer.body is None else answer.body.decode("latin-1"),
        answer.content_type,
        [[name.decode("latin-1"), value.decode("latin-1")] for name, value in answer.headers],
        [] if answer.merge is ABSENT else [answer.merge],
        [str(fault) for fault in answer.faults],
        [astuple(violation) for violation in answer.violations],
    ]


def _lay_overrides(world: World, plain: Any) -> None:
    count, held = plain or (0, ())
    world.overrides.replace(count, map(_override, held))


def _override(plain: Any) -> Override:
    number, operation, answer, times, used = plain
    return Override(number, operation, _ordered(answer), times, used)


def _ordered(plain: Any) -> Ordered:
    status, example, body, content_type, headers, merge, faults, violations = plain
    return Ordered(
        status=status,
        example=example,
        body=None if body is None else body.encode("latin-1"),
        content_type=content_type,
        headers=tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers),
        merge=merge[0] if merge else ABSENT,
        faults=tuple(map(read_fault, faults)),
        violations=tuple(Violation(Kind(kind), *rest) for kind, *rest in violations),
    )


def _scenarios(world: World) -> Any:
    return [[name, *progress] for name, progress in world.scenarios.items()] or None


def _lay_scenarios(world: World, plain: Any) -> None:
    world.scenarios = {name: Progress(step, tuple(used)) for name, step, used in plain or ()}


def _rules(world: World) -> Any:
    rules = world.faults.rules
    held = [[each.id, str(each.fault), each.operation, each.times, each.is_on, each.used] for each in rules]
    return [rules.count, held] if held or rules.count else None


def _lay_rules(world: World, plain: Any) -> None:
    count, held = plain or (0, ())
    rules = (Rule(number, read_fault(fault), *rest) for number, fault, *rest in held)
    world.faults.rules.replace(count, rules)


def _counts(world: World) -> Any:
    faults = world.faults
    windows = [[_plain_key(key), *window] for key, window in faults.windows.items()]
    return [faults.ordinals, windows] if faults.ordinals or windows else None


def _lay_counts(world: World, plain: Any) -> None:
    ordinals, windows = plain or ({}, ())
    world.faults.ordinals.clear()
    world.faults.ordinals.update(ordinals)
    world.faults.windows.clear()
    world.faults.windows.update({_key(key): (started, count) for key, started, count in windows})


def _plain_key(key: Hashable) -> Any:
    """What a window is counted by, whose limit is one of its members where it was stated with a request."""
    return [_plain_key(each) for each in key] if isinstance(key, tuple) else key


def _key(plain: Any) -> Hashable:
    return tuple(Limit(*each) if isinstance(each, list) else each for each in plain)


def _fullness(world: World) -> Any:
    return True if world.is_full else None


def _lay_fullness(world: World, plain: Any) -> None:
    world.is_full = bool(plain)


OTHERS: Mapping[str, Other] = {
    "overrides": Other(_overrides, _lay_overrides),
    "scenarios": Other(_scenarios, _lay_scenarios),
    "faults": Other(_rules, _lay_rules),
    "counts": Other(_counts, _lay_counts),
    "full": Other(_fullness, _lay_fullness),
}
"""The parts by their names."""
