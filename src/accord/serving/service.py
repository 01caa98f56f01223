"""What a contract project hands to the server: its handlers, and what stands around them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

CallerT = TypeVar("CallerT")

Authenticator: TypeAlias = Callable[[str, Sequence[str]], Awaitable[CallerT | None]]
"""(credential, scopes or roles that the operation asks for) -> the caller, or None: an unknown credential.

The credential is the API key, the bearer token, or `user:password` of HTTP Basic, decoded. A caller that
is known and may not do this is refused by raising `Forbidden`.
"""

Limiter: TypeAlias = Callable[[CallerT | None, str], Awaitable[float | None]]
"""(caller, operation id) -> None: go on, or the seconds to wait: the request gets 429 with Retry-After."""

Lifespan: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class ErrorStatus:
    """How an error of the domain is answered, where its status alone does not say enough.

    `type` is the problem's type (RFC 9457 section 3.1.1); the error's own text is its `detail`, unless
    `detail` says otherwise.
    """

    status: int
    title: str = ""
    type: str = "about:blank"
    detail: str = ""


@asynccontextmanager
async def _nothing_to_open() -> AsyncIterator[None]:
    yield


async def _always_ready() -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Service(Generic[CallerT]):
    """A contract project's implementation. `handlers` is the `Handlers` of generated/operations.py.

    * `authenticate`: for each security scheme of the contract, who a credential belongs to.
    * `errors`: errors of the domain -> the status they are answered with, in one table. The nearest
      base class counts.
    * `lifespan`: opened before the first request, closed after the last.
    * `ready`: is it ready to serve? Asked by `GET /readyz`.
    * `limit`: asked before each request is handled, once the caller is known.
    * `caller_name`: what stands in the log for a caller, e.g. its organisation; never a credential.
    """

    handlers: Any
    authenticate: Mapping[str, Authenticator[CallerT]] = field(default_factory=dict)
    errors: Mapping[type[Exception], int | ErrorStatus] = field(default_factory=dict)
    lifespan: Lifespan = _nothing_to_open
    ready: Callable[[], Awaitable[bool]] = _always_ready
    limit: Limiter[CallerT] | None = None
    caller_name: Callable[[CallerT], str] | None = None
