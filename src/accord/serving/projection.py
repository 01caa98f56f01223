"""The OpenAPI 3.0 document that Connexion is handed in place of the contract.

Connexion refuses 3.1, and copies, validates and resolves whatever it is given. So it gets what its
routing, resolver and security read, and nothing else: paths, operation ids, security. Validation is
`accord.exchange`'s, against the contract itself, so neither parameters nor schemas are in it.
"""

from collections.abc import Mapping
from typing import Any

from accord.contract import Contract, Operation, SecurityScheme
from accord.exchange.credentials import http_scheme

SCHEME_NAME = "x-accord-scheme"
"""Where the projection of a security scheme keeps the name that it has in the contract."""


def project(contract: Contract) -> dict[str, Any]:
    """The 3.0 document: full paths (base path included), operation ids, security."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in contract.operations:
        paths.setdefault(full_path(operation), {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.0.3",
        "info": {"title": contract.title, "version": contract.version},
        "paths": paths,
        "components": {
            "securitySchemes": {
                name: _security_scheme(scheme) for name, scheme in contract.security_schemes.items()
            }
        },
    }


def full_path(operation: Operation) -> str:
    """The operation's path with the base path of its first server in front."""
    return operation.servers[0].base_path + operation.path


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.id,
        "responses": {"default": {"description": ""}},
        "security": _security(operation),
    }


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    """The requirements, the empty one last: a caller who shows a credential is known by it.

    3.1 allows roles with every type of scheme, 3.0 only scopes with oauth2 and openIdConnect;
    Connexion hands on whatever stands there.
    """
    requirements = sorted(operation.security, key=lambda requirement: not requirement.schemes)
    return [{name: list(roles) for name, roles in entry.schemes.items()} for entry in requirements]


def _security_scheme(scheme: SecurityScheme) -> Mapping[str, Any]:
    """The scheme: apiKey as it is, all others as an HTTP scheme, which is how their credentials are sent.

    Connexion would ignore a requirement of two oauth2 schemes and of every type that it does not know.
    """
    raw = scheme.raw
    if scheme.type == "apiKey":
        return {"type": "apiKey", "in": raw.get("in"), "name": raw.get("name"), SCHEME_NAME: scheme.name}
    return {"type": "http", "scheme": http_scheme(scheme), SCHEME_NAME: scheme.name}
