"""The linter that is asked about style: Redocly's, an npm package of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from accord.errors import UsageError
from accord.findings import Finding, Position, Severity

_SECONDS = 300
_SEVERITIES = {"error": Severity.ERROR, "warn": Severity.WARNING}


def style_findings(contract: str) -> tuple[Finding, ...]:
    """What `redocly lint` says of a contract, by its own settings; its rules are `redocly/NAME`.

    Raises UsageError where it is not there, or does not answer.
    """
    command = [*_redocly(), "lint", contract, "--format", "json", "--max-problems", "100000"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        raise UsageError(f"redocly did not answer within {_SECONDS} s") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        why = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise UsageError(f"redocly failed: {why}", hint="run `redocly lint` by itself") from None
    return tuple(_findings(said))


def _redocly() -> list[str]:
    if found := shutil.which("redocly"):
        return [found]
    if npx := shutil.which("npx"):
        return [npx, "--yes", "@redocly/cli"]
    raise UsageError("--style redocly needs Redocly's command", hint="npm install --global @redocly/cli")


def _findings(said: Mapping[str, Any]) -> Iterator[Finding]:
    for problem in said.get("problems", ()):
        location = (problem.get("location") or [{}])[0]
        yield Finding(
            f"redocly/{problem.get('ruleId')}",
            _SEVERITIES.get(problem.get("severity"), Severity.INFO),
            str(problem.get("message")),
            str(location.get("pointer") or "").removeprefix("#"),
            _position(location),
        )


def _position(location: Mapping[str, Any]) -> Position | None:
    file, start = location.get("source", {}).get("ref"), location.get("start")
    if not file or not start:
        return None
    path = (Path.cwd() / file).resolve()
    here = Path.cwd().resolve()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return Position(str(shown), int(start["line"]), int(start["col"]))
