"""A verdict as one HTML page, to be kept beside a build and opened anywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from accord.findings import Position
from accord.verifying.causes import Cause
from accord.verifying.choosing import label_of
from accord.verifying.verdict import Tally, Verdict

_FAMILIES = (2, 3, 4, 5)
_MOST_BODY = 4_000
_SHOWN_OPEN = 5
"""Causes whose details are open at first."""

Lines = Callable[[Position], Sequence[tuple[int, str]]]
"""The lines of a file around a place, with their numbers; none where they cannot be read."""


@dataclass(frozen=True, slots=True)
class Section:
    """What else the page has: a heading, a figure that says it all, and its own HTML."""

    id: str
    title: str
    figure: str
    body: Markup


def to_page(verdict: Verdict, target: str, lines: Lines, sections: Sequence[Section] = ()) -> str:
    """The page: the verdict, each cause with the contract's lines, the sections, and what was asked."""
    environment = Environment(
        loader=PackageLoader("accord.verifying", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja").render(
        verdict=verdict,
        target=target,
        sections=sections,
        causes=[_told(cause, lines) for cause in verdict.causes],
        open=_SHOWN_OPEN,
        rate=round(verdict.cases / verdict.seconds) if verdict.seconds else 0,
        labels={each.id: label_of(each) for each in verdict.contract.operations},
        shares=shares,
    )


def shares(tally: Tally) -> Sequence[tuple[int, int, float]]:
    """How many answers were of each family of statuses, and what part of all that is, in per cent."""
    counts: Mapping[int, int] = {
        family: sum(count for status, count in tally.statuses.items() if status // 100 == family)
        for family in _FAMILIES
    }
    total = sum(counts.values()) or 1
    return [(family, count, round(100 * count / total, 2)) for family, count in counts.items() if count]


def _told(cause: Cause, lines: Lines) -> Mapping[str, object]:
    failure = cause.failure
    response = failure.exchange.response if failure.exchange else None
    return {
        "cause": cause,
        "lines": lines(cause.position),
        "status": response.status if response else None,
        "body": response.body[:_MOST_BODY].decode("utf-8", "replace") if response else "",
    }
