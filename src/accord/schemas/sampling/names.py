"""Names of properties: whether a pattern of the contract means them, and names made for free ones."""

import re

from accord.schemas.patterns import translated
from accord.schemas.validators import verdict_of


def matches(pattern: str, name: str) -> bool:
    """Does a pattern of `patternProperties` mean this name?"""
    try:
        return bool(verdict_of({"pattern": pattern})(name))
    except ValueError:
        pass
    try:
        return bool(verdict_of({"pattern": translated(pattern)})(name))
    except ValueError:
        return False


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINT = re.compile(r"[^A-Za-z0-9]+")


def snake(name: str) -> str:
    """The name in small letters with underscores: `createdAt` and `Created At` become `created_at`."""
    return _JOINT.sub("_", _HUMP.sub("_", name)).strip("_").lower()


_WRITTEN_OUT = {
    "addr": "address",
    "amt": "amount",
    "avg": "average",
    "curr": "currency",
    "desc": "description",
    "descr": "description",
    "dt": "date",
    "contenttype": "content_type",
    "countrycode": "country_code",
    "createdat": "created_at",
    "currencycode": "currency_code",
    "displayname": "display_name",
    "filename": "file_name",
    "fname": "first_name",
    "firstname": "first_name",
    "forename": "first_name",
    "fullname": "full_name",
    "hostname": "host_name",
    "img": "image",
    "ipaddress": "ip_address",
    "lang": "language",
    "lastname": "last_name",
    "lname": "last_name",
    "lng": "longitude",
    "lon": "longitude",
    "mail": "email",
    "max": "maximum",
    "min": "minimum",
    "mins": "minutes",
    "macaddress": "mac_address",
    "middlename": "middle_name",
    "mimetype": "mime_type",
    "msg": "message",
    "num": "number",
    "org": "organization",
    "organisation": "organization",
    "colour": "color",
    "licence": "license",
    "passwd": "password",
    "pct": "percent",
    "pagesize": "page_size",
    "phonenumber": "phone_number",
    "pic": "picture",
    "postalcode": "postal_code",
    "postcode": "postal_code",
    "pwd": "password",
    "qty": "quantity",
    "secs": "seconds",
    "statuscode": "status_code",
    "streetaddress": "street_address",
    "surname": "last_name",
    "tel": "phone",
    "totalcount": "total_count",
    "telephone": "phone",
    "timezone": "time_zone",
    "ts": "timestamp",
    "tz": "time_zone",
    "updatedat": "updated_at",
    "useragent": "user_agent",
    "usr": "user",
    "username": "user_name",
    "zip": "postal_code",
    "zipcode": "postal_code",
}
_JOINED = (("_e_mail_", "_email_"), ("_zip_code_", "_postal_code_"), ("_i_pv", "_ipv"))


def written_out(plain: str) -> str:
    """A name in snake case with its abbreviations written out: `cust_addr` becomes `cust_address`."""
    framed = f"_{plain}_"
    for joined, whole in _JOINED:
        framed = framed.replace(joined, whole)
    return "_".join(_WRITTEN_OUT.get(token, token) for token in framed[1:-1].split("_"))


def words_of(text: str) -> frozenset[str]:
    """The words that a text lists."""
    return frozenset(text.split())


def plural(word: str) -> str:
    """More than one of what a word means."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "es" if word.endswith(("x", "ch", "sh")) else word + "s"


_ENDINGS = words_of(
    "response request dto model resource object schema entity full simple base output input out in read "
    "write create update details detail info data summary result payload body view type ref reference "
    "record v1 v2 v3 public private mini properties attributes spec params config item response_body "
    "state description definition new min compact all of stub short value or and"
)


def thing_of(plain: str) -> str:
    """A name in snake case without the words that only say what a schema is for: `pet_response` is a pet."""
    tokens = plain.split("_")
    while len(tokens) > 1 and tokens[-1] in _ENDINGS:
        tokens.pop()
    return "_".join(tokens)
