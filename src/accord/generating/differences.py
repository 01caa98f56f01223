"""Unified diffs of large texts. `difflib` alone takes minutes for a contract of some megabytes."""

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Lines: TypeAlias = Sequence[str]
Block: TypeAlias = tuple[int, int, int]
"""Equal lines: where they begin in the old text and in the new one, and how many they are."""

_MOST_PAIRS = 4_000_000
"""Pairs of lines that are compared between two anchors; beyond, the one stands in place of the other."""
_END = "\\ No newline at end of file"


def unified_diff(old: str, new: str, old_name: str, new_name: str) -> str:
    """How the new text differs from the old, with three lines around each change; empty if it does not."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = _Anchored(before, after)
    lines = [f"--- {old_name}\n", f"+++ {new_name}\n"]
    for group in matcher.get_grouped_opcodes(3):
        first, last = group[0], group[-1]
        lines.append(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n")
        for tag, a_from, a_to, b_from, b_to in group:
            if tag == "equal":
                lines += (f" {line}" for line in before[a_from:a_to])
                continue
            lines += (f"-{line}" for line in before[a_from:a_to])
            lines += (f"+{line}" for line in after[b_from:b_to])
    ended = [line if line.endswith("\n") else f"{line}\n{_END}\n" for line in lines]
    return "".join(ended) if old != new else ""


def _range(start: int, stop: int) -> str:
    """A range of lines as a unified diff's header has it; that of no lines names the line before."""
    length = stop - start
    return f"{start + 1 if length else start}" + (f",{length}" if length != 1 else "")


class _Anchored(difflib.SequenceMatcher[str]):
    """Compares lines only between anchors: lines that stand once in either text, in the same order."""

    def __init__(self, before: Lines, after: Lines) -> None:
        self.a, self.b = before, after
        self.opcodes = None
        self.matching_blocks = None

    def get_matching_blocks(self) -> list[difflib.Match]:
        """Equal lines, those of one piece together, with an empty match at the end."""
        joined: list[Block] = []
        for at, to, length in _blocks(self.a, self.b):
            if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (at, to):
                joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
            elif length:
                joined.append((at, to, length))
        return [difflib.Match(*block) for block in (*joined, (len(self.a), len(self.b), 0))]


def _blocks(before: Lines, after: Lines) -> Iterator[Block]:
    at, to = 0, 0
    for anchor_at, anchor_to in (*_anchors(before, after), (len(before), len(after))):
        for block in _between(before[at:anchor_at], after[to:anchor_to]):
            yield at + block[0], to + block[1], block[2]
        if anchor_at < len(before):
            yield anchor_at, anchor_to, 1
        at, to = anchor_at + 1, anchor_to + 1


def _between(before: Lines, after: Lines) -> Iterable[Block]:
    if before == after:
        return [(0, 0, len(before))]
    if len(before) * len(after) > _MOST_PAIRS:
        return []
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()


def _anchors(before: Lines, after: Lines) -> list[tuple[int, int]]:
    """The longest run, rising in both texts, of the places of lines that each text has once."""
    once_before, once_after = Counter(before), Counter(after)
    places = {line: index for index, line in enumerate(after) if once_after[line] == 1}
    pairs = [
        (at, places[line]) for at, line in enumerate(before) if once_before[line] == 1 and line in places
    ]
    return [pairs[index] for index in _rising([to for _, to in pairs])]


def _rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest rising run of the numbers."""
    ends: list[int] = []  # the least number that a run of each length ends with
    last: list[int] = []  # and its index
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [index]
    run: list[int] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(index)
        index = previous[index]
    return run[::-1]
