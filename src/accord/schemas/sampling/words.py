"""Faker's words in one locale: loaded with the first that is asked for, and of that kind alone."""

import difflib
import locale as locales
import random
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from accord.errors import UsageError
from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.names import snake, thing_of, written_out

if TYPE_CHECKING:
    from faker import Generator

DEFAULT_LOCALE = "en_US"
# Which of Faker's providers have the words that samples are made of; those of a kind are loaded together.
_KINDS = {
    "people": ("person",),
    "places": ("address", "person"),
    "companies": ("company", "person"),
    "phones": ("phone_number",),
    "jobs": ("job",),
    "prose": ("lorem",),
    "spots": ("geo",),
}
_KIND_OF = {
    "first_name": "people",
    "last_name": "people",
    "name": "people",
    "prefix": "people",
    "street_address": "places",
    "city": "places",
    "postcode": "places",
    "current_country": "places",
    "current_country_code": "places",
    "country": "places",
    "administrative_unit": "places",
    "company": "companies",
    "phone_number": "phones",
    "state": "places",
    "local_latlng": "spots",
    "location_on_land": "spots",
    "job": "jobs",
    "word": "prose",
    "words": "prose",
    "sentence": "prose",
    "paragraph": "prose",
}
_FRACTION_BITS = 53
_IDENTIFIERS = re.compile(
    r"(.*_)?(id|uuid|guid|key|token|hash|sha|checksum|etag|reference|ref|secret|email|name|slug|url|uri|href|number)"
)


class _Chance(random.Random):
    """Faker's source of chance, which our dice decide: the same in every version of Python."""

    def __init__(self) -> None:
        self.dice = Dice(0)
        super().__init__(0)

    def random(self) -> float:
        """A number from 0 to less than 1."""
        return (self.dice.roll() >> (64 - _FRACTION_BITS)) / (1 << _FRACTION_BITS)

    def getrandbits(self, k: int, /) -> int:
        """A number of so many bits."""
        number, bits = 0, 0
        while bits < k:
            number, bits = (number << 64) | self.dice.roll(), bits + 64
        return number >> (bits - k)


@dataclass(frozen=True, eq=False)
class Words:
    """Faker's words in one locale. Raises UsageError where there are none for it."""

    locale: str = DEFAULT_LOCALE
    hints: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    """What was read in descriptions, by their texts."""
    found: dict[tuple[int, str], Any] = field(default_factory=dict, init=False, repr=False)
    """What was found in tables and descriptions, by the identity of the table or pattern."""
    _things: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _plain: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _chance: _Chance = field(default_factory=_Chance, init=False, repr=False)
    _generators: dict[str, "Generator"] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.locale != DEFAULT_LOCALE:
            object.__setattr__(self, "locale", known_locale(self.locale))

    @cached_property
    def is_english(self) -> bool:
        """Is it a locale of English? It then has our own words, too."""
        return self.locale.startswith("en_")

    @cached_property
    def is_default(self) -> bool:
        """Is it the locale that samples have if nobody asks for another?"""
        return self.locale == DEFAULT_LOCALE

    def thing(self, name: str) -> str:
        """What a component or a property is: `SimplifiedArtistObject` is a simplified_artist."""
        if name not in self._things:
            self._things[name] = thing_of(self.plain(name))
        return self._things[name]

    def plain(self, name: str) -> str:
        """A name in snake case, its abbreviations written out."""
        if name not in self._plain:
            self._plain[name] = written_out(snake(name))
        return self._plain[name]

    def identifies(self, name: str) -> bool:
        """Does a name say that its value belongs to one thing alone? An example then serves only once."""
        return _IDENTIFIERS.fullmatch(self.plain(name)) is not None

    def spoken(self, method: str, dice: Dice, *listed: Any, **arguments: Any) -> Any:
        """What a method of Faker's gives; None where this locale has no such method."""
        self._chance.dice = dice
        try:
            return getattr(self._generator(_KIND_OF.get(method, "")), method)(*listed, **arguments)
        except (AttributeError, TypeError, ValueError, LookupError):
            return None

    @cached_property
    def methods(self) -> list[str]:
        """The names of all that Faker can make in this locale."""
        generator = self._generator("")
        found = {name for provider in generator.providers for name in dir(provider)}
        return sorted(name for name in found if not name.startswith("_") and name.islower())

    def word(self, dice: Dice) -> str:
        """One word, for a text of which nothing is known."""
        return str(self.spoken("word", dice))

    def sentence(self, dice: Dice) -> str:
        """A few words, for a text of which nothing is known."""
        return " ".join(self.spoken("words", dice, nb=2))

    def long_text(self, dice: Dice, low: int) -> str:
        """Sentences of at least so many characters."""
        text = str(self.spoken("paragraph", dice))
        return " ".join([text] * (low // len(text) + 1))

    def _generator(self, kind: str) -> "Generator":
        if kind not in self._generators:
            from faker import Factory  # noqa: PLC0415 # a tenth of a second, which most commands never need

            providers = [f"faker.providers.{name}" for name in _KINDS.get(kind, ())]
            generator = Factory.create(self.locale, providers or None)
            generator.random = self._chance
            self._generators[kind] = generator
        return self._generators[kind]


def known_locale(name: str) -> str:
    """The locale as Faker calls it: `de-DE` and `de` are `de_DE`. Raises UsageError where it has no words."""
    from faker.config import AVAILABLE_LOCALES  # noqa: PLC0415 # slow, and only for who asks for a locale

    plain = name.strip().replace("-", "_")
    found = {known.lower(): known for known in AVAILABLE_LOCALES}
    for candidate in (plain, locales.normalize(plain).partition(".")[0]):
        if candidate.lower() in found:
            return found[candidate.lower()]
    near = [found[each] for each in difflib.get_close_matches(plain.lower(), found, 4, 0.5)]
    same = [known for known in sorted(AVAILABLE_LOCALES) if known[:2] == plain.lower()[:2]][:4]
    told = ", ".join(dict.fromkeys([*same, *near])) or "en_US, de_DE, fr_FR, ja_JP"
    raise UsageError(
        f"there are no words for the locale {name!r}", hint=f"use one that Faker has, such as {told}"
    )
