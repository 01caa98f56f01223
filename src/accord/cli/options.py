"""The options that the commands of the mock engine have in common."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import click
from click.shell_completion import CompletionItem

Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

LOCALE = "en_US"
STATE = "--state"
LEVELS = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
    "fatal": logging.CRITICAL,
    "silent": logging.CRITICAL + 1,
}


class StateType(click.ParamType[bool | str]):
    """Where state is kept: a URL, or whether it is at all. `true` may be left out."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool | str:
        """True, False, or the URL."""
        if isinstance(value, bool) or value in _TRUTH:
            return _TRUTH[value] if isinstance(value, str) else value
        if not isinstance(value, str) or not self.is_stated(value):
            self.fail("the URL of a store is expected, or true or false", param, ctx)
        return value

    @staticmethod
    def is_stated(value: str) -> bool:
        """Is this the option's value, and not the argument that follows it?"""
        return value in _TRUTH or "://" in value


_TRUTH = {"true": True, "false": False}

# Beside each of our own names stands the one that Prism's users know, where that is another.
LISTENING: Sequence[Option] = (
    click.option("-h", "--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    click.option(
        "-p",
        "--port",
        default=4010,
        show_default=True,
        type=click.IntRange(0, 65535),
        help="0: any free port.",
    ),
    click.option(
        "--workers",
        default=1,
        show_default=True,
        type=click.IntRange(1),
        help="Processes that share the port.",
    ),
    click.option(
        "-m",
        "--multiprocess/--no-multiprocess",
        default=False,
        help="Taken as Prism takes it: the log never keeps answers waiting, with or without.",
    ),
    click.option("--tls-cert", type=click.Path(), help="Speak HTTPS with this certificate (PEM)."),
    click.option("--tls-key", type=click.Path(), help="The certificate's key, where it is another file."),
    click.option("--json-logs/--no-json-logs", default=False, help="Log JSON objects, one a line."),
    click.option(
        "-v",
        "--verbose-level",
        "--verboseLevel",
        "level",
        default="info",
        show_default=True,
        type=click.Choice(list(LEVELS)),
        help="What is logged; info: a line for each request; debug: also why it was answered so.",
    ),
)
"""Where it listens, and what it logs."""

ANSWERING: Sequence[Option] = (
    click.option("--seed", default="accord", show_default=True, help="Another seed gives other data."),
    click.option(
        "-d", "--dynamic/--no-dynamic", default=False, help="Generate data anew for each different request."
    ),
    click.option(
        "--examples",
        default="mend",
        show_default=True,
        type=click.Choice(["mend", "verbatim", "ignore"]),
        help="What is done with an example that breaks its schema, or with all of them.",
    ),
    click.option(
        "--ignore-examples", "--ignoreExamples", "ignored", is_flag=True, help="As --examples ignore."
    ),
    click.option(
        "--fill-properties/--no-fill-properties",
        "--json-schema-faker-fillProperties/--no-json-schema-faker-fillProperties",
        "fills",
        default=True,
        help="Generate entries for maps that need none.",
    ),
    click.option("--locale", default=LOCALE, show_default=True, help="The language of generated words."),
    click.option("--cors/--no-cors", default=True, help="Let pages of any origin call, with credentials."),
    click.option(
        STATE,
        type=StateType(),
        is_flag=False,
        flag_value="true",
        default=True,
        envvar="ACCORD_STATE",
        metavar="[URL]",
        help="Keep what is created, changed and removed; with a URL where all that are given it share it.",
    ),
    click.option("--no-state", "forgets", is_flag=True, help="Keep nothing."),
    click.option("--allow", multiple=True, help="A folder or host outside that references may lead to."),
    click.option(
        "--reload/--no-reload", default=True, help="Take up the contract anew when a file of it is saved."
    ),
)
"""The contract, and what the mock answers by it."""


def contracts(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """What a shell completes a contract with: files, where it is no URL."""
    return [CompletionItem(incomplete, type="file")]


def with_options(*options: Option) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """What gives a command these options, in this order."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
