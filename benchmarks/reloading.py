"""How soon a saved contract is taken up by a mock that is asked all the while, and what its callers notice.

    python benchmarks/reloading.py [--saves 5] [CONTRACT ...]

A copy of the contract, as JSON, is saved again and again with one more path; the clock runs from the end of
the write until that path is answered. Meanwhile another client asks for a path that was there from the
beginning: every request has to be answered, and the longest that one waited is told. The target is half a
second for contracts of usual size.
"""

import argparse
import http.client
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml_rs

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.load import free_port  # noqa: E402 - the path is set first
from benchmarks.starting import CORPUS, wait_for  # noqa: E402

DEFAULT = (
    ROOT / "openapi.yaml",
    CORPUS / "spotify.yml",
    CORPUS / "discord.json",
    CORPUS / "openai.yaml",
    CORPUS / "github-api.json",
)
TARGET = 0.5
LATEST = 30.0
_OK = {"get": {"security": [], "responses": {"200": {"description": "ok"}}}}
_WATCHING = 1.5
"""Seconds that the mock is given to begin to watch, and to check the contract."""


def status(port: int, path: str) -> int:
    """The status of a GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LATEST)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


class Caller(threading.Thread):
    """Asks for a path until it is told to stop; keeps the longest wait, and what was not answered."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self._port, self._path = port, path
        self.is_over = threading.Event()
        self.answered, self.longest = 0, 0.0
        self.lost: list[str] = []

    def run(self) -> None:
        """Asks, one request after the other."""
        while not self.is_over.is_set():
            begun = time.perf_counter()
            try:
                found = status(self._port, self._path)
            except OSError as error:
                self.lost.append(repr(error))
                continue
            self.longest = max(self.longest, time.perf_counter() - begun)
            self.answered += 1
            if found != 200:
                self.lost.append(str(found))


def measure(file: Path, saves: int) -> str:
    """A line of figures for one contract."""
    text = file.read_text(encoding="utf-8")
    content: Any = json.loads(text) if file.suffix == ".json" else yaml_rs.loads(text, parse_datetime=False)
    content["servers"] = [{"url": "/"}]
    content["paths"]["/always-there"] = _OK
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "contract.json"
        save = saver(copy, content)
        save(0)
        port = free_port()
        command = [sys.executable, "-m", "accord", "mock", str(copy), "--port", str(port)]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                wait_for(port, process)
                return figures(file.name, port, save, saves)
            finally:
                process.send_signal(signal.SIGINT)


def saver(copy: Path, content: dict[str, Any]) -> Callable[[int], None]:
    """What saves the contract with one more path."""

    def save(number: int) -> None:
        content["paths"][f"/saved/{number}"] = _OK
        copy.write_text(json.dumps(content), encoding="utf-8")

    return save


def figures(name: str, port: int, save: Callable[[int], None], saves: int) -> str:
    """The figures of so many saves."""
    caller = Caller(port, "/always-there")
    caller.start()
    time.sleep(_WATCHING)
    taken = []
    for number in range(1, saves + 1):
        save(number)
        saved = time.perf_counter()
        while status(port, f"/saved/{number}") != 200:
            assert time.perf_counter() - saved < LATEST, f"{name}: the save was not taken up"
        taken.append(time.perf_counter() - saved)
        time.sleep(_WATCHING)
    caller.is_over.set()
    caller.join()
    assert not caller.lost, caller.lost[:3]
    median = statistics.median(taken)
    mark = "" if median < TARGET else " !"
    return (
        f"{name:24}{median:10.2f}{max(taken):10.2f}{caller.answered:12}{len(caller.lost):8}"
        f"{caller.longest:14.2f}{mark}"
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("contracts", nargs="*", type=Path, default=DEFAULT, metavar="CONTRACT")
    parser.add_argument("--saves", type=int, default=5)
    options = parser.parse_args()
    print(f"{'contract':24}{'median s':>10}{'most s':>10}{'answered':>12}{'lost':>8}{'longest s':>14}")
    for file in options.contracts:
        print(measure(file.absolute(), options.saves), flush=True)
    print("! marks what takes longer than half a second")


if __name__ == "__main__":
    main()
