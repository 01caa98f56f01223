"""The names that `x-faker` may have: those of faker.js, old and new, each with what is made for it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from accord.schemas.sampling import lexicon
from accord.schemas.sampling.codes import CAPITALS, DIGITS, HEX, LETTERS, characters
from accord.schemas.sampling.formats import uuid
from accord.schemas.sampling.naming import named
from accord.schemas.sampling.prose import paragraph, sentences
from accord.schemas.sampling.texts import texts
from accord.schemas.sampling.told import Told

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an `x-faker` asks for: the arguments, as JavaScript would be given them."""

    told: Told
    arguments: Sequence[Any] = ()

    def option(self, *names: str, at: int = 0, default: Any = None) -> Any:
        """An argument by one of its names, where options are given, else by its place."""
        first = self.arguments[0] if self.arguments else None
        if isinstance(first, dict):
            return next((first[name] for name in names if name in first), default)
        return self.arguments[at] if at < len(self.arguments) and self.arguments[at] is not None else default


Recipe: TypeAlias = "str | Callable[[Asked], Any]"
"""The name of a property that has such values, or what makes one."""


def number(asked: Asked) -> int | float:
    """A number from `min` to `max`, on the grid that is asked for."""
    is_plain = len(asked.arguments) == 1 and not isinstance(asked.arguments[0], dict)
    low = Fraction(str(0 if is_plain else asked.option("min", default=0)))
    high = Fraction(str(asked.option("max", at=0 if is_plain else 1, default=max(low, 99_999))))
    step = Fraction(str(asked.option("precision", "multipleOf", at=2, default=1)))
    places = asked.option("fractionDigits", at=9)
    step = Fraction(1, 10 ** int(places)) if places is not None else step
    count = asked.told.dice.between(0, max(0, int((high - low) / step)))
    value = low + count * step
    return value.numerator if value.denominator == 1 else float(value)


def _real(asked: Asked) -> int | float:
    first = asked.arguments[0] if asked.arguments else {}
    options = first if isinstance(first, dict) else {"precision": first}
    return number(Asked(asked.told, [{"min": 0, "max": 100, "precision": 0.01, **options}]))


def _amount(asked: Asked) -> str:
    low, high = asked.option("min", default=5), asked.option("max", at=1, default=500)
    places = int(asked.option("dec", at=2, default=2))
    value = number(Asked(asked.told, [{"min": low, "max": high, "fractionDigits": places}]))
    return f"{asked.option('symbol', at=3, default='')}{value:.{places}f}"


def _one(asked: Asked) -> Any:
    listed = asked.arguments[0] if asked.arguments else ["a", "b", "c"]
    return asked.told.dice.pick(listed) if isinstance(listed, list) and listed else None


def _some(asked: Asked) -> Any:
    listed = asked.arguments[0] if asked.arguments else ["a", "b", "c"]
    if not isinstance(listed, list):
        return None
    count = (
        asked.arguments[1] if len(asked.arguments) > 1 else asked.told.dice.between(1, max(1, len(listed)))
    )
    count = count.get("max", count.get("min", 1)) if isinstance(count, dict) else count
    return _shuffled(listed, asked)[: int(count or 1)]


def _shuffled(listed: Sequence[Any], asked: Asked) -> list[Any]:
    left = list(listed)
    return [left.pop(asked.told.dice.between(0, len(left) - 1)) for _ in range(len(left))]


def _weighted(asked: Asked) -> Any:
    listed = asked.arguments[0] if asked.arguments else []
    each = [item["value"] for item in listed for _ in range(max(1, min(100, int(item.get("weight", 1)))))]
    return asked.told.dice.pick(each)


def _characters(alphabet: str) -> Callable[[Asked], str]:
    def made(asked: Asked) -> str:
        length = asked.option("length", "count", default=10 if alphabet == HEX else 5)
        length = length.get("max", 5) if isinstance(length, dict) else length
        return characters(asked.told, alphabet, min(10_000, int(length)))

    return made


def _hexadecimal(asked: Asked) -> str:
    return "0x" + _characters(HEX)(asked)


def _replaced(asked: Asked) -> str:
    """The first argument with a digit for each `#`, a letter for each `?`, either for each `*`."""
    text = str(asked.arguments[0]) if asked.arguments else "###"
    alphabets = {"#": DIGITS, "?": CAPITALS, "*": DIGITS + CAPITALS}
    return re.sub(r"[#?*]", lambda match: asked.told.dice.pick(alphabets[match[0]]), text)


def _words(asked: Asked) -> str:
    count = asked.option("wordCount", "count", default=3)
    count = count.get("max", 3) if isinstance(count, dict) else count
    return " ".join(asked.told.scene.words.spoken("words", asked.told.dice, nb=min(200, int(count))))


def _many(maker: Callable[[Told], str], joint: str) -> Callable[[Asked], str]:
    def made(asked: Asked) -> str:
        count = asked.option("count", default=3)
        count = count.get("max", 3) if isinstance(count, dict) else count
        return joint.join(maker(asked.told) for _ in range(min(50, int(count))))

    return made


def _when(days: int, options: str = "days") -> Callable[[Asked], datetime]:
    """A moment up to so many days (or as many years as are asked for) after today's, or before."""

    def made(asked: Asked) -> datetime:
        asked_for = asked.option(options, default=None)
        most = (
            timedelta(days)
            if asked_for is None
            else int(asked_for) * (_YEAR if options == "years" else timedelta(1))
        )
        most = abs(most) if days > 0 else -abs(most)
        share = Fraction(asked.told.dice.between(1, 999), 1_000)
        return asked.told.scene.times.today + timedelta(seconds=int(most.total_seconds() * share))

    return made


def _between(asked: Asked) -> datetime:
    today = asked.told.scene.times.today
    start, end = (_moment(asked.option(name, at=at), today) for at, name in enumerate(("from", "to")))
    seconds = max(0, int((end - start).total_seconds()))
    return start + timedelta(seconds=asked.told.dice.between(0, seconds))


def _moment(value: Any, today: datetime) -> datetime:
    if isinstance(value, str):
        read = datetime.fromisoformat(value)
        return read if read.tzinfo else read.replace(tzinfo=today.tzinfo)
    return datetime.fromtimestamp(value / 1_000, today.tzinfo) if isinstance(value, int | float) else today


def _picture(asked: Asked) -> str:
    width, height = asked.option("width", default=640), asked.option("height", at=1, default=480)
    return f"https://example.com/images/{asked.told.dice.between(1, 999)}/{width}x{height}.png"


def _pick(*values: Any) -> Callable[[Asked], Any]:
    return lambda asked: asked.told.dice.pick(values)


def _always(text: str) -> Callable[[Asked], str]:
    return lambda _: text


def _digits(alphabet: str, count: int) -> Callable[[Asked], str]:
    return lambda asked: characters(asked.told, alphabet, count)


def _coin(start: str) -> Callable[[Asked], str]:
    return lambda asked: start + characters(asked.told, "123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 33)


def _word(asked: Asked) -> str:
    return asked.told.scene.words.word(asked.told.dice)


def _integers(asked: Asked) -> list[int]:
    return [
        asked.told.dice.between(1, 999) for _ in range(min(1_000, int(asked.option("length", default=10))))
    ]


def _slugified(asked: Asked) -> str:
    return re.sub(r"[^\w.-]+", "-", str(asked.arguments[0])) if asked.arguments else ""


def _phone(asked: Asked) -> str:
    has_form = bool(asked.arguments) and isinstance(asked.arguments[0], str)
    return _replaced(asked) if has_form else next(texts(asked.told.called("phone")))


def _thing(topic: str) -> Callable[[Asked], str]:
    return lambda asked: named(asked.told, topic)


def _email(asked: Asked) -> str:
    provider = asked.option("provider", at=2)
    person = asked.told.person()
    return f"{person.handle}@{provider}" if provider else person.email


_RECIPES: tuple[tuple[str, Recipe], ...] = (
    ("name.firstName person.firstName", "first_name"),
    ("name.lastName person.lastName", "last_name"),
    ("name.middleName person.middleName", "middle_name"),
    ("name.findName name.fullName name.name person.fullName", lambda asked: asked.told.person().full),
    ("name.prefix person.prefix", "salutation"),
    ("name.suffix person.suffix", _pick("Jr.", "Sr.", "PhD", "MD")),
    ("name.gender person.gender name.sex person.sex person.sexType name.sexType", "gender"),
    ("name.jobTitle name.title person.jobTitle", "job_title"),
    (
        "name.jobType person.jobType name.jobArea person.jobArea name.jobDescriptor person.jobDescriptor",
        "department",
    ),
    ("person.bio", "bio"),
    ("internet.email internet.exampleEmail", _email),
    ("internet.userName internet.username internet.displayName", "user_name"),
    ("internet.url", "website"),
    ("internet.domainName", "domain_name"),
    ("internet.domainWord", lambda asked: next(texts(asked.told.called("slug")), "")),
    ("internet.domainSuffix", _pick("com", "org", "net")),
    ("internet.ip internet.ipv4", "ipv4"),
    ("internet.ipv6", "ipv6"),
    ("internet.mac", "mac_address"),
    ("internet.port", lambda asked: asked.told.dice.between(1_024, 65_535)),
    ("internet.protocol", _pick("http", "https")),
    ("internet.httpMethod", "http_method"),
    ("internet.httpStatusCode", _pick(200, 201, 204, 400, 404, 500)),
    ("internet.userAgent", "user_agent"),
    ("internet.password", "password"),
    ("internet.color color.rgb commerce.hex color.hex", "hex_color"),
    ("internet.emoji", _pick("👋", "🎉", "🚀", "👍")),
    ("internet.jwt", "token"),
    ("internet.avatar image.avatar image.avatarGitHub", "avatar"),
    (
        (
            "image.imageUrl image.image image.url image.animals image.business image.cats "
            "image.city image.food image.nature image.people image.sports image.technics "
            "image.transport image.fashion image.abstract image.nightlife "
            "image.urlLoremFlickr image.urlPicsumPhotos image.urlPlaceholder random.image"
        ),
        _picture,
    ),
    ("image.dataUri", _always("data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")),
    ("datatype.uuid string.uuid random.uuid", lambda asked: uuid(asked.told.dice)),
    ("datatype.number number.int random.number", number),
    ("datatype.float number.float random.float", _real),
    ("datatype.bigInt number.bigInt", lambda asked: asked.told.dice.between(10**6, 10**15)),
    ("datatype.boolean random.boolean", lambda asked: asked.told.dice.roll() % 2 == 0),
    ("datatype.string string.sample random.alpha string.alpha", _characters(LETTERS)),
    ("random.alphaNumeric string.alphanumeric", _characters(LETTERS + DIGITS)),
    (
        "datatype.hexaDecimal datatype.hexadecimal random.hexaDecimal string.hexadecimal number.hex",
        _hexadecimal,
    ),
    ("random.numeric string.numeric", _characters(DIGITS)),
    ("string.nanoid", lambda asked: characters(asked.told, LETTERS + DIGITS + "_-", 21)),
    ("string.ulid", lambda asked: "01" + characters(asked.told, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24)),
    ("datatype.datetime date.anytime", "timestamp"),
    ("datatype.array", _integers),
    ("database.mongodbObjectId", _digits(HEX, 24)),
    ("database.column", "column"),
    ("database.type", _pick("int", "varchar", "date", "text", "boolean")),
    (
        "helpers.arrayElement random.arrayElement helpers.randomize helpers.objectValue helpers.enumValue",
        _one,
    ),
    ("helpers.arrayElements random.arrayElements", _some),
    ("helpers.shuffle", lambda asked: _shuffled(asked.arguments[0], asked)),
    ("helpers.weightedArrayElement", _weighted),
    ("helpers.slugify", _slugified),
    ("helpers.replaceSymbols helpers.replaceSymbolWithNumber helpers.regexpStyleStringParse", _replaced),
    ("date.past date.birthdate", _when(-365, "years")),
    ("date.recent time.recent", _when(-1)),
    ("date.soon", _when(1)),
    ("date.future", _when(365, "years")),
    ("date.between", _between),
    ("date.month", _pick(*lexicon.VALUES["month_name"])),
    ("date.weekday", _pick(*lexicon.VALUES["weekday"])),
    ("date.timeZone location.timeZone address.timeZone", "time_zone"),
    (
        (
            "lorem.word random.word word.noun word.sample word.verb word.adverb word.adjective "
            "word.words word.conjunction word.interjection word.preposition"
        ),
        _word,
    ),
    ("lorem.words random.words", _words),
    (
        (
            "lorem.sentence lorem.text lorem.lines hacker.phrase company.catchPhrase "
            "company.bs company.buzzPhrase"
        ),
        lambda asked: sentences(asked.told),
    ),
    ("lorem.sentences", _many(sentences, " ")),
    ("lorem.paragraph", lambda asked: paragraph(asked.told)),
    ("lorem.paragraphs", _many(paragraph, "\n")),
    ("lorem.slug", "slug"),
    (
        (
            "hacker.noun hacker.verb hacker.adjective hacker.ingverb hacker.abbreviation "
            "company.catchPhraseNoun company.bsNoun company.buzzNoun company.buzzVerb "
            "company.buzzAdjective company.catchPhraseAdjective company.catchPhraseDescriptor"
        ),
        _word,
    ),
    ("company.companyName company.name", "company"),
    ("company.companySuffix", _pick("Inc", "LLC", "Group", "Ltd")),
    ("commerce.productName", _thing("product")),
    ("commerce.product", _thing("product")),
    ("commerce.department", _thing("category")),
    ("commerce.productMaterial", _pick("Cotton", "Wood", "Steel", "Granite", "Wool")),
    ("commerce.productAdjective", _pick(*lexicon.ADJECTIVES)),
    ("commerce.productDescription", "description"),
    ("commerce.price finance.amount", _amount),
    ("commerce.color color.human vehicle.color", _pick(*lexicon.VALUES["color"])),
    ("commerce.isbn", "isbn"),
    ("finance.account finance.accountNumber", "account_number"),
    ("finance.accountName", _thing("account")),
    ("finance.routingNumber", "routing_number"),
    ("finance.creditCardNumber", "card_number"),
    ("finance.creditCardCVV", "cvv"),
    ("finance.creditCardIssuer", "card_brand"),
    ("finance.currencyCode", "currency_code"),
    ("finance.currencyName", "currency_name"),
    ("finance.currencySymbol", "currency_symbol"),
    ("finance.iban", _always("DE02120300000000202051")),
    ("finance.bic", _always("COBADEFFXXX")),
    ("finance.mask finance.maskedNumber", _digits(DIGITS, 4)),
    ("finance.pin", lambda asked: characters(asked.told, DIGITS, int(asked.option("length", default=4)))),
    ("finance.bitcoinAddress", _coin("1")),
    ("finance.litecoinAddress", _coin("L")),
    ("finance.ethereumAddress", lambda asked: "0x" + characters(asked.told, HEX, 40)),
    ("finance.transactionType", _pick("deposit", "payment", "invoice", "withdrawal")),
    ("finance.transactionDescription", "description"),
    ("address.city address.cityName location.city", "city"),
    ("address.streetAddress location.streetAddress", "street_address"),
    ("address.streetName address.street location.street", _pick(*lexicon.STREETS)),
    ("address.secondaryAddress location.secondaryAddress", "address_line_2"),
    ("address.buildingNumber location.buildingNumber", "building_number"),
    ("address.zipCode address.zipCodeByState location.zipCode", "postal_code"),
    ("address.state location.state address.county location.county", "state_name"),
    ("address.stateAbbr", "state_code"),
    ("address.country location.country", lambda asked: asked.told.spot().country),
    ("address.countryCode location.countryCode", "country_code"),
    ("address.latitude location.latitude", lambda asked: asked.told.spot().latitude),
    ("address.longitude location.longitude", lambda asked: asked.told.spot().longitude),
    (
        "address.nearbyGPSCoordinate location.nearbyGPSCoordinate",
        lambda asked: [asked.told.spot().latitude, asked.told.spot().longitude],
    ),
    (
        "address.direction address.cardinalDirection location.direction location.cardinalDirection",
        _pick("North", "East", "South", "West"),
    ),
    ("phone.phoneNumber phone.number phone.phoneNumberFormat", _phone),
    ("phone.imei", _digits(DIGITS, 15)),
    ("system.fileName system.commonFileName", "file_name"),
    ("system.filePath", "file_path"),
    ("system.directoryPath", _pick("/data", "/home/app", "/usr/share", "/var/log")),
    ("system.fileExt system.commonFileExt", "file_extension"),
    ("system.fileType system.commonFileType", _pick("image", "text", "audio", "video")),
    ("system.mimeType", "mime_type"),
    ("system.semver", "version"),
    ("system.cron", "cron"),
    ("git.branch", "branch"),
    ("git.commitSha", "commit_sha"),
    ("git.shortSha", _digits(HEX, 7)),
    ("git.commitMessage git.commitEntry", _thing("issue")),
    ("random.locale", lambda asked: asked.told.scene.words.locale),
    ("music.genre", _pick("Jazz", "Rock", "Classical", "Folk", "Electronic")),
    ("music.songName", _thing("song")),
    ("music.artist", lambda asked: next(texts(asked.told.called("band_name")))),
    ("music.album", _thing("album")),
    ("book.title", _thing("book")),
    ("book.author", lambda asked: asked.told.person().full),
    ("animal.type", _pick(*lexicon.SPECIES)),
    ("animal.dog animal.cat animal.petName", _pick(*lexicon.PETS)),
    ("airline.flightNumber", lambda asked: str(asked.told.dice.between(100, 9_999))),
    ("vehicle.vehicle vehicle.model", _thing("vehicle")),
    ("vehicle.manufacturer", _pick("Audi", "Ford", "Honda", "Toyota", "Volvo")),
    ("vehicle.type", _pick("Sedan", "SUV", "Wagon", "Van")),
    ("vehicle.fuel", _pick("Electric", "Hybrid", "Diesel", "Gasoline")),
    ("vehicle.vin", "vin"),
    ("vehicle.vrm", "license_plate"),
    ("vehicle.bicycle", _pick("City Bicycle", "Mountain Bicycle", "Road Bicycle")),
)
RECIPES: Mapping[str, tuple[str, Recipe]] = {
    name.lower(): (name, recipe) for names, recipe in _RECIPES for name in names.split()
}
"""By the name in small letters: how it is written, and what is made for it."""


def made(recipe: Recipe, asked: Asked) -> Iterator[Any]:
    """Values for an `x-faker`, the best first."""
    if isinstance(recipe, str):
        yield from texts(asked.told.called(recipe))
    else:
        yield recipe(asked)
