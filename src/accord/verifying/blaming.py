"""Which line of the contract a failure broke, and which side is likely to be wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Incoming, Judge, Policy, Routed, Router, Violation
from accord.exchange.credentials import in_header, reader
from accord.verifying.told import Failure

_SERVER_ERROR = 500
_GENERAL: Mapping[int, str] = {
    400: "any request can be malformed",
    401: "the operation asks for credentials",
    403: "the operation asks for credentials",
    404: "the path names something that need not be there",
    405: "any path is asked for by other methods",
    406: "clients say what they accept",
    413: "a body can be too large",
    414: "a URL can be too long",
    415: "a body can be of another media type",
    422: "a request can break its schema",
    429: "clients can ask too often",
    431: "headers can be too large",
}
"""Statuses that an operation answers with sooner or later, whatever it does."""


class Side(StrEnum):
    """Who is likely to be wrong."""

    CONTRACT = "contract"
    IMPLEMENTATION = "implementation"
    NEITHER = "neither"
    """The request was not what the check took it for."""


@dataclass(frozen=True, slots=True)
class Blame:
    """What a failure broke.

    `rule` is a pointer in the contract, `what` says how, `why` says for what reason this side is named. What
    has a `group` in common is one thing to mend, wherever it stands.
    """

    rule: str
    what: str
    side: Side
    why: str
    group: str = ""


_Explain: TypeAlias = Callable[["Blaming", Operation, Failure], Blame]


class Blaming:
    """Finds what a failure broke, by the judge that the mock and the server have, too."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._judge = Judge(contract, Policy())
        self._router = Router(contract)

    def blame(self, failure: Failure) -> Blame:
        """The rule that was broken, or the operation where the contract has no more to say."""
        operation = self._contract.by_id.get(failure.operation)
        if operation is None:
            return Blame(
                "", _first_line(failure), Side.IMPLEMENTATION, "the check failed for the run as a whole"
            )
        explain = _EXPLAINED.get(failure.check, Blaming.of_behaviour)
        return explain(self, operation, failure)

    def of_response(self, operation: Operation, failure: Failure) -> Blame:
        """The response breaks the contract's own words."""
        violation = next(iter(self._broken_by_response(operation, failure)), None)
        if violation is None:
            return Blame(
                pointers.join(operation.pointer, "responses"),
                _first_line(failure),
                Side.IMPLEMENTATION,
                "Schemathesis says so; accord's own judge finds nothing wrong with the response",
            )
        what = _spoken(violation)
        return Blame(violation.rule, what, Side.IMPLEMENTATION, "the contract says what an answer looks like")

    def of_status(self, operation: Operation, failure: Failure) -> Blame:
        """A status that is not documented."""
        status = _status(failure)
        if status >= _SERVER_ERROR:
            return self.of_server_error(operation, failure)
        rule = pointers.join(operation.pointer, "responses")
        what = f"answers {status}, and the contract documents {', '.join(operation.responses) or 'nothing'}"
        if status in _GENERAL and not (status in (401, 403) and not operation.security):
            what = f"the contract has no answer with {status}"
            return Blame(rule, what, Side.CONTRACT, _GENERAL[status], group="undocumented")
        return Blame(rule, what, Side.IMPLEMENTATION, "nothing in the contract leads a client to expect it")

    def of_server_error(self, operation: Operation, failure: Failure) -> Blame:
        """A server that fails."""
        why = "no request may make a server fail, not even one that breaks the contract"
        return Blame(operation.pointer, f"answers {_status(failure)}", Side.IMPLEMENTATION, why)

    def of_accepted(self, operation: Operation, failure: Failure) -> Blame:
        """A wrong request that was taken."""
        violations = self._broken_by_request(operation, failure)
        if not violations and self._lacks_credentials(operation, failure):
            return self.of_credentials(operation, failure)
        if not violations:
            why = (
                "what was sent keeps the contract by accord's judge: it became right when it was written out"
            )
            return Blame(operation.pointer, _first_line(failure), Side.NEITHER, why)
        what = f"takes what the contract forbids: {_spoken(violations[0])}"
        return Blame(violations[0].rule, what, Side.IMPLEMENTATION, "the contract forbids it")

    def of_rejected(self, operation: Operation, failure: Failure) -> Blame:
        """A right request that was refused."""
        violations = self._broken_by_request(operation, failure)
        if violations:
            why = f"what was sent breaks the contract by accord's judge: {_spoken(violations[0])}"
            return Blame(violations[0].rule, _first_line(failure), Side.NEITHER, why)
        what = f"refuses with {_status(failure)} what the contract allows"
        why = "the server knows a rule that the contract does not say"
        return Blame(operation.pointer, what, Side.CONTRACT, why)

    def of_credentials(self, operation: Operation, failure: Failure) -> Blame:
        """Credentials that were not asked for."""
        holder = operation.pointer if "security" in operation.raw else ""
        why = "the contract asks for credentials"
        status = _status(failure)
        what = f"answers {status} without credentials, or with wrong ones"
        return Blame(pointers.join(holder, "security"), what, Side.IMPLEMENTATION, why)

    def of_path(self, operation: Operation, failure: Failure) -> Blame:
        """Methods that the path does not have, or `Allow` that does not say which it has."""
        if self._is_of_another(failure):
            why = "another path of the contract, with a template in it, is also one of this request's"
            return Blame(operation.path_pointer, _first_line(failure), Side.NEITHER, why)
        why = "the contract says which methods the path has"
        return Blame(operation.path_pointer, _first_line(failure), Side.IMPLEMENTATION, why)

    def of_undocumented(self, operation: Operation, failure: Failure) -> Blame:
        """More than the contract names. A header is one thing to mend, whatever answers it is in."""
        why = "clients can only rely on what it names; name it there, or keep it out of the answer"
        is_header = failure.check == "undocumented_header"
        group = failure.message if is_header else ""
        return Blame(failure.place or operation.pointer, failure.message, Side.CONTRACT, why, group)

    def of_behaviour(self, operation: Operation, failure: Failure) -> Blame:
        """What holds of operations in a row, or of what Schemathesis alone knows."""
        why = "an answer contradicts one before it"
        return Blame(operation.pointer, _first_line(failure), Side.IMPLEMENTATION, why)

    def _is_of_another(self, failure: Failure) -> bool:
        """Does the contract have the method for this path after all, or all methods that `Allow` names?"""
        if failure.exchange is None or failure.exchange.response is None:
            return False
        request = failure.exchange.request
        if isinstance(self._router.route(request.method, request.path), Routed):
            return True
        if failure.check != "allow_header_conformance":
            return False
        lines = in_header(failure.exchange.response.headers, b"allow")
        said = {each.strip() for each in ",".join(lines).split(",")} - {"", "OPTIONS", "HEAD"}
        return bool(said) and said == set(self._router.allow(request.path)) - {"OPTIONS", "HEAD"}

    def _broken_by_response(self, operation: Operation, failure: Failure) -> Sequence[Violation]:
        """What of the response is wrong, that which the check is about first."""
        if failure.exchange is None or failure.exchange.response is None:
            return ()
        violations = self._judge.response(operation, failure.exchange.response)
        location = "header" if failure.check != "response_schema_conformance" else "body"
        return sorted(violations, key=lambda each: each.location != location)

    def _broken_by_request(self, operation: Operation, failure: Failure) -> Sequence[Violation]:
        if failure.exchange is None:
            return ()
        return self._judge.request(operation, self._routed(failure.exchange.request)).violations

    def _lacks_credentials(self, operation: Operation, failure: Failure) -> bool:
        """Has the request none of the credentials that the operation asks for?"""
        schemes = self._contract.security_schemes
        names = {name for entry in operation.security for name in entry.schemes if name in schemes}
        is_asked = bool(names) and all(entry.schemes for entry in operation.security)
        if failure.exchange is None or not is_asked:
            return False
        request = failure.exchange.request
        return not any(any(reader(schemes[name])(request.headers, request.query)) for name in names)

    def _routed(self, incoming: Incoming) -> Incoming:
        route = self._router.route(incoming.method, incoming.path)
        parameters = route.path_parameters if isinstance(route, Routed) else {}
        return incoming._replace(path_parameters=parameters)


_EXPLAINED: Mapping[str, _Explain] = {
    "not_a_server_error": Blaming.of_server_error,
    "status_code_conformance": Blaming.of_status,
    "content_type_conformance": Blaming.of_response,
    "response_headers_conformance": Blaming.of_response,
    "response_schema_conformance": Blaming.of_response,
    "negative_data_rejection": Blaming.of_accepted,
    "missing_required_header": Blaming.of_accepted,
    "positive_data_acceptance": Blaming.of_rejected,
    "ignored_auth": Blaming.of_credentials,
    "undocumented_header": Blaming.of_undocumented,
    "undocumented_property": Blaming.of_undocumented,
    "unsupported_method": Blaming.of_path,
    "allow_header_conformance": Blaming.of_path,
}


def _spoken(violation: Violation) -> str:
    """The violation as a phrase: where, and what is wrong there."""
    name = f" {violation.name!r}" if violation.name else ""
    place = f" {violation.pointer}" if violation.pointer else ""
    return f"{violation.location}{name}{place} {violation.reason}"


def _status(failure: Failure) -> int:
    response = failure.exchange.response if failure.exchange else None
    return response.status if response else 0


def _first_line(failure: Failure) -> str:
    return next((line.strip() for line in failure.message.splitlines() if line.strip()), failure.kind)
