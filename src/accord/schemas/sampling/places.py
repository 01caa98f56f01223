"""Where in a sample a value stands, and whose identity it is."""

from dataclasses import dataclass, replace
from functools import cached_property

from accord.schemas.sampling.chance import Dice, seed_of
from accord.schemas.sampling.names import snake
from accord.schemas.sampling.once import Once

_LARGEST_TURN = (1 << 32) - 1


@dataclass(frozen=True, eq=False)
class Place(Once):
    """A place in a value: its path, the name of its property, and what encloses it.

    The places within one are made once, and are the same for all samples; those of turns for one alone.
    """

    path: str
    name: str
    depth: int
    index: int
    parent: "Place | None" = None
    active: frozenset[int] = frozenset()
    """The schemas of the objects around it, by identity: one of these again is recursion."""
    turn: int = 0
    """How many values were refused here since an equal one was there already."""
    component: str = ""
    """The name of the component that an object here is made by."""
    said: str = ""
    """What the contract says of the list here: it holds of the items, which have no names."""
    members: frozenset[str] = frozenset()
    """The names of the properties that an object here has."""

    def member(self, name: str, active: frozenset[int], turn: int = 0) -> "Place":
        """The place of a property."""
        turn = turn or self._turn_of(name)
        if turn:
            return self._member(name, active, turn)
        return self.once(("member", name, active), lambda: self._member(name, active))

    def element(self, at: int, active: frozenset[int], turn: int = 0) -> "Place":
        """The place of an item: it has the name of its array in the singular."""
        turn = turn or self._turn_of(str(at))
        if turn:
            return self._element(at, active, turn)
        return self.once(("element", at, active), lambda: self._element(at, active))

    def holding(self, component: str, members: frozenset[str]) -> "Place":
        """The place of an object that is made by a component and has those properties."""
        return self.once(
            ("holding", component, members), lambda: replace(self, component=component, members=members)
        )

    def described(self, said: str) -> "Place":
        """The place of a list of which the contract says this."""
        return self.once(("described", said), lambda: replace(self, said=said))

    def _member(self, name: str, active: frozenset[int], turn: int = 0) -> "Place":
        return Place(f"{self.path}/{name}", name, self.depth + 1, self.index, self, active, turn)

    def _element(self, at: int, active: frozenset[int], turn: int = 0) -> "Place":
        name = singular(self.name)
        return Place(f"{self.path}/{at}", name, self.depth + 1, max(at, self.index), self, active, turn)

    def _turn_of(self, part: str) -> int:
        """The turn of a part of what has one: as if by chance, or all parts would change as one."""
        return Dice(seed_of(f"{self.turn} {part}")).roll() & _LARGEST_TURN if self.turn else 0

    @cached_property
    def identity(self) -> str:
        """The seed of an identifier: the path of the object that it identifies.

        So `owner.id` is the same as `owner_id` beside it, and `pet_id` as the `id` of the pet around it.
        """
        if "id" not in self.name.lower():
            return self.path
        plain = snake(self.name)
        entity = plain.removesuffix("_id") if plain.endswith("_id") else ""
        is_item = not self.path.endswith(f"/{self.name}")
        if self.parent is None or is_item or not (entity or plain == "id"):
            return self.path
        if not entity:
            return f"{self.parent.path} id"
        around = self.parent
        while around.parent is not None and snake(around.name) != entity:
            around = around.parent
        if snake(around.name) == entity:
            return f"{around.path} id"
        return f"{self.parent.path}/{self._sibling(entity)} id"

    def _sibling(self, entity: str) -> str:
        """The name that a property beside this one has if it is the thing itself."""
        return self.name[: len(self.name) - 2].rstrip("_-") if self.name else entity


def singular(name: str) -> str:
    """One of what a plural name, or that of a list, means."""
    for ending in ("_list", "List", "_array", "Array"):
        name = name.removesuffix(ending)
    if name.endswith("ies") and len(name) > len("ties"):
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name
