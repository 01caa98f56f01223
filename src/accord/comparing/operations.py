"""What changed of one operation: its parameters, body, responses, security."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from accord.comparing.changes import Change
from accord.comparing.contents import ContentComparison
from accord.comparing.described import SchemasCompared
from accord.comparing.forms import FormComparison
from accord.comparing.headers import HeaderComparison
from accord.comparing.lifecycle import Policy, turned_lifecycle
from accord.comparing.parameters import ParameterComparison
from accord.comparing.responses import ResponseComparison
from accord.comparing.sameness import Sameness
from accord.comparing.security import turned_security
from accord.comparing.told import Told
from accord.contract import Operation, RequestBody
from accord.schemas import Direction


class OperationComparison:
    """Compares operations of two contracts. Schemas that several refer to are compared once."""

    def __init__(self, sameness: Sameness, policy: Policy) -> None:
        schemas = SchemasCompared(sameness)
        headers = HeaderComparison(schemas, policy)
        self._contents = ContentComparison(schemas, FormComparison(schemas, headers))
        self._parameters = ParameterComparison(schemas, policy)
        self._responses = ResponseComparison(self._contents, headers)
        self._policy = policy

    def of(self, old: Operation, new: Operation, told: Told) -> Iterator[Change]:
        """The changes of an operation of the server's."""
        yield from turned_lifecycle("operation", old, new, told, self._policy)
        yield from _names(old, new, told)
        yield from turned_security(old, new, told)
        yield from self._exchange(old, new, told, Direction.REQUEST)

    def called(self, old: Operation, new: Operation, told: Told) -> Iterator[Change]:
        """The changes of what the server calls: its requests come to clients, whose responses go to it."""
        yield from self._exchange(old, new, replace(told, is_called=True), Direction.RESPONSE)

    def _exchange(self, old: Operation, new: Operation, told: Told, sent: Direction) -> Iterator[Change]:
        answered = Direction.RESPONSE if sent is Direction.REQUEST else Direction.REQUEST
        yield from self._parameters.of(old, new, told, sent)
        yield from self._body(old.request_body, new.request_body, told.at("request body"), sent)
        yield from self._responses.of(old, new, told, answered)

    def _body(
        self, old: RequestBody | None, new: RequestBody | None, told: Told, sent: Direction
    ) -> Iterator[Change]:
        if old is None or new is None:
            if body := old or new:
                kind, verb = "required" if body.required else "optional", "removed" if old else "added"
                places = (old.pointer if old else "", new.pointer if new else "")
                yield told.change(f"{kind}-request-body-{verb}", f"the {kind} body was {verb}", *places)
            return
        if old.required != new.required:
            became = "required" if new.required else "optional"
            places = (old.pointer, new.pointer)
            yield told.change(f"request-body-became-{became}", f"the body became {became}", *places)
        yield from self._contents.of("request", old, new, told, sent)


def _names(old: Operation, new: Operation, told: Told) -> Iterator[Change]:
    places = (old.pointer, new.pointer)
    one, other = old.raw.get("operationId"), new.raw.get("operationId")
    if one != other and one is not None and other is not None:
        message = f"the operation's id changed: {one!r} became {other!r}"
        yield told.change("operation-id-changed", message, *places)
    for tag in _missing(old.tags, new.tags):
        yield told.change("operation-tag-removed", f"the tag {tag!r} was removed", *places)
    for tag in _missing(new.tags, old.tags):
        yield told.change("operation-tag-added", f"the tag {tag!r} was added", *places)


def _missing(having: Iterable[str], lacking: Iterable[str]) -> Iterator[str]:
    there = set(lacking)
    return (each for each in having if each not in there)
