"""Whether what was enough to authenticate is enough still, and how schemes take credentials."""

from collections.abc import Iterator, Mapping
from typing import Any

from accord.comparing.changes import Change
from accord.comparing.told import Told
from accord.contract import Contract, Operation, SecurityRequirement

_WIRE = ("type", "in", "name", "scheme", "openIdConnectUrl")
_URLS = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def turned_security(old: Operation, new: Operation, told: Told) -> Iterator[Change]:
    """What became of the ways to authenticate."""
    before, after = old.security, new.security
    places = (old.pointer, new.pointer)
    was_open, is_open = _is_open(before), _is_open(after)
    if was_open != is_open:
        rule, word = (
            ("security-lifted", "not needed any more") if is_open else ("security-required", "needed now")
        )
        yield told.change(rule, f"credentials are {word}", *places)
    if was_open or is_open:
        return
    lost = [way for way in before if not any(_is_enough(way, other) for other in after)]
    gained = [way for way in after if not any(_is_enough(way, other) for other in before)]
    for way in lost:
        if scopes := _further_scopes(way, after):
            yield told.change("security-scope-required", f"{scopes} are needed now", *places)
        else:
            message = f"the way to authenticate by {_named(way)} was removed"
            yield told.change("security-alternative-removed", message, *places)
    for way in gained:
        if scopes := _further_scopes(way, before):
            yield told.change("security-scope-lifted", f"{scopes} are no longer needed", *places)
        else:
            message = f"the way to authenticate by {_named(way)} was added"
            yield told.change("security-alternative-added", message, *places)


def _further_scopes(way: SecurityRequirement, others: tuple[SecurityRequirement, ...]) -> str:
    """The scopes that the same schemes need on the other side and not on this, in words."""
    same = next((each for each in others if each.schemes.keys() == way.schemes.keys()), None)
    if same is None:
        return ""
    missing = [
        f"{name} {scope}"
        for name, scopes in same.schemes.items()
        for scope in scopes
        if scope not in way.schemes[name]
    ]
    return ", ".join(missing)


def _is_open(ways: tuple[SecurityRequirement, ...]) -> bool:
    return not ways or any(not way.schemes for way in ways)


def _is_enough(having: SecurityRequirement, needed: SecurityRequirement) -> bool:
    """Is who has the credentials of one let in by the other?"""
    return all(
        name in having.schemes and set(scopes) <= set(having.schemes[name])
        for name, scopes in needed.schemes.items()
    )


def _named(way: SecurityRequirement) -> str:
    return " and ".join(way.schemes)


def turned_schemes(old: Contract, new: Contract) -> Iterator[Change]:
    """What became of the security schemes."""
    needed = {name for each in old.operations for way in each.security for name in way.schemes}
    for name, before in old.security_schemes.items():
        told = Told("", f"security scheme {name}")
        after = new.security_schemes.get(name)
        if after is None:
            yield told.change("security-scheme-removed", "the scheme was removed", old=before.pointer)
        elif (one := _wire(before.raw)) != (other := _wire(after.raw)) and name in needed:
            changed = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
            said = "; ".join(f"{key}: {one.get(key)} became {other.get(key)}" for key in changed)
            yield told.change("security-scheme-changed", said, before.pointer, after.pointer)
    for name, scheme in new.security_schemes.items():
        if name not in old.security_schemes:
            told = Told("", f"security scheme {name}")
            yield told.change("security-scheme-added", "the scheme was added", new=scheme.pointer)


def _wire(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What of a scheme clients have to know: where credentials go, and where they come from."""
    found = {
        key: str(raw[key]).lower() if key in ("in", "scheme") else raw[key] for key in _WIRE if key in raw
    }
    flows = raw.get("flows")
    for flow, said in flows.items() if isinstance(flows, dict) else ():
        if isinstance(said, dict):
            found |= {f"flows.{flow}.{key}": said[key] for key in _URLS if key in said}
    return found
