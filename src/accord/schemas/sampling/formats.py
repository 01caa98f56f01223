"""Texts that have a format of JSON Schema or OpenAPI, and of those that contracts use beside them."""

import base64
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime

from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.codes import e164, ipv4, ipv6, password, snowflake
from accord.schemas.sampling.links import host, url
from accord.schemas.sampling.prose import sentences
from accord.schemas.sampling.texts import country_code, texts
from accord.schemas.sampling.times import day, timestamp
from accord.schemas.sampling.told import Maker, Source


def of_format(format_: str) -> Iterator[Source]:
    """What texts come from that have a format; nothing where the format is not known."""
    if format_ in _BY_DICE:
        yield _diced(_BY_DICE[format_]), ""
    elif format_ in _MOMENTS:
        yield _dated(_MOMENTS[format_]), ""
    elif format_ in _TOLD:
        if format_ in _MARKS:  # what the name means comes first: a `logo_url` is more than a URI
            yield _marked(_MARKS[format_]), ""
        yield _TOLD[format_], ""
    elif format_ == "http-date":
        yield (lambda told, _: format_datetime(told.moment, usegmt=True)), ""
    elif format_ in ("byte", "base64", "base64url"):
        yield (lambda told, _: base64.b64encode(sentences(told).encode().ljust(18, b".")[:18]).decode()), ""


def _diced(make: Callable[[Dice], str]) -> Maker:
    return lambda told, _: make(told.dice)


def _dated(write: Callable[[datetime], str]) -> Maker:
    return lambda told, _: write(told.moment)


def _marked(mark: str) -> Maker:
    return lambda told, _: (each for each in texts(told) if mark in each)


def uuid(dice: Dice) -> str:
    """A UUID of version 4."""
    high, low = dice.roll() & _RANDOM_HIGH | _VERSION, dice.roll() & _RANDOM_LOW | _VARIANT
    digits = f"{high:016x}{low:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_RANDOM_HIGH, _VERSION = 0xFFFF_FFFF_FFFF_0FFF, 4 << 12
_RANDOM_LOW, _VARIANT = (1 << 62) - 1, 1 << 63


_MOMENTS: Mapping[str, Callable[[datetime], str]] = {
    "date-time": timestamp,
    "datetime": timestamp,
    "timestamp": timestamp,
    "iso8601": timestamp,
    "date": day,
    "full-date": day,
    "time": lambda moment: f"{moment:%H:%M:%SZ}",
    "partial-time": lambda moment: f"{moment:%H:%M:%S}",
}
# What a text has that may be of the format, of those formats whose values names tell apart.
_MARKS: Mapping[str, str] = {
    "email": "@", "idn-email": "@", "hostname": ".example.", "uri": "://", "url": "://", "iri": "://",
    "uri-reference": "://", "iri-reference": "://",
}  # fmt: skip
_TOLD: Mapping[str, Maker] = {
    "email": lambda told, role: told.person(role).email,
    "idn-email": lambda told, role: told.person(role).email,
    "hostname": host,
    "idn-hostname": host,
    "ipv4": ipv4,
    "ip": ipv4,
    "ipv6": ipv6,
    "uri": url,
    "url": url,
    "iri": url,
    "uri-reference": url,
    "iri-reference": url,
    "password": password,
    "snowflake": snowflake,
    "phone": e164,
    "phone-number": e164,
    "e164": e164,
    "color": lambda told, _: f"#{told.dice.between(0x101010, 0xEFEFEF):06x}",
    "currency": lambda told, _: told.scene.spot("").currency,
    "iso-4217": lambda told, _: told.scene.spot("").currency,
    "country-code": country_code,
    "iso-country": country_code,
    "html": lambda told, _: f"<p>{sentences(told)}</p>",
    "markdown": lambda told, _: sentences(told),
}
_BY_DICE: Mapping[str, Callable[[Dice], str]] = {
    "uuid": uuid,
    "uuid4": uuid,
    "guid": uuid,
    "duration": lambda dice: f"PT{dice.between(1, 59)}M",
    "regex": lambda dice: f"^[a-z]{{{dice.between(1, 9)}}}$",
    "json-pointer": lambda dice: f"/items/{dice.between(0, 9)}",
    "json-pointer-uri-fragment": lambda dice: f"#/items/{dice.between(0, 9)}",
    "relative-json-pointer": lambda dice: f"{dice.between(0, 3)}/name",
    "uri-template": lambda dice: f"https://example.com/items/{dice.between(1, 99)}{{?page}}",
    "char": lambda dice: dice.pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "decimal": lambda dice: f"{dice.between(1, 500)}.{dice.between(10, 99)}",
    "decimal128": lambda dice: f"{dice.between(1, 500)}.{dice.between(10, 99)}",
    "media-range": lambda dice: dice.pick(("application/json", "text/*", "image/png")),
    "int32": lambda dice: str(dice.between(1, 1000)),
    "int64": lambda dice: str(dice.between(1, 1000)),
    "ulid": lambda dice: "01" + "".join(dice.pick("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(24)),
    "cidr": lambda dice: f"10.{dice.between(0, 255)}.0.0/16",
    "semver": lambda dice: f"{dice.between(0, 4)}.{dice.between(0, 12)}.{dice.between(0, 9)}",
}
