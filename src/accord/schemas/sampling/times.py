"""Moments in a sensible order: what is created is updated later, and expires later still. No clock."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accord.schemas.sampling.chance import Dice

_START = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
_DAYS = 365
# How many days after the first moment of a sample something happens, by words of its name in snake case.
_OFFSETS: tuple[tuple[str, float], ...] = (
    (r"(.*_)?(birth_?(day|date)?|date_of_birth|dob)", -12_000),
    (r"(.*_)?(hired|joined|registered|founded|established)(_.*)?", -300),
    (r"(.*_)?(created|creation|inserted|added|issued|ordered|opened|submitted)(_.*)?", 0),
    (r"(.*_)?(published|posted|approved|accepted|activated|confirmed)(_.*)?", 0.5),
    (r"(.*_)?(sent|queued|scheduled|requested)(_.*)?", 1),
    (r"(.*_)?(start|started|starts|begin|begins|from|since|valid_from|effective)(_.*)?", 2),
    (r"(.*_)?(paid|shipped|processed|captured)(_.*)?", 4),
    (r"(.*_)?(delivered|received|fulfilled)(_.*)?", 6),
    (r"(.*_)?(updated|modified|changed|edited|last)(_.*)?", 9),
    (r"(.*_)?(viewed|accessed|seen|used)(_.*)?", 10),
    (r"(.*_)?(end|ended|ends|until|to|finished|completed|closed|stopped|resolved)(_.*)?", 12),
    (r"(.*_)?(due|deadline|expected)(_.*)?", 20),
    (r"(.*_)?(deleted|removed|cancelled|canceled|archived|revoked)(_.*)?", 25),
    (r"(.*_)?(expires|expiry|expiration|expired|valid_(until|to))(_.*)?", 400),
)
_MEANS_TIME = re.compile(r"(.*_)?(at|on|date|time|datetime|timestamp|expiry|expires|expiration|dob|birthday)|created|updated|modified")  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one sample, all counted from its first."""

    first: datetime

    def moment(self, plain: str) -> datetime:
        """When what a name in snake case speaks of happened."""
        days = next((days for pattern, days in _OFFSETS if re.fullmatch(pattern, plain)), 1)
        minutes = Dice(plain).between(0, 400)
        return self.first + timedelta(days=days, minutes=minutes)


def times_of(seed: str) -> Times:
    """The moments of the sample that has this seed."""
    dice = Dice(f"{seed} first moment")
    return Times(_START + timedelta(days=dice.between(0, _DAYS), minutes=dice.between(0, 480)))


def means_time(plain: str) -> bool:
    """Does a name in snake case speak of a moment?"""
    return _MEANS_TIME.fullmatch(plain) is not None
