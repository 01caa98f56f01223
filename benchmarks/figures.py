"""What benchmarks/mock.py measured, and the table of it beside the targets."""

import statistics
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.phases import PHASES, STARTS

OURS, PRISM, BARE = "accord", "Prism", "bare ASGI"


class Figures:
    """What was measured: by measure and server, round by round."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        self.notes: list[str] = []

    def add(self, measure: str, server: str, value: float) -> None:
        """Keeps a figure."""
        self._found[measure, server].append(value)

    def of(self, measure: str, server: str) -> float | None:
        """The median; None where there is none."""
        values = self._found.get((measure, server))
        return statistics.median(values) if values else None

    def ratio(self, measure: str, one: str, other: str) -> float | None:
        """How many times as much, round by round; the median."""
        first, second = self._found.get((measure, one), []), self._found.get((measure, other), [])
        if not first or not second:
            return None
        # Where a slow server was started once, all rounds of the other are held against that.
        second = second if len(second) == len(first) else [statistics.median(second)] * len(first)
        return statistics.median(a / b for a, b in zip(first, second, strict=True))


def report(found: Figures, servers: Sequence[str]) -> bool:
    """Prints the table. Is a target missed?"""
    names = [*servers, BARE]
    head = "".join(f"{name:>11}" for name in names)
    print(f"\n{'':42}{head}   to Prism  target   to bare  target")
    is_missed = False
    for measure, faster, of_bare, is_cost in _measures():
        cells = "".join(_cell(found.of(measure, name)) for name in names)
        to_prism = found.ratio(measure, *((PRISM, OURS) if is_cost else (OURS, PRISM)))
        to_bare = None if is_cost else found.ratio(measure, OURS, BARE)
        is_missed |= _misses(to_prism, faster) or _misses(to_bare, of_bare)
        print(f"{measure:42}{cells}{_ratio(to_prism, faster)}{_ratio(to_bare, of_bare)}".rstrip())
    for note in dict.fromkeys(found.notes):
        print(f"  {note}")
    return is_missed


def _measures() -> list[tuple[str, float, float, bool]]:
    """Each measure: the target to Prism, that to a bare application, and whether less is better."""
    rates = [(f"requests/s: {phase.name}", phase.target, phase.of_bare, False) for phase in PHASES]
    costs = [(f"µs CPU: {phase.name}", 0.0, 0.0, True) for phase in PHASES]
    starts = [(f"s to first answer: {start.name}", start.faster, 0.0, True) for start in STARTS]
    memory = [(f"MB: {each.name}", 1 / each.memory if each.memory else 0.0, 0.0, True) for each in STARTS]
    return [*rates, *costs, *starts, *memory]


def _misses(ratio: float | None, target: float) -> bool:
    return ratio is not None and ratio < target


def _cell(value: float | None) -> str:
    if value is None:
        return f"{'-':>11}"
    return f"{value:>11.0f}" if value >= 100 else f"{value:>11.2f}"


def _ratio(value: float | None, target: float) -> str:
    """The ratio, its target and whether it is missed."""
    shown = "-" if value is None else f"{value:.2f}"
    asked = f"{target:g}{' !' if _misses(value, target) else '  '}" if target else ""
    return f"{shown:>11}{asked:>8}"
