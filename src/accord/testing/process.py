"""A server in a process of its own: `accord mock`, and whatever else says where it listens."""

import atexit
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from accord.errors import NotStarted

MOCK_ADDRESS = re.compile(rb" operations mocked at (\S+)\n")
_PATIENCE = 60.0
"""Seconds that a server has to get ready and to listen."""
_END = 10.0


class Process:
    """A server that runs until it is stopped, or until this process ends. `url` is where it listens.

    It is a module with its arguments, and says its `address` once it has one: the pattern's first group.
    """

    def __init__(
        self, name: str, module: Sequence[str], address: re.Pattern[bytes], folder: Path | None = None
    ) -> None:
        command = [sys.executable, "-m", "accord.testing.child", *module]
        self._name = name
        self._said = address
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=folder, stdin=subprocess.PIPE, stdout=self._log, stderr=self._log
        )
        atexit.register(self.stop)
        try:
            self.url = self._address()
        except BaseException:
            self.stop()
            raise

    @property
    def log(self) -> str:
        """What it has said so far."""
        self._log.seek(0)
        return self._log.read().decode("utf-8", "replace")

    def stop(self) -> None:
        """Stops it, and waits until it is gone."""
        atexit.unregister(self.stop)
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._log.close()

    def _address(self) -> str:
        """Where it listens, once it does. Raises NotStarted."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            ended = self._process.poll()
            found = self._said.search(self.log.encode())
            if found:
                return found[1].decode()
            if ended is not None:
                raise NotStarted(f"{self._name} ended with {ended}: {self.log.strip()[-2000:]}")
            time.sleep(0.02)
        raise NotStarted(f"{self._name} did not listen within {_PATIENCE:.0f} s: {self.log.strip()[-2000:]}")


def mock_process(contract: str | None, arguments: Sequence[str], folder: Path | None = None) -> Process:
    """`accord mock`. Without a contract it mocks that of the project around the folder."""
    module = ["accord", "mock", *([contract] if contract else []), *arguments]
    return Process("the mock", module, MOCK_ADDRESS, folder)


def arguments_of(options: Mapping[str, Any]) -> Iterator[str]:
    """Options as the command has them: `tls_cert="x"` is `--tls-cert x`, `cors=False` is `--no-cors`."""
    for name, value in options.items():
        option = name.replace("_", "-")
        if isinstance(value, bool):
            yield f"--{option}" if value else f"--no-{option}"
            continue
        for each in value if isinstance(value, list | tuple) else [value]:
            yield from (f"--{option}", str(each))
