"""Answers that are ordered in place of the mock's own, checked by what the contract has for their status."""

from collections.abc import Mapping
from typing import Any

from accord.contract import Operation
from accord.exchange import Outgoing, Problem, Violation, problem_of
from accord.mocking.control.asked import (
    Answering,
    Asked,
    Impossible,
    created,
    fault_of,
    json_answer,
    no_content,
)
from accord.mocking.faulting.model import Fault
from accord.mocking.headers import head_of
from accord.mocking.model import ROOT, Pairs, Response
from accord.mocking.ordering import Ordered, can_be_sent, written_body
from accord.mocking.overriding import Override
from accord.mocking.places import prefix_of


def _shown(override: Override) -> Mapping[str, Any]:
    answer = override.answer
    shown: dict[str, Any] = {
        "id": override.id,
        "operation": override.operation,
        "status": answer.status,
        "headers": {name.decode("latin-1"): value.decode("latin-1") for name, value in answer.headers},
        "times": override.times,
        "used": override.used,
    }
    if answer.body is not None:
        shown["body"] = answer.body.decode("utf-8", "replace")
        shown["mediaType"] = answer.content_type
    if answer.faults:
        shown["fault"] = str(answer.faults[0])
    return shown


def _list(asked: Asked) -> Response:
    return json_answer({"overrides": [_shown(each) for each in asked.world.overrides]})


def _create(asked: Asked) -> Response:
    body, world = asked.body, asked.world
    operation, status = asked.operation(body["operation"]), body["status"]
    content_type = ""
    written: bytes | None = None
    if "body" in body:
        written, content_type = written_body(operation, status, body["body"], body.get("mediaType"))
    headers = _lines(body.get("headers", {}))
    if not body.get("force", False):
        sent = written or b""
        outgoing = Outgoing(status, head_of(status, headers, sent, content_type), sent)
        _check(asked, operation, outgoing, is_whole=written is not None)
    faults = (_fault(body["fault"]),) if "fault" in body else ()
    answer = Ordered(status=status, body=written, content_type=content_type, headers=headers, faults=faults)
    override = world.overrides.order(operation.id, answer, times=body.get("times"))
    place = prefix_of(world.name).rpartition("/")[2]
    return created(_shown(override), f"{ROOT}/worlds/{place}/overrides/{override.id}")


def _fault(written: str | Mapping[str, Any]) -> Fault:
    """The fault of an answer. Raises Impossible where it makes no sense for one that is chosen already."""
    fault = fault_of(written)
    if not fault.is_sent:
        raise Impossible.of(422, f"The fault {fault} is of other answers: an order has a status of its own.")
    return fault


def _lines(headers: Mapping[str, str]) -> Pairs:
    """The headers as they are sent. Raises Impossible for what no header can be."""
    for name, value in headers.items():
        if not can_be_sent(name, value):
            detail = f"The header {name[:80]!r} cannot be sent: write both in ASCII, on one line."
            raise Impossible.of(422, detail)
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


def _check(asked: Asked, operation: Operation, outgoing: Outgoing, *, is_whole: bool) -> None:
    """Raises Impossible where the contract has no such response; or no such body, if it `is_whole`."""
    documented = operation.response(outgoing.status)
    found: tuple[Violation, ...] = asked.mock.judge.response(operation, outgoing)
    if documented is not None:
        found = tuple(each for each in found if is_whole and each.location == "body")
    if not found:
        return
    problem = problem_of(found)
    first = found[0]
    detail = (
        f"The contract has no such response: {first.location} {first.pointer} {first.reason}. "
        "If it is to be sent all the same, say so: `force: true`."
    )
    raise Impossible(Problem(422, "Unprocessable Content", detail, problem.errors))


def _delete(asked: Asked) -> Response:
    if not asked.world.overrides.remove(int(asked.path("override"))):
        raise Impossible.of(404, f"There is no override {asked.path('override')}.")
    return no_content()


def _clear(asked: Asked) -> Response:
    asked.world.overrides.clear()
    return no_content()


OPERATIONS: Mapping[str, Answering] = {
    "listOverrides": _list,
    "createOverride": _create,
    "clearOverrides": _clear,
    "deleteOverride": _delete,
}
