"""`accord verify`: does a server keep its contract?"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from accord.cli.configured import ConfiguredCommand
from accord.cli.options import contracts, with_options
from accord.cli.project import find_project
from accord.cli.targets import Target, running, target_of
from accord.contract import Contract, Operation, load_contract
from accord.errors import UsageError

if TYPE_CHECKING:
    from accord.verifying import Settings, Told
    from accord.verifying.coverage import Coverage
    from accord.verifying.coverage.reports import Report as CoverageReport
    from accord.verifying.parity import Comparison

_TARGETS = ("server", "app", "mock", "serve")
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


def _checks() -> Sequence[str]:
    from accord.verifying.settings import CHECKS  # noqa: PLC0415 - imported only where checks are named

    return CHECKS


_OPTIONS = (
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
    click.option("--checks", type=Listed(_checks), help="Make these checks alone."),
    click.option("--exclude-checks", type=Listed(_checks), help="Make all checks but these."),
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
    click.option(
        "--fail-under",
        type=click.FloatRange(0, 100),
        metavar="PERCENT",
        help="Exit with 1 where less was seen of what can be provoked.",
    ),
    click.option("--allow", multiple=True, help="A folder or host outside that references may lead to."),
)


@click.command(cls=ConfiguredCommand)
@click.argument("contract", required=False, shell_complete=contracts)
@with_options(*_OPTIONS)
@click.pass_context
def verify(ctx: click.Context, /, contract: str | None, **settings: Any) -> None:
    """Find out whether a server keeps CONTRACT, by asking it thousands of things.

    CONTRACT is a file or URL; without it, the contract of the project. The credentials of each security
    scheme come from the environment: ACCORD_AUTH_ and the scheme's name. Exits with 1 where anything is
    wrong. Every option can also stand in [tool.accord.verify] of pyproject.toml.
    """
    target = _target(ctx)
    project = find_project(Path.cwd(), contract=contract)
    allow = (*project.allow, *settings["allow"])
    load = partial(load_contract, project.contract, allow=allow, lenient=True)
    loaded = load()
    for finding in loaded.findings:
        click.echo(str(finding), err=True)
    sys.exit(_verify(loaded, load, contract, target, settings))


def _target(ctx: click.Context) -> Target:
    """What is named on the command line; else what the project's settings name."""
    stated = {
        name: ctx.params[name]
        for name in _TARGETS
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    named = stated or {name: ctx.params[name] for name in _TARGETS}
    return target_of(
        named.get("server"),
        named.get("app"),
        mock=bool(named.get("mock")),
        serve=bool(named.get("serve")),
    )


def _verify(
    contract: Contract,
    load: Callable[[], Contract],
    name: str | None,
    target: Target,
    settings: Mapping[str, Any],
) -> int:
    """The exit code."""
    from accord.cli.covering import print_coverage, print_share  # noqa: PLC0415
    from accord.cli.progress import following  # noqa: PLC0415
    from accord.cli.verdicts import print_verdict, write_reports  # noqa: PLC0415
    from accord.verifying import (  # noqa: PLC0415
        Hearing,
        Scenario,
        Settings,
        choose,
        credentials_from,
        made_up,
    )
    from accord.verifying.coverage import Observer  # noqa: PLC0415
    from accord.verifying.supplements import facts_of, sections_of  # noqa: PLC0415

    operations = choose(contract, settings["patterns"], settings["shard"])
    if not operations:
        raise UsageError("there is no operation to ask", hint="the contract has none, or fewer than shards")
    _check_parity(target, settings)
    credentials = made_up(contract) if target.mock else credentials_from(os.environ, contract, operations)
    with running(target, name, settings["allow"], credentials) as url:
        chosen = Settings(
            url,
            credentials,
            phases=_phases(settings),
            checks=_chosen(settings),
            max_examples=settings["max_examples"],
            seed=settings["seed"],
            time_limit=settings["time_limit"],
            shows_credentials=target.mock,
        )
        hearing, observer = Hearing(contract, chosen, operations), Observer(contract)
        started = time.monotonic()
        with _comparing(contract, url, settings["against"], credentials) as comparison:
            for told in following(_asked(contract, load, chosen, operations, settings["workers"])):
                hearing.hear(told)
                exchanges = told.exchanges if isinstance(told, Scenario) else ()
                observer.see_all(exchanges)
                if comparison is not None:
                    comparison.compare_all(exchanges)
        verdict = hearing.verdict(time.monotonic() - started)
    print_verdict(verdict, str(target))
    report = _covered(contract, observer.coverage, operations, settings)
    parity = None if comparison is None else comparison.parity
    facts, sections = facts_of(report, parity), sections_of(report, parity)
    write_reports(verdict, str(target), settings["reports"], facts, sections)
    print_coverage(contract, report) if settings["shows_coverage"] else print_share(report)
    least = settings["fail_under"]
    is_seen = least is None or report.total.share_of_provokable >= least
    is_alike = _tell_parity(contract, comparison, url, settings["against"])
    return 0 if verdict.is_kept and is_seen and is_alike else 1


def _tell_parity(contract: Contract, comparison: "Comparison | None", mock: str, server: str) -> bool:
    """Whether the server answers as the mock does, after that was printed; so does one that was not asked."""
    if comparison is None:
        return True
    from accord.cli.parities import print_parity  # noqa: PLC0415 - most runs compare nothing

    print_parity(contract, comparison.parity, mock, server)
    return comparison.parity.is_alike


def _check_parity(target: Target, settings: Mapping[str, Any]) -> None:
    """Raises UsageError where two servers cannot be compared."""
    if settings["against"] is None:
        return
    if not target.mock:
        raise UsageError("--against compares a server with the mock", hint="give --mock, too")
    if settings["workers"] > 1:
        raise UsageError(
            "--against needs one worker", hint="what comes first has to come first on both sides"
        )


@contextmanager
def _comparing(
    contract: Contract, mock: str, server: str | None, credentials: Mapping[str, str]
) -> "Iterator[Comparison | None]":
    """The comparison of the mock with the server, if there is one."""
    if server is None:
        yield None
        return
    from accord.cli.parities import comparing  # noqa: PLC0415 - most runs compare nothing

    with comparing(contract, mock, server, credentials) as comparison:
        yield comparison


def _asked(
    contract: Contract,
    load: Callable[[], Contract],
    settings: "Settings",
    operations: Sequence[Operation],
    workers: int,
) -> "Iterable[Told]":
    """What is seen, by this process or by several. Schemathesis takes as long to be imported as all else."""
    if workers > 1:
        from accord.verifying.spreading import spread  # noqa: PLC0415

        return spread(load, settings, [operation.id for operation in operations], workers)
    from accord.verifying.running import verify as asked  # noqa: PLC0415

    return asked(contract, settings, operations)


def _covered(
    contract: Contract, seen: "Coverage", operations: Sequence[Operation], settings: Mapping[str, Any]
) -> "CoverageReport":
    """How much of the contract was seen, after what the run saw was written where that was asked for."""
    from accord.cli.coverage import write_coverage  # noqa: PLC0415
    from accord.verifying.coverage.reports import report_of  # noqa: PLC0415
    from accord.verifying.coverage.sources import coverage_from  # noqa: PLC0415

    if settings["coverage_to"] is not None:
        write_coverage(settings["coverage_to"], seen.to_json())
    together = coverage_from(contract, settings["coverage_from"]) | seen
    return report_of(contract, together, [operation.id for operation in operations])


def _phases(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The phases; how large a body may be is each server's own, so that nothing is aimed at to compare."""
    is_compared = settings["against"] is not None
    return tuple(each for each in settings["phases"] if not (is_compared and each == "directed"))


def _chosen(settings: Mapping[str, Any]) -> tuple[str, ...]:
    excluded = settings["exclude_checks"] or ()
    return tuple(each for each in settings["checks"] or _checks() if each not in excluded)
