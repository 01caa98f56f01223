"""What tests of several rooms use. Nothing of it starts before a test asks for it."""

from tests.databases import postgresql
from tests.redis_server import redis

__all__ = ["postgresql", "redis"]
