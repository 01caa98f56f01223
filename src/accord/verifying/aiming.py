"""Requests for what a run has not seen, made from one that was accepted: values laid in, headers changed."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from accord.exchange import ABSENT, Incoming, JudgedRequest
from accord.exchange.bodies import content_type
from accord.mocking.calling import in_pairs
from accord.mocking.texts import to_json
from accord.verifying.coverage.goals import Aim
from accord.verifying.coverage.nodes import Member, Node
from accord.verifying.coverage.planning import OperationGoals, ParameterGoals

Sample: TypeAlias = Callable[[str], Any]
"""From the pointer of a schema to a value that it admits."""
_NOTHING_HAS_IT = b"application/x-accord-nothing-has-this-type"
_LARGE = (2 * 1024 * 1024, 16 * 1024 * 1024)
"""Bytes of bodies that may be too large: no contract says how many are."""
_DEEPEST = 6
_PLAIN: Mapping[str, Any] = {
    "null": None, "boolean": True, "integer": 1, "number": 1.5, "string": "a", "array": [], "object": {}
}  # fmt: skip


def aimed(goals: OperationGoals, base: Incoming, judged: JudgedRequest, sample: Sample) -> Iterator[Incoming]:
    """Requests for goals that are unseen when each is made; some may break the contract.

    `base` was accepted, and `judged` is what it says.
    """
    for parameter in goals.parameters:
        if parameter.parameter.location == "query":
            yield from _of_parameter(parameter, base, sample)
    media_type = judged.media_type
    node = goals.bodies[media_type].node if media_type and media_type in goals.bodies else None
    if node is not None and judged.body is not ABSENT and "json" in str(media_type):
        for value in variants(node, judged.body, sample):
            yield base._replace(body=to_json(value))


def refused(goals: OperationGoals, base: Incoming) -> Iterator[Incoming]:
    """Requests that are to be answered with 406 and 413, where these are documented and unseen."""
    if goals.is_open("406"):
        yield base._replace(headers=_with(base, b"accept", _NOTHING_HAS_IT))
    for size in _LARGE:
        if goals.is_open("413"):
            kind = content_type(base.headers) or b"application/json"
            yield base._replace(headers=_with(base, b"content-type", kind), body=b" " * size)


def variants(node: Node, value: Any, sample: Sample, depth: int = 0) -> Iterator[Any]:
    """The value, changed so that it takes a branch of the schema that is unseen, once for each."""
    if depth > _DEEPEST:
        return
    yield from _own(node)
    for inner in node.whole:
        yield from variants(inner, value, sample, depth + 1)
    for arm in node.arms:
        if _is_open(arm.aim):
            yield sample(arm.node.pointer)
        yield from variants(arm.node, value, sample, depth + 1)
    if isinstance(value, dict):
        for name, member in node.members.items():
            yield from _with_member(name, member, value, sample, depth)
    elif isinstance(value, list):
        yield from _with_items(node, value, sample, depth)


def _own(node: Node) -> Iterator[Any]:
    """Values of a schema without parts: those it lists, one of each type, those at its bounds."""
    for key, aim in node.values.items():
        if _is_open(aim):
            yield key if isinstance(key, str) else json.loads(key)
    for kind, aim in node.types.items():
        if _is_open(aim):
            yield _PLAIN[kind]
    for keyword, edge, aim in node.edges:
        if _is_open(aim) and not keyword.endswith(("Items", "Properties")):
            yield "a" * int(edge) if keyword.endswith("Length") else edge


def _with_member(
    name: str, member: Member, value: Mapping[str, Any], sample: Sample, depth: int
) -> Iterator[Any]:
    if _is_open(member.absent) and name in value:
        yield {key: child for key, child in value.items() if key != name}
    if _is_open(member.present):
        yield {**value, name: sample(member.node.pointer)}
    for child in variants(member.node, value.get(name), sample, depth + 1):
        yield {**value, name: child}


def _with_items(node: Node, value: list[Any], sample: Sample, depth: int) -> Iterator[Any]:
    if _is_open(node.empty):
        yield []
    if node.items is not None:
        if _is_open(node.filled):
            yield [sample(node.items.pointer)]
        for child in variants(node.items, value[0] if value else None, sample, depth + 1):
            yield [child, *value[1:]]


def _of_parameter(goals: ParameterGoals, base: Incoming, sample: Sample) -> Iterator[Incoming]:
    send = partial(_with_query, goals, base)
    if _is_open(goals.absent):
        yield send(())
    if goals.node is None:
        return
    if _is_open(goals.sent):
        yield send(in_pairs(goals.parameter, sample(goals.node.pointer)))
    for value in variants(goals.node, None, sample):
        yield send(in_pairs(goals.parameter, value))


def _with_query(goals: ParameterGoals, base: Incoming, pairs: Iterator[str] | tuple[()]) -> Incoming:
    """The request with these pairs of a parameter in place of those that it has."""
    kept = [each for each in base.query.split(b"&") if each and not goals.is_named(each)]
    return base._replace(query=b"&".join([*kept, *(pair.encode() for pair in pairs)]))


def _with(base: Incoming, name: bytes, value: bytes) -> list[tuple[bytes, bytes]]:
    return [*(pair for pair in base.headers if pair[0] != name), (name, value)]


def _is_open(aim: Aim | None) -> bool:
    return aim is not None and not aim.is_seen
