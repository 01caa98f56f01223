"""Formats as patterns of whole texts, for a text that must have a format and more: lengths, patterns, both.

Each has narrow patterns first, of what people expect, then wider ones. None has all that its format allows.
"""

from collections.abc import Mapping

_DAY = r"(0[1-9]|1\d|2[0-8])"
_DATE = rf"20[0-4]\d-(0[1-9]|1[0-2])-{_DAY}"
_ANY_DATE = r"\d{4}-((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_OFFSET = r"(Z|[+-](0\d|1[0-3]):[0-5]\d)"
_LABEL = r"[a-z0-9]+(-[a-z0-9]+)*"
_ANY_LABEL = r"[A-Za-z0-9]{1,30}(-[A-Za-z0-9]{1,30})?"
_DOMAIN = rf"({_LABEL}\.)+[a-z]{{2,3}}"
_ANY_DOMAIN = rf"({_ANY_LABEL}\.){{1,6}}[A-Za-z]{{2,20}}"
_BYTE = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = rf"({_BYTE}\.){{3}}{_BYTE}"
_SEGMENTS = r"(/[a-z0-9]+([._-][a-z0-9]+)*)*/?"
_ANY_SEGMENTS = r"(/[A-Za-z0-9._~!$&'()*+,;=:@-]*)*"
_QUERY = r"(\?[a-z_]+=[A-Za-z0-9._-]*(&[a-z_]+=[A-Za-z0-9._-]*)*)?(#[A-Za-z0-9_-]+)?"
_URI = (
    rf"^https?://{_DOMAIN}{_SEGMENTS}$",
    rf"^(https?|ftp|wss?)://({_ANY_DOMAIN}|localhost|{_IPV4})(:[1-9]\d{{1,3}})?{_ANY_SEGMENTS}{_QUERY}$",
    rf"^[a-z][a-z0-9+.-]{{0,15}}:(//{_ANY_LABEL})?[A-Za-z0-9._~:/@+-]*{_QUERY}$",
)
_REFERENCE = (
    r"^(/[a-z0-9]+([._-][a-z0-9]+)*)+$",
    rf"^{_SEGMENTS}{_QUERY}$",
    rf"^[A-Za-z0-9._~-]*{_ANY_SEGMENTS}{_QUERY}$",
    *_URI,
)
_HEX4 = "[0-9a-f]{1,4}"
_HEX = r"[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-%s[0-9a-f]{3}-[0-9a-f]{12}"
_ANY_HEX = "[0-9a-fA-F]"
_TOKENS = r"(/([A-Za-z0-9_.-]|~[01])*)*"
_BASE64 = r"[A-Za-z0-9+/]"
_ENCODED = rf"^({_BASE64}{{4}})*({_BASE64}[AQgw]==|{_BASE64}{{2}}[AEIMQUYcgkosw048]=)?$"
_EMAIL = (
    rf"^[a-z0-9]+([._+-][a-z0-9]+)*@{_DOMAIN}$",
    rf"^[A-Za-z0-9]{{1,15}}([._+%-][A-Za-z0-9]{{1,15}}){{0,3}}@{_ANY_DOMAIN}$",
)
_HOST = (rf"^{_DOMAIN}$", rf"^({_ANY_LABEL}\.){{0,7}}{_ANY_LABEL}$")
_TIME_OF_DURATION = r"T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)"

GRAMMARS: Mapping[str, tuple[str, ...]] = {
    "date": (f"^{_DATE}$", f"^{_ANY_DATE}$"),
    "date-time": (f"^{_DATE}T{_CLOCK}Z$", rf"^{_ANY_DATE}[Tt]{_CLOCK}(\.\d{{1,9}})?{_OFFSET}$"),
    "time": (f"^{_CLOCK}Z$", rf"^{_CLOCK}(\.\d{{1,9}})?{_OFFSET}$"),
    "duration": (
        rf"^P((\d+Y(\d+M(\d+D)?)?|\d+M(\d+D)?|\d+D)({_TIME_OF_DURATION})?|{_TIME_OF_DURATION}|\d+W)$",
    ),
    "email": _EMAIL,
    "idn-email": _EMAIL,
    "hostname": _HOST,
    "idn-hostname": _HOST,
    "ipv4": (f"^{_IPV4}$",),
    "ipv6": (
        rf"^{_HEX4}(:{_HEX4}){{7}}$",
        rf"^(({_HEX4}:){{1,6}}(:{_HEX4})|({_HEX4}:){{1,7}}:|:(:{_HEX4}){{1,7}}|::)$",
        r"^[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){7}$",
    ),
    "uri": _URI,
    "url": _URI,
    "iri": _URI,
    "uri-reference": _REFERENCE,
    "iri-reference": _REFERENCE,
    "uri-template": (rf"^https://{_DOMAIN}(/[a-z0-9]+|/\{{[a-z_]+\}})*$", r"^(/[a-z0-9]*|/?\{[a-z_]+\})*$"),
    "uuid": (
        rf"^{_HEX % ('4', '[89ab]')}$",
        rf"^{_ANY_HEX}{{8}}-{_ANY_HEX}{{4}}-{_ANY_HEX}{{4}}-{_ANY_HEX}{{4}}-{_ANY_HEX}{{12}}$",
    ),
    "json-pointer": (f"^{_TOKENS}$",),
    "relative-json-pointer": (rf"^(0|[1-9]\d*)(#|{_TOKENS})$",),
    "regex": ("^[a-z]*$", r"^\^?[A-Za-z0-9_-]*\$?$"),
    "byte": (_ENCODED,),
    "base64": (_ENCODED,),
    "base64url": (r"^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{3})?$",),
    "char": ("^[A-Za-z]$", "^.$"),
    "decimal": (r"^-?(0|[1-9]\d*)(\.\d+)?$",),
    "decimal128": (r"^-?(0|[1-9]\d*)(\.\d+)?$",),
    "media-range": (
        r"^(application|text|image)/([a-z]+|\*)$",
        r"^[A-Za-z0-9-]+/[A-Za-z0-9.+-]+(; ?[a-z]+=[a-z0-9]+)*$",
    ),
}
