"""The headers that go on through a proxy, and those that are of one connection (RFC 9110 section 7.6.1)."""

from collections.abc import Iterable, Sequence

from accord.mocking.model import Pairs, Request

VIA = b"via"
_OF_A_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
_REWRITTEN = frozenset({b"accept-encoding", b"expect", b"host", b"x-forwarded-for"})
_READABLE = frozenset({b"gzip", b"x-gzip", b"deflate", b"identity"})
"""The content codings that can be read to judge a body."""


def end_to_end(headers: Iterable[tuple[bytes, bytes]]) -> Pairs:
    """The headers that are meant for the other end, names in lower case."""
    pairs = [(name.lower(), value) for name, value in headers]
    named = [value.lower() for name, value in pairs if name == b"connection"]
    dropped = _OF_A_HOP.union(each.strip() for each in b",".join(named).split(b","))
    return tuple(pair for pair in pairs if pair[0] not in dropped)


def passed_on(request: Request, pseudonym: str) -> Pairs:
    """The headers of a request as they go to the real server, all but its `Host`.

    They say for whom, and which host and scheme were asked; and that a proxy of that name has passed it on.
    """
    pairs = end_to_end(request.headers)
    kept = tuple(pair for pair in pairs if pair[0] not in _REWRITTEN)
    return (*kept, *_codings(pairs), *_forwarded(request, kept), (VIA, f"1.1 {pseudonym}".encode()))


def has_passed(request: Request, pseudonym: str) -> bool:
    """Has the proxy of this name passed on the request before?"""
    return pseudonym in (request.header(VIA) or "")


def upgrade_of(request: Request) -> str:
    """The protocol that the client wants in place of HTTP/1.1. HTTP/2 is an offer that may be ignored."""
    wanted = request.header(b"upgrade") or ""
    is_meant = "upgrade" in (request.header(b"connection") or "").lower()
    return wanted[:40] if is_meant and wanted.lower() != "h2c" else ""


def _codings(pairs: Sequence[tuple[bytes, bytes]]) -> Pairs:
    """The content codings that the client takes, without those in which no body could be judged."""
    lines = [value for name, value in pairs if name == b"accept-encoding"]
    if not lines:
        return ()
    taken = [each.strip() for each in b",".join(lines).split(b",")]
    readable = [each for each in taken if each.partition(b";")[0].strip().lower() in _READABLE]
    return ((b"accept-encoding", b", ".join(readable) or b"identity"),)


def _forwarded(request: Request, kept: Pairs) -> Pairs:
    """What tells the real server of the client; a proxy before this one has said some of it already."""
    before = request.header(b"x-forwarded-for")
    client = ", ".join(each for each in (before, request.client) if each)
    stated = (
        (b"x-forwarded-for", client),
        (b"x-forwarded-host", request.header(b"host") or ""),
        (b"x-forwarded-proto", request.scheme),
    )
    known = {name for name, _ in kept}
    return tuple((name, value.encode("latin-1")) for name, value in stated if value and name not in known)
