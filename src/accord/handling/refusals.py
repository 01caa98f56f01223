"""Errors that are answers: what a handler or an authenticator raises to refuse a request.

Refusal               any status with a problem
├── Unauthenticated     401
├── Forbidden           403
└── TooManyRequests     429, with Retry-After
"""

import math
from collections.abc import Mapping


class Refusal(Exception):
    """A request that is answered with a problem. Holds `status`, `title`, `detail` and `headers`."""

    def __init__(
        self, status: int, detail: str = "", *, title: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail or title or str(status))
        self.status = status
        self.title = title
        self.detail = detail
        self.headers: Mapping[str, str] = headers or {}


class Unauthenticated(Refusal):
    """Nobody that we know: 401. The server adds the challenges of the operation's security schemes."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(401, detail)


class Forbidden(Refusal):
    """Known, and not allowed: 403."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(403, detail)


class TooManyRequests(Refusal):
    """Too many requests: 429. Holds `retry_after` in seconds."""

    def __init__(self, retry_after: float, detail: str = "") -> None:
        super().__init__(429, detail, headers={"Retry-After": str(max(1, math.ceil(retry_after)))})
        self.retry_after = retry_after
