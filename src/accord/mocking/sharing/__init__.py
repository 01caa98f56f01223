"""Worlds that several processes share: kept in a Redis or a PostgreSQL, and changed by one at a time.

Its modules are imported one by one: a mock that keeps its state in its own process needs none of them.
"""


class Unreached(Exception):
    """The store does not answer, or not as it should. The message says why, without secrets."""
