"""Where a server listens: the socket, and the address as people write it."""

import errno
import socket

from accord.errors import UsageError


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises UsageError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        hint = "stop what listens there, or give another --port" if error.errno == errno.EADDRINUSE else ""
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}", hint=hint) from None
    return bound


def address_of(bound: socket.socket, host: str, *, is_tls: bool = False) -> str:
    """The URL of a server on the socket, without a path."""
    port: int = bound.getsockname()[1]
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if is_tls else 'http'}://{name}:{port}"
