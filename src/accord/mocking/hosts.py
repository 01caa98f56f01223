"""Whom the mock calls, and for whom: this machine, and hosts that are allowed by name."""

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from accord.mocking.model import Request

_PORTS = {"http": 80, "https": 443}


def is_allowed(scheme: str, host: str, port: int | None, allowed: Collection[str]) -> bool:
    """May this host be called? It is of the loopback interface, or `allowed` names it, or it and its port."""
    return is_loopback(host) or host in allowed or f"{host}:{port or _PORTS.get(scheme)}" in allowed


def is_loopback(host: str) -> bool:
    """Is it this machine by its own address, or by the name that is reserved for it (RFC 6761)?"""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def stranger_of(request: Request, allowed: Collection[str]) -> str:
    """Who asks, if it may not make the mock call others: another machine, or a page of a foreign site.

    Nothing where it may: either could reach through the mock what only this machine can.
    """
    if request.client and not is_allowed("", request.client, None, allowed):
        return request.client
    origin = request.header(b"origin")
    return "" if origin is None or _is_own(origin, allowed) else f"a page of {origin}"


def _is_own(origin: str, allowed: Collection[str]) -> bool:
    try:
        parts = urlsplit(origin)
        return is_allowed(parts.scheme, parts.hostname or "", parts.port, allowed)
    except ValueError:
        return False
