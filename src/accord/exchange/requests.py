"""One operation's requests, planned once and judged many times."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accord.contract import Contract, Operation
from accord.exchange import styles
from accord.exchange.bodies import BodyPlan, plan_body
from accord.exchange.model import ABSENT, Incoming, JudgedRequest, Kind, Policy, Violation
from accord.exchange.parameters import ParameterPlan, plan_parameter
from accord.exchange.querystrings import QuerystringPlan
from accord.exchange.styles import MalformedValue, Pair
from accord.schemas import Schemas

_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers of which a description as a parameter is ignored (OAS 3.1 section 4.8.12.1)."""


class RequestPlan:
    """How the requests of one operation are judged."""

    def __init__(self, contract: Contract, operation: Operation, schemas: Schemas, policy: Policy) -> None:
        plans = [
            plan_parameter(parameter, schemas, most=policy.most)
            for parameter in operation.parameters
            if parameter.location != "querystring"
            and not (parameter.location == "header" and parameter.name.lower() in _NOT_PARAMETERS)
        ]
        self._operation = operation
        self._policy = policy
        self._path = _of(plans, "path")
        self._query = _of(plans, "query")
        self._headers = _of(plans, "header")
        self._cookies = _of(plans, "cookie")
        self._querystring = _plan_querystring(operation, schemas, policy)
        self._body: BodyPlan = plan_body(operation, schemas, policy)
        self._known = _known_names(contract, self._query)
        self._refuses_unknown = policy.unknown_query == "refuse"
        self._defaults = {
            (plan.location, plan.name): plan.default for plan in plans if plan.default is not ABSENT
        }

    def judge(self, incoming: Incoming) -> JudgedRequest:
        """The request's values, and everything that is wrong with it."""
        values = dict(self._defaults)
        violations: list[Violation] = []
        if self._path:
            self._judge_path(incoming.path_parameters, values, violations)
        if self._query or self._refuses_unknown:
            self._judge_query(incoming.query, values, violations)
        if self._querystring is not None:
            violations += self._querystring.judge(incoming.query, values)
        if self._headers:
            self._judge_headers(incoming.headers, values, violations)
        if self._cookies:
            self._judge_cookies(incoming.headers, values, violations)
        body, media_type, broken = self._body.judge(incoming)
        violations += broken
        named = tuple(violations[: self._policy.most]) if violations else ()
        return JudgedRequest(values, body, media_type, named)

    def prepare(self) -> None:
        """Compile what bodies need now, not when the first one comes."""
        self._body.prepare()

    def _judge_path(
        self, sent: Mapping[str, str], values: dict[tuple[str, str], Any], violations: list[Violation]
    ) -> None:
        for plan in self._path:
            text = sent.get(plan.name)
            if text is None:
                violations += plan.absent()
            else:
                _take(plan, text, values, violations)

    def _judge_query(
        self, query: bytes, values: dict[tuple[str, str], Any], violations: list[Violation]
    ) -> None:
        try:
            pairs = styles.query_pairs(query.decode()) if query else []
        except (UnicodeDecodeError, MalformedValue) as error:
            reason = str(error) if isinstance(error, MalformedValue) else "is not UTF-8"
            violations.append(Violation(Kind.MALFORMED, "query", reason, self._operation.pointer))
            return
        named: dict[str, list[str]] = {}
        for name, value in pairs:
            named.setdefault(name, []).append(value)
        for plan in self._query:
            sent: Any = self._pairs_of(plan, pairs) if plan.is_whole_query else named.get(plan.name)
            if sent:
                _take(plan, sent, values, violations)
            else:
                violations += plan.absent()
        if self._refuses_unknown:
            violations += self._unknown(named)

    def _pairs_of(self, plan: ParameterPlan, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs of the query that an object is made of."""
        if plan.claims is None:
            return [pair for pair in pairs if pair[0] not in self._known]
        return [pair for pair in pairs if plan.claims(pair[0])]

    def _unknown(self, named: Iterable[str]) -> list[Violation]:
        claims = [plan.claims or _any for plan in self._query if plan.is_whole_query]
        return [
            Violation(
                Kind.UNKNOWN, "query", "is not a parameter of this operation", self._operation.pointer, name
            )
            for name in named
            if name not in self._known and not any(claim(name) for claim in claims)
        ]

    def _judge_headers(
        self,
        headers: Sequence[tuple[bytes, bytes]],
        values: dict[tuple[str, str], Any],
        violations: list[Violation],
    ) -> None:
        for plan in self._headers:
            wanted = plan.name.lower().encode("latin-1", "replace")
            sent = [value.decode("latin-1") for name, value in headers if name == wanted]
            if sent:
                # Several lines of one header are one list (RFC 9110 section 5.3).
                _take(plan, ", ".join(sent), values, violations)
            else:
                violations += plan.absent()

    def _judge_cookies(
        self,
        headers: Sequence[tuple[bytes, bytes]],
        values: dict[tuple[str, str], Any],
        violations: list[Violation],
    ) -> None:
        named: dict[str, list[str]] = {}
        for name, value in _cookies(headers):
            named.setdefault(name, []).append(value)
        for plan in self._cookies:
            if plan.name in named:
                _take(plan, named[plan.name], values, violations)
            else:
                violations += plan.absent()


def _plan_querystring(operation: Operation, schemas: Schemas, policy: Policy) -> QuerystringPlan | None:
    for parameter in operation.parameters:
        if parameter.location == "querystring" and parameter.content:
            return QuerystringPlan(parameter, schemas, policy)
    return None


def _any(_: str) -> bool:
    return True


def _of(plans: Sequence[ParameterPlan], location: str) -> tuple[ParameterPlan, ...]:
    return tuple(plan for plan in plans if plan.location == location)


def _take(
    plan: ParameterPlan, sent: Any, values: dict[tuple[str, str], Any], violations: list[Violation]
) -> None:
    value, broken = plan.judge(sent)
    if broken:
        violations += broken
    elif value is not ABSENT:
        values[plan.location, plan.name] = value
    else:
        violations += plan.absent()


def _cookies(headers: Sequence[tuple[bytes, bytes]]) -> Iterable[Pair]:
    for header, line in headers:
        if header == b"cookie":
            for part in line.decode("latin-1").split(";"):
                name, equals, value = part.strip().partition("=")
                if equals:
                    yield name, value


def _known_names(contract: Contract, plans: Sequence[ParameterPlan]) -> frozenset[str]:
    """The names in the query that the contract speaks of: its parameters and its API keys."""
    keys = [
        str(scheme.raw.get("name"))
        for scheme in contract.security_schemes.values()
        if scheme.type == "apiKey" and scheme.raw.get("in") == "query"
    ]
    return frozenset([*keys, *(plan.name for plan in plans if not plan.is_whole_query)])
