"""Changes of one operation, as they are found."""

from dataclasses import dataclass, replace

from accord.comparing.changes import Change, Witness
from accord.comparing.rules import RULES
from accord.findings import Severity


@dataclass(frozen=True, slots=True)
class Told:
    """Whose change it is, and where in it."""

    operation: str = ""
    place: str = ""

    def at(self, place: str) -> "Told":
        """The same for a place within."""
        return replace(self, place=f"{self.place}, {place}" if self.place else place)

    def change(
        self,
        rule: str,
        message: str,
        old: str = "",
        new: str = "",
        *,
        severity: Severity | None = None,
        witness: Witness | None = None,
    ) -> Change:
        """The change. Its severity is the rule's where none is given."""
        operations = (self.operation,) if self.operation else ()
        weight = severity or RULES[rule].severity
        return Change(rule, weight, message, operations, self.place, old, new, witness)
