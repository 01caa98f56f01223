"""The identity that a request asked for, in the sample that answers it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accord.schemas.sampling.names import snake
from accord.schemas.sampling.places import Place
from accord.schemas.sampling.views import View

_LAST = re.compile(r"\{([^{}/]+)\}[^/{}]*/?$")
# Properties that hold the resource itself, in answers that put something around it.
_ENVELOPES = frozenset(("data", "result", "item", "resource", "payload"))


def identities_of(template: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What the properties of the resource at a path are to be, by the path's parameters.

    A path that ends with a parameter is that of one resource: its `id` is the parameter's value.
    """
    last = _LAST.search(template)
    own = {"id": parameters[last[1]]} if last and last[1] in parameters else {}
    return {**own, **parameters}


def wanted_of(identities: Mapping[str, Any], view: View, root: Place) -> dict[str, Any]:
    """The identities by the places where they stand: at the root, or in what the root is only around."""
    stand = root.once(("identities", *identities), lambda: _where(tuple(identities), view, root))
    return {where: identities[name] for where, name in stand.items()}


def _where(names: tuple[str, ...], view: View, root: Place) -> dict[str, str]:
    """The names of identities by the places where these stand."""
    found: dict[str, str] = {}
    for place in _holders(view, root, {*map(snake, names)}):
        for name in names:
            found.setdefault(place.member(name, root.active).identity, name)
            found.setdefault(f"{place.path}/{name}", name)
            found.setdefault(f"{place.path}/{snake(name)}", name)
    return found


def _holders(view: View, root: Place, names: set[str]) -> Iterator[Place]:
    yield root
    if not names.intersection(map(snake, view.declared)):
        entities = {name.removesuffix("_id") for name in names}
        for name in view.declared:
            if snake(name) in _ENVELOPES | entities:
                yield root.member(name, root.active)


def spelled(value: Any) -> Iterator[Any]:
    """An identity as it came, and as the text or the number that says the same."""
    if value is None:
        return
    yield value
    if isinstance(value, str) and value.isascii() and value.isdecimal() and str(int(value)) == value:
        yield int(value)
    elif not isinstance(value, str | bool):
        yield str(value)
