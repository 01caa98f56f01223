"""Where the credentials of a run come from: the environment, or, for a mock, from nowhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accord.contract import Contract, Operation, SecurityScheme
from accord.errors import UsageError
from accord.exchange.credentials import described, http_scheme

_PREFIX = "ACCORD_AUTH_"
_DIGEST = 'username="accord", realm="*", nonce="abc123", uri="/", response="accord"'


def variable_of(scheme: SecurityScheme) -> str:
    """The name of the environment variable that has a scheme's credential."""
    return _PREFIX + re.sub(r"\W", "_", scheme.name, flags=re.ASCII).upper()


def credentials_from(
    environment: Mapping[str, str], contract: Contract, operations: tuple[Operation, ...]
) -> Mapping[str, str]:
    """The credential of each scheme that has one. Raises UsageError where an operation cannot be called."""
    schemes = contract.security_schemes
    found = {
        name: environment[variable_of(scheme)]
        for name, scheme in schemes.items()
        if environment.get(variable_of(scheme))
    }
    for name, value in found.items():
        if http_scheme(schemes[name]) == "basic" and ":" not in value:
            raise UsageError(f"{variable_of(schemes[name])} is not of the form user:password")
    for operation in operations:
        missing = _missing(schemes, operation, found)
        if missing:
            raise _lacking(operation, missing)
    return found


def made_up(contract: Contract) -> Mapping[str, str]:
    """A credential of the right form for each scheme: what a mock takes."""
    return {name: _formed(scheme) for name, scheme in contract.security_schemes.items()}


def scheme_for(scheme: SecurityScheme) -> Mapping[str, Any]:
    """The scheme in a form that a credential can be given for: a key, `basic` or `bearer`."""
    if scheme.type == "apiKey" or http_scheme(scheme) == "basic":
        return scheme.raw
    if http_scheme(scheme) == "bearer":
        return {"type": "http", "scheme": "bearer"}
    return {"type": "apiKey", "in": "header", "name": "Authorization"}


def as_configured(scheme: SecurityScheme, credential: str) -> Mapping[str, str]:
    """The credential as Schemathesis is given it, for the scheme in that form."""
    if scheme.type == "apiKey":
        return {"api_key": credential}
    kind = http_scheme(scheme)
    if kind == "basic":
        user, _, password = credential.partition(":")
        return {"username": user, "password": password}
    return {"bearer": credential} if kind == "bearer" else {"api_key": f"{kind.capitalize()} {credential}"}


def _formed(scheme: SecurityScheme) -> str:
    return {"basic": "accord:accord", "digest": _DIGEST}.get(http_scheme(scheme), "accord")


def _missing(
    schemes: Mapping[str, SecurityScheme], operation: Operation, found: Mapping[str, str]
) -> list[SecurityScheme]:
    """The schemes that the first requirement lacks; none where a requirement is met, or there is none."""
    lacks = [list(_lacked(schemes, entry.schemes, found)) for entry in operation.security]
    return lacks[0] if lacks and all(lacks) else []


def _lacked(
    schemes: Mapping[str, SecurityScheme], names: Mapping[str, Any], found: Mapping[str, str]
) -> Iterator[SecurityScheme]:
    """Those that have no credential. A client certificate is no concern of a request."""
    return (
        schemes[name]
        for name in names
        if name in schemes and name not in found and schemes[name].type != "mutualTLS"
    )


def _lacking(operation: Operation, missing: list[SecurityScheme]) -> UsageError:
    variables = " and ".join(variable_of(scheme) for scheme in missing)
    wanted = " and ".join(described(scheme) for scheme in missing)
    form = ", as user:password" if any(http_scheme(scheme) == "basic" for scheme in missing) else ""
    return UsageError(
        f"{operation.id} cannot be called without {wanted}",
        hint=f"set {variables} in the environment{form}",
        position=operation.document.locate(missing[0].pointer),
    )
