"""Paths of two contracts: the same where they differ in the names of their parameters alone."""

from collections.abc import Mapping

from accord.contract import EXPRESSION


def route_of(path: str) -> str:
    """The path without the names of its parameters."""
    return EXPRESSION.sub("{}", path)


def parameter_names(old: str, new: str) -> Mapping[str, str]:
    """How each parameter of the old path is called in the new one."""
    return dict(zip(EXPRESSION.findall(old), EXPRESSION.findall(new), strict=False))
