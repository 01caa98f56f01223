"""`accord new`: a contract project, from a contract or from a small example."""

import json
import re
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import yaml

import accord
from accord.cli.generate import write_project
from accord.cli.options import contracts
from accord.cli.project import find_project
from accord.contract import Contract, load_contract
from accord.errors import ContractError, UsageError
from accord.findings import Severity
from accord.linting import lint
from accord.starting import Plan, example_contract, project_files

CONTRACT = "openapi.yaml"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MOST_RESOURCES = 5
_MOST_ROWS = 3


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    metavar="CONTRACT",
    shell_complete=contracts,
    help="A file or URL; a small example without it.",
)
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
def new(name: str, source: str | None, allow: tuple[str, ...]) -> None:
    """Write a contract project into the new folder NAME: contract, stub, handlers, mock, tests, CI.

    `make mock` and `make test` work in it at once.
    """
    home = Path(name)
    if not _NAME.fullmatch(home.name):
        raise UsageError(f"{home.name!r} is no name of a project", hint="letters, digits, - and _")
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise UsageError(f"{name} is there already, and not empty", hint="name another folder")
    contract, is_lenient = _loaded(source, allow)
    was_there = home.is_dir()
    try:
        _write_project(home, source, contract, is_lenient=is_lenient)
    except BaseException:
        if not was_there:
            shutil.rmtree(home, ignore_errors=True)
        raise
    count = sum(path.is_file() for path in home.rglob("*"))
    click.echo(f"wrote {count} files into {home}\n\n  cd {home}\n  make mock\n  make test")


def _write_project(home: Path, source: str | None, contract: Contract | None, *, is_lenient: bool) -> None:
    home.mkdir(parents=True, exist_ok=True)
    name = _write_contract(home, source, contract)
    for path, text in project_files(_plan(home, name, contract, is_lenient=is_lenient)).items():
        _write(home / path, text)
    written = load_contract(str(home / name), lenient=is_lenient)
    write_project(written, find_project(home))
    _write_seeds(home, written)


def _loaded(source: str | None, allow: tuple[str, ...]) -> tuple[Contract | None, bool]:
    """The contract, and whether it can only be read leniently. Raises ContractError where not even that."""
    if source is None:
        return None, False
    try:
        contract = load_contract(source, allow=allow)
    except ContractError:
        return load_contract(source, allow=allow, lenient=True), True
    is_ambiguous = any(finding.severity is Severity.ERROR for finding in contract.findings)
    return contract, is_ambiguous


def _write_contract(home: Path, source: str | None, contract: Contract | None) -> str:
    """The name of the contract in the project, where it stands by then.

    Its files are copied as they stand to each other, the first under its own name where others may refer to
    it; what cannot be copied becomes one file.
    """
    if source is None or contract is None:
        _write(home / CONTRACT, example_contract())
        return CONTRACT
    entry, others = contract.document.files[0], contract.document.files[1:]
    folder = Path(entry).resolve().parent
    near = [Path(each).resolve() for each in others if "://" not in each]
    is_near = len(near) == len(others) and all(each.is_relative_to(folder) for each in near)
    if "://" in entry or not is_near or _is_postman(contract):
        _write(home / CONTRACT, _as_yaml(contract.document.content))
        return CONTRACT
    name = Path(entry).name if near else CONTRACT
    targets = {Path(entry).resolve(): home / name, **{each: home / each.relative_to(folder) for each in near}}
    for file, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return name


def _as_yaml(value: object) -> str:
    """The value as YAML for people, its keys in their order."""
    plain = json.loads(json.dumps(value, default=str))  # without aliases for what stands in two places
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)


def _is_postman(contract: Contract) -> bool:
    return not re.fullmatch(r"[23]\..*", contract.document.version)


def _plan(home: Path, name: str, contract: Contract | None, *, is_lenient: bool) -> Plan:
    broken = {each.rule for each in lint(contract) if each.severity is Severity.ERROR} if contract else set()
    title = (contract.title if contract else "Notes") or home.name
    return Plan(home.name, title, name, _requirement(), tuple(sorted(broken)), is_lenient)


def _requirement() -> str:
    """How pip gets accord: from where this one came (PEP 610), or this version by its name."""
    try:
        written = distribution("accord").read_text("direct_url.json")
    except PackageNotFoundError:
        written = None
    origin = json.loads(written) if written else {}
    url = origin.get("url", "")
    if origin.get("dir_info", {}).get("editable"):
        return f"-e {unquote(urlsplit(url).path)}"
    return f"accord @ {url}" if url else f"accord=={accord.__version__}"


def _write_seeds(home: Path, contract: Contract) -> None:
    """Writes rows of the first resources, as the mock shows them, for people to change."""
    from accord.mocking import Mock  # noqa: PLC0415 - most commands need no mock

    keeper = Mock(contract).keeper
    shown = [(each.name, keeper.seeds.of(each)) for each in keeper.resources.resources]
    for name, items in [(name, items) for name, items in shown if items][:_MOST_RESOURCES]:
        rows: dict[str, object] = {name: [item.value for item in items[:_MOST_ROWS]]}
        said = f"# What every world of the mock begins with: change it, add to it.\n{_as_yaml(rows)}"
        _write(home / "mock" / "seeds" / f"{_file_name(name)}.yaml", said)


def _file_name(resource: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", resource).strip("-") or "resource"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
