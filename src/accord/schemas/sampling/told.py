"""What is told of one value before it is made: its name, whose it is, and what the contract says about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from accord.schemas.sampling.names import words_of
from accord.schemas.sampling.tables import find

if TYPE_CHECKING:
    import re

    from accord.schemas.sampling.chance import Dice
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.scenes import Person, Scene, Spot

_Entry = TypeVar("_Entry")
# Objects that only hold a part of the one around them, which the values in them are about.
_PARTS = words_of(
    "profile name names attributes fields details info personal_info contact_info geo geolocation "
    "location coordinates position point lat_lng properties data user_profile person_name settings "
    "links urls metadata date_range period external_urls related_links"
)
_PARTS_BY_END = words_of("email emails phone")
# Parts of names that tell no one apart from whom the object is about.
_SAME = words_of(
    "user contact work home primary main personal account full display public default business  legal "
    "current login profile preferred person real my mailing street postal physical"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One value to be made. `low` and `high` bound the length of a text."""

    name: str
    place: Place
    dice: Dice
    scene: Scene
    said: str = ""
    format: str = ""
    low: int = 0
    high: int = 100_000

    @property
    def around(self) -> Place | None:
        """The object that the value is about: not an array, nor one that only holds a part of another."""
        around = self.place.parent
        while around is not None and around.parent is not None:
            name = self.scene.words.plain(around.name)
            if around.members and name not in _PARTS and name.rpartition("_")[2] not in _PARTS_BY_END:
                break
            around = around.parent
        return around

    def find(self, entries: Mapping[str, _Entry], name: str = "") -> tuple[_Entry, str] | None:
        """The entry of a table for a name, or for that of the value; looked up once for each name."""
        known = self.scene.words.found
        key = id(entries), name or self.name
        if key not in known:
            known[key] = find(entries, name or self.name)
        return known[key]  # type: ignore[no-any-return]  # the entries of a table are of one type

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Does what the contract says of the value have such a text in it? Looked up once for each text."""
        known = self.scene.words.found
        key = id(pattern), self.said
        if key not in known:
            known[key] = pattern.search(self.said) is not None
        return known[key] is True

    @property
    def around_name(self) -> str:
        """What the object or list around is called."""
        parent = self.place.parent
        return self.scene.words.plain(parent.name) if parent is not None else ""

    @property
    def is_member(self) -> bool:
        """Is the value a property of an object, or the first of such values: not one of several in a list?"""
        parent = self.place.parent
        return parent is None or bool(parent.members) or self.place.path.endswith("/0")

    @property
    def things(self) -> tuple[str, ...]:
        """What the object around is called, by its property and by its component; the closest first."""
        around = self.around
        if around is None:
            return ()
        known, key = self.scene.things, (around.path, around.component)
        if key not in known:
            names = [around.component, around.name] if around.parent is not None else [around.name]
            known[key] = tuple(self.scene.words.thing(name) for name in names if name)
        return known[key]

    @property
    def beside(self) -> frozenset[str]:
        """The names of the properties of the object around, as they are written."""
        return self.place.parent.members if self.place.parent else frozenset()

    def about(self, role: str = "") -> str:
        """The path of the object that the value is about: of the one around it, or of whom the role names."""
        around = self.around
        path = around.path if around is not None else self.place.path
        if self.place.turn or not self.is_member:
            path = f"{self.place.path} {self.place.turn}"
        return path if not role or role in _SAME or role in self.things else f"{path}/{role}"

    def person(self, role: str = "") -> Person:
        """Whom the value speaks of."""
        return self.scene.person(self.about(role))

    def company(self, role: str = "") -> str:
        """The company that the value speaks of."""
        return self.scene.company(self.about(role))

    def spot(self, role: str = "") -> Spot:
        """The town that the value speaks of."""
        return self.scene.spot(self.about(role))


Maker: TypeAlias = Callable[[Told, str], "str | Iterable[str]"]
"""From what is told, and the role that a name has before the word that counts, to texts: the best first."""
