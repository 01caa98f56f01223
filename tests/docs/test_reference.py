"""The reference is complete: what a user can set or meet stands in it."""

import re
from collections.abc import Callable

import click
import pytest

from accord import errors
from accord.cli import COMMANDS, cli
from accord.cli.manual import manual
from accord.cli.project import KNOWN_SETTINGS
from accord.comparing.outlining import rules_as as rules_of_diff
from accord.linting.outlining import rules_as as rules_of_lint
from accord.mocking.control.desk import Interface
from tests.live import ROOT

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "accord").rglob("*.py"))


def test_the_page_of_the_command_line_is_as_the_commands_are() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == manual(), "write it anew: python -m accord.cli.manual docs/commands.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_its_section(name: str) -> None:
    section = manual().partition(f"### `accord {name}`\n")[2].partition("\n##")[0]
    spelled = {each for row in section.splitlines() for each in re.findall(r"`(-[A-Za-z-]+)", row)}
    assert options_of(name) <= spelled


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_that_the_reference_explains_is_one(name: str) -> None:
    section = REFERENCE.partition(f"### `accord {name}")[2].partition("\n##")[0]
    explained = re.findall(r"^\| (`-.+?`) \|", section, re.MULTILINE)
    assert set(re.findall(r"`(-[A-Za-z-]+)", " ".join(explained))) <= options_of(name)


def options_of(name: str) -> set[str]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {spelling for option in options for spelling in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize("name", KNOWN_SETTINGS)
def test_every_setting_is_listed(name: str) -> None:
    assert f"| `{name}` |" in REFERENCE


@pytest.mark.parametrize("path", list(Interface().contract.document.content["paths"]))
def test_every_path_of_the_mocks_own_interface_is_listed(path: str) -> None:
    names = {
        "snapshot": "NAME",
        "scenario": "NAME",
        "webhook": "NAME",
        "override": "ID",
        "fault": "ID",
        "exchange": "ID",
    }
    shown = re.sub(r"{(\w+)}", lambda match: names.get(match[1], match[1].upper()), path)
    assert re.search(rf" (/_accord)?{re.escape(shown)}[`?,]", REFERENCE)


@pytest.mark.parametrize(
    "name", re.findall(r"^class (\w+)\((?:Accord|Contract)Error\)", SOURCE, re.MULTILINE)
)
def test_every_error_is_listed_with_its_exit_code(name: str) -> None:
    row = next(line for line in REFERENCE.splitlines() if line.startswith(f"| `{name}` |"))
    assert row.endswith(f"| {getattr(errors, name).exit_code} |")


def test_every_rule_in_the_table_is_one_that_the_code_states() -> None:
    table = REFERENCE.partition("## Rules of findings")[2]
    rules = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert len(rules) > 20
    assert [rule for rule in rules if f'"{rule}"' not in SOURCE] == []


@pytest.mark.parametrize(("page", "rules"), [("diff", rules_of_diff), ("lint", rules_of_lint)])
def test_a_page_of_rules_is_what_the_code_says(page: str, rules: Callable[[str], str]) -> None:
    written = (ROOT / "docs" / f"rules-of-{page}.md").read_text(encoding="utf-8")
    assert written.endswith(rules("markdown"))
