"""What changed of the parameters of an operation."""

from collections.abc import Iterator, Mapping

from accord.comparing.changes import Change
from accord.comparing.described import SchemasCompared, both
from accord.comparing.forms import permission, said
from accord.comparing.lifecycle import Policy, is_over, sunset_of, turned_lifecycle
from accord.comparing.paths import parameter_names
from accord.comparing.told import Told
from accord.contract import Operation, Parameter
from accord.findings import Severity
from accord.schemas import Direction


class ParameterComparison:
    """Compares the parameters of operations."""

    def __init__(self, schemas: SchemasCompared, policy: Policy) -> None:
        self._schemas = schemas
        self._policy = policy

    def of(self, old: Operation, new: Operation, told: Told, sent: Direction) -> Iterator[Change]:
        """The changes of each parameter; those of paths are told apart by their place."""
        renamed = parameter_names(old.path, new.path)
        before = {_key(each, renamed): each for each in old.parameters}
        after = {_key(each, {}): each for each in new.parameters}
        for key, (one, other) in both(before, after).items():
            at = told.at(f"{key.partition(' ')[0]} parameter {key.partition(' ')[2]!r}")
            if one and other:
                yield from self._turned(one, other, at, sent)
            elif one:
                yield self._removed(one, at)
            elif other:
                kind = "required" if other.required else "optional"
                message = f"the {kind} parameter was added"
                yield at.change(f"{kind}-parameter-added", message, new=other.pointer)

    def _removed(self, parameter: Parameter, told: Told) -> Change:
        if is_over(parameter, self._policy):
            message = "the parameter was removed; it was deprecated"
            return told.change("parameter-removed-after-deprecation", message, old=parameter.pointer)
        kind = "required" if parameter.required else "optional"
        sunset = sunset_of(parameter)
        late = f" before its sunset on {sunset.written}" if sunset and parameter.deprecated else ""
        message = f"the {kind} parameter was removed{late}"
        return told.change(f"{kind}-parameter-removed", message, old=parameter.pointer)

    def _turned(self, old: Parameter, new: Parameter, told: Told, sent: Direction) -> Iterator[Change]:
        places = (old.pointer, new.pointer)
        if old.name != new.name and old.location == "path":
            message = f"the path parameter {old.name!r} is called {new.name!r} now"
            yield told.change("path-parameter-renamed", message, *places)
        if old.required != new.required:
            became = "required" if new.required else "optional"
            yield told.change(f"parameter-became-{became}", f"the parameter became {became}", *places)
        yield from self._written(old, new, told)
        yield from turned_lifecycle("parameter", old, new, told, self._policy)
        for change in self._schemas.described(old, new, told, sent):
            is_default = change.rule.endswith("-default-changed") and change.place == told.place
            yield self._default(old, new, change, told) if is_default else change

    def _default(self, old: Parameter, new: Parameter, change: Change, told: Told) -> Change:
        """The change of a default, by itself; of a parameter that is always sent it breaks nobody."""
        before, after = self._schemas.facets(*self._schemas.pointers(old, new), Direction.REQUEST)
        verb = "changed"
        if not (before.of("default") and after.of("default")):
            verb = "added" if after.of("default") else "removed"
        severity = Severity.INFO if old.required and new.required else None
        rule = f"parameter-default-{verb}"
        return told.change(rule, change.message, change.old, change.new, severity=severity)

    def _written(self, old: Parameter, new: Parameter, told: Told) -> Iterator[Change]:
        places = (old.pointer, new.pointer)
        is_exploded = self._schemas.is_exploded(old, new)
        one, other = (_written_as(each, is_exploded=is_exploded) for each in (old, new))
        if one != other:
            message = f"it is written otherwise: {said(one)} became {said(other)}"
            yield told.change("parameter-serialization-changed", message, *places)
        if old.location == new.location == "query" and not (old.content or new.content):
            if old.allow_reserved != new.allow_reserved:
                verb, word = permission(is_given=new.allow_reserved)
                message = f"reserved characters {word} come as they are"
                yield told.change(f"parameter-reserved-{verb}", message, *places)
            if old.allow_empty_value != new.allow_empty_value:
                verb, word = permission(is_given=new.allow_empty_value)
                message = f"it {word} be sent without a value"
                yield told.change(f"parameter-empty-{verb}", message, *places)


def _key(parameter: Parameter, renamed: Mapping[str, str]) -> str:
    """What tells a parameter from others: names of headers are alike in any case, those in paths by place."""
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return f"{parameter.location} {renamed.get(name, name) if parameter.location == 'path' else name}"


def _written_as(parameter: Parameter, *, is_exploded: bool) -> dict[str, object]:
    """How a parameter is written, as far as its types have a choice."""
    if parameter.content:
        return {"media type": next(iter(parameter.content))}
    return {"style": parameter.style, **({"explode": parameter.explode} if is_exploded else {})}
