"""`accord proxy`: the real server, what passes to it and back judged by the contract, under uvicorn."""

from pathlib import Path
from typing import Any

import click

from accord.cli.configured import ConfiguredCommand
from accord.cli.launching import (
    Settings,
    choices_of,
    following,
    in_worker,
    launch,
    load,
    mock_of,
    state_of,
    teller_of,
)
from accord.cli.options import ANSWERING, LISTENING, contracts, with_options
from accord.errors import UsageError
from accord.mocking.proxying import Passing, Proxy, Recorder, Upstream
from accord.mocking.state.world import Worlds

_OPTIONS = (
    click.option("--upstream", metavar="URL", help="The real server, as UPSTREAM is."),
    click.option(
        "--errors/--no-errors",
        default=False,
        help="Refuse what breaks the contract, and answer 500 where a response does; or pass it on and tell.",
    ),
    click.option(
        "--validate-request/--no-validate-request", "requests", default=True, help="Judge requests, too."
    ),
    click.option(
        "--mock-unreachable/--no-mock-unreachable",
        "mocks_unreachable",
        default=False,
        help="Mock what a server that cannot be reached does not answer, or answer 502.",
    ),
    click.option(
        "--record",
        type=click.Path(file_okay=False),
        help="Write what is seen into this folder, without secrets.",
    ),
    click.option(
        "--record-all/--record-once",
        "every",
        default=False,
        help="Write each exchange, or of each operation and status the first.",
    ),
    click.option("--upstream-proxy", metavar="URL", help="An HTTP proxy that leads to the server."),
    click.option(
        "--timeout",
        default=60.0,
        show_default=True,
        type=click.FloatRange(0, min_open=True),
        help="Seconds that the server may keep silent.",
    ),
    click.option("--insecure/--no-insecure", default=False, help="Take any certificate of the server."),
)


@click.command(cls=ConfiguredCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("contract", required=False, shell_complete=contracts)
@click.argument("server", metavar="[UPSTREAM]", required=False)
@with_options(*_OPTIONS, *LISTENING, *ANSWERING)
def proxy(*, server: str | None, upstream: str | None, **settings: Any) -> None:
    """Pass requests on to the server at UPSTREAM, and judge them and its responses by CONTRACT.

    CONTRACT is a file or URL; with --upstream and without it, the contract of the project. What breaks it is
    said in the log and in headers, with the place in the contract. An operation that the server answers 501
    is mocked. Every option can also stand in [tool.accord.proxy] of pyproject.toml.
    """
    url = server or upstream
    if url is None:
        raise UsageError("no server is named", hint="give it as in --upstream https://api.example.com/v1")
    state = state_of(settings)
    if isinstance(state, str):
        raise UsageError("a proxy's state is its own", hint="give --state without a URL, or use accord mock")
    launch(_application, __name__, settings | {"upstream": url, "state": state}, f"of {url} judged")


def application() -> Proxy:
    """The application of a worker's process."""
    return in_worker(_application)


def _application(settings: Settings) -> Proxy:
    upstream = Upstream(
        settings["upstream"],
        proxy=settings["upstream_proxy"],
        seconds=settings["timeout"],
        insecure=settings["insecure"],
    )
    passing = Passing(
        errors=settings["errors"],
        requests=settings["requests"],
        mocks_unreachable=settings["mocks_unreachable"],
    )
    folder = settings["record"]
    recorder = None if folder is None else Recorder(Path(folder), every=settings["every"])
    app = Proxy(
        mock_of(load(settings), settings),
        upstream,
        choices_of(settings),
        passing,
        worlds=Worlds() if settings["state"] else None,
        recorder=recorder,
        tell=teller_of(settings, lambda: app.mock),
    )
    return following(app, settings)
