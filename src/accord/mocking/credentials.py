"""Is a request authenticated, as far as a mock can say: every credential by its presence and form."""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from accord.contract import Contract, Operation, SecurityScheme
from accord.document import pointers
from accord.exchange import Kind, Violation
from accord.mocking.model import Request

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=:|-]+")
_DIGEST = re.compile(r"(?:^|[\s,])username\s*=")


def judge_credentials(contract: Contract, operation: Operation, request: Request) -> tuple[Violation, ...]:
    """What is wrong with the request's credentials; nothing where one of the requirements is met.

    A scheme that the contract does not define cannot be asked for, and is taken as met.
    """
    if not operation.security:
        return ()
    lacking = [list(_lacking(contract, tuple(each.schemes), request)) for each in operation.security]
    if not all(lacking):
        return ()
    wanted = " or ".join(dict.fromkeys(" and ".join(parts) for parts in lacking))
    holder = operation.pointer if "security" in operation.raw else ""
    rule = pointers.join(holder, "security")
    location, name = _place(contract, next(iter(operation.security[0].schemes)))
    return (Violation(Kind.UNAUTHENTICATED, location, f"is missing; send {wanted}", rule, name),)


def challenges(contract: Contract, operation: Operation) -> Iterator[str]:
    """The `WWW-Authenticate` lines of a 401 (RFC 9110 section 11.6.1): one for each scheme."""
    names = dict.fromkeys(name for entry in operation.security for name in entry.schemes)
    schemes = [contract.security_schemes[name] for name in names if name in contract.security_schemes]
    yield from dict.fromkeys(_challenge(scheme) for scheme in schemes)


def _lacking(contract: Contract, names: tuple[str, ...], request: Request) -> Iterator[str]:
    """What the request would have to carry for these schemes, and does not."""
    for name in names:
        scheme = contract.security_schemes.get(name)
        if scheme is not None and not _is_met(scheme, request):
            yield _described(scheme)


def _is_met(scheme: SecurityScheme, request: Request) -> bool:
    if scheme.type == "apiKey":
        return bool(_key(scheme, request))
    if scheme.type not in ("http", "oauth2", "openIdConnect"):
        return True  # a client certificate is TLS's to ask for, and the mock speaks plain HTTP
    kind, _, credential = (request.header(b"authorization") or "").strip().partition(" ")
    return kind.lower() == _http_scheme(scheme) and _is_formed(kind.lower(), credential.strip())


def _is_formed(kind: str, credential: str) -> bool:
    if kind == "basic":
        return _is_basic(credential)
    if kind == "bearer":
        return _TOKEN.fullmatch(credential) is not None
    if kind == "digest":
        return _DIGEST.search(credential) is not None
    return bool(credential)


def _is_basic(credential: str) -> bool:
    """Is it base64 of `user:password` (RFC 7617 section 2)?"""
    try:
        return b":" in base64.b64decode(credential, validate=True)
    except (binascii.Error, ValueError):
        return False


def _key(scheme: SecurityScheme, request: Request) -> str:
    name = str(scheme.raw.get("name") or "")
    place = scheme.raw.get("in")
    if place == "header":
        return request.header(name.lower().encode("latin-1", "replace")) or ""
    if place == "cookie":
        pairs = [pair.strip().partition("=") for pair in (request.header(b"cookie") or "").split(";")]
    else:
        text = request.query.decode("latin-1")
        pairs = [pair.partition("=") for pair in text.split("&")]
    return next((value for key, _, value in pairs if unquote_plus(key) == name and value), "")


def _http_scheme(scheme: SecurityScheme) -> str:
    """The name of its scheme in `Authorization`; tokens of OAuth and OpenID Connect are bearer tokens."""
    return str(scheme.raw.get("scheme") or "bearer").lower() if scheme.type == "http" else "bearer"


def _place(contract: Contract, name: str) -> tuple[str, str]:
    """Where the credential of a scheme belongs: the location, and the name there."""
    scheme = contract.security_schemes.get(name)
    if scheme is not None and scheme.type == "apiKey":
        return str(scheme.raw.get("in")), str(scheme.raw.get("name"))
    return "header", "Authorization"


def _described(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        place = {"query": "query parameter"}.get(str(scheme.raw.get("in")), str(scheme.raw.get("in")))
        return f"an API key in the {place} {str(scheme.raw.get('name'))!r}"
    forms = {"basic": "base64 of user:password", "digest": 'username="…", …'}
    kind = _http_scheme(scheme)
    return f"'Authorization: {kind.capitalize()} {forms.get(kind, '…')}'"


def _challenge(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return f'ApiKey in="{_ascii(scheme.raw.get("in"))}", name="{_ascii(scheme.raw.get("name"))}"'
    if scheme.type == "mutualTLS":
        return "Mutual"
    kind = _http_scheme(scheme).capitalize()
    return f'{kind} realm="mock"'


def _ascii(text: object) -> str:
    return "".join(letter if " " <= letter <= "~" and letter not in '"\\' else "?" for letter in str(text))
