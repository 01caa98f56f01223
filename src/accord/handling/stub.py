"""What the generated stub states: an operation's class by the name that its handler has."""

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any


def stated_in(handlers: Any) -> Mapping[str, type[Any]]:
    """The operations' classes by the names of their handlers; of `Handlers`, or of an instance of it."""
    stated = {field.name: field.metadata.get("operation") for field in dataclasses.fields(handlers)}
    return {name: operation for name, operation in stated.items() if operation is not None}


def answers_of(stated: type[Any]) -> tuple[type[Any], ...]:
    """The classes of an operation's answers, in the order of its documented responses."""
    response: Any = stated.Response
    found = typing.get_args(response) or (response,)
    return tuple(each for each in found if isinstance(each, type) and dataclasses.is_dataclass(each))
