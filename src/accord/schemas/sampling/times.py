"""Moments in a sensible order: what is created is updated later, and expires later still. No clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from accord.schemas.sampling.chance import Dice, seed_of
from accord.schemas.sampling.names import words_of

TODAY = date(2026, 6, 1)
"""The day on which all samples are made: what happened is before it, what expires is after it."""
_START = datetime(2025, 5, 5, 8, 0, tzinfo=UTC)
_DAYS = 340
_SECONDS = 25_000
# How many days after the first moment of an object something happens, by the words of its name. Of several
# words in a name the last one counts.
_OFFSETS: Mapping[float, str] = {
    -12_000: "birth birthday birthdate dob born",
    -900: "hired hire joined join registered registration founded established employment "
    "inception member since",
    -1: "first",
    0: "created create creation inserted added issued issue ordered order opened open submitted submission "
    "uploaded invoice placed enrolled",
    0.5: "published publish posted post approved accepted activated confirmed verified authorized "
    "release released",
    1: "sent queued requested triggered reported",
    2: "start started starts starting begin begins began from effective departure check_in pickup",
    3: "paid payment shipped ship shipping processed captured assigned merged executed",
    4: "delivered delivery received fulfilled arrival read",
    6: "finished finish completed complete completion closed close stopped resolved failed succeeded",
    9: "updated update modified modification changed change edited last latest",
    10: "viewed accessed seen used login active activity synced sync refreshed heartbeat",
    12: "end ended ends ending until to checkout return returned till through",
    14: "due deadline expected estimated",
    18: "deleted deletion removed cancelled canceled archived revoked deactivated trashed purged disabled "
    "suspended terminated",
    800: "scheduled next upcoming renewal renews renew future",
    1_500: "expires expire expiry expiration expired exp valid_until valid_to",
}
_DAYS_OF = {word: days for days, words in _OFFSETS.items() for word in words.split()}
_BIRTH = _DAYS_OF["birth"]
_HEADS = words_of(
    "at on date time datetime timestamp expiry expires expiration dob birthday birthdate created "
    "updated modified deadline when"
)
_ENDS = words_of("from to until since start end")
_SPANS = words_of("date time valid effective member active until since")
_DAY_HEADS = words_of("date birthday birthdate dob day deadline on")
_YOUNGEST, _OLDEST = 19, 71
_PAIR = 2
_NOON_OF_OFFSETS = 5
_FIRST_MOMENT = seed_of("first moment")


class Event(NamedTuple):
    """What the name of a value speaks of: how long after the first moment of an object it happens."""

    after: timedelta | None
    """None of a birth, which is that of whom the object is about."""
    path: str
    """The path of that object."""
    item: str
    """The path of the item of a list that the value is in."""


def event_of(plain: str, path: str = "") -> Event:
    """What a name in snake case speaks of; `path` is that of the value."""
    days = _days(plain)
    seconds = Dice(seed_of(plain)).between(0, _SECONDS)
    after = None if days == _BIRTH else timedelta(days=days, seconds=seconds)
    return Event(after, path.rpartition("/")[0], _item_of(path))


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one sample, all counted from its first."""

    first: datetime
    seed: int = 0
    _shifts: dict[str, timedelta] = field(default_factory=dict)

    def moment(self, event: Event) -> datetime:
        """When something happened.

        All moments of one item of a list are moved by the same time: items differ, and each keeps its order.
        """
        if event.after is None:
            return self.born(event.path)
        moment = self.first + event.after
        return moment - self._shift(event.item) if event.item else moment

    def clock(self, plain: str) -> str:
        """At what time of a day it happens: what starts in the morning, what ends in the evening."""
        hour = 9 if _days(plain) < _NOON_OF_OFFSETS else 17
        return f"{hour:02}:{Dice(seed_of(plain)).between(0, 3) * 15:02}"

    def born(self, path: str) -> datetime:
        """The birthday of the person that the object at a path is about."""
        dice = Dice(self.seed ^ seed_of(f"{path} born"))
        years = dice.between(_YOUNGEST, _OLDEST)
        return datetime(TODAY.year - years, TODAY.month, TODAY.day, tzinfo=UTC) - timedelta(
            dice.between(1, 364)
        )

    @property
    def today(self) -> datetime:
        """The moment on which samples are made."""
        return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)

    def age(self, path: str) -> int:
        """How old that person is today."""
        born = self.born(path)
        return TODAY.year - born.year - ((born.month, born.day) > (TODAY.month, TODAY.day))

    def _shift(self, item: str) -> timedelta:
        if item not in self._shifts:
            dice = Dice(self.seed ^ seed_of(f"{item} moved"))
            self._shifts[item] = timedelta(minutes=dice.between(0, 30_000))
        return self._shifts[item]


def times_of(seed: int) -> Times:
    """The moments of the sample that has this seed."""
    dice = Dice(seed ^ _FIRST_MOMENT)
    return Times(_START + timedelta(dice.between(0, _DAYS), 60 * dice.between(0, 540)), seed)


def timestamp(moment: datetime) -> str:
    """The moment as RFC 3339 has it, to the second."""
    return f"{moment.isoformat()[:19]}Z"


def day(moment: datetime) -> str:
    """Its day as RFC 3339 has it."""
    return moment.isoformat()[:10]


def _item_of(path: str) -> str:
    """The path of the innermost item of a list that a path leads into, the first items of lists aside."""
    tokens = path.split("/")
    for at in range(len(tokens), 0, -1):
        if tokens[at - 1].isdecimal() and tokens[at - 1] != "0":
            return "/".join(tokens[:at])
    return ""


def _days(plain: str) -> float:
    tokens = plain.split("_")
    pairs = [*map("_".join, pairwise(tokens))]
    known = [_DAYS_OF[word] for word in (*tokens, *pairs) if word in _DAYS_OF]
    if tokens[0] == "first" and len(known) > 1:
        return min(known[-1], 0) - 0.3
    if tokens[0] in ("next", "scheduled", "upcoming"):
        return _DAYS_OF["next"]
    return known[-1] if known else 1


def means_time(plain: str) -> bool:
    """Does a name in snake case speak of a moment?"""
    tokens = plain.split("_")
    if tokens[0] == "time" and len(tokens) == _PAIR:
        return means_event(plain)
    if tokens[-1] == "on":
        return means_event(plain)
    if tokens[-1] in _ENDS:
        return bool(_SPANS.intersection(tokens))
    if tokens[-1] in ("utc", "iso", "gmt", "ms", "millis", "unix", "epoch") and len(tokens) > 1:
        return tokens[-2] in _HEADS
    return tokens[-1] in _HEADS


def means_event(plain: str) -> bool:
    """Does it say what happened? The `start_time` is a moment, the `processing_time` may be a duration."""
    return any(token in _DAYS_OF for token in plain.split("_"))


def means_day(plain: str) -> bool:
    """Does it speak of a day, and not of an hour?"""
    return plain.rsplit("_", maxsplit=1)[-1] in _DAY_HEADS
