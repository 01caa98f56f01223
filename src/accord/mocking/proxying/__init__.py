"""The proxy: what passes between a client and the real server, judged by the contract both ways."""

from accord.mocking.proxying.asgi import Proxy
from accord.mocking.proxying.forwarding import Forwarding, check_rules
from accord.mocking.proxying.model import Passing
from accord.mocking.proxying.recording import Recorder
from accord.mocking.proxying.upstream import Upstream

__all__ = ["Forwarding", "Passing", "Proxy", "Recorder", "Upstream", "check_rules"]
