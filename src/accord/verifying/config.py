"""The contract and the settings as Schemathesis has them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from accord.contract import Contract
from accord.verifying.credentials import as_configured, scheme_for
from accord.verifying.settings import PHASES, SCHEMATHESIS_CHECKS, Settings

_TIMEOUT = 10.0
"""Seconds that an answer may take."""
_MOST_STEPS = 8
"""Calls in a row. A failure that needs more of them is one that nobody could read."""


def config_of(
    contract: Contract, settings: Settings, base_url: str, phases: Sequence[str], *, keeps_going: bool
) -> Mapping[str, Any]:
    """What stands in a `schemathesis.toml`: the same cases in every run, and nothing kept between runs."""
    schemes = contract.security_schemes
    given = {name: dict(as_configured(schemes[name], value)) for name, value in settings.credentials.items()}
    index, count = settings.part
    is_stateful = "stateful" in phases
    examples = -(-settings.max_examples // count) if is_stateful else settings.max_examples
    return {
        "seed": settings.seed + (index - 1 if is_stateful else 0),
        "base-url": base_url,
        "continue-on-failure": keeps_going,
        "request-timeout": _TIMEOUT,
        "generation": {
            "deterministic": True,
            "database": "none",
            "max-examples": examples,
        },
        "cache": {"enabled": False},
        "output": {
            "sanitization": {"enabled": not settings.shows_credentials},
            "truncation": {"max-recorded-payload-size": 0},
        },
        "phases": {name: {"enabled": name in phases} for name in PHASES if name != "directed"}
        | {"stateful": {"enabled": "stateful" in phases, "max-steps": _MOST_STEPS}},
        "checks": {
            "enabled": False,
            **{name: {"enabled": name in settings.checks} for name in SCHEMATHESIS_CHECKS},
        },
        "auth": {"auto-signup": False, **({"openapi": given} if given else {})},
    }


def document_of(contract: Contract) -> dict[str, Any]:
    """The contract in its normal form, with security schemes that a credential can be given for."""
    content = dict(contract.document.content)
    schemes = {name: dict(scheme_for(each)) for name, each in contract.security_schemes.items()}
    if schemes:
        content["components"] = {**content["components"], "securitySchemes": schemes}
    return content


def base_of(url: str, base_path: str) -> str:
    """Where the paths of the contract begin: at the URL's own path, or at the contract's base path there."""
    url = url.rstrip("/")
    return url if urlsplit(url).path else url + base_path
