"""`accord serve`: the project's contract and handlers under uvicorn."""

import atexit
import importlib
import json
import logging
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from accord.cli.importing import importable, unusable
from accord.cli.options import contracts
from accord.cli.project import Project, find_project
from accord.cli.reporting import report_findings
from accord.contract import Contract, load_contract
from accord.errors import AccordError, UsageError
from accord.hosting import Journal, address_of, configure, end_with_parent, json_line, listen, run, settle
from accord.serving import (
    BODY_LIMIT,
    JournalHandler,
    Options,
    RequestJournal,
    Service,
    create_app,
    secrets_in,
)

_LEVELS = ("debug", "info", "warning", "error")
_SETTINGS = "ACCORD_SERVE"
"""The variable in which a worker's process finds the settings that it was started with."""


@click.command()
@click.argument("contract", required=False, shell_complete=contracts)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free port."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes that share the port."
)
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
@click.option("--reload", is_flag=True, help="Start again when the contract or the project's code changes.")
@click.option(
    "--log-level", default="info", show_default=True, type=click.Choice(_LEVELS), help="What is logged."
)
@click.option(
    "--validate-responses", is_flag=True, help="Answer 500 where a response breaks the contract, and log it."
)
@click.option(
    "--body-limit",
    default=BODY_LIMIT,
    show_default=True,
    type=click.IntRange(0),
    help="Bytes of a request's body that are read; more is 413.",
)
@click.option(
    "--shutdown-timeout",
    default=30,
    show_default=True,
    type=click.IntRange(0),
    help="Seconds that running requests have to finish when the server is told to stop.",
)
def serve(contract: str | None, *, host: str, port: int, workers: int, reload: bool, **rest: Any) -> None:
    """Serve CONTRACT with the project's handlers.

    CONTRACT is a file or URL; without it, the contract of the project. The handlers' package has a
    function `build()` that gives the Service. The log goes to standard output, one JSON object a line.
    """
    if reload and workers > 1:
        raise UsageError("--reload and --workers exclude each other", hint="reload with one worker")
    settings = {"contract": contract, **rest}
    app, loaded, project = _application(settings)
    bound = listen(host, port)
    os.environ[_SETTINGS] = json.dumps(settings)
    config = configure(
        (lambda: app) if workers == 1 and not reload else "accord.cli.serve:application",
        level=_level(settings),
        workers=workers,
        reload_dirs=_folders(project, loaded) if reload else (),
        patience=settings["shutdown_timeout"],
    )
    report_findings(loaded)
    bound.listen()  # who comes from now on waits for the moment that is left
    _greet(loaded, address_of(bound, host))
    run(config, bound)


def application() -> Any:
    """The application of a worker's process, by the settings in its environment."""
    end_with_parent()
    try:
        return _application(json.loads(os.environ[_SETTINGS]))[0]
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)


def _application(settings: Mapping[str, Any]) -> tuple[Any, Contract, Project]:
    project = find_project(Path.cwd(), contract=settings["contract"])
    loaded = load_contract(project.contract, allow=(*project.allow, *settings["allow"]))
    journal: RequestJournal = Journal(sys.stdout.buffer, json_line, _level(settings))
    atexit.register(journal.flush)
    _log_to(journal, loaded)
    options = Options(
        validate_responses=settings["validate_responses"], body_limit=settings["body_limit"], journal=journal
    )
    app = create_app(loaded, build_service(project), options=options)
    settle()
    return app, loaded, project


def _log_to(journal: RequestJournal, contract: Contract) -> None:
    """Sends Python's log records to the journal; those of libraries, but for debugging, from warnings on."""
    handler = JournalHandler(journal, partial(secrets_in, contract))
    if journal.level > logging.DEBUG:
        handler.addFilter(is_of_interest)
    logging.basicConfig(level=journal.level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("connexion").setLevel(logging.WARNING)


def is_of_interest(record: logging.LogRecord) -> bool:
    """Does the project or the server itself say it, or is it at least a warning?"""
    is_ours = "site-packages" not in record.pathname or record.name.partition(".")[0] in _OURS
    return is_ours or record.levelno >= logging.WARNING


_OURS = ("accord", "uvicorn")


def _level(settings: Mapping[str, Any]) -> int:
    return logging.getLevelNamesMapping()[settings["log_level"].upper()]


def build_service(project: Project) -> Service[Any]:
    """What `build()` of the project's handlers gives. Raises UsageError, with the place, where it fails."""
    name = ".".join(project.handlers.relative_to(project.root).parts)
    importable(project)
    try:
        build = importlib.import_module(name).build
    except AttributeError:
        raise UsageError(
            f"{name} has no function 'build'", hint=f"write build() -> Service in {name}/__init__.py"
        ) from None
    except Exception as error:
        raise unusable(f"{name} cannot be imported", error, project.root) from error
    try:
        service = build()
    except AccordError:
        raise
    except Exception as error:
        raise unusable(f"{name}.build() failed", error, project.root) from error
    if not isinstance(service, Service):
        raise UsageError(f"{name}.build() gives {type(service).__name__}, not a Service")
    return service


def _folders(project: Project, contract: Contract) -> tuple[str, ...]:
    """What a reload watches: the project, and the folders of the contract's files outside of it."""
    parents = {Path(file).resolve().parent for file in contract.document.files if Path(file).exists()}
    outside = sorted(str(folder) for folder in parents if not folder.is_relative_to(project.root))
    return (str(project.root), *outside)


def _greet(contract: Contract, address: str) -> None:
    click.echo(
        f"{contract.title} {contract.version}: {len(contract.operations)} operations at {address}, "
        f"documentation at {address}/docs",
        err=True,
    )
