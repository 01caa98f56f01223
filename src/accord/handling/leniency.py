"""Typing as much of a valid value as Python's types can hold, and keeping the rest as JSON has it."""

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError, PydanticUndefinedAnnotation, PydanticUserError
from typing_extensions import TypeAliasType


class Leniency:
    """Builds values without refusing any. Slow: for the few that strict building refuses."""

    def __init__(self) -> None:
        self._adapters: dict[str, TypeAdapter[Any] | None] = {}

    def dataclass(self, shape: type[Any], values: Mapping[str, Any]) -> Any:
        """The dataclass with each of its values as far typed as can be."""
        hints = typing.get_type_hints(shape, include_extras=True)
        return shape(**{name: self.value(hints[name], value) for name, value in values.items()})

    def value(self, annotation: Any, value: Any) -> Any:
        """The value as the annotation has it; where it does not fit, its parts; else the value itself."""
        adapter = self._adapter(annotation)
        if adapter is not None:
            try:
                return adapter.validate_python(value)
            except ValidationError:
                pass
        return self._parts(annotation, value)

    def _adapter(self, annotation: Any) -> TypeAdapter[Any] | None:
        key = repr(annotation)
        if key not in self._adapters:
            try:
                self._adapters[key] = TypeAdapter(annotation)
            except (PydanticSchemaGenerationError, PydanticUndefinedAnnotation, PydanticUserError):
                self._adapters[key] = None
        return self._adapters[key]

    def _parts(self, annotation: Any, value: Any) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if isinstance(annotation, TypeAliasType):
            return self.value(annotation.__value__, value)
        if origin is Annotated:
            return self.value(arguments[0], value)
        if origin in (typing.Union, types.UnionType):
            return self._first_that_fits(arguments, value)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and origin is None:
            return self._model(annotation, value)
        return self._members(arguments, value)

    def _members(self, arguments: tuple[Any, ...], value: Any) -> Any:
        if isinstance(value, list) and len(arguments) == 1:
            return [self.value(arguments[0], entry) for entry in value]
        if isinstance(value, dict) and len(arguments) == 2:  # noqa: PLR2004 - key, value
            return {key: self.value(arguments[1], entry) for key, entry in value.items()}
        return value

    def _first_that_fits(self, arms: tuple[Any, ...], value: Any) -> Any:
        for arm in arms:
            made = self._parts(arm, value)
            if made is not value:
                return made
        return value

    def _model(self, model: type[BaseModel], value: Any) -> Any:
        if "root" in model.model_fields:
            return model.model_construct(root=self.value(model.model_fields["root"].annotation, value))
        if not isinstance(value, dict):
            return value
        names: dict[str, str] = {field.alias or name: name for name, field in model.model_fields.items()}
        made: dict[str, Any] = {}
        for key, entry in value.items():
            if key in names:
                made[names[key]] = self.value(model.model_fields[names[key]].annotation, entry)
            elif model.model_config.get("extra") == "allow":
                made[str(key)] = entry
        return model.model_construct(_fields_set=set(made), **made)
