"""What is settled of a value before any sample is made: most scalars take only what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.scalars import Make
    from accord.schemas.sampling.told import Subject
    from accord.schemas.sampling.views import View

Maker: TypeAlias = "Callable[[Production], Any]"
"""Makes the value at one place of a sample. Raises Unsatisfied."""
_COMPOSITE = frozenset(("object", "array"))


def maker_of(production: Production, view: View, place: Place, share: int) -> Maker:
    """What makes the value at a place in each sample that is made in this way."""
    found = _settled(production, view, place)
    if found is None:
        return lambda production: production.value(view, place, share)
    subject, make = found
    identity, seed = place.identity, subject.seed

    def maker(production: Production) -> Any:
        if identity not in production.wanted:
            value = make(Told(subject, production.scene, Dice(production.seed ^ seed)))
            if value is not None:
                production.steps += 1
                return value
        return production.value(view, place, share)

    return maker


def _settled(production: Production, view: View, place: Place) -> tuple[Subject, Make] | None:
    """What is known of a scalar and what makes it; None where it may be something else.

    It is what `Production.value` gives, where nothing that this asks for first is said of the value.
    """
    says_values = view.says_values if production.way.uses_examples else view.discriminated
    is_open = view.is_impossible or view.forms or says_values or "contentSchema" in view.keywords
    if is_open or place.turn or not production.way.is_usual:
        return None
    if view.choices is not None:
        is_scalar = not any(isinstance(choice, dict | list) for choice in view.choices)
        return production.choice(view, place) if view.choices and is_scalar else None
    if not view.kinds or view.kinds[0] == "null" or not _COMPOSITE.isdisjoint(view.kinds):
        return None
    return production.scalar(view.kinds[0], view, place)
