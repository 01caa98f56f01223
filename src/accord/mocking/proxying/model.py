"""What whoever runs a proxy decides, and what is found of an exchange. Values; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accord.contract import Operation
from accord.exchange import Violation
from accord.mocking.model import Pairs

LIMIT = 8 * 1024 * 1024
"""Bytes of a body that are judged. A longer one is passed on as it comes, and its head alone is judged."""


@dataclass(frozen=True, slots=True)
class Passing:
    """How requests are passed on.

    `errors`: a request that breaks the contract is refused, and a response that does is a 500; otherwise both
    are passed on, and headers and log say what is wrong. `requests`: requests are judged at all.
    `mocks_unreachable`: where the server cannot be reached the mock answers, in place of a 502.
    """

    errors: bool = False
    requests: bool = True
    mocks_unreachable: bool = False


class Verdict(NamedTuple):
    """What is known of a request before it is passed on: its operation, unless the contract has none for it.

    `deprecated` are the parameters that it uses and should not, each with its location; `note` says what of
    it was not judged, and why.
    """

    operation: Operation | None
    violations: tuple[Violation, ...] = ()
    deprecated: Sequence[tuple[str, str]] = ()
    note: str = ""


class Reply(NamedTuple):
    """A response of the real server: its end-to-end headers, names in lower case, and its body.

    `is_whole`: the body is all there is of it.
    """

    status: int
    headers: Pairs
    body: bytes = b""
    is_whole: bool = True
