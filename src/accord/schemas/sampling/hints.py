"""What the description of a property tells of its values, where its name does not."""

import re
from collections.abc import Iterator

from accord.schemas.sampling.codes import e164, identifier, ipv4
from accord.schemas.sampling.formats import uuid
from accord.schemas.sampling.links import url
from accord.schemas.sampling.names import words_of
from accord.schemas.sampling.times import day, timestamp
from accord.schemas.sampling.told import Maker, Source, Subject

_MOST_READ = 400
_MOST_OF_FORM = 100
_QUOTED = r"[`\"']([^`\"'\n]{1,60})[`\"']"
_EXAMPLE = re.compile(
    rf"(?:e\.g\.|\beg\b|for example|for instance|such as|examples?:)[\s,:]*{_QUOTED}", re.IGNORECASE
)
_CHOICES = re.compile(
    r"(?:one of|can be|must be|either|values?(?: are| is| include)?|options?(?: are| include)?|possible|valid"
    r"|allowed|supported|will be|is set to)\b[^.`\"'\n]{0,40}",
    re.IGNORECASE,
)
_QUOTE = re.compile(_QUOTED)
_LEAST_CHOICES = 2
# What is written in words, whatever else a description speaks of.
_WORDED = words_of(
    "name title label description summary text body content message comment note caption subject"
)
_FORMS: tuple[tuple[str, Maker], ...] = (
    (r"\buuid\b|\bguid\b", lambda told, _: uuid(told.dice)),
    (r"iso.?8601|rfc.?3339|date.?time|\btimestamp\b", lambda told, _: timestamp(told.moment)),
    (r"yyyy-mm-dd", lambda told, _: day(told.moment)),
    (r"iso.?4217|currency code", lambda told, _: told.scene.spot("").currency),
    (r"iso.?3166|alpha-?2|country code|two-letter country", lambda told, role: told.spot(role).country_code),
    (r"^\W*(?:\w+ ){0,4}(?:id|identifier)\b", identifier),
    (r"iso.?639|language code|bcp.?47", lambda told, _: told.scene.words.locale[:2]),
    (r"e-?mail address", lambda told, role: told.person(role).email),
    (r"e\.?164|phone number", e164),
    (r"mime.?type|media type", lambda *_: "application/json"),
    (r"\bipv?4? address\b", ipv4),
    (r"hex(?:adecimal)? colou?r", lambda told, _: f"#{told.dice.between(0x101010, 0xEFEFEF):06x}"),
    (r"^\W*(?:\w+ ){0,4}(?:url|uri)\b|^(?:the |a )?link to\b", url),
    (r"iana time ?zone|time ?zone (?:name|database)", lambda told, role: told.spot(role).time_zone),
)  # fmt: skip


def hinted(subject: Subject) -> Iterator[Source]:
    """What texts come from that the description gives as examples or choices, or the form it speaks of."""
    if not subject.said:
        return
    known = subject.words.hints
    if subject.said not in known:
        known[subject.said] = _read(subject.said[:_MOST_READ])
    listed, example, maker = known[subject.said]
    if len(listed) >= _LEAST_CHOICES:
        yield (lambda told, _: told.dice.pick(listed)), ""
    if example is not None and not subject.place.index:
        yield (lambda *_: example), ""
    if maker is not None and subject.name.rpartition("_")[2] not in _WORDED:
        yield maker, ""


def _read(said: str) -> tuple[list[str], str | None, Maker | None]:
    example = _EXAMPLE.search(said)
    start = said[:_MOST_OF_FORM]
    maker = next((maker for pattern, maker in _FORMS if re.search(pattern, start, re.IGNORECASE)), None)
    return choices(said), example[1] if example else None, maker


def choices(said: str) -> list[str]:
    """The values that a text lists in quotes after such words as `one of`."""
    start = _CHOICES.search(said)
    if start is None:
        return []
    rest = re.split(r"\.\s|\n\s*\n", said[start.end() - 1 :], maxsplit=1)[0]
    return [*dict.fromkeys(_QUOTE.findall(rest))]
