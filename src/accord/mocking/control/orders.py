"""Answers that are ordered in place of the mock's own, checked by what the contract has for their status."""

from collections.abc import Mapping
from typing import Any

from accord.contract import MediaType, Operation
from accord.exchange import Outgoing, Problem, Violation, problem_of
from accord.mocking.choosing import concrete
from accord.mocking.control.asked import (
    Answering,
    Asked,
    Impossible,
    created,
    fault_of,
    json_answer,
    no_content,
)
from accord.mocking.faulting import Fault
from accord.mocking.headers import head_of
from accord.mocking.model import ROOT, Pairs, Response
from accord.mocking.overriding import Override
from accord.mocking.places import prefix_of
from accord.mocking.writing import content_type_of, write_body

_JSON = "application/json"


def _shown(override: Override) -> Mapping[str, Any]:
    shown: dict[str, Any] = {
        "id": override.id,
        "operation": override.operation,
        "status": override.status,
        "headers": {name.decode("latin-1"): value.decode("latin-1") for name, value in override.headers},
        "times": override.times,
        "used": override.used,
    }
    if override.body is not None:
        shown["body"] = override.body.decode("utf-8", "replace")
        shown["mediaType"] = override.content_type
    if override.fault:
        shown["fault"] = str(override.fault)
    return shown


def _list(asked: Asked) -> Response:
    return json_answer({"overrides": [_shown(each) for each in asked.world.overrides]})


def _create(asked: Asked) -> Response:
    body, world = asked.body, asked.world
    operation, status = asked.operation(body["operation"]), body["status"]
    content_type = ""
    written: bytes | None = None
    if "body" in body:
        written, content_type = _written(operation, status, body["body"], body.get("mediaType"))
    headers = _lines(body.get("headers", {}))
    if not body.get("force", False):
        sent = written or b""
        outgoing = Outgoing(status, head_of(status, headers, sent, content_type), sent)
        _check(asked, operation, outgoing, is_whole=written is not None)
    override = world.overrides.order(
        operation.id,
        status,
        body=written,
        content_type=content_type,
        headers=headers,
        times=body.get("times"),
        fault=_fault(body["fault"]) if "fault" in body else None,
    )
    place = prefix_of(world.name).rpartition("/")[2]
    return created(_shown(override), f"{ROOT}/worlds/{place}/overrides/{override.id}")


def _fault(written: str | Mapping[str, Any]) -> Fault:
    """The fault of an answer. Raises Impossible where it makes no sense for one that is chosen already."""
    fault = fault_of(written)
    if not fault.is_sent:
        raise Impossible.of(422, f"The fault {fault} is of other answers: an order has a status of its own.")
    return fault


def _written(operation: Operation, status: int, value: Any, wanted: str | None) -> tuple[bytes, str]:
    """The body as bytes, and its media type: the one that is wanted, or the first that the contract has."""
    documented = operation.response(status)
    content = documented.content if documented is not None else {}
    key = wanted or next(iter(content), _JSON)
    media_type = content.get(key) or MediaType(operation.document, operation.pointer, key)
    content_type = content_type_of(concrete(key))
    return write_body(value, media_type, content_type), content_type


def _lines(headers: Mapping[str, str]) -> Pairs:
    """The headers as they are sent. Raises Impossible for what no header can be."""
    lines = []
    for name, value in headers.items():
        is_token = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
        if not is_token or not value.isprintable() or not value.isascii():
            detail = f"The header {name[:80]!r} cannot be sent: write both in ASCII, on one line."
            raise Impossible.of(422, detail)
        lines.append((name.lower().encode(), value.encode()))
    return tuple(lines)


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
