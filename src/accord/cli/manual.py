"""The page of the command line, made from the commands themselves: `python -m accord.cli.manual FILE`."""

import re
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from accord.cli import cli
from accord.cli.catalogue import CATALOGUE, Listed
from accord.cli.configured import long_name
from accord.cli.project import CONFIGURED

_HEAD = """\
# Command line

Every command with all that it takes, as `accord COMMAND --help` has it. `make docs` writes this page from the
code. What it all means stands in the [reference](reference.md).

An option that has a setting can stand in `pyproject.toml`, in the table of its command: `[tool.accord.mock]`
for `accord mock`. What may be given several times is a list there; what has no value is `true` or `false`.
"""


_MARKED = re.compile(r"\[tool\.[\w.]+\]|(?<!\w)--[a-z][\w-]*|(?<![\w/])\*|\b[a-z]+\.(?:toml|yaml)\b")
"""What of a help text is code: a table of settings, an option, a star, a file."""


def manual() -> str:
    """The page, in Markdown."""
    parts = [_HEAD]
    for title, group in CATALOGUE.items():
        parts.append(f"## {title}\n")
        for name, listed in group.items():
            parts.extend(_section(name, listed))
    return "\n".join(parts)


def _section(name: str, listed: Listed) -> Iterator[str]:
    command = cli.get_command(click.Context(cli), name)
    if command is None:
        return
    context = click.Context(command, info_name=name)
    arguments = [each for each in command.collect_usage_pieces(context) if each != "[OPTIONS]"]
    yield f"### `accord {name}`\n"
    yield f"{_text(command.help)}\nMore in the [reference]({_link('accord', name, *arguments)}).\n"
    yield "\n".join(["```text", *listed.examples, "```\n"])
    if options := [each for each in command.params if isinstance(each, click.Option)]:
        yield "\n".join([*_table(options, context, has_settings=name in CONFIGURED), ""])


def _link(*words: str) -> str:
    """Where a heading of these words stands in the reference."""
    return f"reference.md#{re.sub(r'[^a-z -]', '', ' '.join(words).lower()).replace(' ', '-')}"


def _table(options: list[click.Option], context: click.Context, *, has_settings: bool) -> Iterator[str]:
    titles = ["option", *(["setting"] if has_settings else []), "default", ""]
    yield _row(titles)
    yield "|---" * len(titles) + "|"
    for option in options:
        setting = [f"`{long_name(option)}`"] if has_settings else []
        yield _row([_spelled(option, context), *setting, _default(option), _said(option)])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells).replace("|  |", "| |").strip() + " |"


def _spelled(option: click.Option, context: click.Context) -> str:
    """All spellings, and what stands behind the last."""
    *others, last = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag else f" {_value(option, context)}"
    return ", ".join(f"`{each}`" for each in (*others, last + value))


def _value(option: click.Option, context: click.Context) -> str:
    if isinstance(option.type, click.Choice):
        return "WHAT"
    if option.metavar is None and isinstance(option.type, click.IntRange | click.FloatRange):
        return "N"
    return option.make_metavar(context)


def _default(option: click.Option) -> str:
    """What holds without it; nothing where it is then as if there were no such option."""
    default = option.to_info_dict()["default"]
    if default in (None, "", ()) or (default is False and not option.secondary_opts):
        return ""
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`"


def _said(option: click.Option) -> str:
    said = [_text(option.help)]
    if isinstance(option.type, click.Choice):
        said.append(f"One of {', '.join(f'`{choice}`' for choice in option.type.choices)}.")
    if option.multiple:
        said.append("May be given several times.")
    if option.envvar:
        said.append(f"Without it, `{option.envvar}` of the environment.")
    return " ".join(said)


def _text(text: str | None) -> str:
    """Help as Markdown: what stands on a command line or in a file is marked as such."""
    parts = cleandoc(text or "").split("`")
    parts[::2] = [_MARKED.sub(r"`\g<0>`", part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return "".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(manual(), encoding="utf-8")
