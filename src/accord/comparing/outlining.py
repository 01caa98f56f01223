"""A comparison as people read it: text, Markdown, a page."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from accord.comparing.changes import Change, Witness
from accord.comparing.rules import RULES, Rule
from accord.findings import Position, Severity
from accord.reporting import in_markdown

_LONGEST = 400
_HEADINGS = {
    Severity.ERROR: "Breaking",
    Severity.WARNING: "Maybe breaking",
    Severity.INFO: "Other changes",
}
_MOST_OPERATIONS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A change, and where it is in the files that people edit."""

    change: Change
    old: Position | None
    new: Position | None
    approved: str = ""
    """Why it may be all the same."""

    @property
    def position(self) -> Position | None:
        """Where it is to be mended: in the new contract, if it has anything there."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class Outline:
    """What is told of two contracts."""

    old: str
    new: str
    lines: tuple[Line, ...]

    def of(self, severity: Severity) -> tuple[Line, ...]:
        """The changes of one severity that nobody approved."""
        return tuple(line for line in self.lines if line.change.severity is severity and not line.approved)

    @property
    def approved(self) -> tuple[Line, ...]:
        """The changes that somebody approved."""
        return tuple(line for line in self.lines if line.approved)

    @property
    def groups(self) -> Iterator[tuple[str, Severity, tuple[Line, ...]]]:
        """The changes below their headings, those that matter most first."""
        for severity, heading in _HEADINGS.items():
            if lines := self.of(severity):
                yield heading, severity, lines

    @property
    def summary(self) -> str:
        """How many changes there are, in a line."""
        counts = [f"{len(lines)} {heading.lower()}" for heading, _, lines in self.groups]
        counts += [f"{len(self.approved)} approved"] if self.approved else []
        return ", ".join(counts) or "no changes"


def to_text(outline: Outline) -> str:
    """Lines for a terminal."""
    said = [f"{outline.old} → {outline.new}: {outline.summary}"]
    for heading, _, lines in outline.groups:
        said += ["", heading, *(text for line in lines for text in _text(line))]
    if outline.approved:
        said += ["", "Approved", *(text for line in outline.approved for text in _text(line))]
    return "\n".join(said) + "\n"


def _text(line: Line) -> Iterator[str]:
    change = line.change
    where = f", {change.place}" if change.place else ""
    yield f"  {operations_of(change)}{where}: {change.message} [{change.rule}]"
    if change.witness:
        yield f"    {shown(change.witness)}"
    places = " → ".join(str(place) for place in (line.old, line.new) if place)
    if places:
        yield f"    {places}  ({change.fingerprint})"
    if line.approved:
        yield f"    approved: {line.approved}"


def operations_of(change: Change) -> str:
    """The operations that a change concerns, the first few by name."""
    named = ", ".join(change.operations[:_MOST_OPERATIONS])
    more = len(change.operations) - _MOST_OPERATIONS
    return f"{named} and {more} more" if more > 0 else named or "the contract"


def shown(witness: Witness) -> str:
    """A witness in a line."""
    text = json.dumps(witness.value, ensure_ascii=False)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    verb = (
        "was accepted, and is not any more" if witness.accepted_by == "old" else "may come now, and could not"
    )
    return f"{text} {verb}"


def to_markdown(outline: Outline) -> str:
    """A changelog."""
    said = [f"# Changes from `{outline.old}` to `{outline.new}`", "", f"{outline.summary.capitalize()}."]
    for heading, _, lines in outline.groups:
        said += ["", f"## {heading}", "", *map(_bullet, lines)]
    if outline.approved:
        said += [
            "",
            "## Approved",
            "",
            *(f"{_bullet(line)} Approved: {line.approved}" for line in outline.approved),
        ]
    return "\n".join(said) + "\n"


def _bullet(line: Line) -> str:
    change = line.change
    where = f", {_code(change.place)}" if change.place else ""
    names = ", ".join(map(_code, change.operations[:_MOST_OPERATIONS])) or "The contract"
    more = len(change.operations) - _MOST_OPERATIONS
    names += f" and {more} more" if more > 0 else ""
    witness = f" {in_markdown(shown(change.witness))}." if change.witness else ""
    return f"- {names}{where}: {in_markdown(change.message)} ({_code(change.rule)}).{witness}"


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(0x2CB))}`"


def to_html(outline: Outline) -> str:
    """One page that needs nothing else."""
    template = files("accord.comparing").joinpath("page.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    known: dict[str, Callable[..., Any] | Any] = {"shown": shown, "operations_of": operations_of}
    return environment.from_string(template).render(outline=outline, **known)


def rules_as(form: str) -> str:
    """All rules: a table in Markdown, else lines of text."""
    if form == "markdown":
        rows = [
            f"| `{rule.id}` | {rule.severity} | {rule.summary} | {_mirror(rule)} |" for rule in RULES.values()
        ]
        return (
            "\n".join(["| rule | level | what changed | the change back |", "|---|---|---|---|", *rows])
            + "\n"
        )
    return "".join(f"{rule.severity:<8} {rule.id:<45} {rule.summary}\n" for rule in RULES.values())


def _mirror(rule: Rule) -> str:
    return f"`{rule.mirror}`" if rule.mirror else "none: it judges the new contract alone"
