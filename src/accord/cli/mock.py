"""`accord mock`: the contract, answered by itself, under uvicorn."""

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import uvicorn

from accord.cli.project import find_project
from accord.contract import Contract, check_contract, load_contract
from accord.errors import AccordError, NotStarted
from accord.hosting import address_of, listen
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application, create_app

_SETTINGS = "ACCORD_MOCK"
"""The variable in which a worker's process finds the settings that it was started with."""
_MOST_FINDINGS = 20


@click.command()
@click.argument("contract", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=4010, show_default=True, type=click.IntRange(0, 65535), help="0: any free port."
)
@click.option("--seed", default="accord", show_default=True, help="Another seed gives other data.")
@click.option(
    "--examples",
    default="mend",
    show_default=True,
    type=click.Choice(["mend", "verbatim"]),
    help="What is done with an example that breaks its schema.",
)
@click.option("--strict/--no-strict", default=True, help="Refuse wrong requests, or answer and tell.")
@click.option("--cors/--no-cors", default=True, help="Let pages of any origin call.")
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes that share the port."
)
def mock(contract: str | None, *, host: str, port: int, workers: int, **rest: Any) -> None:
    """Answer every operation of CONTRACT with a response that keeps it.

    CONTRACT is a file or URL; without it, the contract of the project. A contract with faults is mocked
    as far as it can be, and its faults are printed. The log goes to standard error, a line a request.
    """
    settings = {"contract": contract, **rest}
    app, loaded = _application(settings)
    bound = listen(host, port)
    os.environ[_SETTINGS] = json.dumps(settings)
    config = uvicorn.Config(
        (lambda: app) if workers == 1 else "accord.cli.mock:application",
        factory=True,
        interface="asgi3",
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    _greet(loaded, address_of(bound, host))
    threading.Thread(target=_report, args=(loaded,), daemon=True).start()
    _run(config, bound)


def application() -> Application:
    """The application of a worker's process, by the settings in its environment."""
    try:
        return _application(json.loads(os.environ[_SETTINGS]))[0]
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)


def _application(settings: Mapping[str, Any]) -> tuple[Application, Contract]:
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr, force=True)
    logging.getLogger("accord.mock").setLevel(logging.INFO)
    project = find_project(Path.cwd(), contract=settings["contract"])
    allow = (*project.allow, *settings["allow"])
    loaded = load_contract(project.contract, allow=allow, lenient=True)
    choices = Choices(settings["examples"], strict=settings["strict"], cors=settings["cors"], hosts=allow)
    return create_app(Mock(loaded, settings["seed"]), choices), loaded


def _greet(contract: Contract, address: str) -> None:
    title = f"{contract.title} {contract.version}".strip() or "The contract"
    click.echo(f"{title}: {len(contract.operations)} operations mocked at {address}", err=True)


def _report(contract: Contract) -> None:
    """Prints the contract's findings, meanwhile the mock answers: to check a large one takes seconds."""
    findings = check_contract(contract)
    for finding in findings[:_MOST_FINDINGS]:
        click.echo(str(finding), err=True)
    if len(findings) > _MOST_FINDINGS:
        click.echo(f"and {len(findings) - _MOST_FINDINGS} more findings in the contract", err=True)


def _run(config: uvicorn.Config, bound: socket.socket) -> None:
    """Serves until it is told to stop. Raises NotStarted."""
    if config.workers > 1:
        uvicorn.supervisors.Multiprocess(config, sockets=[bound]).run()
        return
    server = uvicorn.Server(config)
    with suppress(SystemExit, KeyboardInterrupt):
        server.run(sockets=[bound])
    if not server.started:
        raise NotStarted("the mock did not start: the log above says why")
