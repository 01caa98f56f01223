"""A mock that runs, as tests use it."""

from pathlib import Path
from secrets import token_hex
from typing import Any, Self

from accord.testing.interface import Interface
from accord.testing.process import Process, arguments_of, mock_process
from accord.testing.scenario import Scenario
from accord.testing.world import DEFAULT, Call, Order, When, World


class Mock:
    """A mock at a URL. As a context manager it is stopped at the end, if it was started here."""

    def __init__(self, url: str) -> None:
        self._interface = Interface(url)
        self._process: Process | None = None
        self._default = World(self._interface, DEFAULT)

    @classmethod
    def start(
        cls, contract: str | Path | None = None, *arguments: str, folder: Path | None = None, **options: Any
    ) -> Self:
        """A mock of the contract, in a process of its own on a free port.

        Without a contract it is that of the project around `folder`, which is the current one. Arguments
        and options are those of `accord mock`: `start("api.yaml", seed="other", cors=False)`. Raises
        NotStarted, with what the mock said.
        """
        stated = arguments_of({"port": 0, "reload": False, **options})
        process = mock_process(None if contract is None else str(contract), [*stated, *arguments], folder)
        mock = cls(process.url)
        mock._process = process
        return mock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return self._interface.url

    @property
    def log(self) -> str:
        """What it has said so far, if it was started here."""
        return self._process.log if self._process else ""

    def world(self, name: str | None = None, *, copy_of: str | None = None) -> World:
        """A world: a new one with a name that nobody else has, or the one of that name; or a new copy."""
        if copy_of is not None:
            body = {"name": name or f"test-{token_hex(6)}", "copyOf": copy_of}
            return World(self._interface, self._interface.ask("POST", "/worlds", body)["name"])
        return World(self._interface, name or f"test-{token_hex(6)}")

    def when(self, operation: str) -> When:
        """What is to happen when an operation is called by somebody who names no world."""
        return self._default.when(operation)

    def faults(self, fault: str = "", *, times: int | None = None, **members: Any) -> Order:
        """All answers to those who name no world suffer a fault: `faults("delay=100ms..2s")`."""
        return self._default.faults(fault, times=times, **members)

    def scenario(self, name: str) -> Scenario:
        """A scenario, for those who name no world."""
        return self._default.scenario(name)

    def calls(self, operation: str) -> list[Call]:
        """The calls of an operation by those who name no world."""
        return self._default.calls(operation)

    def reset(self) -> None:
        """Makes the world of those who name none what it was at first. Its calls count from now on."""
        self._default.reset()

    def stop(self) -> None:
        """Stops the mock, if it was started here."""
        self._interface.close()
        if self._process is not None:
            self._process.stop()
