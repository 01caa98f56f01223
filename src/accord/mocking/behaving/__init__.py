"""Behaviour in code: a team's own functions that answer operations of a mock, typed by its stub."""

from accord.mocking.behaving.items import Items, Stateless, UnusableItem
from accord.mocking.behaving.mocked import Mocked

__all__ = ["Items", "Mocked", "Stateless", "UnusableItem"]
