"""What is reported. Values; nothing is rendered here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.findings import Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it is reported.

    `subjects` are what it was found in, by the names that the report has for them. `text` says more than the
    finding's message does, for people; `details` the same for programs.
    """

    finding: Finding
    subjects: tuple[str, ...] = ()
    text: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found.

    `name` is the command's, `version` that of accord. `subjects` are all that were looked at, each with the
    seconds that it took; `facts` are whatever else is to be known, in JSON's types.
    """

    name: str
    version: str
    entries: tuple[Entry, ...]
    subjects: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
