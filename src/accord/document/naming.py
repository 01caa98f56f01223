"""The names that components get when they are brought in from other files."""

import re
from collections.abc import Container, Iterator
from itertools import count
from pathlib import PurePosixPath

from accord.document import pointers

_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_BLANK = {"", "index", "schema", "items", "value", "_index", "_"}


def component_name(file: str, pointer: str, taken: Container[str]) -> str:
    """A name for what stands at `pointer` of `file`: readable, allowed as a component's key, not taken.

    The pointer's last key or the file's name; where that is taken, with more of the path before it.
    """
    return next(name for name in _candidates(file, pointer) if name not in taken)


def _candidates(file: str, pointer: str) -> Iterator[str]:
    path = PurePosixPath(file)
    words = [*path.parent.parts, path.name.partition(".")[0], *pointers.split(pointer)]
    clean = [word for word in (_ODD.sub("-", part).strip("-.") for part in words) if word]
    parts = [word for word in clean if word not in {"components", "definitions", "properties", "paths"}]
    parts = parts or ["component"]
    least = 2 if parts[-1] in _BLANK or parts[-1].isdigit() else 1
    for length in range(least, min(len(parts), 4) + 1):
        yield "_".join(parts[-length:])
    for number in count(2):
        yield f"{'_'.join(parts[-least:])}_{number}"
