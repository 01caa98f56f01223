"""Is a request authenticated, as far as a mock can say: every credential by its presence and form.

There are no accounts. The scopes of a token are judged where it says itself which it has.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from accord.contract import Contract, Operation, SecurityScheme
from accord.document import pointers
from accord.exchange import Kind, Violation
from accord.exchange.credentials import (
    MalformedCredentials,
    Read,
    described,
    http_scheme,
    in_header,
    place_of,
    reader,
    split_authorization,
    user_and_password,
)
from accord.mocking.model import Request

_DIGEST = ("username=", "realm=", "nonce=", "uri=", "response=")
_IN_AUTHORIZATION = frozenset({"http", "oauth2", "openIdConnect"})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A scheme that must be satisfied, and the scopes that it must grant."""

    scheme: SecurityScheme
    scopes: tuple[str, ...]
    read: Read | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Lack:
    """What a request would have to carry and does not: a credential, or scopes that its token has not."""

    wanted: _Wanted
    scopes: tuple[str, ...] = ()


class Gate:
    """How the credentials of one operation's requests are judged.

    A scheme that the contract does not define cannot be asked for, and is taken as met; so is a client
    certificate, which is TLS's to ask for. Where there are `accepted` ones, every other credential is as good
    as none.
    """

    def __init__(
        self, contract: Contract, operation: Operation, accepted: frozenset[str] = frozenset()
    ) -> None:
        schemes = contract.security_schemes
        self._accepted = accepted
        self._requirements = [
            [_wanted(schemes[name], scopes) for name, scopes in entry.schemes.items() if name in schemes]
            for entry in operation.security
        ]
        holder = operation.pointer if "security" in operation.raw else ""
        self._rule = pointers.join(holder, "security")
        self._is_optional = any(not entry.schemes for entry in operation.security)
        self._uses_authorization = any(
            each.scheme.type in _IN_AUTHORIZATION for entry in self._requirements for each in entry
        )

    def judge(self, request: Request) -> tuple[Violation, ...]:
        """What is wrong with the request's credentials; nothing where one of the requirements is met."""
        lacking = self._lacking(request) if self._requirements else ()
        if not lacking:
            return ()
        for lacks in lacking:
            if all(lack.scopes for lack in lacks):
                return (self._forbidden(lacks),)
        ways = dict.fromkeys(
            " and ".join(described(lack.wanted.scheme) for lack in lacks) for lacks in lacking
        )
        location, name = place_of(lacking[0][0].wanted.scheme)
        reason = f"is missing; send {' or '.join(ways)}"
        return (Violation(Kind.UNAUTHENTICATED, location, reason, self._rule, name),)

    def met(self, request: Request) -> str:
        """By what a request has met the requirements, for people."""
        if not self._requirements:
            return "none is asked for"
        for requirement in self._requirements:
            if requirement and not any(_lacks(requirement, request, self._accepted)):
                return f"met by {' and '.join(described(wanted.scheme) for wanted in requirement)}"
        return "anyone may call"

    def challenges(self, request: Request) -> str:
        """The `WWW-Authenticate` of a 401 (RFC 9110 section 11.6.1): what is lacking, as a list.

        Where nothing lacks, and what was sent is refused all the same, it is all that may be sent.
        Keys have no challenge of their own that anyone reads; one stands there where nothing else would.
        """
        lacking = [lack.wanted.scheme for lacks in self._lacking(request) for lack in lacks]
        schemes = lacking or [wanted.scheme for requirement in self._requirements for wanted in requirement]
        known = dict.fromkeys(_challenge(scheme) for scheme in schemes if scheme.type != "apiKey")
        return ",".join(known or dict.fromkeys(_key_challenge(scheme) for scheme in schemes))

    def _lacking(self, request: Request) -> list[list[_Lack]]:
        """What each requirement lacks; nothing where one lacks nothing.

        Anyone may call where that is one of the requirements, but for who shows a credential that is wrong.
        """
        lacking = []
        for requirement in self._requirements:
            lacks = list(_lacks(requirement, request, self._accepted))
            if lacks:
                lacking.append(lacks)
            elif requirement or not self._is_optional:
                return []
        shows = self._uses_authorization and bool(in_header(request.headers, b"authorization"))
        return lacking if shows or not self._is_optional else []

    def _forbidden(self, lacks: list[_Lack]) -> Violation:
        scopes = ", ".join(repr(scope) for lack in lacks for scope in lack.scopes)
        reason = f"is a token without the scopes {scopes}"
        return Violation(Kind.FORBIDDEN, "header", reason, self._rule, "Authorization")


def _wanted(scheme: SecurityScheme, scopes: tuple[str, ...]) -> _Wanted:
    return _Wanted(scheme, scopes, reader(scheme) if scheme.type == "apiKey" else None)


def _lacks(requirement: list[_Wanted], request: Request, accepted: frozenset[str]) -> Iterator[_Lack]:
    for wanted in requirement:
        if wanted.read is not None:
            keys = wanted.read(request.headers, request.query)
            if not any(key and (not accepted or key in accepted) for key in keys):
                yield _Lack(wanted)
        elif wanted.scheme.type in _IN_AUTHORIZATION:
            yield from _lacks_authorization(wanted, request, accepted)


def _lacks_authorization(wanted: _Wanted, request: Request, accepted: frozenset[str]) -> Iterator[_Lack]:
    kind = http_scheme(wanted.scheme)
    lines = [split_authorization(line) for line in in_header(request.headers, b"authorization")]
    formed = [
        credential
        for sent, credential in lines
        if sent == kind
        and _is_formed(kind, credential)
        and (not accepted or _said(kind, credential) in accepted)
    ]
    if not formed:
        yield _Lack(wanted)
    elif wanted.scheme.type != "http" and wanted.scopes:
        granted = _scopes_of(formed[0])
        missing = () if granted is None else tuple(each for each in wanted.scopes if each not in granted)
        if missing:
            yield _Lack(wanted, missing)


def _said(kind: str, credential: str) -> str:
    """What whoever accepts a credential writes: `user:password` of Basic, else what is sent."""
    return user_and_password(credential) if kind == "basic" else credential


def _is_formed(kind: str, credential: str) -> bool:
    if kind == "basic":
        try:
            return bool(user_and_password(credential))
        except MalformedCredentials:
            return False
    if kind == "digest":
        return all(part in credential for part in _DIGEST)
    return bool(credential)


def _scopes_of(token: str) -> frozenset[str] | None:
    """The scopes that a token says it has (RFC 9068 section 2.2.3); None where it says nothing."""
    parts = token.split(".")
    if len(parts) != len(("header", "payload", "signature")):
        return None
    try:
        claims = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    said = claims.get("scope", claims.get("scp")) if isinstance(claims, dict) else None
    if isinstance(said, str):
        return frozenset(said.split())
    return frozenset(str(scope) for scope in said) if isinstance(said, list) else None


def _challenge(scheme: SecurityScheme) -> str:
    if scheme.type != "http":
        return {"oauth2": "OAuth2", "openIdConnect": "OpenID"}.get(scheme.type, "Mutual")
    kind = http_scheme(scheme)
    parameters = {"basic": ' realm="*"', "digest": ' realm="*", nonce="abc123"'}
    return f"{kind.capitalize()}{parameters.get(kind, '')}"


def _key_challenge(scheme: SecurityScheme) -> str:
    location, name = place_of(scheme)
    return f'ApiKey in="{location}", name="{_ascii(name)}"'


def _ascii(text: str) -> str:
    return "".join(letter if " " <= letter <= "~" and letter not in '"\\' else "?" for letter in text)
