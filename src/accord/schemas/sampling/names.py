"""Names of properties: whether a pattern of the contract means them, and names made for free ones."""

import re

from accord.schemas.patterns import translated
from accord.schemas.validators import verdict_of


def matches(pattern: str, name: str) -> bool:
    """Does a pattern of `patternProperties` mean this name?"""
    try:
        return bool(verdict_of({"pattern": pattern})(name))
    except ValueError:
        pass
    try:
        return bool(verdict_of({"pattern": translated(pattern)})(name))
    except ValueError:
        return False


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINT = re.compile(r"[^A-Za-z0-9]+")


def snake(name: str) -> str:
    """The name in small letters with underscores: `createdAt` and `Created At` become `created_at`."""
    return _JOINT.sub("_", _HUMP.sub("_", name)).strip("_").lower()
