"""An exchange as it was seen: by a run of contract tests, in a project's own tests, in recorded traffic."""

from dataclasses import dataclass

from accord.exchange import Incoming, Outgoing

_SUCCESS, ERRORS = 200, 400


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back; None where nothing did.

    The request's path is one that `Router(contract)` knows: it has the base path of the contract's server,
    wherever the server that was asked really is. `phase` is that of the run which sent it (`examples`,
    `coverage`, `fuzzing`, `stateful`), and empty where no run did; `seconds` is how long the answer took.
    """

    request: Incoming
    response: Outgoing | None
    phase: str = ""
    seconds: float = 0.0


def is_success(response: Outgoing) -> bool:
    """Was the request taken: is the status one of 2xx or 3xx?"""
    return _SUCCESS <= response.status < ERRORS
