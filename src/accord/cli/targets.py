"""What a command asks: a server that runs, or one that is started for it and stopped after it."""

import re
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from accord.errors import UsageError
from accord.testing.process import Process, mock_process

_PATIENCE = 30.0
"""Seconds that a server which says that it is there has to take connections."""
_ALONE = 2.0
"""Seconds that a server which was not started here has to take one."""
_SERVED = re.compile(rb" operations at (\S+), documentation at ")
_UVICORN = re.compile(rb"Uvicorn running on (\S+) ")


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: one of a URL, `module:name` of an ASGI application, the mock, the project's server."""

    server: str | None = None
    app: str | None = None
    mock: bool = False
    serve: bool = False

    def __str__(self) -> str:
        """As people call it."""
        return self.server or self.app or ("the mock" if self.mock else "the project's server")


def target_of(server: str | None, app: str | None, *, mock: bool, serve: bool) -> Target:
    """The one that was named. Raises UsageError where none was, or several."""
    named = [
        option
        for option, is_named in (("--server", server), ("--app", app), ("--mock", mock), ("--serve", serve))
        if is_named
    ]
    if len(named) != 1:
        what = f"{' and '.join(named)} exclude each other" if named else "nothing is named to be asked"
        raise UsageError(what, hint="give one of --server URL, --app MODULE:NAME, --mock, --serve")
    if server and (urlsplit(server).scheme not in ("http", "https") or not urlsplit(server).hostname):
        raise UsageError(f"--server {server}: a URL is expected", hint="such as http://127.0.0.1:8000")
    if app and not re.fullmatch(r"[\w.]+:[\w.]+", app):
        raise UsageError(f"--app {app}: MODULE:NAME is expected", hint="such as app.main:create_app")
    return Target(server, app, mock, serve)


@contextmanager
def running(
    target: Target, contract: str | None, allow: Sequence[str], credentials: Mapping[str, str]
) -> Iterator[str]:
    """The URL of the target while the block runs. The mock takes these credentials and no others.

    Raises NotStarted for one that does not start, and UsageError for one that cannot be reached.
    """
    if target.server:
        _reach(target.server, _ALONE)
        yield target.server
        return
    process = _start(target, contract, allow, credentials)
    try:
        _reach(process.url, _PATIENCE)
        yield process.url
    finally:
        process.stop()


def _start(
    target: Target, contract: str | None, allow: Sequence[str], credentials: Mapping[str, str]
) -> Process:
    allowed = [word for each in allow for word in ("--allow", each)]
    if target.mock:
        taken = [word for each in sorted(set(credentials.values())) for word in ("--credential", each)]
        quiet = ["--port", "0", "--no-reload", "--verbose-level", "silent"]
        return mock_process(contract, [*quiet, *allowed, *taken])
    if target.serve:
        named = [contract] if contract else []
        options = ["--port", "0", "--log-level", "error", *allowed]
        return Process("the server", ["accord", "serve", *named, *options], _SERVED)
    module = ["uvicorn", str(target.app), "--port", "0", "--no-access-log", "--app-dir", "."]
    return Process(str(target.app), module, _UVICORN)


def _reach(url: str, seconds: float) -> None:
    """Returns once the server takes a connection. Raises UsageError where it takes none."""
    parts, deadline = urlsplit(url), time.monotonic() + seconds
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    while True:
        try:
            socket.create_connection((parts.hostname or "", port), timeout=seconds).close()
        except OSError as error:
            if isinstance(error, socket.gaierror) or time.monotonic() > deadline:
                reason = (error.strerror or str(error)).lower()
                raise UsageError(
                    f"{url} cannot be reached: {reason}", hint="is the server running?"
                ) from None
            time.sleep(0.05)
        else:
            return
