"""Who may call: Connexion's security (which alternatives, and all of which schemes), our credentials."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias

from accord.contract import Contract, Operation, SecurityScheme
from accord.errors import UsageError
from accord.exchange.credentials import described, http_scheme
from accord.handling.refusals import Unauthenticated
from accord.serving.credentials import finder
from accord.serving.edge import NO_VALUE, AbstractSecurityHandler, OAuthProblem
from accord.serving.projection import SCHEME_NAME
from accord.serving.service import Authenticator


class Known:
    """What Connexion calls token info: it asks `get` for a user's name, and we keep the caller."""

    __slots__ = ("caller",)

    def __init__(self, caller: Any) -> None:
        self.caller = caller

    def get(self, _key: str, default: Any = None) -> Any:
        """Nothing: Connexion's own names for a user are not used."""
        return default


class HasScope(Protocol):
    """A request, as far as who sent it is read from it."""

    @property
    def scope(self) -> Any:
        """ASGI's scope."""


Identify: TypeAlias = Callable[[HasScope], Awaitable[Any]]
"""From a request to its caller. Raises Unauthenticated, Forbidden, or Connexion's OAuthProblem."""


class Inquiry:
    """A request as Connexion's security reads it: the scope, and a place for what it finds."""

    __slots__ = ("context", "scope")

    def __init__(self, scope: Any) -> None:
        self.scope = scope
        self.context: dict[str, Any] = {}

    def caller(self) -> Any:
        """The caller, once verified. With several schemes at once, that of the first."""
        found = self.context.get("token_info")
        if isinstance(found, Known):
            return found.caller
        return next((known.caller for known in (found or {}).values()), None)


def identification(security: Any, factory: Any) -> Identify:
    """Connexion's verification of an operation, or what is the same for one requirement of one scheme.

    Connexion's own loops over alternatives, and costs as much as everything else of the verification.
    """
    requirements: list[Any] = security.security or []
    if len(requirements) == 1 and len(requirements[0]) == 1:
        (name, roles), *_ = requirements[0].items()
        return _by_one_scheme(factory.parse_security_scheme(security.security_schemes[name], roles))

    async def identify(request: HasScope) -> Any:
        inquiry = Inquiry(request.scope)
        await security.verification_fn(inquiry)
        return inquiry.caller()

    return identify


def _by_one_scheme(verify: Callable[[HasScope], Awaitable[Any]]) -> Identify:
    async def identify(request: HasScope) -> Any:
        known = await verify(request)
        if known is NO_VALUE:
            raise OAuthProblem
        return known.caller

    return identify


def security_map(contract: Contract, authenticate: Mapping[str, Authenticator[Any]]) -> dict[str, Any]:
    """Connexion's map from each type or HTTP scheme in the projection to what makes its verification."""

    class Handler(AbstractSecurityHandler):  # type: ignore[misc]  # Connexion is untyped
        def get_fn(self, security_scheme: Mapping[str, Any], required_scopes: list[str]) -> Any:
            name = security_scheme[SCHEME_NAME]
            return _verification(contract.security_schemes[name], authenticate[name], required_scopes)

    kinds = {_kind(scheme) for scheme in contract.security_schemes.values()}
    return dict.fromkeys(kinds, Handler)


def _kind(scheme: SecurityScheme) -> str:
    return "apiKey" if scheme.type == "apiKey" else http_scheme(scheme)


def _verification(
    scheme: SecurityScheme, authenticate: Authenticator[Any], roles: list[str]
) -> Callable[[HasScope], Awaitable[Any]]:
    find = finder(scheme)
    unknown = f"Nobody is known by this credential. What is expected: {described(scheme)}."

    async def verify(request: HasScope) -> Any:
        credential = find(request.scope)
        if credential is None:
            return NO_VALUE
        caller = await authenticate(credential, roles)
        if caller is None:
            raise Unauthenticated(unknown)
        return Known(caller)

    return verify


def check_authenticators(contract: Contract, authenticate: Mapping[str, Authenticator[Any]]) -> None:
    """Raises UsageError where an operation asks for a scheme that has no authenticator, or none has it."""
    for operation in contract.operations:
        for name in _scheme_names(operation):
            if name not in contract.security_schemes:
                raise UsageError(
                    f"operation {operation.id!r} asks for the security scheme {name!r}, which the contract "
                    "does not define",
                    hint="define it under components/securitySchemes",
                    position=operation.document.locate(operation.pointer),
                )
            if name not in authenticate:
                raise UsageError(
                    f"operation {operation.id!r} asks for the security scheme {name!r}, and nothing "
                    "authenticates it",
                    hint=f"give Service(authenticate={{{name!r}: ...}}) a function for it",
                    position=operation.document.locate(operation.pointer),
                )


def _scheme_names(operation: Operation) -> Iterable[str]:
    return dict.fromkeys(name for entry in operation.security for name in entry.schemes)


def missing_credential(contract: Contract, operation: Operation) -> str:
    """What to send, for the person who sent no credential."""
    ways = []
    for entry in operation.security:
        schemes = [contract.security_schemes[name] for name in entry.schemes]
        ways.append(" and ".join(described(scheme) for scheme in schemes))
    return f"send {' or '.join(way for way in ways if way)}"


def challenges(contract: Contract, operation: Operation) -> list[str]:
    """The `WWW-Authenticate` of a 401 (RFC 9110 section 11.6.1): a challenge for each scheme."""
    return [_challenge(contract.security_schemes[name], contract) for name in _scheme_names(operation)]


def _challenge(scheme: SecurityScheme, contract: Contract) -> str:
    if scheme.type == "apiKey":
        return f"ApiKey in={_quoted(scheme.raw.get('in'))}, name={_quoted(scheme.raw.get('name'))}"
    name = http_scheme(scheme)
    realm = f"{name.capitalize()} realm={_quoted(contract.title)}"
    return f'{realm}, charset="UTF-8"' if name == "basic" else realm


def _quoted(text: Any) -> str:
    """A quoted string of ASCII (RFC 9110 section 5.6.4)."""
    printable = "".join(letter if " " <= letter <= "~" else "?" for letter in str(text))
    return '"' + printable.replace("\\", "\\\\").replace('"', '\\"') + '"'
