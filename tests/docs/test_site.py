"""The documentation builds without a warning, and asks no other host."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.live import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: a broken link or anchor fails."""
    home = tmp_path_factory.mktemp("site")
    shutil.copyfile(ROOT / "mkdocs.yml", home / "mkdocs.yml")
    shutil.copytree(ROOT / "docs", home / "docs")
    zensical = str(Path(sys.executable).with_name("zensical"))
    done = subprocess.run(
        [zensical, "build", "--strict"], cwd=home, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home / "build" / "docs"


def test_every_page_is_in_the_navigation() -> None:
    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    pages = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}
    assert set(re.findall(r"[\w/-]+\.md", str(navigation))) == pages


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<(?:script|img|iframe)[^>]*src=\"?(?:https?:)?//[^>]+", text) == []
        assert re.findall(r"<link[^>]*href=\"?(?:https?:)?//[^>]+", text) == []
