"""The proxy: what passes between a client and the real server, judged by the contract both ways."""

from accord.mocking.proxying.asgi import Proxy
from accord.mocking.proxying.model import Passing
from accord.mocking.proxying.upstream import Upstream

__all__ = ["Passing", "Proxy", "Upstream"]
