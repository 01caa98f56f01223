"""Chance without a random source: the seed, the operation and which request of it this is decide."""

from hashlib import sha256
from typing import NamedTuple

_BITS = 53
"""Bits of a float's mantissa: every share is one exactly, and none is 0 or 1."""


class Chance(NamedTuple):
    """What decides for one request, the `ordinal`th of an operation in its world."""

    seed: str
    operation: str
    ordinal: int

    def shares(self, what: str) -> tuple[float, float]:
        """Two numbers between 0 and 1, the same for the same `what` whenever they are asked for."""
        text = f"{self.seed}\n{self.operation}\n{self.ordinal}\n{what}"
        digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
        return _share(digest[:8]), _share(digest[8:16])


def _share(octets: bytes) -> float:
    return ((int.from_bytes(octets) >> (64 - _BITS)) * 2 + 1) * 0.5 ** (_BITS + 1)
