"""Requests as commands that people can repeat."""

import shlex
from itertools import chain

from accord.contract import Contract, Operation
from accord.exchange import Incoming
from accord.exchange.credentials import place_of
from accord.verifying.config import base_of

_LONGEST = 400
_UNSAID = frozenset((b"host", b"content-length", b"connection", b"accept-encoding", b"user-agent"))
_ANYTHING = (b"accept", b"*/*")


def command_of(contract: Contract, operation: Operation, request: Incoming, url: str) -> str:
    """The request as a command for the server at this URL, whose own path may stand for the contract's."""
    base = operation.servers[0].base_path
    return curl_of(contract, request._replace(path=request.path.removeprefix(base)), base_of(url, base))


def curl_of(contract: Contract, request: Incoming, origin: str) -> str:
    """The request as a command, with no credentials in it."""
    secret = {place_of(scheme) for scheme in contract.security_schemes.values()}
    hidden = {name.lower() for location, name in secret if location in ("header", "cookie")}
    named = [(pair, pair.partition("=")[0]) for pair in request.query.decode("latin-1").split("&") if pair]
    kept = [f"{name}=…" if ("query", name) in secret else pair for pair, name in named]
    url = f"{origin.rstrip('/')}{request.path}{'?' + '&'.join(kept) if kept else ''}"
    headers = [
        ("-H", f"{name.decode('latin-1')}: {value.decode('latin-1')}")
        for name, value in request.headers
        if name not in _UNSAID and (name, value) != _ANYTHING and name.decode("latin-1") not in hidden
    ]
    body = ["-d", request.body[:_LONGEST].decode("utf-8", "replace")] if request.body else []
    return shlex.join(["curl", "-X", request.method, url, *chain.from_iterable(headers), *body])
