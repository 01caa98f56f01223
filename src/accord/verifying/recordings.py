"""The recordings of `accord proxy --record` as exchanges."""

from collections.abc import Mapping
from typing import Any

from accord.contract import Contract
from accord.errors import UsageError
from accord.exchange import Outgoing
from accord.mocking.recordings import Unusable, request_and_response
from accord.verifying.exchanges import Exchange


def exchange_of_recording(contract: Contract, value: Mapping[str, Any], name: str) -> Exchange:
    """The exchange that a recording has. Raises UsageError, with the name of its file, where it is none."""
    try:
        incoming, made = request_and_response(contract, value)
    except Unusable as error:
        raise UsageError(f"{name} {error.pointer}: {error}") from None
    return Exchange(incoming, Outgoing(made.status, made.headers, made.body))
