"""Formatted Python source, by ruff, with settings of its own: the same bytes in every project."""

import subprocess

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no type information

from accord.errors import UnformattableSource

_COMMAND = ("format", "--isolated", "--line-length", "110", "--target-version", "py311", "--no-cache", "-")


def formatted(source: str, name: str) -> str:
    """The source as ruff formats it. `name` is for the message. Raises UnformattableSource."""
    ran = subprocess.run(  # noqa: S603 - ruff's own binary, with fixed arguments
        [find_ruff_bin(), *_COMMAND],
        input=source,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode:
        raise UnformattableSource(
            f"{name} cannot be formatted: {ran.stderr.strip()}",
            hint="this is a defect of accord: please report it with the contract",
        )
    return ran.stdout
