"""The hooks of `.pre-commit-hooks.yaml`, as pre-commit installs and runs them in somebody's repository."""

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.live import ROOT
from tests.shipping.conftest import BREAKING, CONTRACT, WRONG, committed, done, git, lend_requirements, run

pytestmark = pytest.mark.slow
HOOKS = [hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


@pytest.fixture(scope="module")
def project(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that uses all the hooks, which are installed."""
    hooks = tmp_path_factory.mktemp("accord")
    shutil.copytree(source, hooks, dirs_exist_ok=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    revision = git(committed(hooks), "rev-parse", "HEAD")
    home = tmp_path_factory.mktemp("project")
    used = [{"id": name} for name in HOOKS]
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": used}]}
    (home / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (home / "pyproject.toml").write_text('[tool.accord]\n[tool.accord.lint]\nfail-on = "error"\n')
    (home / "openapi.yaml").write_text(CONTRACT)
    install(home)
    done(run(accord_of(home), "generate", cwd=home))
    return committed(home)


def install(home: Path) -> None:
    """Has pre-commit install the hooks: without what they require, and built by what is installed here."""
    git(home, "init", "--quiet")
    lent = home.parent / f"{home.name}-setuptools"
    lent.mkdir()
    for path in Path(sysconfig.get_path("purelib")).glob("setuptools*"):
        (lent / path.name).symlink_to(path)
    environment = {
        "PRE_COMMIT_HOME": str(kept(home)),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's word for: build without isolation
        "PYTHONPATH": str(lent),
    }
    done(run(*PRE_COMMIT, "install-hooks", cwd=home, environment=environment))
    lend_requirements(Path(accord_of(home)).parent.parent)


def kept(home: Path) -> Path:
    return home.parent / f"{home.name}-pre-commit"


def accord_of(home: Path) -> str:
    (program,) = kept(home).glob("*/*/bin/accord")
    return str(program)


def failed(home: Path) -> set[str]:
    """The hooks that fail in a repository as it is."""
    git(home, "add", "--all")
    environment = {"PRE_COMMIT_HOME": str(kept(home))}
    ran = {
        name: run(*PRE_COMMIT, "run", name, "--all-files", cwd=home, environment=environment)
        for name in HOOKS
    }
    assert not any("Traceback" in each.stdout for each in ran.values())
    return {name for name, each in ran.items() if each.returncode}


def test_each_hook_refuses_what_it_is_for_and_nothing_else(project: Path) -> None:
    assert failed(project) == set()
    (project / "openapi.yaml").write_text(WRONG)
    assert failed(project) == {"accord-lint", "accord-generate-check"}
    (project / "openapi.yaml").write_text(BREAKING)
    assert failed(project) == {"accord-diff", "accord-generate-check"}
