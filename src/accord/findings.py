"""Findings: what is wrong with a contract or an implementation of it, and where. Values, never raised."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file, as an editor shows it: line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a finding weighs: an error keeps strict commands from going on, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which rule says so, where, and what to do about it.

    `pointer` is a JSON pointer (RFC 6901) into the document in its normal form; `position` is the
    place in the file that people edit.
    """

    rule: str
    severity: Severity
    message: str
    pointer: str = ""
    position: Position | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.severity}: {self.message} [{self.rule}]{hint}"


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint at the known name that is most like one that is not known; `otherwise` where none is alike."""
    from difflib import get_close_matches  # noqa: PLC0415 - where nothing is wrong it is not needed

    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else otherwise
