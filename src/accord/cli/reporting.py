"""What every command that loads a contract says of it, and how what commands find is written to files."""

from pathlib import Path

import click

from accord.contract import Contract, check_contract
from accord.errors import UsageError


def report_findings(contract: Contract) -> None:
    """Prints what is wrong with a contract that loads, each finding on a line of standard error.

    What makes a command impossible was raised by then; the rest is for people to mend, and keeps nothing
    from going on: most contracts that are in use have a fault somewhere.
    """
    for finding in check_contract(contract):
        click.echo(str(finding), err=True)


def write_file(path: Path, text: str, *, makes_folders: bool = False) -> None:
    """Writes a file in UTF-8, with a question mark for what has no place in that. Raises UsageError."""
    try:
        if makes_folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
