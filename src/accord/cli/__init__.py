"""The `accord` command. The only room that prints, reads the environment or exits."""

import gc
import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem

import accord
from accord.cli.catalogue import CATALOGUE, LISTED
from accord.errors import AccordError
from accord.findings import suggestion

COMMANDS = {name: f"accord.cli.{name}" for name in sorted(LISTED)}
"""Each command and the module that has it under its own name; imported only when it runs."""


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, its help ending with examples; or None."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # modules stay: to look among them for garbage takes a twentieth of a start
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        gc.freeze()
        gc.enable()
        if not isinstance(command, click.Command):
            return None
        command.epilog = "\n".join(["\b", "Examples:", *(f"  {each}" for each in LISTED[cmd_name].examples)])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for. Where there is none of its name, wrong usage, with the nearest."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No such command {name!r}: {suggestion(name, COMMANDS, 'see accord --help')}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the commands by those who use them, each with its plainest call. None is imported."""
        width = max(map(len, LISTED))
        for title, group in CATALOGUE.items():
            with formatter.section(title):
                for name, listed in group.items():
                    formatter.write(f"  {name:<{width}}  {listed.summary}\n")
                    formatter.write(f"  {'':<{width}}  $ {listed.examples[0]}\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, and the options. None is imported: a shell waits for this."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        found = [CompletionItem(name, help=LISTED[name].summary) for name in names]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


_CODES = """\b
Exit codes:
  0  clean
  1  findings: what was asked about is wrong
  2  wrong usage
  3  the contract cannot be loaded

More of a command, with examples: accord COMMAND --help
"""


@click.group(cls=LazyGroup, epilog=_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(accord.__version__, prog_name="accord")
def cli() -> None:
    """One OpenAPI document by hand; models, a typed server, a mock and contract tests follow from it.

    A contract is a file or URL: OpenAPI 3.0 to 3.2, Swagger 2.0, or a Postman collection. Which it is, the
    project's folders, and the options of many commands can stand in [tool.accord] of pyproject.toml.
    """


def main() -> None:
    """Runs the command line. An error of accord's is printed as one message and sets the exit code."""
    try:
        cli()
    except AccordError as error:
        click.echo(f"accord: {error}", err=True)
        sys.exit(error.exit_code)
