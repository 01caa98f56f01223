"""The `accord` command. The only room that prints, reads the environment or exits."""

import gc
import sys
from importlib import import_module

import click

import accord
from accord.errors import AccordError

COMMANDS = {
    "coverage": "accord.cli.coverage",
    "diff": "accord.cli.diff",
    "generate": "accord.cli.generate",
    "lint": "accord.cli.lint",
    "mock": "accord.cli.mock",
    "new": "accord.cli.new",
    "proxy": "accord.cli.proxy",
    "serve": "accord.cli.serve",
    "verify": "accord.cli.verify",
}
"""Each command and the module that has it under its own name; imported only when it runs."""


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # modules stay: to look among them for garbage takes a twentieth of a start
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        gc.freeze()
        gc.enable()
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(accord.__version__, prog_name="accord")
def cli() -> None:
    """One OpenAPI document by hand; models, a typed server and contract tests follow from it.

    The contract and the project's folders are settings of [tool.accord] in pyproject.toml. Exit codes:
    0 clean, 1 findings, 2 wrong usage, 3 the contract cannot be loaded.
    """


def main() -> None:
    """Runs the command line. An error of accord's is printed as one message and sets the exit code."""
    try:
        cli()
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)
