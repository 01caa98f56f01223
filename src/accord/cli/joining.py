"""Where the processes of one mock have their state and their journal in common."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from accord.cli.launching import Settings


@contextmanager
def joined(settings: Settings) -> Iterator[Settings]:
    """The settings, with where the state and the journal are kept: in the process, or at a URL.

    Several workers that are given no place for them have one in a file of their own, as long as they run.
    """
    state = False if settings["forgets"] else settings["state"]
    if isinstance(state, str) or settings["workers"] == 1:
        yield {**settings, "state": state, "journal": state if isinstance(state, str) else True}
        return
    with tempfile.TemporaryDirectory(prefix="accord-", ignore_cleanup_errors=True) as folder:
        url = f"sqlite://{folder}/state"
        yield {**settings, "state": url if state else False, "journal": url, "is_own": True}
