"""What changed of one operation: its parameters, body, responses, security, links."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from accord.comparing.changes import Change
from accord.comparing.facets import Facets
from accord.comparing.lifecycle import Policy, is_over, sunset_of, turned_lifecycle
from accord.comparing.paths import parameter_names
from accord.comparing.sameness import Sameness
from accord.comparing.schemas import SchemaComparison
from accord.comparing.security import turned_security
from accord.comparing.told import Told
from accord.contract import Header, MediaType, Operation, Parameter, RequestBody, Response
from accord.contract.model import Content
from accord.schemas import Direction

_Value = TypeVar("_Value")
_UTF_8 = re.compile(r';charset="?utf-?8"?(?=;|$)')


class OperationComparison:
    """Compares operations of two contracts. Schemas that several refer to are compared once."""

    def __init__(self, sameness: Sameness, policy: Policy) -> None:
        self._schemas = {direction: SchemaComparison(sameness, direction) for direction in Direction}
        self._sameness = sameness
        self._policy = policy

    def of(self, old: Operation, new: Operation, told: Told) -> Iterator[Change]:
        """The changes of an operation of the server's."""
        yield from turned_lifecycle("operation", old, new, told, self._policy)
        yield from _names(old, new, told)
        yield from turned_security(old, new, told)
        yield from self._exchange(old, new, told, Direction.REQUEST)

    def called(self, old: Operation, new: Operation, told: Told) -> Iterator[Change]:
        """The changes of what the server calls: its requests come to clients, whose responses go to it."""
        yield from self._exchange(old, new, told, Direction.RESPONSE)

    def _exchange(self, old: Operation, new: Operation, told: Told, sent: Direction) -> Iterator[Change]:
        answered = Direction.RESPONSE if sent is Direction.REQUEST else Direction.REQUEST
        yield from self._parameters(old, new, told, sent)
        yield from self._body(old.request_body, new.request_body, told.at("request body"), sent)
        yield from self._responses(old, new, told, answered)

    def _parameters(self, old: Operation, new: Operation, told: Told, sent: Direction) -> Iterator[Change]:
        renamed = parameter_names(old.path, new.path)
        before = {_key(each, renamed): each for each in old.parameters}
        after = {_key(each, {}): each for each in new.parameters}
        for key, (one, other) in both(before, after).items():
            at = told.at(f"{key.partition(' ')[0]} parameter {key.partition(' ')[2]!r}")
            if one and other:
                yield from self._parameter(one, other, at, sent)
            elif one:
                yield self._removed_parameter(one, at)
            elif other:
                kind = "required" if other.required else "optional"
                message = f"the {kind} parameter was added"
                yield at.change(f"{kind}-parameter-added", message, new=other.pointer)

    def _removed_parameter(self, parameter: Parameter, told: Told) -> Change:
        if is_over(parameter, self._policy):
            message = "the parameter was removed; it was deprecated"
            return told.change("parameter-removed-after-deprecation", message, old=parameter.pointer)
        kind = "required" if parameter.required else "optional"
        sunset = sunset_of(parameter)
        late = f" before its sunset on {sunset.written}" if sunset and parameter.deprecated else ""
        message = f"the {kind} parameter was removed{late}"
        return told.change(f"{kind}-parameter-removed", message, old=parameter.pointer)

    def _parameter(self, old: Parameter, new: Parameter, told: Told, sent: Direction) -> Iterator[Change]:
        places = (old.pointer, new.pointer)
        if old.name != new.name and old.location == "path":
            message = f"the path parameter {old.name!r} is called {new.name!r} now"
            yield told.change("path-parameter-renamed", message, *places)
        if old.required != new.required:
            became = "required" if new.required else "optional"
            yield told.change(f"parameter-became-{became}", f"the parameter became {became}", *places)
        is_exploded = self._is_exploded(old, new)
        one, other = (_written_as(each, is_exploded=is_exploded) for each in (old, new))
        if one != other:
            message = f"it is written otherwise: {_said(one)} became {_said(other)}"
            yield told.change("parameter-serialization-changed", message, *places)
        yield from turned_lifecycle("parameter", old, new, told, self._policy)
        for change in self._described(old, new, told, sent):
            is_default = change.rule.endswith("-default-changed") and change.place == told.place
            if is_default:
                yield told.change("parameter-default-changed", change.message, change.old, change.new)
            else:
                yield change

    def _is_exploded(self, old: Parameter | Header, new: Parameter | Header) -> bool:
        """Does `explode` decide how these are written? Not of one value, nor of a list after `simple`."""
        are_simple = all(isinstance(each, Header) or each.style == "simple" for each in (old, new))
        exploded = {"object"} if are_simple else {"array", "object"}
        sides = ((self._sameness.old, old.schema), (self._sameness.new, new.schema))
        nodes = ((document, (schema,) if schema else ()) for document, schema in sides)
        return all(Facets(document, node, Direction.REQUEST).types & exploded for document, node in nodes)

    def _described(
        self, old: Parameter | Header, new: Parameter | Header, told: Told, direction: Direction
    ) -> Iterator[Change]:
        """The changes of what is described by a schema of its own or by that of its one media type."""
        one, other = _schema_of(old), _schema_of(new)
        yield from self._schema(one, other, told, direction, (old.pointer, new.pointer))

    def _body(
        self, old: RequestBody | None, new: RequestBody | None, told: Told, sent: Direction
    ) -> Iterator[Change]:
        if old is None or new is None:
            body = old or new
            if body is not None:
                kind, verb = "required" if body.required else "optional", "removed" if old else "added"
                places = (old.pointer if old else "", new.pointer if new else "")
                yield told.change(f"{kind}-request-body-{verb}", f"the {kind} body was {verb}", *places)
            return
        if old.required != new.required:
            became = "required" if new.required else "optional"
            places = (old.pointer, new.pointer)
            yield told.change(f"request-body-became-{became}", f"the body became {became}", *places)
        yield from self._content("request", old, new, told, sent)

    def _content(
        self, kind: str, old: Content, new: Content, told: Told, direction: Direction
    ) -> Iterator[Change]:
        for name, (one, other) in both(_by_media_type(old), _by_media_type(new)).items():
            if one and other:
                places = (one.pointer, other.pointer)
                at = told if len(old.content) == 1 else told.at(name)
                yield from self._schema(one.schema, other.schema, at, direction, places)
                yield from self._schema(one.item_schema, other.item_schema, at.at("items"), direction, places)
            elif one and not (kind == "request" and _is_matched(one, new)):
                message = f"the media type {one.name} was removed"
                yield told.change(f"{kind}-media-type-removed", message, old=one.pointer)
            elif other and not (kind == "request" and _is_matched(other, old)):
                message = f"the media type {other.name} was added"
                yield told.change(f"{kind}-media-type-added", message, new=other.pointer)

    def _schema(
        self, old: str | None, new: str | None, told: Told, direction: Direction, places: tuple[str, str]
    ) -> Iterator[Change]:
        if old is None or new is None:
            if old != new:
                effect = "widened" if new is None else "narrowed"
                verb = "removed: any value may come" if new is None else "added"
                yield told.change(
                    f"{direction}-schema-{effect}",
                    f"the schema was {verb}",
                    old or places[0],
                    new or places[1],
                )
            return
        for path, found in self._schemas[direction].of(old, new):
            at = told.at(path) if path else told
            yield at.change(
                found.rule,
                found.message,
                found.old,
                found.new,
                severity=found.severity,
                witness=found.witness,
            )

    def _responses(self, old: Operation, new: Operation, told: Told, answered: Direction) -> Iterator[Change]:
        for status, (one, other) in both(_by_status(old), _by_status(new)).items():
            at = told.at(f"response {status}")
            before = one or _standing_for(status, old)
            after = other or _standing_for(status, new)
            if before and after:
                yield from self._response(before, after, at, answered)
                continue
            kind = "success" if _is_success(status, old if one else new) else "other"
            if one:
                yield at.change(f"{kind}-response-removed", "the response was removed", old=one.pointer)
            elif other:
                yield at.change(f"{kind}-response-added", "the response was added", new=other.pointer)

    def _response(self, old: Response, new: Response, told: Told, answered: Direction) -> Iterator[Change]:
        yield from self._content("response", old, new, told, answered)
        before, after = ({name.lower(): each for name, each in side.headers.items()} for side in (old, new))
        for name, (one, other) in both(before, after).items():
            yield from self._header(one, other, told.at(f"header {name}"), answered)
        for name, (link, onward) in both(old.links, new.links).items():
            at = told.at(f"link {name}")
            if link and onward:
                keys = ("operationId", "operationRef", "parameters", "requestBody", "server")
                if any(link.raw.get(key) != onward.raw.get(key) for key in keys):
                    yield at.change("link-changed", "the link leads elsewhere", link.pointer, onward.pointer)
            elif link:
                yield at.change("link-removed", "the link was removed", old=link.pointer)
            elif onward:
                yield at.change("link-added", "the link was added", new=onward.pointer)

    def _header(
        self, old: Header | None, new: Header | None, told: Told, answered: Direction
    ) -> Iterator[Change]:
        if old is None or new is None:
            header = old or new
            if header is not None:
                kind, verb = "required" if header.required else "optional", "removed" if old else "added"
                places = (old.pointer if old else "", new.pointer if new else "")
                yield told.change(f"{kind}-response-header-{verb}", f"the {kind} header was {verb}", *places)
            return
        places = (old.pointer, new.pointer)
        if old.required != new.required:
            became = "required" if new.required else "optional"
            yield told.change(f"response-header-became-{became}", f"the header became {became}", *places)
        is_other = self._is_exploded(old, new) and old.explode != new.explode
        if is_other or [*old.content] != [*new.content]:
            message = "it is written otherwise: explode or its media type changed"
            yield told.change("response-header-serialization-changed", message, *places)
        yield from turned_lifecycle("response-header", old, new, told, self._policy)
        yield from self._described(old, new, told, answered)


def both(
    old: Mapping[str, _Value], new: Mapping[str, _Value]
) -> dict[str, tuple[_Value | None, _Value | None]]:
    """What stands under each key on either side, in the order of the old side."""
    return {key: (old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))}


def _key(parameter: Parameter, renamed: Mapping[str, str]) -> str:
    """What tells a parameter from others: names of headers are alike in any case, those in paths by place."""
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return f"{parameter.location} {renamed.get(name, name) if parameter.location == 'path' else name}"


def _schema_of(described: Parameter | Header) -> str | None:
    if described.schema is not None:
        return described.schema
    return next((media_type.schema for media_type in described.content.values()), None)


def _written_as(parameter: Parameter, *, is_exploded: bool) -> dict[str, object]:
    """How a parameter is written, as far as its types have a choice."""
    if parameter.content:
        return {"media type": next(iter(parameter.content))}
    explode = {"explode": parameter.explode} if is_exploded else {}
    return {"style": parameter.style, **explode, "allowEmptyValue": parameter.allow_empty_value}


def _said(written: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in written.items())


def _by_media_type(content: Content) -> dict[str, MediaType]:
    """The media types by their names; that a text is UTF-8 says nothing new where no other has the name."""
    found = {name.lower().replace(" ", ""): each for name, each in content.content.items()}
    plain = [_UTF_8.sub("", name) for name in found]
    return {
        short if plain.count(short) == 1 else name: each
        for short, (name, each) in zip(plain, found.items(), strict=True)
    }


def _is_matched(media_type: MediaType, content: Content) -> bool:
    """Does a range on that side hold it: `application/*`, `*/*`?"""
    kind = media_type.essence.partition("/")[0]
    return any(each.essence in ("*/*", f"{kind}/*") for each in content.content.values())


def _by_status(operation: Operation) -> dict[str, Response]:
    return {status.upper(): response for status, response in operation.responses.items()}


def _is_success(status: str, operation: Operation) -> bool:
    """Is it what a client waits for? `default` is where no 2xx is named."""
    is_named = any(each.startswith("2") for each in operation.responses)
    return status.startswith("2") or (status == "DEFAULT" and not is_named)


def _standing_for(status: str, operation: Operation) -> Response | None:
    """The range that holds a status; `default` is for what nobody thought of, and stands for none."""
    return _by_status(operation).get(f"{status[0]}XX") if status.isdigit() else None


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
