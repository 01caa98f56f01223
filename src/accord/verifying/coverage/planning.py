"""The goals of one operation, and which of them an exchange shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote_plus

from accord.contract import Header, Operation, Parameter, Response
from accord.document import pointers
from accord.exchange import ABSENT, Incoming, Judge, JudgedRequest, Outgoing
from accord.exchange.bodies import content_type
from accord.exchange.contents import Contents
from accord.exchange.credentials import in_cookie
from accord.exchange.model import Violation
from accord.schemas import Direction
from accord.verifying.coverage.branches import Branches
from accord.verifying.coverage.goals import Aim, Aiming, Goal, Kind
from accord.verifying.coverage.nodes import Node, Told
from accord.verifying.coverage.writes import Written

UNSET = "no request of the contract sets it"
SAID = "what an error says of itself is the server's to decide"
OPTIONAL = "the header may be left out, and no request asks for it"
DEPENDS = "it depends on how many requests came before"
BROKEN = "a server answers it when something is wrong with the server itself"
_TOO_MANY, _SERVER_ERRORS = "429", "5"
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
_TEXTS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_UNAUTHENTICATED, _SUCCESS, _ERRORS = 401, 200, 400


@dataclass(eq=False)
class ParameterGoals:
    """What of one parameter can be seen."""

    parameter: Parameter
    sent: Aim
    absent: Aim | None
    node: Node | None
    faults: Mapping[tuple[str, str], Aim]

    def is_sent(self, incoming: Incoming, names: Sequence[str]) -> bool:
        """Is it in the request? `names` are those of the query."""
        name, location = self.parameter.name, self.parameter.location
        if location == "path":
            return True
        if location == "header":
            wanted = name.lower().encode("latin-1", "replace")
            return any(key == wanted for key, _ in incoming.headers)
        if location == "cookie":
            return bool(in_cookie(incoming.headers, name))
        if location == "querystring":
            return bool(incoming.query)
        return any(map(self._is_called, names))

    def is_named(self, pair: bytes) -> bool:
        """Does a pair of the query belong to it?"""
        return self._is_called(_name_of(pair.decode("latin-1")))

    def _is_called(self, key: str) -> bool:
        name, own = self.parameter.name, self.node.members if self.node is not None else {}
        return key == name or key.startswith(f"{name}[") or key in own


@dataclass(eq=False)
class ContentGoals:
    """What of the content of one media type can be seen."""

    aim: Aim
    node: Node | None
    faults: Mapping[tuple[str, str], Aim]


@dataclass(eq=False)
class ResponseGoals:
    """What of one documented response can be seen."""

    response: Response
    aim: Aim
    headers: Mapping[bytes, Aim]
    contents: Contents
    by_type: Mapping[str, ContentGoals]


class OperationGoals:
    """The goals of one operation, planned when its first exchange is looked at, or when all are asked for."""

    def __init__(self, operation: Operation, judge: Judge, written: Written) -> None:
        self.operation = operation
        self.aims: dict[Goal, Aim] = {}
        self._judge = judge
        self._written = written
        self._faults: dict[tuple[str, str], Aim] = {}
        self.parameters = [self._parameter(each) for each in operation.parameters if _is_one(each)]
        self.bodies = self._request_bodies()
        self._responses = {key: self._response(key, each) for key, each in operation.responses.items()}
        self._succeeds = any(key.upper()[0] in "23D" for key in operation.responses)

    def is_open(self, status: str) -> bool:
        """Is the status documented, and unseen?"""
        goals = self._responses.get(status)
        return goals is not None and not goals.aim.is_seen

    def see(self, incoming: Incoming, judged: JudgedRequest, status: int) -> None:
        """Marks what a request shows that was answered with this status."""
        if judged.violations:
            if status < _ERRORS or (status != _UNAUTHENTICATED and not _reason_of(str(status))):
                self._see_fault(judged)
        elif _SUCCESS <= status < _ERRORS or not self._succeeds:
            self._see_parameters(incoming, judged)
            self._see_body(judged)

    def see_response(self, outgoing: Outgoing, told: Told) -> ResponseGoals | None:
        """Marks what a response shows; None where its status is not documented."""
        response = self.operation.response(outgoing.status)
        goals = None if response is None else self._responses.get(response.status)
        if goals is None:
            return None
        goals.aim.is_seen = True
        for name, _ in outgoing.headers:
            if (aim := goals.headers.get(name)) is not None:
                aim.is_seen = True
        self._see_content(goals, outgoing, told)
        return goals

    def _see_content(self, goals: ResponseGoals, outgoing: Outgoing, told: Told) -> None:
        found = goals.contents.find(content_type(outgoing.headers) or b"") if outgoing.body else None
        if found is None:
            return
        key, content = found
        goals.by_type[key].aim.is_seen = True
        node = goals.by_type[key].node
        value, violations = content.judge(outgoing.body) if node is not None else (ABSENT, ())
        if node is not None and value is not ABSENT and not violations:
            node.see(value, told)

    def _see_fault(self, judged: JudgedRequest) -> None:
        """Marks the rule that a request broke, if it broke one alone."""
        rules = {(each.rule, _last(each)) for each in judged.violations}
        places = {(each.location, each.name) for each in judged.violations}
        if len({rule for rule, _ in rules}) > 1 or len(places) > 1:
            return
        rule, name = next(iter(rules))
        faults = self._faults_of(judged, judged.violations[0])
        aim = faults.get((rule, "")) or (faults.get((rule, name)) if len(rules) == 1 else None)
        if aim is not None:
            aim.is_seen = True
        body = self.bodies.get(judged.media_type or "")
        if body is not None and body.node is not None and judged.body is not ABSENT:
            body.node.see_formless(judged.body)

    def _faults_of(self, judged: JudgedRequest, violation: Violation) -> Mapping[tuple[str, str], Aim]:
        """The rules of the place in the request that is at fault."""
        for goals in self.parameters:
            if (goals.parameter.location, goals.parameter.name) == (violation.location, violation.name):
                return goals.faults
        body = self.bodies.get(judged.media_type or "")
        return {**self._faults, **body.faults} if body is not None else self._faults

    def _see_parameters(self, incoming: Incoming, judged: JudgedRequest) -> None:
        names = [_name_of(pair) for pair in incoming.query.decode("latin-1").split("&")]
        for goals in self.parameters:
            if not goals.is_sent(incoming, names):
                if goals.absent is not None:
                    goals.absent.is_seen = True
                continue
            goals.sent.is_seen = True
            location = goals.parameter.location
            key = ("query" if location == "querystring" else location, goals.parameter.name)
            if goals.node is not None and key in judged.parameters:
                goals.node.see(judged.parameters[key])

    def _see_body(self, judged: JudgedRequest) -> None:
        absent = self.bodies.get("")
        if judged.media_type is None:
            if absent is not None:
                absent.aim.is_seen = True
            return
        goals = self.bodies[judged.media_type]
        goals.aim.is_seen = True
        if goals.node is not None and judged.body is not ABSENT:
            goals.node.see(judged.body)

    def _aiming(self, place: str) -> Aiming:
        return partial(self._aim, place)

    def _aim(self, place: str, kind: Kind, pointer: str, what: str, reason: str = "") -> Aim:
        """The one aim of a goal. It has a reason only as long as nothing speaks of it without one."""
        goal = Goal(self.operation.id, place, kind, pointer, what)
        aim = self.aims.setdefault(goal, Aim(goal, reason))
        aim.reason = aim.reason and reason
        return aim

    def _parameter(self, parameter: Parameter) -> ParameterGoals:
        aim = self._aiming(f"{parameter.location} {parameter.name}")
        sent = aim(Kind.PARAMETER, parameter.pointer, "sent", "")
        absent = None if parameter.required else aim(Kind.PARAMETER, parameter.pointer, "absent", "")
        contents = list(parameter.content.values())
        schema = parameter.schema or (contents[0].schema if contents else None)
        branches = Branches(self._judge.schemas, Direction.REQUEST, aim, is_text=not contents)
        node = None if schema is None else branches.whole(schema)
        if parameter.required and parameter.location != "path":
            at = pointers.join(parameter.pointer, "required")
            branches.faults[at, ""] = aim(Kind.FAULT, at, "missing", "")
        return ParameterGoals(parameter, sent, absent, node, branches.faults)

    def _request_bodies(self) -> Mapping[str, ContentGoals]:
        """By media type; what stands under no name is that there is none."""
        body = self.operation.request_body
        if body is None:
            return {}
        found: dict[str, ContentGoals] = {}
        aim = self._aiming("request")
        if body.required:
            at = pointers.join(body.pointer, "required")
            self._faults[at, ""] = aim(Kind.FAULT, at, "missing", "")
        else:
            found[""] = ContentGoals(aim(Kind.PARAMETER, body.pointer, "absent", ""), None, {})
        if body.content and "*/*" not in body.content:
            at = pointers.join(body.pointer, "content")
            self._faults[at, ""] = aim(Kind.FAULT, at, "of another media type", "")
        for name, media_type in body.content.items():
            found[name] = self._content(name, media_type.pointer, media_type.schema)
        return found

    def _content(self, name: str, pointer: str, schema: str | None) -> ContentGoals:
        aim = self._aiming(f"request {name}")
        is_text = name.partition(";")[0].strip().lower() in _TEXTS
        branches = Branches(self._judge.schemas, Direction.REQUEST, aim, is_text=is_text)
        node = None if schema is None else branches.whole(schema)
        if "json" in name:
            branches.faults[pointer, ""] = aim(Kind.FAULT, pointer, "unreadable", "")
        return ContentGoals(aim(Kind.MEDIA_TYPE, pointer, "sent", ""), node, branches.faults)

    def _response(self, key: str, response: Response) -> ResponseGoals:
        reason = _reason_of(key)
        aim = self._aiming(f"response {key}")
        headers = {
            name.lower().encode("latin-1", "replace"): aim(
                Kind.HEADER, header.pointer, f"with {name}", reason or self._reason_of_header(header)
            )
            for name, header in response.headers.items()
        }
        by_type = {}
        for name, media_type in response.content.items():
            inner = self._aiming(f"response {key} {name}")
            branches = Branches(
                self._judge.schemas,
                Direction.RESPONSE,
                inner,
                reason=reason or (SAID if self._is_error(key) else UNSET),
                written={} if reason else self._written,
            )
            node = media_type.schema and branches.whole(media_type.schema)
            came = inner(Kind.MEDIA_TYPE, media_type.pointer, "answered", reason)
            by_type[name] = ContentGoals(came, node or None, {})
        contents = Contents(response.content, self._judge.schemas, Direction.RESPONSE, self._judge.policy)
        return ResponseGoals(
            response, aim(Kind.STATUS, response.pointer, key, reason), headers, contents, by_type
        )

    def _is_error(self, key: str) -> bool:
        """Is the response one of errors? `default` is, where a success is documented beside it."""
        others = (each for each in self.operation.responses if each != key)
        return key[0] in "45" or (key == "default" and any(each[0] in "23" for each in others))

    def _reason_of_header(self, header: Header) -> str:
        """Why a header may not come: it is optional, and not one that a request has, too."""
        asked = {each.name.lower() for each in self.operation.parameters if each.location == "header"}
        return "" if header.required or header.name.lower() in asked else OPTIONAL


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _reason_of(status: str) -> str:
    """Why a status may not come, whatever is sent."""
    if status == _TOO_MANY:
        return DEPENDS
    return BROKEN if status.startswith(_SERVER_ERRORS) else ""


def _is_one(parameter: Parameter) -> bool:
    return parameter.location != "header" or parameter.name.lower() not in _NOT_PARAMETERS


def _last(violation: Violation) -> str:
    """The property that a rule asks for, which is where the value would stand."""
    tokens: Sequence[Any] = pointers.split(violation.pointer)
    return str(tokens[-1]) if tokens else ""
