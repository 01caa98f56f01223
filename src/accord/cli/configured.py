"""Commands whose options can also stand in `[tool.accord.COMMAND]` of pyproject.toml."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from accord.cli.options import STATE, StateType
from accord.cli.project import Project, find_project
from accord.errors import UsageError
from accord.findings import suggestion


class ConfiguredCommand(click.Command):
    """A command with its project's settings as defaults. Flags take `=true` and `=false`, too."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context, the project's settings its defaults. Raises UsageError for one that makes no sense."""
        extra.setdefault("default_map", self._defaults(find_project(Path.cwd())))
        return super().make_context(info_name, self._plain(args), parent, **extra)

    def _defaults(self, project: Project) -> Mapping[str, Any]:
        options = {
            spelling.lstrip("-").replace("-", "_"): option
            for option in self.params
            if isinstance(option, click.Option)
            for spelling in option.opts
        }
        table, where = project.options.get(self.name or "", {}), f"[tool.accord.{self.name}]"
        defaults = {}
        for name, value in table.items():
            option = options.get(name.replace("-", "_"))
            if option is None:
                raise UsageError(f"unknown setting {name!r} in {where}", hint=_nearest(name, options))
            defaults[option.name or ""] = _converted(
                option, value, f"{where} {name} = {value!r}", project.root
            )
        return defaults

    def _plain(self, args: Sequence[str]) -> list[str]:
        """The arguments with `--flag=true` and `--flag false` as click has them: `--flag`, `--no-flag`."""
        flags = {
            spelling: (spelling, _opposite(option, spelling))
            for option in self.params
            if isinstance(option, click.Option) and option.is_flag
            for spelling in option.opts
        }
        plain: list[str] = []
        for arg, following in zip_longest(args, args[1:], fillvalue=""):
            name, equals, value = arg.partition("=")
            if equals and name in flags and value in _TRUTH:
                plain += [flags[name][_TRUTH[value]]]
            elif arg in _TRUTH and plain and plain[-1] in flags:
                plain[-1] = flags[plain[-1]][_TRUTH[arg]]
            elif arg == STATE and not StateType.is_stated(following):
                plain.append(f"{arg}=true")
            else:
                plain.append(arg)
        return [arg for arg in plain if arg]


_TRUTH: Mapping[str, int] = {"true": 0, "false": 1}


def _opposite(option: click.Option, spelling: str) -> str:
    """What turns a flag off; nothing for one that has no such spelling, since that is how it is left off."""
    long = f"--no-{spelling.removeprefix('--')}"
    return long if long in option.secondary_opts else next(iter(option.secondary_opts), "")


def _nearest(name: str, options: Mapping[str, click.Option]) -> str:
    """What to write instead: options by their long names, without the spellings of other tools."""
    known = sorted({long_name(option) for option in options.values()})
    return suggestion(name, known, f"known settings: {', '.join(known)}")


def long_name(option: click.Option) -> str:
    """The name that an option has as a setting."""
    return next(spelling[2:] for spelling in option.opts if spelling.startswith("--"))


def _converted(option: click.Option, value: Any, what: str, root: Path) -> Any:
    """The value of a setting as the option has it; files as they are seen from pyproject.toml."""
    if option.is_flag and not isinstance(value, bool):
        raise UsageError(f"{what}: true or false is expected")
    values = value if option.multiple else [value]
    if not isinstance(values, list) or any(isinstance(each, list | dict) for each in values):
        raise UsageError(f"{what}: {'a list' if option.multiple else 'a single value'} is expected")
    try:
        converted = [_of_type(option, each, root) for each in values]
    except click.BadParameter as error:
        raise UsageError(f"{what}: {error.message}") from None
    return converted if option.multiple else converted[0]


def _of_type(option: click.Option, value: Any, root: Path) -> Any:
    if isinstance(option.type, click.Path):
        value = str(root / str(value))
    if isinstance(option.type, click.IntRange) and isinstance(value, bool | float):
        raise click.BadParameter("a whole number is expected")  # which click would make of it
    return option.type(value, option, None)
