import subprocess
import sys
from pathlib import Path


def accord(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "accord", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = accord("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert {"generate", "serve"} <= set(done.stdout.split())


def test_an_unknown_command_is_wrong_usage(tmp_path: Path) -> None:
    done = accord("generat", cwd=tmp_path)
    assert done.returncode == 2
    assert "No such command 'generat': did you mean 'generate'?" in done.stderr


def test_a_missing_contract_is_one_message_and_exit_3(tmp_path: Path) -> None:
    done = accord("generate", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("accord: openapi.yaml")
    assert "Traceback" not in done.stderr


def test_two_operations_that_no_server_can_tell_apart_are_named_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(
        "openapi: 3.1.0\n"
        "info: {title: T, version: '1'}\n"
        "paths:\n"
        "  /a/{x}:\n"
        "    get: {operationId: one, responses: {'200': {description: ok}}}\n"
        "  /a/{y}:\n"
        "    get: {operationId: two, responses: {'200': {description: ok}}}\n"
    )
    done = accord("generate", cwd=tmp_path)
    assert done.returncode == 3
    assert "openapi.yaml:7:5" in done.stderr
    assert "GET /a/{y} cannot be told from GET /a/{x}" in done.stderr
