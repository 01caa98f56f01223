"""What a run tells while it goes on: values, for progress, coverage and the verdict."""

from dataclasses import dataclass
from typing import TypeAlias

from accord.verifying.exchanges import Exchange


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that an answer did not pass.

    `operation` is the id of the operation that was to be called, empty where it is the run as a whole.
    `kind` is the sort of failure within the check. `steps` are the commands that repeat it, the first one
    first; `exchange` is the last of them, as it was seen. `place` is a pointer into the contract, where
    the check knows which of its rules is concerned.
    """

    check: str
    kind: str
    message: str
    operation: str
    phase: str
    steps: tuple[str, ...] = ()
    exchange: Exchange | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """A phase begins. `operations` is how many it is to try, 0 where nobody can say."""

    phase: str
    operations: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One operation was tried in a phase, or several in a row: then `operation` is empty.

    `called` has, for each exchange, the id of the operation that was meant.
    """

    phase: str
    operation: str
    exchanges: tuple[Exchange, ...]
    called: tuple[str, ...]
    failures: tuple[Failure, ...]
    seconds: float
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept something from being tried: a schema that cannot be used, a connection that broke."""

    phase: str
    operation: str
    message: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A run has ended, and why: `completed`, `time limit`, `interrupted`, `server unavailable`."""

    phases: tuple[str, ...]
    reason: str
    seconds: float


Told: TypeAlias = Began | Scenario | Trouble | Ended
