"""A scenario of a mock, as a test turns it on in a world."""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from urllib.parse import quote

from accord.testing.interface import Interface


class Scenario:
    """A scenario in a world. As a context manager it is on while its block runs."""

    def __init__(self, interface: Interface, world: str, name: str) -> None:
        self.name = name
        self._interface = interface
        self._path = f"{world}/scenarios/{quote(name, safe='')}"

    def __enter__(self) -> Self:
        return self if self.is_on else self.on()

    def __exit__(self, *_error: object) -> None:
        self.off()

    def on(self, *, step: str | None = None) -> Self:
        """Turns it on from its beginning, or at a step; it goes before the others that are on.

        Raises UsageError where there is no such scenario, or no such step.
        """
        self._interface.ask("PATCH", self._path, {"on": True, **({} if step is None else {"step": step})})
        return self

    def off(self) -> None:
        """Turns it off."""
        self._interface.ask("PATCH", self._path, {"on": False})

    def reset(self) -> None:
        """Has it begin anew, if it is on."""
        self._interface.ask("POST", f"{self._path}/reset")

    @property
    def is_on(self) -> bool:
        """Is it on?"""
        return bool(self._read()["on"])

    @property
    def step(self) -> str:
        """The step that it is at."""
        return str(self._read()["step"])

    @property
    def used(self) -> Sequence[int]:
        """How often each of its rules has answered."""
        return [rule["used"] for rule in self._read()["rules"]]

    def _read(self) -> Mapping[str, Any]:
        read: Mapping[str, Any] = self._interface.ask("GET", self._path)
        return read
