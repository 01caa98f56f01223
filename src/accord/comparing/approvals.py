"""What a team has approved of what was found: which changes or failures, why, and until when."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Generic, Protocol, TypeVar

from accord.comparing.rules import RULES
from accord.document import pointers
from accord.findings import Finding, Position, Severity, suggestion

_MEMBERS = ("fingerprint", "rule", "operation", "place", "reason", "until")
_CHOOSING = ("fingerprint", "rule", "operation", "place")


class Written(Protocol):
    """A file of approvals: what it says, and where."""

    @property
    def value(self) -> Any:
        """A list of approvals."""
        ...

    def position(self, pointer: str) -> Position:
        """Where something stands in it."""
        ...


class Approvable(Protocol):
    """What can be approved."""

    @property
    def fingerprint(self) -> str:
        """What tells it from others, and stays the same where only lines move."""
        ...

    @property
    def rule(self) -> str:
        """The rule that found it."""
        ...

    @property
    def place(self) -> str:
        """Where it is."""
        ...

    @property
    def operations(self) -> tuple[str, ...]:
        """What it concerns."""
        ...


_Found = TypeVar("_Found", bound=Approvable)


@dataclass(frozen=True, slots=True)
class Approval:
    """Changes that may be: those that all that is given applies to. `*` stands for any text in
    `operation` and `place`.
    """

    reason: str
    until: date
    position: Position
    fingerprint: str = ""
    rule: str = ""
    operation: str = ""
    place: str = ""

    def covers(self, change: Approvable) -> bool:
        """Is it this change?"""
        return (
            self.fingerprint in ("", change.fingerprint)
            and self.rule in ("", change.rule)
            and fnmatchcase(change.place, self.place or "*")
            and all(fnmatchcase(each, self.operation or "*") for each in change.operations or ("",))
        )


@dataclass(frozen=True, slots=True)
class Judged(Generic[_Found]):
    """Changes apart: those that count, and those that are approved, with who approves them."""

    counting: tuple[_Found, ...]
    approved: tuple[tuple[_Found, Approval], ...]
    findings: tuple[Finding, ...]


def judge(
    changes: Iterable[_Found],
    approvals: Sequence[Approval],
    today: date,
    needs: Callable[[_Found], bool],
) -> Judged[_Found]:
    """The changes, told apart by the approvals: those that need one, and have one that holds, are approved.

    An approval that has ended approves nothing; that is a finding, as is one that nothing is there for.
    """
    counting: list[_Found] = []
    approved: list[tuple[_Found, Approval]] = []
    used: set[int] = set()
    for change in changes:
        found = [at for at, each in enumerate(approvals) if needs(change) and each.covers(change)]
        used.update(found)
        holding = next((approvals[at] for at in found if approvals[at].until >= today), None)
        if holding is None:
            counting.append(change)
        else:
            approved.append((change, holding))
    return Judged(tuple(counting), tuple(approved), tuple(_findings(approvals, used, today)))


def _findings(approvals: Sequence[Approval], used: set[int], today: date) -> Iterator[Finding]:
    for at, approval in enumerate(approvals):
        if at not in used:
            message = "nothing was found that this approval is for"
            yield _finding("unused-approval", Severity.INFO, message, approval, "remove it")
        elif approval.until < today:
            message = f"this approval ended on {approval.until}"
            hint = "set a later date, or mend what it is for"
            yield _finding("ended-approval", Severity.WARNING, message, approval, hint)


def _finding(rule: str, severity: Severity, message: str, approval: Approval, hint: str) -> Finding:
    return Finding(rule, severity, message, position=approval.position, hint=hint)


def read_approvals(
    file: Written, rules: Collection[str] = RULES, command: str = "diff"
) -> tuple[tuple[Approval, ...], tuple[Finding, ...]]:
    """The approvals of a file, by the rules of this command, and what is wrong with those that are none."""
    approvals: list[Approval] = []
    findings: list[Finding] = []
    if file.value is None:
        return (), ()
    if not isinstance(file.value, list):
        return (), (_wrong(file, "", "a list of approvals is expected"),)
    for at, entry in enumerate(file.value):
        pointer = pointers.join("", at)
        faults = [*_faults(file, pointer, entry), *_unknown(file, pointer, entry, rules, command)]
        findings += faults
        if not faults:
            approvals.append(_approval(entry, file.position(pointer)))
    return tuple(approvals), tuple(findings)


def _faults(file: Written, pointer: str, entry: Any) -> Iterator[Finding]:
    if not isinstance(entry, dict):
        yield _wrong(file, pointer, "an approval is an object", "write `- rule: …`")
        return
    for name in entry:
        if name not in _MEMBERS:
            hint = suggestion(name, _MEMBERS, f"known are {', '.join(_MEMBERS)}")
            yield _wrong(file, pointers.join(pointer, name), f"unknown member {name!r}", hint)
    if not any(entry.get(name) for name in _CHOOSING):
        yield _wrong(file, pointer, f"which change is meant? one of {', '.join(_CHOOSING)} says so")
    if not str(entry.get("reason") or "").strip():
        yield _wrong(file, pointer, "an approval needs a `reason`")
    if _day(entry.get("until")) is None:
        yield _wrong(file, pointer, "an approval needs a date `until` which it holds", "write 2027-01-31")


def _unknown(
    file: Written, pointer: str, entry: Any, rules: Collection[str], command: str
) -> Iterator[Finding]:
    rule = entry.get("rule") if isinstance(entry, dict) else None
    if rule is not None and rule not in rules:
        hint = suggestion(str(rule), list(rules), f"`accord {command} --rules` lists them")
        yield _wrong(file, pointers.join(pointer, "rule"), f"there is no rule {rule!r}", hint)


def _approval(entry: Mapping[str, Any], position: Position) -> Approval:
    chosen = {name: str(entry[name]) for name in _CHOOSING if entry.get(name)}
    until = _day(entry["until"])
    return Approval(reason=str(entry["reason"]), until=until or date.min, position=position, **chosen)


def _day(written: Any) -> date | None:
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _wrong(file: Written, pointer: str, message: str, hint: str = "") -> Finding:
    return Finding("invalid-approval", Severity.ERROR, message, pointer, file.position(pointer), hint)
