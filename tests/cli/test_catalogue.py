"""What `accord --help` teaches, and what a shell completes."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from accord.cli import COMMANDS, cli
from accord.cli.catalogue import CATALOGUE, LISTED

HEAVY = {"connexion", "datamodel_code_generator", "faker", "jsonschema_rs", "rich", "schemathesis", "yaml"}
EXAMPLES = [(name, line) for name, listed in LISTED.items() for line in listed.examples]


def test_help_shows_each_command_among_those_who_use_it_with_an_example_and_the_exit_codes() -> None:
    text = CliRunner().invoke(cli, ["--help"]).output
    for title, group in CATALOGUE.items():
        section = text.partition(f"{title}:\n")[2].partition("\n\n")[0].splitlines()
        assert [line.split()[0] for line in section[::2]] == list(group)
        assert [line.split(" $ ")[1] for line in section[1::2]] == [
            each.examples[0] for each in group.values()
        ]
    assert "3  the contract cannot be loaded" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_its_examples(name: str) -> None:
    text = CliRunner().invoke(cli, [name, "--help"]).output
    shown = text.partition("Examples:\n")[2].splitlines()
    assert tuple(line.strip() for line in shown) == LISTED[name].examples


@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_each_example_is_a_call_that_its_command_takes(name: str, line: str) -> None:
    program, called, *arguments = shlex.split(line.partition(" >")[0])
    command = cli.get_command(click.Context(cli), name)
    assert (program, called) == ("accord", name)
    assert command is not None
    assert command.make_context(name, arguments) is not None


@pytest.mark.parametrize(
    "asked", [{}, {"_ACCORD_COMPLETE": "bash_complete", "COMP_WORDS": "accord ", "COMP_CWORD": "1"}]
)
def test_neither_help_nor_completion_imports_what_commands_are_made_of(asked: dict[str, str]) -> None:
    script = (
        "import sys; from accord.cli import cli\n"
        "try: cli(['--help'], prog_name='accord')\n"
        "finally: print('imported', *sys.modules)"
    )
    done = run(sys.executable, "-c", script, environment=asked)
    told, _, imported = done.partition("imported")
    assert set(COMMANDS) <= set(told.replace(",", " ").split())
    assert HEAVY & set(imported.split()) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed_and_asks_accord(shell: str) -> None:
    script = CliRunner().invoke(cli, ["completion", shell]).output
    assert f"_ACCORD_COMPLETE={shell}_complete" in script
    assert script.count("accord") > 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("accord li", "plain,lint"),
        ("accord lint --sev", "plain,--severity"),
        ("accord mock open", "file,open"),
    ],
)
def test_commands_options_and_files_of_contracts_are_completed(words: str, expected: str) -> None:
    asked = {"_ACCORD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert run(str(Path(sys.executable).with_name("accord")), environment=asked).split() == [expected]


def test_bash_completes_by_the_script() -> None:
    accord = Path(sys.executable).with_name("accord")
    script = (
        f'PATH={accord.parent}:$PATH; eval "$(accord completion bash)"; '
        "COMP_WORDS=(accord gen); COMP_CWORD=1; _accord_completion accord; echo ${COMPREPLY[@]}"
    )
    assert run("bash", "-c", script, environment={}).split() == ["generate"]


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout
