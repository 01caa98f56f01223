"""What strangers install: the wheel, built from what the image copies, where no repository is."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live import ROOT

SITE = sysconfig.get_path("purelib")
CONTRACT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: A pet
          content:
            application/json:
              schema: {type: object, required: [name], properties: {name: {type: string}}}
              example: {name: Rex}
        default: {description: A problem}
"""
WRONG = CONTRACT.replace("{type: string}}", "{type: string}, age: {type: integer, enum: [two, 1]}}")
"""The same with an error: an integer that may be a word."""
BREAKING = CONTRACT.replace("required: [name], ", "")
"""The same without a promise to clients: a pet may have no name."""


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel, and the files that it was made of."""

    home: Path
    wheel: Path
    source: Path
    folder: Path

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """What a command of the environment did, in a folder that knows nothing of the repository."""
        program = [str(self.home / "bin" / command[0]), *command[1:]]
        return run(*program, cwd=self.folder, environment=environment)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the image is built of, and nothing else."""
    home = tmp_path_factory.mktemp("source")
    for name in copied_into_the_image():
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / name, home / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, home / name)
    return home


@pytest.fixture(scope="session")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built from the sdist, in an environment of its own; what it requires is lent by this one."""
    home, dist, folder = (tmp_path_factory.mktemp(name) for name in ("environment", "dist", "elsewhere"))
    done(run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(source), cwd=folder))
    (wheel,) = dist.glob("*.whl")
    done(run(sys.executable, "-m", "venv", "--without-pip", str(home), cwd=folder))
    python = str(home / "bin" / "python")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    done(run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel), cwd=folder))
    lend_requirements(home)
    (folder / "openapi.yaml").write_text(CONTRACT)
    return Installed(home, wheel, source, folder)


def lend_requirements(home: Path) -> None:
    """Has an environment import what is installed here, after what it has itself. An editable accord is not
    among it: what stands in files of paths here is not followed from there."""
    (site,) = home.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(SITE)
    (home / "bin" / "ruff").symlink_to(Path(sys.executable).with_name("ruff"))


def copied_into_the_image() -> list[str]:
    """The files and folders that the Dockerfile copies from the repository."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--from)(.+) \./.*$", text, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def without_the_repository() -> dict[str, str]:
    """The environment, without the paths by which tests may find the repository's code."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(
    *command: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command did that knows nothing of the repository."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=without_the_repository() | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def done(ran: subprocess.CompletedProcess[str]) -> str:
    """What it printed. Fails where it did not end well."""
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def git(home: Path, *arguments: str) -> str:
    """What git printed, in a repository; as somebody, where it commits."""
    somebody = (
        "-c",
        "user.name=Somebody",
        "-c",
        "user.email=somebody@example.com",
        "-c",
        "core.hooksPath=.none",
    )
    return done(run("git", *somebody, *arguments, cwd=home)).strip()


def committed(home: Path) -> Path:
    """The folder, as a repository whose branch main has all that is in it."""
    git(home, "init", "--quiet", "--initial-branch", "main")
    git(home, "add", "--all")
    git(home, "commit", "--quiet", "--message", "Begin")
    return home


@contextmanager
def listening(installed: Installed, *command: str) -> Iterator[str]:
    """The address of a server that a command of the environment runs; ended when the block is left."""
    log = installed.folder / "server.log"
    with log.open("w") as sink:
        process = subprocess.Popen(
            [str(installed.home / "bin" / command[0]), *command[1:]],
            cwd=installed.folder,
            env=without_the_repository(),
            stdout=sink,
            stderr=sink,
        )
    try:
        yield _address_in(log, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _address_in(log: Path, process: "subprocess.Popen[bytes]") -> str:
    """The address that a server has printed. Fails where it ends first, or takes too long."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://[\d.]+:\d+", log.read_text()):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text())
