"""What answers had that the contract has not."""

from collections.abc import Iterator
from typing import NamedTuple

from accord.contract import Operation
from accord.document import Document, pointers
from accord.exchange import Outgoing
from accord.exchange.bodies import content_type
from accord.findings import Finding, Severity
from accord.verifying.coverage.planning import ResponseGoals

_GENERAL = frozenset(
    {
        *("accept-ranges", "age", "allow", "alt-svc", "cache-control", "connection", "content-encoding"),
        *("content-language", "content-length", "content-location", "content-range", "content-type", "date"),
        *("etag", "expires", "keep-alive", "last-modified", "location", "pragma", "retry-after", "server"),
        *(
            "server-timing",
            "set-cookie",
            "strict-transport-security",
            "trailer",
            "transfer-encoding",
            "upgrade",
        ),
        *("vary", "via", "www-authenticate", "referrer-policy", "content-security-policy"),
    }
)
"""The headers that HTTP itself has, and servers and proxies set by themselves."""
_OURS = ("access-control-", "accord-", "cross-origin-", "sec-", "sl-violations", "x-content-type", "x-frame-")
_BODILESS = frozenset({204, 205, 304})
_MESSAGES = {
    "undocumented-status": "{operation} was answered {name}, which is not documented",
    "undocumented-media-type": "{operation} was answered {status} as {name}, which is not documented",
    "undocumented-header": "{operation} was answered {status} with an undocumented header, {name}",
    "undocumented-property": "{operation} was answered {status} with an undocumented property, {name}",
}


class Undocumented(NamedTuple):
    """One thing that answers had and the contract has not; `pointer` is where it would stand."""

    rule: str
    operation: str
    status: str
    pointer: str
    name: str

    def finding(self, document: Document) -> Finding:
        """The same for people, with the place in the contract."""
        said = _MESSAGES[self.rule].format(operation=self.operation, status=self.status, name=self.name)
        hint = "add it to the contract, or keep it out of the answer"
        return Finding(self.rule, Severity.WARNING, said, self.pointer, document.locate(self.pointer), hint)


def undocumented(
    operation: Operation, outgoing: Outgoing, goals: ResponseGoals | None
) -> Iterator[Undocumented]:
    """The status, the media type and the headers of a response that the contract has not."""
    status = str(outgoing.status)
    if goals is None:
        at = pointers.join(operation.pointer, "responses")
        yield Undocumented("undocumented-status", operation.id, status, at, status)
        return
    at = goals.response.pointer
    sent = (content_type(outgoing.headers) or b"").decode("latin-1")
    has_body = goals.by_type and outgoing.body and outgoing.status not in _BODILESS
    if has_body and goals.contents.find(sent.encode("latin-1")) is None:
        place = pointers.join(at, "content")
        named = sent.partition(";")[0] or "no media type"
        yield Undocumented("undocumented-media-type", operation.id, status, place, named)
    for name, _ in outgoing.headers:
        if name not in goals.headers:
            text = name.decode("latin-1")
            if text not in _GENERAL and not text.startswith(_OURS):
                yield Undocumented("undocumented-header", operation.id, status, at, text)
