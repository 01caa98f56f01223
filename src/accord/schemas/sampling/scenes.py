"""The people, companies and places that one sample is about: all that speaks of one of them agrees."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from accord.schemas.sampling import lexicon
from accord.schemas.sampling.chance import Dice, seed_of
from accord.schemas.sampling.times import Times, times_of
from accord.schemas.sampling.words import Words

_HOSTS = ("example.com", "example.com", "example.org", "example.net")
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ł": "l",
     "đ": "d", "ð": "d", "þ": "th", "ñ": "n"}
)  # fmt: skip
_FALLBACKS = ("user", "member", "guest", "contact")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone: the parts of the name, and the digits that make a user name one's own."""

    first: str
    last: str
    number: int
    handle: str
    """A first and a last name in ASCII with a point between them."""

    @property
    def full(self) -> str:
        """The whole name as it is written."""
        return f"{self.first} {self.last}" if self.first.isascii() or self.last.isascii() else self._joined

    @property
    def _joined(self) -> str:
        is_cjk = any("\u3040" <= each <= "\u9fff" or "\uac00" <= each <= "\ud7a3" for each in self.last)
        return f"{self.last}{self.first}" if is_cjk else f"{self.first} {self.last}"

    @property
    def user_name(self) -> str:
        """What the person logs in with."""
        first, _, last = self.handle.partition(".")
        return f"{first[:1]}{last}{self.number}" if last else f"{first}{self.number}"

    @property
    def email(self) -> str:
        """An address that leads to nobody (RFC 2606)."""
        return f"{self.handle}@{_HOSTS[self.number % len(_HOSTS)]}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A town: what it is called, where it is, and what holds there."""

    city: str
    region: str
    region_code: str
    postal_code: str
    country: str
    country_code: str
    latitude: float
    longitude: float
    time_zone: str
    street: str

    @property
    def currency(self) -> str:
        """What is paid with there."""
        return lexicon.CURRENCIES.get(self.country_code, "EUR")


@dataclass(eq=False)
class Scene:
    """Who and what one sample speaks of, each by the path of the object that is about it."""

    words: Words
    seed: int
    _people: dict[str, Person] = field(default_factory=dict)
    _companies: dict[str, str] = field(default_factory=dict)
    _spots: dict[str, Spot] = field(default_factory=dict)

    @cached_property
    def times(self) -> Times:
        """When what the sample speaks of happens."""
        return times_of(self.seed)

    def dice(self, topic: str) -> Dice:
        """Chance that all values share that speak of the topic."""
        return Dice(self.seed ^ seed_of(topic))

    def person(self, path: str) -> Person:
        """The person that the object at a path is about."""
        if path not in self._people:
            dice = self.dice(f"{path} person")
            first = str(self.words.spoken("first_name", dice))
            last = str(self.words.spoken("last_name", dice))
            number = dice.between(2, 98)
            handle = ".".join(filter(None, (plain(first), plain(last)))) or f"{dice.pick(_FALLBACKS)}{number}"
            self._people[path] = Person(first, last, number, handle)
        return self._people[path]

    def company(self, path: str) -> str:
        """The name of the company that the object at a path is about."""
        if path not in self._companies:
            self._companies[path] = str(self.words.spoken("company", self.dice(f"{path} company")))
        return self._companies[path]

    def spot(self, path: str) -> Spot:
        """The town that the object at a path is about."""
        if path not in self._spots:
            dice = self.dice(f"{path} spot")
            self._spots[path] = _american(dice) if self.words.is_default else self._local(dice)
        return self._spots[path]

    def _local(self, dice: Dice) -> Spot:
        """A town of the country whose language is spoken."""
        spoken, locale = self.words.spoken, self.words.locale
        code = str(spoken("current_country_code", dice) or locale[-2:])
        where = spoken("local_latlng", dice, country_code=code) or spoken("location_on_land", dice)
        region = str(spoken("administrative_unit", dice) or spoken("state", dice) or where[2])
        return Spot(
            str(spoken("city", dice)),
            region,
            region[:2].upper(),
            str(spoken("postcode", dice)),
            str(spoken("current_country", dice) or code),
            code,
            float(where[0]),
            float(where[1]),
            str(where[4]),
            str(spoken("street_address", dice)).replace("\n", ", "),
        )


def _american(dice: Dice) -> Spot:
    city, region, code, postal_code, latitude, longitude, zone = dice.pick(lexicon.SPOTS)
    street = f"{dice.between(2, 980)} {dice.pick(lexicon.STREETS)}"
    return Spot(
        city, region, code, postal_code, "United States", "US", latitude, longitude, zone, street
    )  # fmt: skip


def plain(text: str, joint: str = "") -> str:
    """Small ASCII letters and digits that the text comes down to, its words joined."""
    lower = text.lower().translate(_DIGRAPHS)
    ascii_ = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return joint.join(re.findall(r"[a-z0-9]+", ascii_))
