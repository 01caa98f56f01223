"""The behaviours of a project's mock: which files have them, and what they are as modules."""

import importlib
import linecache
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from accord.cli.importing import importable, unusable
from accord.cli.project import Project, import_name
from accord.cli.seeding import FOLDER, shown
from accord.errors import AccordError, UsageError
from accord.mocking import Mock

if TYPE_CHECKING:
    from accord.mocking.behaving.model import Behaviour

_NAME = "behaviours"
_PACKAGE = "_accord_behaviours"
"""What the modules are imported below: a project's folder `mock` may share its name with a package."""


def behaviour_files(root: Path, path: str | None) -> Sequence[str]:
    """The modules at a path, a file or a folder of them; without one at the project's own, if it has that.

    Raises UsageError where a path is named that is not there.
    """
    if path is not None and not Path(path).exists():
        raise UsageError(f"{path} is not there", hint="name a Python module, or a folder of them")
    home = Path(path) if path is not None else root / FOLDER / _NAME
    if path is None and not home.is_dir():
        home = home.with_suffix(".py")
    files = sorted(home.glob("*.py")) if home.is_dir() else [home] if home.is_file() else []
    return [shown(file) for file in files]


def behaving(project: Project, files: Sequence[str]) -> Callable[[Mock], None]:
    """What gives a mock the behaviours of these files, each time as they are then.

    What keeps a function from being one is printed. Raises UsageError where a file cannot be imported.
    """
    stub = stub_files(project, files)
    known = _stamps(stub)

    def behave(mock: Mock) -> None:
        nonlocal known
        if not files:
            return
        _forget(_PACKAGE)
        if known != _stamps(stub):
            _forget(import_name(project.generated, project))
            known = _stamps(stub)
        mock.behaviours = _behaviours(project, mock, files)

    return behave


def stub_files(project: Project, files: Sequence[str]) -> Sequence[str]:
    """The files of the stub that behaviours are typed by; none where there are no behaviours."""
    return [shown(file) for file in sorted(project.generated.glob("*.py"))] if files else []


def _behaviours(project: Project, mock: Mock, files: Sequence[str]) -> "Mapping[str, Behaviour]":
    from accord.mocking.behaving.checking import read_behaviours  # noqa: PLC0415 - few mocks have any

    importable(project)
    name = f"{import_name(project.generated, project)}.operations"
    handlers = _imported(name, f"{name} cannot be imported", project.root).Handlers
    modules = {file: _module(file) for file in files if not Path(file).name.startswith("_")}
    read = read_behaviours(mock.contract, handlers, modules)
    for finding in read.findings:
        click.echo(str(finding), err=True)
    return read.behaviours


def _module(file: str) -> ModuleType:
    """The module in a file, which finds those beside it by `from . import`."""
    home = Path(file).resolve().parent
    if _PACKAGE not in sys.modules:
        package = ModuleType(_PACKAGE)
        package.__path__ = [str(home)]
        sys.modules[_PACKAGE] = package
    return _imported(f"{_PACKAGE}.{Path(file).stem}", f"{file} cannot be imported", home)


def _imported(name: str, failure: str, home: Path) -> ModuleType:
    """The module. No bytecode is kept: of two saves within a second it would be that of the first."""
    keeps, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return importlib.import_module(name)
    except AccordError:
        raise
    except (Exception, SystemExit) as error:
        raise unusable(failure, error, home) from error
    finally:
        sys.dont_write_bytecode = keeps


def _forget(package: str) -> None:
    """Has the next import read the files of a package anew."""
    for name in tuple(sys.modules):
        if name == package or name.startswith(f"{package}."):
            del sys.modules[name]
    importlib.invalidate_caches()
    linecache.checkcache()


def _stamps(files: Sequence[str]) -> Sequence[int]:
    return [Path(file).stat().st_mtime_ns for file in files if Path(file).exists()]
