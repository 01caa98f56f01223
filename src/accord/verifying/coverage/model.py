"""What was seen of a contract: a value that is merged with others, written and read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from accord.errors import UsageError
from accord.verifying.coverage.goals import Goal, Kind
from accord.verifying.coverage.undocumented import Undocumented

FORMAT = "accord-coverage"
_VERSION = 1


class Answer(NamedTuple):
    """How an operation was answered: a status, and the media type of the body, or nothing."""

    operation: str
    status: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The goals that were seen, how often each operation was answered how, and what the contract has not."""

    contract: str = ""
    exchanges: int = 0
    elsewhere: int = 0
    """Exchanges that are for no operation of the contract."""
    seen: frozenset[Goal] = frozenset()
    answers: Mapping[Answer, int] = field(default_factory=dict)
    undocumented: Mapping[Undocumented, int] = field(default_factory=dict)

    def __or__(self, other: "Coverage") -> "Coverage":
        """What was seen in both together."""
        return Coverage(
            self.contract or other.contract,
            self.exchanges + other.exchanges,
            self.elsewhere + other.elsewhere,
            self.seen | other.seen,
            _added(self.answers, other.answers),
            _added(self.undocumented, other.undocumented),
        )

    def to_json(self) -> str:
        """Itself as a JSON text. The same value is always the same text."""
        return json.dumps(
            {
                "format": FORMAT,
                "version": _VERSION,
                "contract": self.contract,
                "exchanges": self.exchanges,
                "elsewhere": self.elsewhere,
                "seen": sorted(self.seen),
                "answers": [[*answer, count] for answer, count in sorted(self.answers.items())],
                "undocumented": [[*each, count] for each, count in sorted(self.undocumented.items())],
            },
            indent=1,
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str | bytes, name: str) -> Self:
        """The value that `to_json` wrote. Raises UsageError, with the file's name, for any other text."""
        try:
            return cls._read(json.loads(text))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            hint = "write it with accord verify, --accord-coverage of pytest, or accord coverage merge"
            raise UsageError(f"{name} is no coverage that accord wrote: {error}", hint=hint) from None

    @classmethod
    def _read(cls, said: Any) -> Self:
        if said["format"] != FORMAT or said["version"] != _VERSION:
            raise ValueError(f"it is {said['format']} {said['version']}, not {FORMAT} {_VERSION}")
        return cls(
            str(said["contract"]),
            int(said["exchanges"]),
            int(said["elsewhere"]),
            frozenset(Goal(one, two, Kind(kind), at, what) for one, two, kind, at, what in said["seen"]),
            {Answer(one, int(status), kind): int(count) for one, status, kind, count in said["answers"]},
            {Undocumented(*map(str, each)): int(count) for *each, count in said["undocumented"]},
        )


def merged(coverages: Iterable[Coverage]) -> Coverage:
    """What was seen in all of them together."""
    found = Coverage()
    for each in coverages:
        found |= each
    return found


def _added(one: Mapping[Any, int], other: Mapping[Any, int]) -> Mapping[Any, int]:
    found = dict(one)
    for key, count in other.items():
        found[key] = found.get(key, 0) + count
    return found
