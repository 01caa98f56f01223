"""`accord verify`: does a server keep its contract?"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from accord.cli.asking import OPTIONS, checks
from accord.cli.configured import ConfiguredCommand
from accord.cli.coverage import write_coverage
from accord.cli.options import contracts, with_options
from accord.cli.project import find_project
from accord.cli.targets import Target, running, target_of
from accord.cli.weighing import failing, read_levels, weighed
from accord.contract import Contract, Operation, load_contract
from accord.errors import UsageError

if TYPE_CHECKING:
    from accord.verifying import Settings, Told, Verdict
    from accord.verifying.coverage import Coverage
    from accord.verifying.parity import Comparison

_TARGETS = ("server", "app", "mock", "serve")


@click.command(cls=ConfiguredCommand)
@click.argument("contract", required=False, shell_complete=contracts)
@with_options(*OPTIONS)
@click.pass_context
def verify(ctx: click.Context, /, contract: str | None, **settings: Any) -> None:
    """Find out whether a server keeps CONTRACT, by asking it thousands of things.

    CONTRACT is a file or URL; without it, the contract of the project. The credentials of each security
    scheme come from the environment: ACCORD_AUTH_ and the scheme's name. Exits with 1 where anything is
    wrong. Every option can also stand in [tool.accord.verify] of pyproject.toml.
    """
    if settings["rules"]:
        _list_rules()
        return
    target = _target(ctx)
    project = find_project(Path.cwd(), contract=contract)
    allow = (*project.allow, *settings["allow"])
    load = partial(load_contract, project.contract, allow=allow, lenient=True)
    loaded = load()
    for finding in loaded.findings:
        click.echo(str(finding), err=True)
    sys.exit(_verify(loaded, load, contract, target, settings))


def _list_rules() -> None:
    from accord.verifying.settings import SEVERITIES  # noqa: PLC0415 - imported only where checks are named

    for rule, severity in SEVERITIES.items():
        click.echo(f"{severity:<8} {rule}")


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


class _Task(NamedTuple):
    """What is to be verified by which contract; `name` is how it was called on the command line."""

    contract: Contract
    load: Callable[[], Contract]
    name: str | None
    target: Target
    operations: tuple[Operation, ...]


class _Heard(NamedTuple):
    """What a run came to, of the server or mock at the URL."""

    url: str
    verdict: "Verdict"
    seen: "Coverage"
    comparison: "Comparison | None"


def _verify(
    contract: Contract,
    load: Callable[[], Contract],
    name: str | None,
    target: Target,
    settings: Mapping[str, Any],
) -> int:
    """The exit code, after all was asked and told."""
    from accord.cli.baselines import judged, read_baseline  # noqa: PLC0415
    from accord.verifying import SEVERITIES, choose  # noqa: PLC0415
    from accord.verifying.coverage.sources import coverage_from  # noqa: PLC0415

    operations = choose(contract, settings["patterns"], settings["shard"])
    if not operations:
        raise UsageError("there is no operation to ask", hint="the contract has none, or fewer than shards")
    _check_parity(target, settings)
    levels = read_levels(settings["severity"], SEVERITIES, "verify")
    known = coverage_from(contract, settings["coverage_from"])
    file, updates = settings["baseline"], settings["baseline_update"]
    approvals = read_baseline(file, updates=updates)
    task = _Task(contract, load, name, target, operations)
    heard = _hear(task, settings)
    verdict = _weighed(heard.verdict, levels, settings["fail_on"])
    verdict = judged(verdict, approvals, datetime.now(UTC).date(), file if updates else None)
    return _tell(task, heard._replace(verdict=verdict), known, settings)


def _hear(task: _Task, settings: Mapping[str, Any]) -> _Heard:
    """What the run comes to; what is asked is started before it, and stopped after."""
    from accord.cli.progress import following  # noqa: PLC0415
    from accord.verifying import (  # noqa: PLC0415
        Hearing,
        Scenario,
        Settings,
        credentials_from,
        made_up,
    )

    contract, target, operations = task.contract, task.target, task.operations
    credentials = made_up(contract) if target.mock else credentials_from(os.environ, contract, operations)
    with running(target, task.name, settings["allow"], credentials) as url:
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
        hearing = Hearing(contract, chosen, operations)
        started = time.monotonic()
        with _comparing(contract, url, settings["against"], credentials) as comparison:
            for told in following(_asked(task, chosen, settings["workers"])):
                hearing.hear(told)
                if comparison is not None and isinstance(told, Scenario):
                    comparison.compare_all(told.exchanges)
        return _Heard(url, hearing.verdict(time.monotonic() - started), hearing.coverage, comparison)


def _tell(task: _Task, heard: _Heard, known: "Coverage", settings: Mapping[str, Any]) -> int:
    """The exit code, after what was found was printed and written. `known` was seen elsewhere before."""
    from accord.cli.covering import print_coverage, print_share, tell_undocumented  # noqa: PLC0415
    from accord.cli.verdicts import print_verdict, write_reports  # noqa: PLC0415
    from accord.verifying.coverage.reports import report_of  # noqa: PLC0415
    from accord.verifying.supplements import facts_of, sections_of  # noqa: PLC0415

    contract, target = task.contract, str(task.target)
    print_verdict(heard.verdict, target)
    if settings["coverage_to"] is not None:
        write_coverage(settings["coverage_to"], heard.seen.to_json())
    report = report_of(contract, known | heard.seen, [operation.id for operation in task.operations])
    parity = None if heard.comparison is None else heard.comparison.parity
    facts, sections = facts_of(report, parity), sections_of(report, parity)
    write_reports(heard.verdict, target, settings["reports"], facts, sections)
    is_documented = tell_undocumented(contract, known, settings["severity"], settings["fail_on"])
    print_coverage(contract, report) if settings["shows_coverage"] else print_share(report)
    least = settings["fail_under"]
    is_seen = least is None or report.total.share_of_provokable >= least
    is_alike = _tell_parity(contract, heard.comparison, heard.url, settings["against"])
    return 0 if heard.verdict.is_kept and is_seen and is_alike and is_documented else 1


def _weighed(verdict: "Verdict", levels: Mapping[str, str], fail_on: str) -> "Verdict":
    """The verdict with what each rule weighs; what is held against nobody weighs what it did."""
    causes = [
        each for cause in verdict.causes for each in (weighed([cause], levels) if cause.counts else [cause])
    ]
    return replace(verdict, causes=tuple(causes), failing=failing(fail_on))


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


def _asked(task: _Task, settings: "Settings", workers: int) -> "Iterable[Told]":
    """What is seen, by this process or by several. Schemathesis takes as long to be imported as all else."""
    if workers > 1:
        from accord.verifying.spreading import spread  # noqa: PLC0415

        return spread(task.load, settings, [operation.id for operation in task.operations], workers)
    from accord.verifying.running import verify as asked  # noqa: PLC0415

    return asked(task.contract, settings, task.operations)


def _phases(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The phases; how large a body may be is each server's own, so that nothing is aimed at to compare."""
    is_compared = settings["against"] is not None
    return tuple(each for each in settings["phases"] if not (is_compared and each == "directed"))


def _chosen(settings: Mapping[str, Any]) -> tuple[str, ...]:
    excluded = settings["exclude_checks"] or ()
    return tuple(each for each in settings["checks"] or checks() if each not in excluded)
