"""The API documentation in a real headless Chromium, against the real server."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import Server, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("browser")
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'browser.sqlite3'}"}
    with running(environment=environment, log=folder / "server.log") as live:
        yield live


def rendered(url: str, profile: Path) -> str:
    """The page's DOM once its scripts have run."""
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync "
        "--virtual-time-budget=15000 --dump-dom"
    )
    command = [str(CHROMIUM), *flags.split(), f"--user-data-dir={profile}", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def test_every_operation_is_shown(server: Server, tmp_path: Path) -> None:
    page = rendered(f"{server.url}/docs", tmp_path)
    for operation in (
        "createAssistant",
        "listAssistants",
        "getAssistant",
        "updateAssistant",
        "deleteAssistant",
    ):
        assert f"operations-assistant-{operation}" in page


def test_nothing_is_loaded_from_another_host(server: Server, tmp_path: Path) -> None:
    page = rendered(f"{server.url}/docs", tmp_path)
    loaded = [part.split('"')[0] for mark in ('src="', '<link href="') for part in page.split(mark)[1:]]
    assert loaded
    assert all(not source.startswith(("http:", "https:", "//")) for source in loaded)
