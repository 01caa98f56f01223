"""What answers had that the contract has not."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Outgoing
from accord.exchange.bodies import content_type
from accord.findings import Finding
from accord.verifying.choosing import named
from accord.verifying.coverage.planning import ResponseGoals
from accord.verifying.settings import SEVERITIES

_GENERAL = frozenset({
    "accept-ch", "accept-patch", "accept-post", "accept-ranges", "age", "allow", "alt-svc",
    "cache-control", "cache-status", "clear-site-data", "connection", "content-disposition",
    "content-encoding", "content-language", "content-length", "content-location", "content-range",
    "content-security-policy", "content-type", "date", "deprecation", "etag", "expires", "keep-alive",
    "last-modified", "location", "nel", "permissions-policy", "pragma", "preference-applied",
    "proxy-authenticate", "proxy-status", "referrer-policy", "report-to", "reporting-endpoints",
    "retry-after", "server", "server-timing", "set-cookie", "strict-transport-security", "sunset",
    "timing-allow-origin", "trailer", "transfer-encoding", "upgrade", "vary", "via", "warning",
    "www-authenticate", "x-content-type-options", "x-dns-prefetch-control", "x-frame-options",
    "x-permitted-cross-domain-policies", "x-powered-by", "x-xss-protection",
})  # fmt: skip
"""The headers that HTTP itself has, and those that servers, proxies and browsers' rules bring along."""
_FAMILIES = ("access-control-", "accord-", "cross-origin-", "sec-", "sl-violations")
_BODILESS = frozenset({204, 205, 304})
_WHAT = {
    "undocumented-status": "answers {name}, which is not documented",
    "undocumented-media-type": "answers as {name}, which is not documented",
    "undocumented-header": "answers with an undocumented header, {name}",
    "undocumented-property": "answers with an undocumented property, {name}",
}


class Undocumented(NamedTuple):
    """One thing that answers had and the contract has not; `pointer` is where it would stand."""

    rule: str
    operation: str
    status: str
    pointer: str
    name: str

    @property
    def what(self) -> str:
        """What answers do."""
        return _WHAT[self.rule].format(name=self.name)


def findings_of(contract: Contract, found: Iterable[Undocumented]) -> Iterator[Finding]:
    """The same for people, with the place in the contract: one for each thing to mend."""
    together: dict[tuple[str, ...], list[Undocumented]] = {}
    for each in sorted(found):
        place = "" if each.rule == "undocumented-header" else each.pointer
        together.setdefault((each.rule, place, each.name), []).append(each)
    hint = "add it to the contract, or keep it out of the answer"
    for alike in together.values():
        first, document = alike[0], contract.document
        operations = named([*dict.fromkeys(each.operation for each in alike)])
        said, severity = f"{operations}: {first.what}", SEVERITIES[first.rule]
        yield Finding(first.rule, severity, said, first.pointer, document.locate(first.pointer), hint)


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
            if text not in _GENERAL and not text.startswith(_FAMILIES):
                yield Undocumented("undocumented-header", operation.id, status, at, text)
