"""What a collection's `auth` asks of a request: a security scheme, or parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.document import pointers
from accord.document.moves import Moves
from accord.document.postman.parts import Entry, Part, Raw

_HTTP: Mapping[str, str] = {
    "basic": "basic",
    "bearer": "bearer",
    "digest": "digest",
    "oauth2": "bearer",
    "jwt": "bearer",
    "asap": "bearer",
    "hawk": "hawk",
    "ntlm": "ntlm",
    "oauth1": "oauth",
    "awsv4": "aws4-hmac-sha256",
    "edgegrid": "eg1-hmac-sha256",
}
"""The scheme in `Authorization` of each kind of auth; `Authorization` itself cannot be a parameter."""

_OAUTH1 = (
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature",
)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a request has to bring: a security scheme or none, query parameters, headers."""

    kind: str = ""
    scheme: Raw | None = None
    query: Sequence[Entry] = ()
    headers: Sequence[Entry] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Schemes:
    """The security schemes of a collection, equal ones once."""

    moves: Moves
    named: dict[str, Raw] = field(default_factory=dict)

    def requirement(self, demand: Demand) -> list[dict[str, list[str]]]:
        """The security requirements of an operation."""
        return [{self._name(demand, demand.scheme): []}] if demand.scheme else []

    def _name(self, demand: Demand, scheme: Raw) -> str:
        for name, known in self.named.items():
            if known == scheme:
                return name
        alike = sum(name.partition("-")[0] == demand.kind for name in self.named)
        name = f"{demand.kind}-{alike + 1}" if alike else demand.kind
        self.named[name] = scheme
        self.moves.add(pointers.join("/components/securitySchemes", name), demand.pointer)
        return name


def auth_of(part: Part) -> Part | None:
    """The auth of a collection, folder or request that states its kind; None: that around it counts."""
    auth = part.inner("auth")
    return auth if isinstance(auth.value.get("type"), str) else None


def demand_of(auth: Part | None, headers: Sequence[Entry]) -> Demand:
    """What auth asks of a request; where there is none, what an `Authorization` written by hand asks."""
    if auth is not None:
        return _demand(auth, auth.text("type").lower(), _settings(auth))
    for header in headers:
        if header.name.lower() == "authorization":
            return _by_hand(header)
    return Demand()


def _settings(auth: Part) -> Mapping[str, str]:
    """The settings of an auth: pairs in v2.1, an object in v2.0."""
    kind = auth.text("type")
    if isinstance(auth.value.get(kind), list):
        return {each.text("key"): _setting(each, "value") for each in auth.listed(kind)}
    stated = auth.inner(kind)
    return {key: _setting(stated, key) for key in stated.value}


def _setting(part: Part, key: str) -> str:
    return "" if isinstance(part.value.get(key), dict | list) else part.text(key)


def _demand(auth: Part, kind: str, settings: Mapping[str, str]) -> Demand:
    if kind == "apikey":
        return _api_key(settings, auth.pointer)
    if kind == "oauth1" and settings.get("addParamsToHeader") != "true":
        return Demand(query=_entries(_OAUTH1, auth))
    if kind in ("oauth2", "jwt") and settings.get("addTokenTo", "").startswith("query"):
        name = settings.get("queryParamKey") if kind == "jwt" else ""
        return Demand(query=_entries([name or "access_token"], auth))
    if kind not in _HTTP:
        return Demand()
    scheme: Raw = {"type": "http", "scheme": _HTTP[kind]}
    if kind == "jwt":
        scheme["bearerFormat"] = "JWT"
    dated = ["X-Amz-Date", *(["X-Amz-Security-Token"] if settings.get("sessionToken") else [])]
    headers = _entries(dated, auth) if kind == "awsv4" else ()
    return Demand(kind, scheme, headers=headers, pointer=auth.pointer)


def _api_key(settings: Mapping[str, str], pointer: str) -> Demand:
    """An API key's demand; none where the key has no name: then nothing is sent, either."""
    if not (name := settings.get("key", "").strip()):
        return Demand()
    place = "query" if settings.get("in") == "query" else "header"
    return Demand("apiKey", {"type": "apiKey", "name": name, "in": place}, pointer=pointer)


def _by_hand(header: Entry) -> Demand:
    kind = header.value.partition(" ")[0].lower()
    if kind in ("basic", "bearer", "digest"):
        return Demand(kind, {"type": "http", "scheme": kind}, pointer=header.pointer)
    scheme = {"type": "apiKey", "name": "Authorization", "in": "header"}
    return Demand("apiKey", scheme, pointer=header.pointer)


def _entries(names: Sequence[str], auth: Part) -> list[Entry]:
    return [Entry(name, "", "", auth.pointer) for name in names]
