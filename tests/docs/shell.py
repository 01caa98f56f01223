"""A reader's shell: runs the commands of a page in a folder of its own; servers live until the page ends."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.docs.pages import Block, Command, commands_of
from tests.live import free_port

_SERVER = re.compile(
    r"(?:\w+=(?:\"[^\"]*\"|\S+) )*(accord (?:mock|proxy|serve)|make (?:mock|serve))\b"
    r"(?!.*--(?:explain|help))",
    re.DOTALL,
)
_PORT_OPTION = {"accord mock": "--port", "accord proxy": "--port", "accord serve": "--port"}
_PORT_VARIABLE = {"make mock": "MOCK_PORT", "make serve": "PORT"}
_PORT = re.compile(r"((?:127\.0\.0\.1|localhost):|(?:--port|-p)[ =]|PORT=)(\d+)")
_LISTENS = re.compile(rb"at https?://[\w.]+:\d+")
_SECONDS = 60
_BASH = shutil.which("bash") or "bash"


@dataclass
class Shell:
    """Folder, variables and servers last as long as the page. Its ports are free ones here."""

    folder: Path
    state: Path
    ports: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    servers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def follow(self, block: Block) -> None:
        """Does what a block says. Raises AssertionError where it fails or shows other output."""
        if "skip" in block.marks:
            return
        if block.language not in ("sh", "console"):
            self._write(block)
            return
        time.sleep(float(block.marks.get("wait", 0)))
        commands = list(commands_of(block))
        for command in commands:
            status = int(block.marks.get("exit", 0)) if command is commands[-1] else 0
            output = self._serve(command) if _SERVER.match(command.text) else self._run(command, status)
            self._compare(command, output, block.marks.get("differs"))

    def _write(self, block: Block) -> None:
        inserted = block.marks.get("insert")
        name, _, before = inserted.partition(" before ") if inserted else (block.title or "", "", "")
        path = self._here() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = block.text + "\n"
        if inserted:
            old = path.read_text(encoding="utf-8")
            assert f"\n{before}\n" in old, f"line {block.line}: {name} has no line {before!r}"
            text = old.replace(f"\n{before}\n", f"\n{text}{before}\n", 1)
        path.write_text(text, encoding="utf-8")

    def _here(self) -> Path:
        done = subprocess.run(
            [_BASH, "-c", f". {self.state}; pwd"], capture_output=True, check=True, text=True
        )
        return Path(done.stdout.strip())

    def _run(self, command: Command, status: int) -> str:
        kept = f'{{ export -p; printf "cd %q\\n" "$PWD"; }} > {self.state}'
        script = f"set -a; . {self.state}\n{self._mapped(command.text)}\nstatus=$?; {kept}; exit $status"
        done = subprocess.run(
            [_BASH, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
        output = done.stdout.decode(errors="replace")
        assert done.returncode == status, (
            f"line {command.line}: {command.text}\nexit {done.returncode}\n{output}"
        )
        return output

    def _serve(self, command: Command) -> str:
        """What a server says by the time that it listens. One that has its port is stopped first."""
        text, port = self._mapped(command.text), self._port_of(command.text)
        if port in self.servers:
            stop(self.servers.pop(port))
        log = self.state.with_name(f"server-{len(self.servers)}-{port}.log")
        with log.open("wb") as sink:
            server = subprocess.Popen(
                [_BASH, "-c", f". {self.state}\n{text}"], stdout=sink, stderr=sink, start_new_session=True
            )
        self.servers[port] = server
        deadline = time.monotonic() + _SECONDS
        while not _LISTENS.search(log.read_bytes()):
            said = log.read_text(errors="replace")
            assert server.poll() is None, (
                f"line {command.line}: {text}\nended with {server.returncode}\n{said}"
            )
            assert time.monotonic() < deadline, f"line {command.line}: {text}\ndoes not listen\n{said}"
            time.sleep(0.05)
        return log.read_text(errors="replace")

    def _port_of(self, text: str) -> str:
        found = [match[2] for match in _PORT.finditer(text) if match[1][-1] in "= "]
        return found[-1] if found else "8000" if "serve" in text else "4010"

    def _mapped(self, text: str) -> str:
        """The command with ports that are free here, and with the words that an earlier output gave."""
        server = _SERVER.match(text)
        mapped = _PORT.sub(lambda match: match[1] + self._port(match[2]), text)
        if server and not any(match[1][-1] in "= " for match in _PORT.finditer(text)):
            port = self._port(self._port_of(text))
            option, variable = _PORT_OPTION.get(server[1]), _PORT_VARIABLE.get(server[1])
            mapped += f" {option} {port}" if option else f" {variable}={port}"
        for shown, found in self.words.items():
            mapped = mapped.replace(shown, found)
        return mapped

    def _port(self, shown: str) -> str:
        return self.ports.setdefault(shown, str(free_port()))

    def _compare(self, command: Command, output: str, differs: str | None) -> None:
        """Raises AssertionError where the output is not what the page shows, `…` standing for anything."""
        for shown, mapped in self.ports.items():
            output = output.replace(f":{mapped}", f":{shown}")
        found = re.search(pattern_of(command.shown, differs), output, re.DOTALL)
        assert found, f"line {command.line}: {command.text}\nshows\n{command.shown}\nbut gives\n{output}"
        if differs and "word" in found.groupdict():
            self.words[differs] = found["word"]


def pattern_of(shown: str, differs: str | None = None) -> str:
    """The pattern of outputs that are as shown: `…` is anything, and where lines break does not count."""
    pattern = r"\s*".join(re.escape(word).replace("…", ".*?") for word in shown.split())
    return pattern.replace(re.escape(differs), r"(?P<word>[\w.-]+)", 1) if differs else pattern


@contextmanager
def shell(folder: Path, state: Path) -> Iterator[Shell]:
    """A shell that stands in this folder; its servers are stopped at the end."""
    variables = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "120",
        "NO_COLOR": "1",
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }
    state.write_text(
        "".join(f'export {name}="{value}"\n' for name, value in variables.items()) + f"cd {folder}\n"
    )
    reader = Shell(folder, state)
    try:
        yield reader
    finally:
        for server in reader.servers.values():
            stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ends a server and what it started, as Ctrl+C does."""
    if server.poll() is not None:
        return
    os.killpg(server.pid, signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
