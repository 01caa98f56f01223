"""What reports have beside the verdict: how much of the contract was seen, and how two servers differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from accord.verifying.coverage import Goal
from accord.verifying.coverage.reports import Report, Tally
from accord.verifying.pages import Section
from accord.verifying.parity import Parity


def facts_of(report: Report, parity: Parity | None) -> Mapping[str, Any]:
    """Both as JSON says them; of parity only where there was a comparison."""
    coverage = {
        **_tallied(report.total),
        "operations": {name: _tallied(tally) for name, tally in report.by_operation.items()},
        "missing": [goal._asdict() for goal in report.missing],
        "excused": [{**goal._asdict(), "reason": reason} for goal, reason in report.excused.items()],
        "reasons": dict(Counter(report.excused.values())),
        "undocumented": [each._asdict() for each in sorted(report.coverage.undocumented)],
    }
    return {"coverage": coverage, **({} if parity is None else {"parity": _parity(parity)})}


def _tallied(tally: Tally) -> Mapping[str, Any]:
    return {
        "goals": tally.goals,
        "seen": tally.seen,
        "notProvokable": tally.excused,
        "percent": round(tally.share, 2),
        "percentOfProvokable": round(tally.share_of_provokable, 2),
    }


def _parity(parity: Parity) -> Mapping[str, Any]:
    return {
        "alike": parity.is_alike,
        "compared": parity.compared,
        "passedOver": parity.passed_over,
        "differences": [
            {
                "operation": each.operation,
                "aspect": str(each.unlike.aspect),
                "place": each.unlike.place,
                "mock": each.unlike.ours,
                "server": each.unlike.theirs,
                "keeps": each.keeps,
                "counts": each.counts,
                "pointer": each.unlike.pointer,
                "times": each.count,
            }
            for each in parity.differences
        ],
    }


def sections_of(report: Report, parity: Parity | None) -> tuple[Section, ...]:
    """Both as parts of a page."""
    figure = f"{report.total.share_of_provokable:.1f} %"
    coverage = Section("coverage", "Seen of the contract", figure, _matrix(report))
    if parity is None:
        return (coverage,)
    count = sum(each.counts for each in parity.differences)
    told = f"{count} differences" if count else "alike"
    return coverage, Section("parity", "The mock and the server", told, _differences(parity))


def _matrix(report: Report) -> Markup:
    """Each operation with what was seen of it and its answers, then what is missing."""
    answers: dict[str, Counter[int]] = {}
    for answer, count in report.coverage.answers.items():
        answers.setdefault(answer.operation, Counter())[answer.status] += count
    statuses = sorted({status for counts in answers.values() for status in counts})
    head = ("operation", "of what can be provoked", "seen", "missing", *map(str, statuses))
    rows = [
        (name, f"{tally.share_of_provokable:.0f} %", tally.seen, tally.missing or "",
         *(answers.get(name, Counter())[status] or "" for status in statuses))
        for name, tally in report.by_operation.items()
    ]  # fmt: skip
    listed = _listed("not seen", report.missing)
    for reason in dict.fromkeys(report.excused.values()):
        listed += _listed(f"not seen: {reason}", [at for at, why in report.excused.items() if why == reason])
    return _table(head, rows) + listed


def _listed(what: str, goals: Sequence[Goal]) -> Markup:
    """Goals that are shown on demand, with how many there are."""
    items = Markup("").join(Markup("<li>{}</li>").format(goal) for goal in goals)
    shown = Markup("<details><summary>{} {}</summary><ul>{}</ul></details>")
    return shown.format(len(goals), what, items)


def _differences(parity: Parity) -> Markup:
    head = ("operation", "aspect", "place", "mock", "server", "kept by", "counts", "times")
    rows = [
        (each.operation, each.unlike.aspect, each.unlike.place, each.unlike.ours, each.unlike.theirs,
         each.keeps, "yes" if each.counts else "no", each.count)
        for each in parity.differences
    ]  # fmt: skip
    return Markup("<p>{} requests were compared.</p>").format(parity.compared) + _table(head, rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    lines = Markup("").join(_row("td", row) for row in rows)
    table = Markup('<div class="panel"><table><thead>{}</thead><tbody>{}</tbody></table></div>')
    return table.format(_row("th", head), lines)


def _row(cell: str, values: Iterable[object]) -> Markup:
    def cells() -> Iterator[Markup]:
        for value in values:
            yield Markup("<{0}>{1}</{0}>").format(Markup(cell), value)  # noqa: S704 - th or td

    return Markup("<tr>{}</tr>").format(Markup("").join(cells()))
