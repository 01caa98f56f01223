"""What is wrong with a file of scenarios, and where."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from accord.document import pointers
from accord.findings import Finding, Position, Severity, suggestion

_MOST_NAMED = 12


class Written(Protocol):
    """A file of scenarios: what it says, and where."""

    @property
    def value(self) -> Any:
        """Scenarios by their names."""
        ...

    def position(self, pointer: str) -> Position:
        """Where something stands in it."""
        ...


class Notes:
    """The findings of one file, each place and reason once."""

    def __init__(self, file: Written) -> None:
        self._file = file
        self._found: dict[tuple[str, str], Finding] = {}

    @property
    def findings(self) -> Iterable[Finding]:
        """What was found, in that order."""
        return self._found.values()

    @property
    def count(self) -> int:
        """How much was found so far."""
        return len(self._found)

    def place(self, pointer: str) -> str:
        """Where something stands, as people read it."""
        return str(self._file.position(pointer))

    def wrong(self, pointer: str, message: str, hint: str = "") -> None:
        """Notes that something is wrong at a place."""
        if (pointer, message) not in self._found:
            position = self._file.position(pointer)
            finding = Finding("invalid-scenario", Severity.ERROR, message, pointer, position, hint)
            self._found[pointer, message] = finding

    def check_names(self, said: Mapping[str, Any], pointer: str, known: Iterable[str], what: str) -> None:
        """Notes each member that is none of those known."""
        names = [*known]
        for name in said:
            if name not in names:
                self.wrong(pointers.join(pointer, name), f"{what} has no {name!r}", nearest(name, names))

    def member(self, said: Mapping[str, Any], pointer: str, name: str, kind: type, default: Any) -> Any:
        """A member of that type, or the default where there is none or another."""
        if name not in said:
            return default
        value = said[name]
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self.wrong(pointers.join(pointer, name), f"{name} is no {_KINDS[kind]}")
            return default
        return value

    def count_of(self, said: Mapping[str, Any], pointer: str, name: str, default: int | None) -> int | None:
        """A member that is a number from 1 on."""
        value: int | None = self.member(said, pointer, name, int, default)
        if value is not None and value < 1:
            self.wrong(pointers.join(pointer, name), f"{name} is less than once")
            return default
        return value


_KINDS: Mapping[type, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    dict: "object",
    list: "list",
}


def nearest(name: str, known: Iterable[str]) -> str:
    """What could have been meant, or what there is."""
    names = [str(each) for each in known]
    more = f", and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    named = f"there are: {', '.join(names[:_MOST_NAMED]) or 'none'}{more}"
    return suggestion(str(name), names, named)
