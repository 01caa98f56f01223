"""What people would write: words by the name of a property, in one table, and by format."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from accord.errors import UsageError
from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.names import snake
from accord.schemas.sampling.times import Times, means_time

_Entry = TypeVar("_Entry")

# Of the names that say what a text is: a pattern of the whole name in snake case, and Faker's word for it.
# The first that fits counts.
_TEXTS: tuple[tuple[str, str], ...] = (
    (r"(.*_)?(e_?mail|email_address)(_address)?", "safe_email"),
    (r"(first|given|fore)_?name", "first_name"),
    (r"(last|family)_?name|surname", "last_name"),
    (r"(middle)_?name", "first_name"),
    (r"(full|display|real|contact|owner|author|customer|holder|recipient|cardholder|employee)_name", "name"),
    (r"(author|owner|assignee|creator|manager|contact_person|artist|reporter)", "name"),
    (r"(.*_)?(user_?name|login|nick_?name|handle|screen_name)", "user_name"),
    (r"(.*_)?(company|organi[sz]ation|employer|business|vendor|merchant)(_name)?", "company"),
    (r"(.*_)?(job|job_title|occupation|profession)", "job"),
    (r"(.*_)?(phone|mobile|telephone|fax|cell)(_?number)?", "phone_number"),
    (r"(.*_)?(street|street_address|address_?line_?1?|address_1|line_?1|street_?1)", "street_address"),
    (r"(address_?line_?[2-9]|line_?[2-9]|street_?2|address_[2-9])", "secondary_address"),
    (r"(.*_)?address", "address"),
    (r"(.*_)?(city|town|locality)(_name)?", "city"),
    (r"(.*_)?(province|county|region)(_name|_code)?|(address|billing|shipping|home|us)_state", "state"),
    (r"(.*_)?(zip|zip_?code|postal_?code|post_?code)", "postcode"),
    (r"(.*_)?(country_?code|country_?iso2?|country)", "country_code"),
    (r"(.*_)?(country_name|nation)", "country"),
    (r"(.*_)?currency(_?code)?", "currency_code"),
    (r"(.*_)?(locale|language_?code|language|lang)", "language_code"),
    (r"(.*_)?(time_?zone|tz)", "timezone"),
    (r"(.*_)?(host|host_?name|fqdn)", "hostname"),
    (r"(.*_)?domain(_name)?", "domain_name"),
    (r"(.*_)?(ip|ip_?address|ipv4)", "ipv4"),
    (r"(.*_)?ipv6", "ipv6"),
    (r"(.*_)?mac_?address", "mac_address"),
    (r"(.*_)?(user_agent)", "user_agent"),
    (r"(.*_)?(mime_?type|content_?type|media_?type)", "mime_type"),
    (r"(.*_)?file_?name", "file_name"),
    (r"(.*_)?(file_?path|path)", "file_path"),
    (r"(.*_)?(slug|permalink)", "slug"),
    (r"(.*_)?(hex_)?colou?r", "hex_color"),
    (r"(.*_)?(iban)", "iban"),
    (r"(.*_)?(bic|swift)(_code)?", "swift"),
    (r"(.*_)?(isbn)", "isbn13"),
    (r"(.*_)?(ean|gtin|barcode)", "ean13"),
    (r"(.*_)?(licen[cs]e_plate)", "license_plate"),
    (r"(.*_)?(description|summary|bio|biography|details|about|caption|instructions|overview)", "sentence"),
    (r"(.*_)?(content|body|text|message|comment|comments|note|notes|reason|review|prompt)", "sentence"),
    (r"(.*_)?(title|subject|headline|heading)", "title"),
    (r"(.*_)?(name|label)", "label"),
    (r"(.*_)?(status|state|phase)", "status"),
    (r"(.*_)?(priority|severity|level)", "priority"),
    (r"(.*_)?(role)", "role"),
    (r"(.*_)?(sku|part_?number|serial_?number|model_?number)", "sku"),
    (r"(.*_)?version", "version"),
    (r"(.*_)?(tag|keyword|category|topic|genre|type|kind|group)", "word"),
)
# Words that Faker does not have.
_OWN: Mapping[str, tuple[str, ...]] = {
    "status": ("active", "pending", "completed"),
    "priority": ("low", "medium", "high"),
    "role": ("admin", "editor", "viewer"),
    "sku": ("AB-1042", "CK-2280", "MT-3317", "RX-4905", "ZN-5561"),
    "version": ("1.0.0", "1.4.2", "2.1.0", "2.3.1"),
}
# Of what a thing is called, what its `name` is.
_PERSONS = (
    "user|owner|author|customer|person|contact|employee|member|patient|creator|assignee|manager|student"
    "|teacher|recipient|sender|client|buyer|seller|guest|driver|artist|player"
)
_NAMED: tuple[tuple[str, str], ...] = (
    (rf"(.*_)?({_PERSONS})", "name"),
    (r"(.*_)?(company|organi[sz]ation|employer|vendor|merchant|supplier|business)", "company"),
    (r"(.*_)?(city|town)", "city"),
    (r"(.*_)?country", "country"),
    (r"(.*_)?(file|attachment|document)", "file_name"),
)
# The same of numbers: from and to, in hundredths.
_NUMBERS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"(.*_)?(price|amount|cost|total|subtotal|fee|balance|tax|discount|salary|revenue)", (500, 50_000)),
    (r"(.*_)?(lat|latitude)", (3_000, 6_000)),
    (r"(.*_)?(lng|lon|long|longitude)", (-1_000, 3_000)),
    (r"(.*_)?age", (1_800, 8_000)),
    (r"(.*_)?(percent|percentage)", (0, 10_000)),
    (r"(.*_)?(rating|score|stars)", (100, 500)),
    (r"(.*_)?(confidence|probability|ratio|temperature|similarity)", (10, 99)),
    (r"(.*_)?(quantity|count|qty|stock|attempts|retries)", (100, 2_000)),
    (r"(page|page_number)", (100, 100)),
    (r"(.*_)?(limit|page_?size|per_page)", (2_000, 2_000)),
    (r"(offset|skip)", (0, 0)),
    (r"(.*_)?(size|bytes|file_size|content_length)", (102_400, 50_000_000)),
    (r"(.*_)?(width|height)", (32_000, 192_000)),
    (r"(.*_)?year", (199_000, 202_500)),
    (r"(.*_)?month", (100, 1_200)),
    (r"(.*_)?day", (100, 2_800)),
    (r"(.*_)?port", (102_400, 6_553_500)),
    (r"(.*_)?(status_?code|http_status)", (20_000, 20_000)),
)
_URLS = re.compile(r"(.*_)?(ur[il]|urls|href|link|website|homepage|web_?site|endpoint|callback|webhook|avatar|image|picture|photo|thumbnail|icon|logo)")  # fmt: skip  # noqa: E501
_IDENTIFIERS = re.compile(r"(.*_)?(id|uuid|guid|key|token|hash|sha|checksum|etag|reference|ref|secret)")
_IMAGES = re.compile(r"(.*_)?(avatar|image|picture|photo|thumbnail|icon|logo)(_ur[il])?")
_SHA = re.compile(r"(.*_)?(sha|sha1|commit_?(id|sha)?|hash|checksum|digest)")
_HEX = "0123456789abcdef"


@dataclass(frozen=True, eq=False)
class Words:
    """Faker's words in one locale; loaded with the first that is asked for."""

    locale: str
    _entries: dict[int, dict[str, Any]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _faker(self) -> Any:
        from faker import Factory  # noqa: PLC0415 - it takes longer to import than all of accord

        try:
            return Factory.create(self.locale)
        except AttributeError:
            raise UsageError(
                f"there are no words for the locale {self.locale!r}",
                hint="use one that Faker has, such as en_US, de_DE, fr_FR or ja_JP",
            ) from None

    def load(self) -> None:
        """Loads the words now. Raises UsageError where the locale has none."""
        _ = self._faker

    def spoken(self, method: str, dice: Dice, **arguments: Any) -> Any:
        """What a method of Faker's gives; None where this locale has no such method."""
        self._faker.seed_instance(dice.roll())
        own = {"title": self._title, "label": self._label}.get(method)
        if own:
            return own()
        if method in _OWN:
            return dice.pick(_OWN[method])
        try:
            return getattr(self._faker, method)(**arguments)
        except (AttributeError, TypeError, ValueError):
            return None

    def _title(self) -> str:
        return str(self._faker.sentence(nb_words=4)).rstrip(".")

    def _label(self) -> str:
        return " ".join(self._faker.words(2)).capitalize()

    def text(self, name: str, dice: Dice, times: Times, *, of: str = "") -> Iterator[str]:
        """Texts that a property of that name, of a thing called `of`, might have."""
        plain = snake(name)
        if means_time(plain):
            moment = times.moment(plain)
            yield moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            yield moment.strftime("%Y-%m-%d")
            return
        if _SHA.fullmatch(plain):
            yield self.digits(dice, _HEX, 40)
        if _URLS.fullmatch(plain):
            yield self.url(plain, dice)
        if plain == "name" and (method := self._found(_NAMED, snake(of))) is not None:
            yield str(self.spoken(method, dice))
        if (method := self._found(_TEXTS, plain)) is not None:
            yield str(self.spoken(method, dice))
        elif _IDENTIFIERS.fullmatch(plain):
            yield self.digits(dice, _HEX, 24)

    def url(self, plain: str, dice: Dice) -> str:
        """An address under example.com, of a picture where the name means one."""
        slug = self.spoken("slug", dice) or "page"
        return f"https://example.com/{slug}" + (".png" if _IMAGES.fullmatch(plain) else "")

    def digits(self, dice: Dice, alphabet: str, count: int) -> str:
        """So many characters of an alphabet."""
        return "".join(dice.pick(alphabet) for _ in range(count))

    def sentence(self, dice: Dice) -> str:
        """A few words, for a text of which nothing is known."""
        self._faker.seed_instance(dice.roll())
        return " ".join(self._faker.words(2))

    def long_text(self, dice: Dice, low: int) -> str:
        """Sentences of at least so many characters."""
        text = str(self.spoken("paragraph", dice))
        return " ".join([text] * (low // len(text) + 1))

    def usual_range(self, name: str) -> tuple[int, int] | None:
        """From and to, in hundredths, for a number of that name."""
        return self._found(_NUMBERS, snake(name))

    def _found(self, table: tuple[tuple[str, _Entry], ...], name: str) -> _Entry | None:
        """The entry of the first pattern that the name has; looked up once for each name."""
        known = self._entries.setdefault(id(table), {})
        if name not in known:
            known[name] = next((value for pattern, value in table if re.fullmatch(pattern, name)), None)
        return known[name]  # type: ignore[no-any-return]  # one table's entries are of one type


def identifies(name: str) -> bool:
    """Does a name say that its value belongs to one thing alone? An example then serves only once."""
    plain = snake(name)
    return _IDENTIFIERS.fullmatch(plain) is not None or plain.endswith(("email", "name", "slug"))


def formatted(format_: str, name: str, words: Words, dice: Dice, times: Times) -> Iterator[str]:
    """Texts that have a format; none where the format is not known."""
    plain = snake(name)
    maker = _FORMATS.get(format_)
    if maker is not None:
        yield maker(dice)
        return
    if format_ in _MOMENTS:
        yield times.moment(plain).strftime(_MOMENTS[format_])
    elif format_ in ("uri", "url", "iri", "uri-reference", "iri-reference"):
        yield words.url(plain, dice)
    elif format_ in ("byte", "base64", "base64url"):
        yield base64.b64encode(words.sentence(dice).encode().ljust(18, b".")[:18]).decode()
    elif format_ in _SPOKEN:
        yield str(words.spoken(_SPOKEN[format_], dice))


def uuid(dice: Dice) -> str:
    """A UUID of version 4."""
    digits = [dice.pick(_HEX) for _ in range(32)]
    digits[12], digits[16] = "4", dice.pick("89ab")
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


_MOMENTS: Mapping[str, str] = {
    "date-time": "%Y-%m-%dT%H:%M:%SZ",
    "date": "%Y-%m-%d",
    "time": "%H:%M:%SZ",
    "http-date": "%a, %d %b %Y %H:%M:%S GMT",
}
_SPOKEN: Mapping[str, str] = {
    "email": "safe_email",
    "idn-email": "safe_email",
    "hostname": "domain_name",
    "idn-hostname": "domain_name",
    "ipv4": "ipv4_public",
    "ip": "ipv4_public",
    "ipv6": "ipv6",
    "password": "password",
    "phone": "phone_number",
    "color": "hex_color",
}
_FORMATS: Mapping[str, Callable[[Dice], str]] = {
    "uuid": uuid,
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
}
