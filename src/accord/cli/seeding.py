"""What a team's mock knows beside the contract: rows and scenarios in the folder `mock/`, and recordings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord.errors import UsageError
from accord.mocking import Mock
from accord.mocking.state.world import Collection

if TYPE_CHECKING:
    from accord.mocking.scenarios.progress import Progress

_KINDS = (".yaml", ".yml", ".json")
FOLDER = "mock"
"""The folder of a project that has what its mock knows beside the contract."""


def own_folders(root: Path, folder: str | None) -> tuple[Path, Path]:
    """The folders of rows and of scenarios in a folder; without one in the project's own.

    Raises UsageError where a folder is named that is not there.
    """
    home = Path(folder) if folder is not None else root / FOLDER
    if folder is not None and not home.is_dir():
        raise UsageError(f"{folder} is no folder", hint="name the one that has the folder `seeds`")
    return home / "seeds", home / "scenarios"


def files_in(folder: Path) -> Sequence[str]:
    """The files of data in a folder; none where it is not there."""
    return [shown(file) for file in _files(folder)]


def stage(mock: Mock, files: Sequence[str], wanted: Sequence[str]) -> "Callable[[], dict[str, Progress]]":
    """What gives a new world the scenarios that are on in it: those that are wanted, and the active ones.

    The mock has those of the files then; what is wrong with them is printed. Raises UsageError for one that
    is wanted and not there, and ContractError.
    """
    if not files and not wanted:
        return dict
    from accord.document.data import read_data  # noqa: PLC0415 - a mock without scenarios needs none of it
    from accord.mocking.scenarios.model import begun  # noqa: PLC0415
    from accord.mocking.scenarios.notes import nearest  # noqa: PLC0415
    from accord.mocking.scenarios.reading import read_scenarios  # noqa: PLC0415

    found, findings = read_scenarios(mock, [read_data(file) for file in files])
    for finding in findings:
        click.echo(str(finding), err=True)
    for name in wanted:
        if name not in found:
            raise UsageError(f"there is no scenario {name!r}", hint=nearest(name, found))
    mock.scenarios = found
    on = [*reversed(begun(found, wanted))]
    click.echo(f"{len(found)} scenarios, on at first: {', '.join(on) or 'none'}", err=True)
    return lambda: begun(found, wanted)


def sown(mock: Mock, files: Sequence[str]) -> Callable[[], Mapping[str, Collection]]:
    """What gives a new world the items of the rows in these files; what is wrong with them is printed.

    Raises ContractError.
    """
    if not files:
        return dict
    from accord.document.data import read_data  # noqa: PLC0415 - a mock without rows needs none of it
    from accord.mocking.state.sowing import sow  # noqa: PLC0415

    made = sow(mock.keeper, [read_data(file) for file in files])
    for finding in made.findings:
        click.echo(str(finding), err=True)
    return made.collections


def recording_files(folder: str | None) -> Sequence[str]:
    """The files of recordings in a folder; none without one. Raises UsageError where it is not there."""
    if folder is None:
        return ()
    if not Path(folder).is_dir():
        raise UsageError(f"{folder} is no folder", hint="name one that `accord proxy --record` has written")
    return [shown(file) for file in _files(Path(folder))]


def replay(mock: Mock, files: Sequence[str]) -> None:
    """Has the mock answer by these recordings; what is wrong with them is printed. Raises ContractError."""
    if not files:
        return
    from accord.document.data import read_data  # noqa: PLC0415 - as above
    from accord.mocking.recordings import read_recordings  # noqa: PLC0415

    mock.recordings, findings = read_recordings(mock, [read_data(file) for file in files])
    for finding in findings:
        click.echo(str(finding), err=True)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that say something: an empty one is about to be written."""
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix in _KINDS and file.is_file() and file.stat().st_size:
            yield file


def shown(file: Path) -> str:
    """The path as people here would write it."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_absolute() and file.is_relative_to(here) else file)
