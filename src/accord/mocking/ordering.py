"""An answer that somebody wants in place of the mock's own: for a test, or in a scenario."""

from dataclasses import dataclass
from typing import Any

from accord.contract import MediaType, Operation
from accord.exchange import ABSENT, Violation, parse_media_type
from accord.exchange.bodies import content_type
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.choosing import concrete
from accord.mocking.faulting.chances import Chance
from accord.mocking.faulting.model import Fault
from accord.mocking.headers import head_of
from accord.mocking.model import Pairs, Response
from accord.mocking.texts import to_json
from accord.mocking.writing import content_type_of, write_body

_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What an answer is to be.

    Without a `status` it is the mock's own answer. Without a `body` it is the contract's for the status, by
    the `example` of that name where there is one. `merge` is laid over its body as RFC 7396 says, `headers`
    take the place of those that have their names. `faults` are what it suffers when it is sent, each by
    chance where it has a rate or a distribution; `violations` is what of it breaks the contract.
    """

    status: int | None = None
    example: str | None = None
    body: bytes | None = None
    content_type: str = ""
    headers: Pairs = ()
    merge: Any = ABSENT
    faults: tuple[Fault, ...] = ()
    violations: tuple[Violation, ...] = ()

    def lay(self, response: Response, chance: Chance) -> Response:
        """The response with what this one wants in its place."""
        fault = self._drawn(response.fault, chance)
        if self.body is not None:
            status = self.status or response.status
            headers = head_of(status, self.headers, self.body, self.content_type)
            broken = self.violations
            return Response(status, headers, self.body, response.operation, violations=broken, fault=fault)
        if self.merge is not ABSENT:
            response = merged_into(response, self.merge)
        own = {name for name, _ in self.headers}
        kept = (pair for pair in response.headers if pair[0] not in own)
        broken = self.violations or response.violations
        headers = (*kept, *self.headers)
        return response._replace(headers=headers, is_static=False, violations=broken, fault=fault)

    def _drawn(self, found: Fault | None, chance: Chance) -> Fault | None:
        """What the answer suffers this time, beside what was found already."""
        for each in self.faults:
            drawn = each.drawn(chance)
            found = drawn.over(found) if drawn and found else drawn or found
        return found


def merged_into(response: Response, patch: Any) -> Response:
    """The response whose JSON body was changed by a merge patch; as it is where it has none."""
    from accord.mocking.state.changing import merged  # noqa: PLC0415 - few answers are changed

    sent = parse_media_type((content_type(response.headers) or b"").decode("latin-1"))
    if sent is None or not sent.is_json or response.parts or not response.body:
        return response
    try:
        body = to_json(merged(read_json(response.body), patch))
    except MalformedJson:
        return response
    headers = [pair for pair in response.headers if pair[0] != b"content-length"]
    length = (b"content-length", b"%d" % len(body))
    return response._replace(headers=(*headers, length), body=body, is_static=False)


def written_body(operation: Operation, status: int, value: Any, wanted: str | None) -> tuple[bytes, str]:
    """The body as bytes, and its media type: the one that is wanted, or the first that the contract has."""
    documented = operation.response(status)
    content = documented.content if documented is not None else {}
    key = wanted or next(iter(content), _JSON)
    media_type = content.get(key) or MediaType(operation.document, operation.pointer, key)
    sent = content_type_of(concrete(key))
    return write_body(value, media_type, sent), sent


def can_be_sent(name: str, value: str) -> bool:
    """Can it be a line of a head?"""
    is_token = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return is_token and value.isprintable() and value.isascii()
