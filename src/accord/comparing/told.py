"""Changes of one operation, as they are found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accord.comparing.changes import Change, Witness
from accord.comparing.rules import RULES
from accord.findings import Severity

_OF_CALLS: Mapping[str, Severity] = {
    "required-parameter-added": Severity.INFO,
    "parameter-became-required": Severity.INFO,
    "parameter-became-optional": Severity.ERROR,
    "parameter-reserved-refused": Severity.INFO,
    "parameter-reserved-allowed": Severity.ERROR,
    "parameter-empty-refused": Severity.INFO,
    "parameter-empty-allowed": Severity.ERROR,
    "required-request-body-added": Severity.INFO,
    "request-body-became-required": Severity.INFO,
    "request-body-became-optional": Severity.ERROR,
    "required-response-header-added": Severity.ERROR,
    "response-header-became-required": Severity.ERROR,
    "response-header-became-optional": Severity.INFO,
}
"""What weighs otherwise of callbacks and webhooks: the server sends these requests, and clients answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whose change it is, and where in it. `is_called`: the server makes the request."""

    operation: str = ""
    place: str = ""
    is_called: bool = False

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
        of_calls = _OF_CALLS.get(rule) if self.is_called else None
        weight = severity or of_calls or RULES[rule].severity
        return Change(rule, weight, message, operations, self.place, old, new, witness)
