"""Requests as they were recorded, sent to another server with its own credentials."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import httpx

from accord.contract import Contract
from accord.exchange import Incoming, Outgoing
from accord.exchange.credentials import place_of

_CONNECTION = frozenset((b"host", b"content-length", b"connection", b"accept-encoding", b"transfer-encoding"))
_PATIENCE = 30.0


class Sender:
    """Sends requests to one server. `credentials` are by scheme: of ours, and what stands for each there."""

    def __init__(
        self, contract: Contract, url: str, ours: Mapping[str, str], theirs: Mapping[str, str]
    ) -> None:
        self._url = httpx.URL(url)
        self._prefix = urlsplit(url).path.rstrip("/")
        self._client = httpx.Client(timeout=_PATIENCE, trust_env=False)
        self._keys = {
            place_of(scheme): (ours[name], theirs[name])
            for name, scheme in contract.security_schemes.items()
            if name in ours and name in theirs
        }

    def __call__(self, incoming: Incoming) -> Outgoing | None:
        """What it answers; None where nothing comes back."""
        prepared = self.prepared(incoming)
        target = (self._prefix + prepared.path).encode("latin-1", "replace")
        raw = target + (b"?" + prepared.query if prepared.query else b"")
        headers = [pair for pair in prepared.headers if pair[0] not in _CONNECTION]
        request = httpx.Request(
            incoming.method, self._url.copy_with(raw_path=raw), headers=headers, content=incoming.body
        )
        try:
            response = self._client.send(request)
        except httpx.HTTPError:
            return None
        answered = tuple((name.lower(), value) for name, value in response.headers.raw)
        return Outgoing(response.status_code, answered, response.content)

    def prepared(self, incoming: Incoming) -> Incoming:
        """The request with the credentials of this server."""
        query = b"&".join(self._pair(pair) for pair in incoming.query.split(b"&"))
        return incoming._replace(query=query, headers=[self._header(*pair) for pair in incoming.headers])

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    def _pair(self, pair: bytes) -> bytes:
        name, _, value = pair.partition(b"=")
        for (location, key), (ours, theirs) in self._keys.items():
            if location == "query" and name == key.encode() and value == quote(ours, safe="").encode():
                return name + b"=" + quote(theirs, safe="").encode()
        return pair

    def _header(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        for (location, key), (ours, theirs) in self._keys.items():
            wanted = b"cookie" if location == "cookie" else key.lower().encode("latin-1", "replace")
            if location in ("header", "cookie") and name == wanted:
                return name, value.replace(ours.encode(), theirs.encode())
        return name, value
