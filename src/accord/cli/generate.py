"""`accord generate`: models, the typed stub and the bundled contract; skeletons for what has no handler."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from accord.cli.options import contracts
from accord.cli.project import Project, find_project, import_name
from accord.cli.reporting import report_findings
from accord.contract import Contract, load_contract
from accord.errors import UsageError
from accord.generating import Package, Skeletons, generate_package, make_skeletons, stale_files, write_package


@click.command()
@click.argument("contract", required=False, shell_complete=contracts)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the package into this folder, and no handlers.",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale, and exit 1 if anything is.")
@click.option(
    "--lenient", is_flag=True, help="Report equal operation ids, ambiguous paths and broken references."
)
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
def generate(
    contract: str | None, output: Path | None, *, check: bool, lenient: bool, allow: tuple[str, ...]
) -> None:
    """Write models, the typed server stub and handler skeletons from CONTRACT.

    CONTRACT is a file or URL; without it, the contract of the project. Hand-written files are never
    changed: a skeleton is written once, into a module that is not there yet.
    """
    project = find_project(Path.cwd(), contract=contract)
    loaded = load_contract(project.contract, allow=(*project.allow, *allow), lenient=lenient)
    report_findings(loaded)
    package = generate_package(loaded)
    folder = Path(_shown(output or project.generated))
    with _files_in_use():
        if check:
            _check(package, folder)
            return
        _report(write_package(package.files, folder), folder)
        if output is None:
            _write_skeletons(loaded, package, project)


@contextmanager
def _files_in_use() -> Iterator[None]:
    """Says in one message which file cannot be read or written: a folder in the way, a full disk."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be used: {error.strerror}") from None


def write_project(contract: Contract, project: Project) -> None:
    """Writes the generated package of a project, and skeletons for the handlers that are not there."""
    package = generate_package(contract)
    with _files_in_use():
        write_package(package.files, project.generated)
        for path, text in _skeletons(contract, package, project).files.items():
            _write_new(project.handlers / path, text)


def _check(package: Package, folder: Path) -> None:
    stale = stale_files(package.files, folder)
    for entry in stale:
        click.echo(entry.diff, nl=False)
    if stale:
        click.echo(f"{len(stale)} of the generated files are stale: run `accord generate`", err=True)
        sys.exit(1)
    click.echo(f"{_shown(folder)} is up to date")


def _report(changed: tuple[Path, ...], folder: Path) -> None:
    for path in changed:
        click.echo(f"{'wrote' if path.exists() else 'removed'} {_shown(path)}")
    if not changed:
        click.echo(f"{_shown(folder)} is up to date")


def _skeletons(contract: Contract, package: Package, project: Project) -> Skeletons:
    return make_skeletons(
        package.operations,
        tuple(contract.security_schemes),
        _sources(project.handlers),
        generated=import_name(project.generated, project),
        handlers=import_name(project.handlers, project),
        folder=_shown(project.handlers),
    )


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _write_skeletons(contract: Contract, package: Package, project: Project) -> None:
    made = _skeletons(contract, package, project)
    for name, text in made.files.items():
        path = project.handlers / name
        _write_new(path, text)
        click.echo(f"wrote {_shown(path)} (yours from now on: fill it in)")
    if made.advice:
        click.echo(
            f"{_shown(project.handlers / '__init__.py')} lacks operations; add to it:\n\n{made.advice}"
        )
    for line in made.gone:
        click.echo(line)


def _sources(folder: Path) -> Mapping[str, str]:
    return {path.name: _source(path) for path in sorted(folder.glob("*.py"))}


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{_shown(path)} is not UTF-8 text: {error.reason}") from None


def _shown(path: Path) -> str:
    resolved, here = path.resolve(), Path.cwd().resolve()
    return str(resolved.relative_to(here)) if resolved.is_relative_to(here) else str(path)
