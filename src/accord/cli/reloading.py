"""A contract that is loaded anew when a file of it is saved."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from accord.contract import Contract
from accord.errors import AccordError

RELOADS = "accord.mock.reloads"
"""The name of the log that is told of what was loaded anew."""
_log = logging.getLogger(RELOADS)
Load: TypeAlias = Callable[[], Contract]
Swap: TypeAlias = Callable[[Contract], None]
Beside: TypeAlias = Callable[[], Sequence[str]]
State: TypeAlias = Sequence[tuple[int, ...]]

_LOOK = 1_000
"""Milliseconds after which the files are looked at even where the system told of no change."""
_CALM = 30
"""Milliseconds in which nothing else must change, since a save may be several writes."""


def reload_on_change(contract: Contract, load: Load, swap: Swap, beside: Beside = tuple) -> None:
    """Watches the files of a contract, and those `beside` it, from now on, in a thread.

    Each save is loaded and handed to `swap`. One that cannot be loaded is logged, and the last one stays. A
    folder beside it changes when a file in it comes or goes.
    """
    files = _watched(contract, beside)
    if files:
        said: list[str] = []
        watch = partial(_watch, files, _state(files), partial(_reloaded, load, swap, beside, said))
        threading.Thread(target=watch, daemon=True).start()


def _watched(contract: Contract, beside: Beside) -> tuple[str, ...]:
    return *(file for file in contract.document.files if "://" not in file), *beside()


def _watch(
    files: Sequence[str], known: State, reloaded: Callable[[Sequence[str]], Sequence[str] | None]
) -> None:
    import watchfiles  # noqa: PLC0415 - it costs a start time that its thread has to spare

    is_broken = False
    while True:
        events = watchfiles.watch(
            *_folders(files),
            debounce=20 * _CALM,
            step=_CALM,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=False,
            raise_interrupt=False,
            watch_filter=None,
        )
        for changes in events:
            now = _state(files)
            # What is missing from a broken contract may be a file that nobody knew of yet.
            if now == known and not (is_broken and changes):
                continue
            saved = [file for file, old, new in zip(files, known, now, strict=True) if old != new]
            known = now
            loaded = reloaded(saved)
            is_broken = loaded is None
            if loaded is not None and loaded != files:
                stamps = dict(zip(files, now, strict=True))  # what was saved since is seen by these
                files = loaded
                known = [stamps[file] if file in stamps else _stamp(Path(file)) for file in files]
                break


def _reloaded(
    load: Load, swap: Swap, beside: Beside, said: list[str], saved: Sequence[str]
) -> Sequence[str] | None:
    """The files of what was loaded, since some were `saved`; None where it could not be.

    `said` is the fault that was told of last: each is told once, for the log may stand where is watched.
    """
    started = time.perf_counter()
    try:
        contract = load()
        swap(contract)
    except AccordError as error:
        if said != [str(error)]:
            _log.error("%s with a fault; the last good one stays.\n%s", _told(saved), error)
        said[:] = [str(error)]
        return None
    except Exception:  # noqa: BLE001 - a defect of ours must not end the watch
        _log.exception("The contract could not be loaded anew; the last good one stays.")
        return None
    said.clear()
    count, seconds = len(contract.operations), time.perf_counter() - started
    _log.info("%s: %d operations, loaded in %.2f s.", _told(saved), count, seconds)
    return _watched(contract, beside)


def _told(saved: Sequence[str]) -> str:
    """What was saved, in words: by the files' names, without the folders that changed with them."""
    files = [file for file in saved if not Path(file).is_dir()]
    names = [Path(file).name for file in files or saved]
    if not names:
        return "The contract was saved"
    return f"{names[0]} was saved" if len(names) == 1 else f"{names[0]} and {len(names) - 1} more were saved"


def _folders(files: Iterable[str]) -> list[Path]:
    """The folders to watch: an editor may replace a file, and then the file itself is another one."""
    folders = {Path(file).resolve().parent for file in files} | {Path(file).parent for file in files}
    return [folder for folder in sorted(folders) if folder.is_dir()]


def _state(files: Iterable[str]) -> State:
    """What tells whether files have changed."""
    return [_stamp(Path(file)) for file in files]


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
