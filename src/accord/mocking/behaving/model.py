"""A behaviour: a function that answers an operation, with what its requests and answers are typed by."""

import inspect
from collections.abc import Callable
from functools import cached_property
from typing import Any

from accord.contract import Operation
from accord.findings import Position
from accord.handling.binding import Binder
from accord.handling.reading import AnswerReader
from accord.handling.rendering import Renderer, success_types
from accord.handling.stub import answers_of


class Behaviour:
    """The function that answers one operation, which is async or plain, and where it stands."""

    def __init__(
        self, operation: Operation, stated: type[Any], function: Callable[..., Any], place: Position
    ) -> None:
        self.operation = operation
        self.function = function
        self.place = place
        self.takes_mock = takes(function, 2)
        self.bind = Binder(stated.Request)
        self.render = Renderer(operation)
        self.offered = success_types(operation)
        self.answers = answers_of(stated)
        self._stated = stated

    @cached_property
    def read(self) -> AnswerReader:
        """What types the mock's own answers."""
        return AnswerReader(self.operation, self._stated)


def takes(function: Callable[..., Any], count: int) -> bool:
    """Can the function be called with so many values?"""
    try:
        inspect.signature(function).bind(*[None] * count)
    except (TypeError, ValueError):
        return False
    return True
