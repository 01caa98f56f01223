"""Paths of two contracts: the same where they differ in the names of their parameters alone."""

import re
from collections.abc import Mapping

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def route_of(path: str) -> str:
    """The path without the names of its parameters."""
    return _EXPRESSION.sub("{}", path)


def parameter_names(old: str, new: str) -> Mapping[str, str]:
    """How each parameter of the old path is called in the new one."""
    return dict(zip(_EXPRESSION.findall(old), _EXPRESSION.findall(new), strict=False))
