"""What an operation was asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A right request as the state sees it: `path` as it was sent, `body` as its media type's key says."""

    path: Mapping[str, str]
    parameters: Mapping[tuple[str, str], Any]
    body: Any
    media_type: str | None
    query: bytes = b""
