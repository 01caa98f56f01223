"""The options of `accord verify`, and the types of what they are given."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from accord.cli.options import Option
from accord.cli.weighing import FAIL_UNDER, WEIGHING

_FORMATS = ("junit", "json", "sarif", "github", "html")
_PHASES = ("examples", "coverage", "fuzzing", "stateful", "directed")


class Listed(click.ParamType[Any]):
    """Names, with commas between them, each of which must be known."""

    name = "names"

    def __init__(self, known: Sequence[str] | Callable[[], Sequence[str]]) -> None:
        self._known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The names as a tuple."""
        if isinstance(value, tuple):
            return value
        known = self._known() if callable(self._known) else self._known
        names = tuple(each.strip() for each in str(value).split(",") if each.strip())
        for each in names:
            if each not in known:
                self.fail(f"{each!r} is none of {', '.join(known)}", param, ctx)
        return names


class Shard(click.ParamType[Any]):
    """`i/n`: the i-th of n parts."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Both numbers."""
        if isinstance(value, tuple):
            return value
        index, _, count = str(value).partition("/")
        if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
            self.fail(f"{value!r} is not a part of several, such as 1/4", param, ctx)
        return int(index), int(count)


class Written(click.ParamType[Any]):
    """`FORMAT=PATH`: where a report is written."""

    name = "format=path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The format and the path; `-` is standard output."""
        if isinstance(value, tuple):
            return value
        form, _, path = str(value).partition("=")
        if form not in _FORMATS:
            self.fail(f"{form!r} is none of {', '.join(_FORMATS)}", param, ctx)
        if not path and form != "github":
            self.fail(f"say where it goes: {form}=PATH", param, ctx)
        return form, path or "-"


def checks() -> Sequence[str]:
    """The names of all checks."""
    from accord.verifying.settings import CHECKS  # noqa: PLC0415 - imported only where checks are named

    return CHECKS


OPTIONS: Sequence[Option] = (
    click.option("--server", metavar="URL", help="Ask the server that runs there."),
    click.option("--app", metavar="MODULE:NAME", help="Ask this ASGI application, or what makes one."),
    click.option("--mock", is_flag=True, help="Ask the mock, as `accord mock` runs it."),
    click.option("--serve", is_flag=True, help="Ask the project's server, as `accord serve` runs it."),
    click.option(
        "--operation",
        "patterns",
        metavar="PATTERN",
        multiple=True,
        help="Ask these alone: an operationId or METHOD /path, * for any text.",
    ),
    click.option("--shard", type=Shard(), default="1/1", help="Ask one part of the operations: 2/4."),
    click.option(
        "--phases",
        type=Listed(_PHASES),
        default=",".join(_PHASES),
        show_default=True,
        help="Ask in these ways alone.",
    ),
    click.option("--checks", type=Listed(checks), help="Make these checks alone."),
    click.option("--exclude-checks", type=Listed(checks), help="Make all checks but these."),
    click.option(
        "--max-examples",
        type=click.IntRange(1),
        default=100,
        show_default=True,
        help="Cases of an operation that chance finds, and calls in a row.",
    ),
    click.option(
        "--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed, other cases."
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=1,
        show_default=True,
        help="Processes that ask: making requests up is most of the work.",
    ),
    click.option(
        "--time-limit",
        type=click.IntRange(1),
        metavar="SECONDS",
        help="End after so long, and say what is left.",
    ),
    click.option(
        "--report",
        "reports",
        type=Written(),
        multiple=True,
        help="Write a report: junit=, json=, sarif=, html= and a path, or github.",
    ),
    click.option(
        "--coverage", "shows_coverage", is_flag=True, help="List what of the contract was not seen."
    ),
    click.option(
        "--against",
        metavar="URL",
        help="With --mock: ask the server at URL the same, and compare the answers.",
    ),
    click.option(
        "--coverage-to", type=click.Path(path_type=Path), help="Write what was seen into this file."
    ),
    click.option(
        "--coverage-from",
        type=click.Path(path_type=Path),
        multiple=True,
        help="Count what this file shows, too: see accord coverage.",
    ),
    FAIL_UNDER,
    *WEIGHING,
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Failures that may be, each with a reason and an end date.",
    ),
    click.option(
        "--baseline-update", is_flag=True, help="Write all failures that were found into the baseline."
    ),
    click.option("--rules", is_flag=True, help="List all rules with what they weigh, and end."),
    click.option("--allow", multiple=True, help="A folder or host outside that references may lead to."),
)
