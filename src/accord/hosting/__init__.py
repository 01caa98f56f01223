"""An ASGI application under uvicorn: its socket, its protocol, its processes, its log, and its end."""

from accord.hosting.certificates import check_tls
from accord.hosting.journal import Journal, json_line
from accord.hosting.listening import address_of, listen
from accord.hosting.protocol import CONNECTION, ENDING, BoundedProtocol, Connection
from accord.hosting.running import configure, end_with_parent, run, settle

__all__ = [
    "CONNECTION",
    "ENDING",
    "BoundedProtocol",
    "Connection",
    "Journal",
    "address_of",
    "check_tls",
    "configure",
    "end_with_parent",
    "json_line",
    "listen",
    "run",
    "settle",
]
