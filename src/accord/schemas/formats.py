"""The formats that are asserted beside those of jsonschema-rs: OpenAPI's registry of them."""

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - RFC 9110's grammar of a token
_MEDIA_RANGE = re.compile(
    rf'(\*/\*|{_TOKEN}/(\*|{_TOKEN}))(\s*;\s*{_TOKEN}=({_TOKEN}|"([^"\\\x00-\x08\x0a-\x1f]|\\.)*"))*'
)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}")
_IMF_FIXDATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT", re.ASCII
)

INTEGERS: Mapping[str, tuple[int, int]] = {
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
    "double-int": (-(2**53) + 1, 2**53 - 1),
}
"""The range of each integer format, by its name."""

FLOATS: Mapping[str, float] = {"float": (2 - 2**-23) * 2.0**127, "double": math.ldexp(2 - 2**-52, 1023)}
"""The largest magnitude of each floating-point format, by its name."""


def is_byte(text: str) -> bool:
    """Is it base64 with its padding (RFC 4648 section 4)?"""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def is_base64url(text: str) -> bool:
    """Is it base64 in the URL-safe alphabet, padded or not (RFC 4648 section 5)?"""
    bare = text.rstrip("=")
    padded = len(bare) != len(text)
    return (
        _BASE64URL.fullmatch(text) is not None and len(bare) % 4 != 1 and (not padded or len(text) % 4 == 0)
    )


def is_char(text: str) -> bool:
    """Is it one character?"""
    return len(text) == 1


def is_decimal(text: str) -> bool:
    """Is it a fixed-point decimal number in digits?"""
    return _DECIMAL.fullmatch(text) is not None


def is_http_date(text: str) -> bool:
    """Is it an IMF-fixdate (RFC 9110 section 5.6.7)?"""
    if _IMF_FIXDATE.fullmatch(text) is None:
        return False
    try:
        return parsedate_to_datetime(text).strftime("%a") == text[:3]
    except ValueError:
        return False


def is_media_range(text: str) -> bool:
    """Is it a media range, such as `text/*;q=0.5` (RFC 9110 section 12.5.1)?"""
    return _MEDIA_RANGE.fullmatch(text) is not None


STRINGS: Mapping[str, Callable[[str], bool]] = {
    "byte": is_byte,
    "base64": is_byte,
    "base64url": is_base64url,
    "char": is_char,
    "decimal": is_decimal,
    "decimal128": is_decimal,
    "http-date": is_http_date,
    "media-range": is_media_range,
}
"""What jsonschema-rs does not know of the string formats. Those that restrict nothing (`password`,
`binary`, `html`, `commonmark`) and those that nobody knows pass."""
