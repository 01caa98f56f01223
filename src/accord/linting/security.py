"""Security requirements that nothing can satisfy as they are written."""

from collections.abc import Iterator
from typing import Any

from accord.contract import Contract
from accord.document import pointers
from accord.findings import Finding, suggestion
from accord.linting.rules import finding

_WITH_SCOPES = ("oauth2",)


def faulty_security(contract: Contract) -> Iterator[Finding]:
    """The requirements of the contract and of its operations that name what is not there, each once."""
    holders = [("", contract.document.content), *((each.pointer, each.raw) for each in contract.operations)]
    for pointer, raw in holders:
        listed = raw.get("security")
        for at, requirement in enumerate(listed if isinstance(listed, list) else ()):
            for name, scopes in requirement.items() if isinstance(requirement, dict) else ():
                yield from _faults(contract, pointers.join(pointer, "security", at, name), name, scopes)


def _faults(contract: Contract, pointer: str, name: str, scopes: Any) -> Iterator[Finding]:
    scheme = contract.security_schemes.get(name)
    if scheme is None:
        known = list(contract.security_schemes)
        hint = suggestion(name, known, f"its schemes are: {', '.join(known) or 'none'}")
        yield finding(
            contract, "unknown-security-scheme", pointer, f"there is no security scheme {name!r}", hint
        )
    elif scheme.type in _WITH_SCOPES:
        offered = _scopes(scheme.raw.get("flows"))
        for scope in scopes if isinstance(scopes, list) else ():
            if scope not in offered:
                hint = suggestion(str(scope), offered, "add it to the scopes of a flow")
                yield finding(
                    contract, "unknown-scope", pointer, f"no flow of {name} has the scope {scope!r}", hint
                )


def _scopes(flows: Any) -> list[str]:
    found: dict[str, None] = {}
    for flow in flows.values() if isinstance(flows, dict) else ():
        scopes = flow.get("scopes") if isinstance(flow, dict) else None
        found.update(dict.fromkeys(scopes if isinstance(scopes, dict) else ()))
    return list(found)
