"""A contract as it was at a revision of git: `main:openapi.yaml`."""

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from accord.errors import UsageError
from accord.findings import Position

_REVISION = re.compile(r"(?P<revision>[^:\s-][^:\s]*):(?P<path>[^:]+)")
_KINDS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Version:
    """Where a contract is to be read, and what its files are called."""

    location: str
    folder: str = ""
    revision: str = ""

    def called(self, position: Position) -> Position:
        """The position with the name that the file has in its revision."""
        if not self.folder:
            return position
        name = position.file.removeprefix(self.folder).lstrip("/")
        return Position(f"{self.revision}:{name}", position.line, position.column)


@contextmanager
def version_of(location: str) -> Iterator[Version]:
    """The contract at a location: a file, a URL, or REVISION:PATH, whose revision is then written into a
    folder for as long as this lasts. A path is from the root of the repository, or `./` from this folder.

    Raises UsageError where there is no such revision or no such file in it.
    """
    found = _REVISION.fullmatch(location)
    if found is None or "://" in location or Path(location).exists():
        yield Version(location)
        return
    revision, path = found["revision"], _from_root(found["path"])
    with tempfile.TemporaryDirectory(prefix="accord-") as folder:
        home = str(Path(folder).resolve())
        _extract(_git("archive", "--format=tar", revision, at_root=True), home)
        file = Path(home, *PurePosixPath(path).parts)
        if not file.is_file():
            raise UsageError(
                f"{revision} has no file {path}", hint="the path is from the root of the repository"
            )
        yield Version(str(file), home, revision)


def is_unborn(location: str) -> bool:
    """Is this a file at HEAD of a repository that has no commit yet?"""
    found = _REVISION.fullmatch(location)
    if found is None or found["revision"] != "HEAD" or Path(location).exists():
        return False
    branch = _asked("symbolic-ref", "--quiet", "HEAD")
    return branch.returncode == 0 and _asked("rev-parse", "--quiet", "--verify", "HEAD").returncode != 0


def _asked(*arguments: str, where: str | None = None) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", *arguments], cwd=where, capture_output=True, check=False)  # noqa: S603, S607 - no shell
    except FileNotFoundError:
        raise UsageError("git is not installed, and REVISION:PATH needs it") from None


def _from_root(path: str) -> str:
    if not path.startswith(("./", "../")):
        return path
    root = Path(_git("rev-parse", "--show-toplevel").decode().strip()).resolve()
    full = (Path.cwd() / path).resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path


def _git(*arguments: str, at_root: bool = False) -> bytes:
    where = _git("rev-parse", "--show-toplevel").decode().strip() if at_root else None
    done = _asked(*arguments, where=where)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(f"git says: {said}", hint="is this a repository that has that revision?")
    return done.stdout


def _extract(archive: bytes, folder: str) -> None:
    """Writes what a contract may be made of into a folder."""
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        members = [member for member in tar if member.isfile() and member.name.endswith(_KINDS)]
        tar.extractall(folder, members=members, filter="data")
