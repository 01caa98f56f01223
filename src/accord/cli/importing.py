"""A project's own code: imported, and what goes wrong in it as one message."""

import sys
import traceback
from pathlib import Path

from accord.cli.project import Project
from accord.errors import UsageError
from accord.findings import Position


def importable(project: Project) -> None:
    """Has Python find the packages of a project by their names."""
    if str(project.root) not in sys.path:
        sys.path.insert(0, str(project.root))


def unusable(what: str, error: BaseException, home: Path) -> UsageError:
    """The error as one message, at the line of the code below `home` that it came from."""
    position: Position | None
    if isinstance(error, SyntaxError):
        position = Position(error.filename or "?", error.lineno or 1, error.offset or 1)
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(home) and "site-packages" not in frame.filename
        ]
        last = frames[-1] if frames else None
        position = Position(last.filename, last.lineno or 1, 1) if last else None
    hint = "run `accord generate`" if "generated" in str(error) else ""
    return UsageError(f"{what}: {type(error).__name__}: {error}", hint=hint, position=position)
