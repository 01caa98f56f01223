"""`accord mock`: the contract, answered by itself, under uvicorn."""

import gc
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from accord.cli.configured import ConfiguredCommand
from accord.cli.project import find_project
from accord.cli.reloading import RELOADS, reload_on_change
from accord.cli.seeding import seed_files, sown
from accord.contract import Contract, check_contract, load_contract
from accord.errors import AccordError
from accord.hosting import Journal, address_of, check_tls, configure, end_with_parent, listen, run, settle
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.model import Exchange
from accord.mocking.recording import Records
from accord.mocking.state.world import World, Worlds
from accord.mocking.telling import Entry, JournalHandler, level_of, structured_line, text_line

_SETTINGS = "ACCORD_MOCK"
"""The variable in which a worker's process finds the settings that it was started with."""
_MOST_FINDINGS = 20
_LOCALE = "en_US"
_PAUSE = 0.5
"""Seconds after which the contract is checked, so that whoever waits for the mock is answered first."""
_PATIENCE = 5
"""Seconds that running requests have to finish once the mock is told to stop."""
_LEVELS = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
    "fatal": logging.CRITICAL,
    "silent": logging.CRITICAL + 1,
}

# Beside each of our own names stands the one that Prism's users know, where that is another.
_OPTIONS = (
    click.option("-h", "--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    click.option(
        "-p",
        "--port",
        default=4010,
        show_default=True,
        type=click.IntRange(0, 65535),
        help="0: any free port.",
    ),
    click.option("--seed", default="accord", show_default=True, help="Another seed gives other data."),
    click.option(
        "-d", "--dynamic/--no-dynamic", default=False, help="Generate data anew for each different request."
    ),
    click.option(
        "--examples",
        default="mend",
        show_default=True,
        type=click.Choice(["mend", "verbatim", "ignore"]),
        help="What is done with an example that breaks its schema, or with all of them.",
    ),
    click.option(
        "--ignore-examples", "--ignoreExamples", "ignored", is_flag=True, help="As --examples ignore."
    ),
    click.option(
        "--fill-properties/--no-fill-properties",
        "--json-schema-faker-fillProperties/--no-json-schema-faker-fillProperties",
        "fills",
        default=True,
        help="Generate entries for maps that need none.",
    ),
    click.option("--locale", default=_LOCALE, show_default=True, help="The language of generated words."),
    click.option("--strict/--no-strict", default=True, help="Refuse wrong requests, or answer and tell."),
    click.option(
        "--errors/--no-errors", default=False, help="Answer 500 where a response breaks the contract."
    ),
    click.option("--cors/--no-cors", default=True, help="Let pages of any origin call."),
    click.option("--state/--no-state", default=True, help="Keep what is created, changed and removed."),
    click.option("--data", type=click.Path(), help="The folder with the rows that worlds begin with."),
    click.option(
        "--explain", "explains", is_flag=True, help="Print what the contract says of its resources, and end."
    ),
    click.option(
        "--delay", default=0, show_default=True, type=click.IntRange(0), help="Milliseconds an answer takes."
    ),
    click.option("--allow", multiple=True, help="A folder or host outside that references may lead to."),
    click.option(
        "--reload/--no-reload", default=True, help="Take up the contract anew when a file of it is saved."
    ),
    click.option(
        "--workers",
        default=1,
        show_default=True,
        type=click.IntRange(1),
        help="Processes that share the port.",
    ),
    click.option(
        "-m",
        "--multiprocess/--no-multiprocess",
        default=False,
        help="Taken as Prism takes it: the log never keeps answers waiting, with or without.",
    ),
    click.option("--tls-cert", type=click.Path(), help="Speak HTTPS with this certificate (PEM)."),
    click.option("--tls-key", type=click.Path(), help="The certificate's key, where it is another file."),
    click.option("--json-logs/--no-json-logs", default=False, help="Log JSON objects, one a line."),
    click.option(
        "-v",
        "--verbose-level",
        "--verboseLevel",
        "level",
        default="info",
        show_default=True,
        type=click.Choice(list(_LEVELS)),
        help="What is logged; info: a line for each request.",
    ),
    click.option("--open", "opens", is_flag=True, help="Open the start page in a browser."),
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(cls=ConfiguredCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("contract", required=False)
@_with_options
def mock(
    contract: str | None, *, host: str, port: int, workers: int, opens: bool, explains: bool, **rest: Any
) -> None:
    """Answer every operation of CONTRACT with a response that keeps it.

    CONTRACT is a file or URL; without it, the contract of the project. A contract with faults is mocked
    as far as it can be, and its faults are printed. The log goes to standard error, a line a request.
    Every option can also stand in [tool.accord.mock] of pyproject.toml.
    """
    settings = {"contract": contract, "records": workers == 1, **rest}
    if explains:
        _explain(settings)
        return
    if settings["state"] and workers > 1:
        click.echo(
            "What is created is not kept: processes have no state in common; use one worker.", err=True
        )
        settings["state"] = False
    tls = settings["tls_cert"], settings["tls_key"]
    check_tls(*tls)
    app = _application(settings)
    bound = listen(host, port)
    os.environ[_SETTINGS] = json.dumps(settings)
    config = configure(
        (lambda: app) if workers == 1 else "accord.cli.mock:application",
        level=logging.WARNING,
        workers=workers,
        patience=_PATIENCE,
        tls=tls,
    )
    address = address_of(bound, host, is_tls=bool(tls[0]))
    bound.listen()  # who comes from now on waits for the moment that is left
    _greet(app.mock.contract, address)
    report = threading.Timer(_PAUSE, _report, args=(app.mock.contract,))
    report.daemon = True
    report.start()
    if opens:
        click.launch(address)
    run(config, bound)


def application() -> Application:
    """The application of a worker's process, by the settings in its environment."""
    end_with_parent()
    logging.getLogger(RELOADS).disabled = True  # the parent follows the contract's files as well, and tells
    try:
        return _application(json.loads(os.environ[_SETTINGS]))
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)


def _application(settings: Mapping[str, Any]) -> Application:
    """The application, which follows the contract's files where it is to."""
    mock, files = _mock(_load(settings), settings), _seed_files(settings)
    seeds = sown(mock, files)

    def begin(name: str) -> World:
        return World(name, seeds())

    app = Application(
        mock,
        _choices(settings),
        worlds=Worlds(begin) if settings["state"] else None,
        records=Records() if settings["records"] else None,
        tell=_teller(settings),
        delay=settings["delay"] / 1000,
    )
    gc.freeze()  # nothing is to be collected yet, and to look for it takes a large contract long

    def swap(contract: Contract) -> None:
        nonlocal seeds
        mock = _mock(contract, settings)
        app.mock, seeds = mock, sown(mock, files)
        settle()

    if settings["reload"]:
        reload_on_change(app.mock.contract, partial(_load, settings), swap, files)
    return app


def _seed_files(settings: Mapping[str, Any]) -> Sequence[str]:
    """The files of rows. Those of the project are for its own contract alone."""
    is_other = settings["contract"] is not None and settings["data"] is None
    if is_other or not settings["state"]:
        return ()
    return seed_files(find_project(Path.cwd()).root, settings["data"])


def _explain(settings: Mapping[str, Any]) -> None:
    """Prints what the operations of the contract do to which resources, and from what that was inferred."""
    from accord.mocking.resources import explain  # noqa: PLC0415 - no mock that starts needs it

    contract = _load(settings)
    for line in explain(contract, _mock(contract, settings).keeper.resources):
        click.echo(line)


def _mock(contract: Contract, settings: Mapping[str, Any]) -> Mock:
    """The mock. Raises UsageError for a locale without words; those of the default one are loaded late."""
    mock = Mock(contract, settings["seed"], locale=settings["locale"], fills=settings["fills"])
    if settings["locale"] != _LOCALE:
        mock.values.make_sampler()
    return mock


def _load(settings: Mapping[str, Any]) -> Contract:
    project = find_project(Path.cwd(), contract=settings["contract"])
    return load_contract(project.contract, allow=_allowed(settings), lenient=True)


def _allowed(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return (*find_project(Path.cwd()).allow, *settings["allow"])


def _choices(settings: Mapping[str, Any]) -> Choices:
    return Choices(
        "ignore" if settings["ignored"] else settings["examples"],
        strict=settings["strict"],
        cors=settings["cors"],
        dynamic=settings["dynamic"],
        errors=settings["errors"],
        hosts=_allowed(settings),
    )


def _teller(settings: Mapping[str, Any]) -> Callable[[Exchange], None]:
    """What tells the log of exchanges; Python's own records go to the same log."""
    level = _LEVELS[settings["level"]]
    encode = structured_line if settings["json_logs"] else text_line
    journal: Journal[Entry] = Journal(sys.stderr.buffer, encode, level)
    logging.basicConfig(level=logging.WARNING, handlers=[JournalHandler(journal)], force=True)
    logging.getLogger("accord.mock").setLevel(level)
    return lambda exchange: _tell(journal, exchange)


def _tell(journal: Journal[Entry], exchange: Exchange) -> None:
    if journal.level <= logging.INFO or journal.level <= level_of(exchange):
        journal.write(exchange)


def _greet(contract: Contract, address: str) -> None:
    title = f"{contract.title} {contract.version}".strip() or "The contract"
    click.echo(f"{title}: {len(contract.operations)} operations mocked at {address}", err=True)


def _report(contract: Contract) -> None:
    """Prints the contract's findings, meanwhile the mock answers: to check a large one takes seconds."""
    from accord.mocking.resources import check_corrections  # noqa: PLC0415 - no mock that starts needs it

    findings = (*check_contract(contract), *check_corrections(contract))
    for finding in findings[:_MOST_FINDINGS]:
        click.echo(str(finding), err=True)
    if len(findings) > _MOST_FINDINGS:
        click.echo(f"and {len(findings) - _MOST_FINDINGS} more findings in the contract", err=True)
