"""`accord completion`: the script by which a shell completes the command."""

import click
from click.shell_completion import get_completion_class

_VARIABLE = "_ACCORD_COMPLETE"
"""What click reads from the environment when a shell asks."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script by which SHELL completes commands, options and files of contracts.

    Bash has to be 4.4 or newer. Open a new shell to have it.
    """
    complete = get_completion_class(shell)
    if complete is not None:  # click has all three
        click.echo(complete(click.Group("accord"), {}, "accord", _VARIABLE).source())
