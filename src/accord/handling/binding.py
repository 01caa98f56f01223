"""From what the judge decoded to the typed request that a handler takes."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

import pydantic_core
from pydantic import BaseModel, TypeAdapter, ValidationError

from accord.exchange import ABSENT, JudgedRequest
from accord.handling.leniency import Leniency

Key: TypeAlias = tuple[str, str]


BODY: Key = ("body", "")
MEDIA_TYPE: Key = ("media_type", "")


class Binder:
    """Makes the requests of one operation.

    The judge has said that the values are valid, so what a model cannot hold (a leap second, the year 0)
    is not the caller's fault: it stays as JSON has it, and the rest is typed.
    """

    def __init__(self, shape: type[Any]) -> None:
        places = {field.name: field.metadata for field in dataclasses.fields(shape)}
        self._names: dict[Key, str] = {
            (place["in"], place["name"]): name for name, place in places.items() if "name" in place
        }
        self._body = next((name for name, place in places.items() if place.get("in") == "body"), None)
        self._media_type = next(
            (name for name, place in places.items() if place.get("in") == "media_type"), None
        )
        self._shape = shape
        self._empty = None if places else shape()
        self._leniency = Leniency()

    def __call__(self, judged: JudgedRequest) -> Any:
        """The request, typed."""
        if self._empty is not None:
            return self._empty
        values = self._values(judged)
        try:
            return self._validate(values)
        except ValidationError:
            return self._leniency.dataclass(self._shape, values)

    def changes(self, judged: JudgedRequest, request: Any) -> Mapping[Key, Any]:
        """What a request says otherwise than the one that these values make, as values of JSON.

        By the location and name of a parameter, by `BODY` and by `MEDIA_TYPE`.
        """
        before = self(judged)
        names = {**self._names, BODY: self._body, MEDIA_TYPE: self._media_type}
        pairs = {key: (getattr(before, name), getattr(request, name)) for key, name in names.items() if name}
        both = {key: (plain(old), plain(new)) for key, (old, new) in pairs.items()}
        return {key: new for key, (old, new) in both.items() if old != new}

    @cached_property
    def _validate(self) -> Callable[[Any], Any]:
        """Pydantic's validation of a request, made when the first one comes: it takes milliseconds."""
        validate: Callable[[Any], Any] = TypeAdapter(self._shape).validator.validate_python
        return validate

    def _values(self, judged: JudgedRequest) -> Mapping[str, Any]:
        names = self._names
        values = {names[key]: value for key, value in judged.parameters.items() if key in names}
        if self._body is not None and judged.body is not ABSENT:
            values[self._body] = judged.body
        if self._media_type is not None and judged.media_type is not None:
            values[self._media_type] = judged.media_type
        return values


def plain(value: Any) -> Any:
    """A value of the stub's as JSON has it."""
    if isinstance(value, BaseModel):
        return value.__pydantic_serializer__.to_python(value, mode="json", by_alias=True, warnings=False)
    return pydantic_core.to_jsonable_python(value, by_alias=True, serialize_unknown=True)
