"""What goes wrong before a server listens is one message, at its place, with the right exit code."""

import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from accord.cli.serve import is_of_interest

ACCORD = str(Path(sys.executable).with_name("accord"))
ROOT = Path(__file__).resolve().parents[2]


def served(folder: Path, handlers: str, *options: str, contract: str = "") -> tuple[int, str]:
    """The exit code and the message of `accord serve` in a project with these handlers."""
    (folder / "handlers").mkdir()
    (folder / "handlers" / "__init__.py").write_text(handlers)
    (folder / "pyproject.toml").write_text("[tool.accord]\n")
    (folder / "openapi.yaml").write_text(contract or (ROOT / "openapi.yaml").read_text())
    done = subprocess.run(
        [ACCORD, "serve", *options], cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("handlers", "message"),
    [
        ("import nothing_there", "__init__.py:1:1: handlers cannot be imported: ModuleNotFoundError"),
        ("def (", "__init__.py:1:5: handlers cannot be imported: SyntaxError"),
        ("", "handlers has no function 'build'"),
        ("def build():\n    raise OSError('no')", "__init__.py:2:1: handlers.build() failed: OSError: no"),
        ("def build():\n    return 7", "handlers.build() gives int, not a Service"),
    ],
)
def test_handlers_that_cannot_be_used_are_wrong_usage(tmp_path: Path, handlers: str, message: str) -> None:
    code, said = served(tmp_path, handlers)
    assert code == 2
    assert message in said


def test_a_broken_contract_is_exit_code_3_with_its_position(tmp_path: Path) -> None:
    code, said = served(tmp_path, "", contract="openapi: 3.1.0\npaths: [")
    assert code == 3
    assert "openapi.yaml:2:8" in said


def test_reload_and_workers_exclude_each_other(tmp_path: Path) -> None:
    code, said = served(tmp_path, "", "--reload", "--workers", "2")
    assert code == 2
    assert "exclude each other" in said


def test_a_port_that_is_taken_is_wrong_usage(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = os.environ | {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/a.db"}
        done = subprocess.run(
            [ACCORD, "serve", "--port", str(taken.getsockname()[1])],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "Address already in use" in done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_service_that_cannot_be_opened_is_exit_code_1(tmp_path: Path, workers: str) -> None:
    handlers = (
        "from contextlib import asynccontextmanager\n"
        "from accord.serving import Service\n"
        "from dataclasses import make_dataclass\n"
        "@asynccontextmanager\nasync def broken():\n    raise OSError('no disk')\n    yield\n"
        "def build():\n    return Service(handlers=make_dataclass('H', [])(), lifespan=broken)\n"
    )
    contract = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
    code, said = served(tmp_path, handlers, "--port", "0", "--workers", workers, contract=contract)
    assert code == 1
    assert "the server did not start" in said


def test_libraries_are_logged_from_warnings_on() -> None:
    def is_logged(name: str, path: str, level: int) -> bool:
        return is_of_interest(logging.LogRecord(name, level, path, 1, "said", None, None))

    library = "/venv/lib/python3.11/site-packages/alembic/migration.py"
    assert not is_logged("alembic.runtime.migration", library, logging.INFO)
    assert is_logged("alembic.runtime.migration", library, logging.WARNING)
    assert is_logged("accord.serving", "/venv/lib/python3.11/site-packages/accord/x.py", logging.INFO)
    assert is_logged("store", "/project/store/keys.py", logging.INFO)
