"""Where a created or found thing lives: the operation that gives it, and the path that leads there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from accord.contract import EXPRESSION, Operation, Parameter
from accord.exchange import Routed
from accord.mocking.calling import in_path
from accord.mocking.mock import Mock
from accord.mocking.values import Values
from accord.schemas import Direction
from accord.schemas.sampling.names import snake

_LAST_EXPRESSION = re.compile(r"/\{[^{}/]+\}")
_KEEPING_METHOD = frozenset({307, 308})


def place_of(mock: Mock, operation: Operation, status: int) -> Operation | None:
    """The operation that gives what another one made or leads to: of the path below, else of its own path.

    `POST /pets` leads to `GET /pets/{petId}`, as does `POST /shops/{id}/pets` where nothing is nearer. None
    where none is known, or following it would lead back.
    """
    gets = [each for each in mock.contract.operations if each.method == "get" and each is not operation]
    path = operation.path.rstrip("/")
    for each in gets:
        if each.path.startswith(path) and _LAST_EXPRESSION.fullmatch(each.path[len(path) :].rstrip("/")):
            return each
    own = set(EXPRESSION.findall(path))
    last = path.rpartition("/")[2]
    for each in gets:
        head, _, tail = each.path.rstrip("/").rpartition("/")
        is_item = _LAST_EXPRESSION.fullmatch(f"/{tail}") is not None
        if is_item and head.endswith(f"/{last}") and set(EXPRESSION.findall(head)) <= own:
            return each
    is_same = operation.method != "get" and status not in _KEEPING_METHOD
    return next((each for each in gets if is_same and each.path.rstrip("/") == path), None)


def path_to(mock: Mock, target: Operation, route: Routed, body: Any) -> str | None:
    """The path of an operation for what a response tells of, below the base path of the request.

    Its parameters are those of the request, the identity that the body has, or samples. None where the
    path would lead elsewhere.
    """
    values = mock.values.towards(Direction.REQUEST)
    known = {parameter.name: parameter for parameter in target.parameters if parameter.location == "path"}
    names = EXPRESSION.findall(target.path)
    for is_known in (True, False):
        texts: dict[str, str] = {}
        for name in names:
            parameter = known.get(name)
            sent = route.path_parameters.get(name)
            if sent is not None:
                texts[name] = quote(unquote(sent), safe="")
            elif parameter is None:
                texts[name] = "1"
            else:
                texts[name] = in_path(parameter, _identity(values, parameter, body if is_known else None))
        path = filled(target.path, texts)
        found = mock.route(target.method.upper(), path)
        if isinstance(found, Routed) and found.operation is target:
            return path
    return None


def filled(template: str, texts: Mapping[str, str]) -> str:
    """The path of a template with these texts in place of its expressions."""
    return EXPRESSION.sub(lambda matched: texts.get(matched[1], "1"), template)


def _identity(values: Values, parameter: Parameter, body: Any) -> Any:
    """The value of a path parameter: what the body calls so, else its identity, else a sample."""
    for value in _named(parameter.name, body):
        for candidate in (value, str(value)):
            if parameter.schema is None or values.is_valid(parameter.schema, candidate):
                return candidate
    return values.of_element(parameter, parameter.schema, f"{parameter.name} of a target").value


def _named(name: str, body: Any) -> Iterator[Any]:
    """The scalars of a body, or of an object in it, that a path parameter may name, the likeliest first."""
    holders = [body, *body.values()] if isinstance(body, dict) else []
    objects = [holder for holder in holders if isinstance(holder, dict)]
    wanted = snake(name)
    for key in (wanted, "id", wanted.removesuffix("_id"), "uuid", "name"):
        for holder in objects:
            for known, value in holder.items():
                if snake(known) == key and isinstance(value, str | int) and value not in ("", True, False):
                    yield value
