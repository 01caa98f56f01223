"""A server of the mock engine as a command runs it: its contract, its processes, its log."""

import gc
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import click

from accord.cli.options import LEVELS, LOCALE
from accord.cli.project import find_project
from accord.cli.reloading import RELOADS, Beside, reload_on_change
from accord.contract import Contract, check_contract, load_contract
from accord.document.loading import uncollected
from accord.errors import AccordError
from accord.hosting import Journal, address_of, check_tls, configure, end_with_parent, listen, run, settle
from accord.mocking import Choices, Mock
from accord.mocking.model import Exchange
from accord.mocking.telling import Entry, Explained, JournalHandler, level_of, structured_line, text_line

Settings: TypeAlias = Mapping[str, Any]
_SETTINGS = "ACCORD_MOCK"
"""The variable in which a worker's process finds the settings that it was started with."""
_MOST_FINDINGS = 20
_PAUSE = 0.5
"""Seconds after which the contract is checked, so that whoever waits for the server is answered first."""
_PATIENCE = 5
"""Seconds that running requests have to finish once the server is told to stop."""


class Server(Protocol):
    """An ASGI application that answers by a mock, which another may replace at any time."""

    mock: Mock

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers a request."""


_Server = TypeVar("_Server", bound=Server)


def launch(make: Callable[[Settings], Server], module: str, settings: Settings, done: str) -> None:
    """Runs the server that `make` gives until it is told to stop.

    Each of several processes makes its own, by `application` of the module. `done` is what is done to the
    operations, as in `3 operations mocked`.
    """
    host, workers = settings["host"], settings["workers"]
    tls = settings["tls_cert"], settings["tls_key"]
    check_tls(*tls)
    with uncollected():
        app = make(settings)
    bound = listen(host, settings["port"])
    os.environ[_SETTINGS] = json.dumps(settings)
    config = configure(
        (lambda: app) if workers == 1 else f"{module}:application",
        level=logging.WARNING,
        workers=workers,
        patience=_PATIENCE,
        tls=tls,
    )
    address = address_of(bound, host, is_tls=bool(tls[0]))
    bound.listen()  # who comes from now on waits for the moment that is left
    _greet(app.mock.contract, f"{done} at {address}")
    report = threading.Timer(_PAUSE, _report, args=(app.mock.contract,))
    report.daemon = True
    report.start()
    if settings.get("opens"):
        click.launch(address)
    run(config, bound)


def in_worker(make: Callable[[Settings], _Server]) -> _Server:
    """The server of a worker's process, by the settings in its environment."""
    end_with_parent()
    logging.getLogger(RELOADS).disabled = True  # the parent follows the contract's files as well, and tells
    try:
        with uncollected():
            return make(json.loads(os.environ[_SETTINGS]))
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)


def following(
    server: _Server,
    settings: Settings,
    prepare: Callable[[Mock], None] = lambda _: None,
    beside: Beside = tuple,
) -> _Server:
    """The server, which follows the contract's files, and those `beside` it, where it is to.

    `prepare` is given each mock that takes the place of another.
    """
    gc.freeze()  # all of it stays, and to look among it for garbage takes a large contract long

    def swap(contract: Contract) -> None:
        mock = mock_of(contract, settings)
        prepare(mock)
        server.mock = mock
        settle()

    if settings["reload"]:
        reload_on_change(server.mock.contract, partial(load, settings), swap, beside)
    return server


def mock_of(contract: Contract, settings: Settings) -> Mock:
    """The mock. Raises UsageError for a locale without words; those of the default one are loaded late."""
    mock = Mock(contract, settings["seed"], locale=settings["locale"], fills=settings["fills"])
    mock.accepted = frozenset(settings.get("credential", ()))
    if settings["locale"] != LOCALE:
        mock.values.make_sampler()
    return mock


def load(settings: Settings) -> Contract:
    """The contract that is named, or that of the project."""
    project = find_project(Path.cwd(), contract=settings["contract"])
    return load_contract(project.contract, allow=_allowed(settings), lenient=True)


def choices_of(settings: Settings) -> Choices:
    """What the settings say of answers."""
    return Choices(
        "ignore" if settings["ignored"] else settings["examples"],
        strict=settings.get("strict", True),
        cors=settings["cors"],
        dynamic=settings["dynamic"],
        errors=settings["errors"],
        hosts=_allowed(settings),
    )


def state_of(settings: Settings) -> bool | str:
    """Is what is created kept, and where? Said where it is not, though it was asked for."""
    state: bool | str = not settings["forgets"] and settings["state"]
    if state is True and settings["workers"] > 1:
        click.echo(
            "What is created is not kept: each of several processes would have a state of its own. Have them "
            "share one, --state redis://HOST:6379 or --state postgresql://HOST/DATABASE, or use one worker.",
            err=True,
        )
        return False
    return state


def teller_of(settings: Settings, mock: Callable[[], Mock] | None = None) -> Callable[[Exchange], None]:
    """What tells the log of exchanges; Python's own records go to the same log.

    Where all is to be told, why the `mock` that there is answered as it did is told, too.
    """
    level = LEVELS[settings["level"]]
    encode = structured_line if settings["json_logs"] else text_line
    journal: Journal[Entry] = Journal(sys.stderr.buffer, encode, level)
    logging.basicConfig(level=logging.WARNING, handlers=[JournalHandler(journal)], force=True)
    logging.getLogger("accord.mock").setLevel(level)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # the request's own line says it better
    if level > logging.DEBUG or mock is None:
        return lambda exchange: _tell(journal, exchange)
    from accord.mocking.reasoning import reasons_of  # noqa: PLC0415 - few want to know

    def explain(exchange: Exchange) -> None:
        journal.write(Explained(exchange, reasons_of(mock(), exchange)))

    return explain


def _allowed(settings: Settings) -> tuple[str, ...]:
    return (*find_project(Path.cwd()).allow, *settings["allow"])


def _tell(journal: Journal[Entry], exchange: Exchange) -> None:
    if journal.level <= logging.INFO or journal.level <= level_of(exchange):
        journal.write(exchange)


def _greet(contract: Contract, done: str) -> None:
    title = f"{contract.title} {contract.version}".strip() or "The contract"
    click.echo(f"{title}: {len(contract.operations)} operations {done}", err=True)


def _report(contract: Contract) -> None:
    """Prints the contract's findings, meanwhile requests are answered: to check a large one takes seconds."""
    from accord.mocking.resources import check_corrections  # noqa: PLC0415 - no mock that starts needs it

    findings = (*check_contract(contract), *check_corrections(contract))
    for finding in findings[:_MOST_FINDINGS]:
        click.echo(str(finding), err=True)
    if len(findings) > _MOST_FINDINGS:
        click.echo(f"and {len(findings) - _MOST_FINDINGS} more findings in the contract", err=True)
