"""What is told of one value before it is made: its name, whose it is, and what the contract says about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from accord.schemas.sampling.chance import seed_of
from accord.schemas.sampling.names import words_of
from accord.schemas.sampling.once import Once
from accord.schemas.sampling.tables import find
from accord.schemas.sampling.times import event_of

if TYPE_CHECKING:
    import re
    from datetime import datetime

    from accord.schemas.sampling.chance import Dice
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.scenes import Person, Scene, Spot
    from accord.schemas.sampling.times import Event
    from accord.schemas.sampling.words import Words

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


@dataclass(frozen=True, eq=False)
class Subject(Once):
    """What is known of a value before any sample is made. `low` and `high` bound the length of a text."""

    name: str
    place: Place
    words: Words
    said: str = ""
    format: str = ""
    low: int = 0
    high: int = 100_000

    @cached_property
    def identity(self) -> str:
        """What decides about the value, beside the seed: whose it is, and the turn that it has."""
        place = self.place
        return f"{place.identity} {place.turn}" if place.turn else place.identity

    @cached_property
    def seed(self) -> int:
        """The seed of its own."""
        return seed_of(self.identity)

    @cached_property
    def event(self) -> Event:
        """What its name speaks of, if that is a moment."""
        return event_of(self.name, self.place.path)

    @cached_property
    def around(self) -> Place | None:
        """The object that the value is about: not an array, nor one that only holds a part of another."""
        around = self.place.parent
        while around is not None and around.parent is not None:
            name = self.words.plain(around.name)
            if around.members and name not in _PARTS and name.rpartition("_")[2] not in _PARTS_BY_END:
                break
            around = around.parent
        return around

    def find(self, entries: Mapping[str, _Entry], name: str = "") -> tuple[_Entry, str] | None:
        """The entry of a table for a name, or for that of the value; looked up once for each name."""
        known = self.words.found
        key = id(entries), name or self.name
        if key not in known:
            known[key] = find(entries, name or self.name)
        return known[key]  # type: ignore[no-any-return]  # the entries of a table are of one type

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Does what the contract says of the value have such a text in it? Looked up once for each text."""
        known = self.words.found
        key = id(pattern), self.said
        if key not in known:
            known[key] = pattern.search(self.said) is not None
        return known[key] is True

    @property
    def around_name(self) -> str:
        """What the object or list around is called."""
        parent = self.place.parent
        return self.words.plain(parent.name) if parent is not None else ""

    @property
    def is_member(self) -> bool:
        """Is the value a property of an object, or the first of such values: not one of several in a list?"""
        parent = self.place.parent
        return parent is None or bool(parent.members) or self.place.path.endswith("/0")

    @cached_property
    def things(self) -> tuple[str, ...]:
        """What the object around is called, by its property and by its component; the closest first."""
        around = self.around
        if around is None:
            return ()
        names = [around.component, around.name] if around.parent is not None else [around.name]
        return tuple(self.words.thing(name) for name in names if name)

    @property
    def beside(self) -> frozenset[str]:
        """The names of the properties of the object around, as they are written."""
        return self.place.parent.members if self.place.parent else frozenset()

    def about(self, role: str = "") -> str:
        """The path of the object that the value is about: of the one around it, or of whom the role names."""
        return self.once(("about", role), lambda: self._about(role))

    def _about(self, role: str) -> str:
        around = self.around
        path = around.path if around is not None else self.place.path
        if self.place.turn or not self.is_member:
            path = f"{self.place.path} {self.place.turn}"
        return path if not role or role in _SAME or role in self.things else f"{path}/{role}"

    def called(self, name: str) -> Subject:
        """The same by another name."""
        return self.once(("called", name), lambda: replace(self, name=name))


class Told:
    """What is told of one value of one sample: what is known of it, who else is there, and chance."""

    __slots__ = ("dice", "name", "scene", "subject")

    def __init__(self, subject: Subject, scene: Scene, dice: Dice) -> None:
        self.subject = subject
        self.scene = scene
        self.name = subject.name
        self.dice = dice

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.subject.place

    @property
    def said(self) -> str:
        """What the contract says about the value."""
        return self.subject.said

    @property
    def low(self) -> int:
        """The least length of a text."""
        return self.subject.low

    @property
    def high(self) -> int:
        """The greatest length of a text."""
        return self.subject.high

    @property
    def things(self) -> tuple[str, ...]:
        """What the object around is called; the closest first."""
        return self.subject.things

    @property
    def is_member(self) -> bool:
        """Is the value a property of an object, or the first of such values?"""
        return self.subject.is_member

    @property
    def moment(self) -> datetime:
        """When what the name speaks of happened."""
        return self.scene.times.moment(self.subject.event)

    def find(self, entries: Mapping[str, _Entry], name: str = "") -> tuple[_Entry, str] | None:
        """The entry of a table for a name, or for that of the value."""
        return self.subject.find(entries, name)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Does what the contract says of the value have such a text in it?"""
        return self.subject.says(pattern)

    def about(self, role: str = "") -> str:
        """The path of the object that the value is about, or of whom the role names."""
        return self.subject.about(role)

    def called(self, name: str, dice: Dice | None = None) -> Told:
        """The same by another name, and by other chance if there is any."""
        return Told(self.subject.called(name), self.scene, dice or self.dice)

    def person(self, role: str = "") -> Person:
        """Whom the value speaks of."""
        return self.scene.person(self.subject.about(role))

    def company(self, role: str = "") -> str:
        """The company that the value speaks of."""
        return self.scene.company(self.subject.about(role))

    def spot(self, role: str = "") -> Spot:
        """The town that the value speaks of."""
        return self.scene.spot(self.subject.about(role))


Source: TypeAlias = "tuple[Maker, str]"
"""What makes a text, and the role that the name of the value has for it."""
Maker: TypeAlias = Callable[[Told, str], "str | Iterable[str]"]
"""From what is told, and the role that a name has before the word that counts, to texts: the best first."""


def made(told: Told, sources: Iterable[Source]) -> Iterator[str]:
    """The texts that come from the sources, in their order."""
    for maker, role in sources:
        found = maker(told, role)
        if isinstance(found, str):
            yield found
        else:
            yield from found
