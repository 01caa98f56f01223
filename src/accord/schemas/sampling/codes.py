"""Numbers, keys and addresses of machines: made up, and where there are blocks for examples, out of these."""

from collections.abc import Iterator

from accord.schemas.sampling import lexicon
from accord.schemas.sampling.told import Told

HEX = "0123456789abcdef"
DIGITS = "0123456789"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
CAPITALS = LETTERS.upper()
_AT_ONCE = 8
_UNMISTAKABLE = "ABCDEFGHJKLMNPRSTUVWXYZ"


def characters(told: Told, alphabet: str, count: int) -> str:
    """So many characters of an alphabet."""
    found: list[str] = []
    while len(found) < count:
        number = told.dice.roll()
        for _ in range(_AT_ONCE):
            number, at = divmod(number, len(alphabet))
            found.append(alphabet[at])
    return "".join(found[:count])


def identifier(told: Told, _: str) -> Iterator[str]:
    """What tells a thing from all others, as databases make it, and as they count."""
    yield characters(told, HEX, 24)
    yield str(told.dice.between(10_000, 99_999))
    yield snowflake(told)
    yield from (characters(told, HEX, count) for count in (64, 40, 32))


def snowflake(told: Told, _: str = "") -> str:
    """A long number that tells a thing from all others."""
    return str(told.dice.between(10**17, 10**18 - 1))


def token(told: Told, _: str) -> str:
    """What nobody guesses."""
    return characters(told, CAPITALS + LETTERS + DIGITS, 40)


def ipv4(told: Told, _: str = "") -> str:
    """An address of the blocks for documentation (RFC 5737)."""
    return f"{told.dice.pick(('192.0.2', '198.51.100', '203.0.113'))}.{told.dice.between(1, 254)}"


def ipv6(told: Told, _: str = "") -> str:
    """An address of the block for documentation (RFC 3849)."""
    return f"2001:db8:{told.dice.between(1, 0xFFFF):x}::{told.dice.between(1, 0xFFFF):x}"


def network(told: Told, _: str = "") -> str:
    """A range of addresses that is in no public use (RFC 1918)."""
    return f"10.{told.dice.between(0, 255)}.0.0/16"


def mac(told: Told, _: str = "") -> str:
    """A hardware address of those that anyone may use."""
    return ":".join(("02", *(characters(told, HEX, 2) for _ in range(5))))


def phone(told: Told, _: str = "") -> str | tuple[str, ...]:
    """A number that leads to nobody, as people and as machines write it."""
    area, line = told.dice.between(201, 989), told.dice.between(100, 199)
    if told.scene.words.is_default:
        return f"+1-{area}-555-0{line}", f"+1{area}5550{line}", f"({area}) 555-0{line}", f"{area}5550{line}"
    return str(told.scene.words.spoken("phone_number", told.dice)), e164(told)


def e164(told: Told, _: str = "") -> str:
    """A telephone number with the country's code and no spaces."""
    return f"+1{told.dice.between(201, 989)}5550{told.dice.between(100, 199)}"


def barcode(start: str, told: Told) -> str:
    """Thirteen digits of which the last is the check digit of the others."""
    text = start + characters(told, DIGITS, 9)
    weighted = sum(int(each) * (3 if at % 2 else 1) for at, each in enumerate(text))
    return f"{text}{-weighted % 10}"


def numbered(told: Told, _: str) -> str:
    """A number as documents have it, after what they are: `INV-20417`."""
    kind = told.name.rpartition("_")[0].rpartition("_")[2]
    return f"{kind[:3].upper() or 'NO'}-{told.dice.between(10_000, 99_999)}"


def code(told: Told, _: str) -> str:
    """A short code in capitals."""
    kind = told.name.rpartition("_")[0].rpartition("_")[2]
    return f"{kind[:2].upper() or 'AC'}{characters(told, DIGITS[1:], max(3, told.low - 2))}"


def plate(told: Told, _: str) -> str:
    """What stands on the license plate of a car."""
    return f"{characters(told, _UNMISTAKABLE, 3)}-{told.dice.between(1_000, 9_999)}"


def vin(told: Told, _: str) -> str:
    """The number of a vehicle."""
    return characters(told, _UNMISTAKABLE + DIGITS, 17)


def tax_number(told: Told, _: str) -> str:
    """The number of a company with the tax office."""
    return f"{told.dice.between(10, 98)}-{told.dice.between(1_000_000, 9_999_999)}"


def national_number(told: Told, _: str) -> str:
    """A number of social security that is given to nobody."""
    return f"900-{told.dice.between(10, 65)}-{told.dice.between(1_000, 9_999)}"


def password(told: Told, _: str) -> str:
    """Two words, two digits and a sign."""
    return f"{told.dice.pick(lexicon.NOUNS)}-{told.dice.pick(lexicon.NOUNS)}-{told.dice.between(10, 99)}!"


def money(told: Told, _: str) -> tuple[str, ...]:
    """An amount as text."""
    whole = told.dice.between(5, 480)
    return f"{whole}.{told.dice.between(0, 99):02}", str(whole)


def cron(told: Told, _: str) -> str:
    """Once a day, as cron writes it."""
    return f"{told.dice.between(0, 59)} {told.dice.between(0, 23)} * * *"
