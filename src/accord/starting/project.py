"""The files of a new project. Pure: who asks writes them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

_TEMPLATES: Mapping[str, str] = {
    "pyproject.toml": "pyproject.toml.jinja",
    "requirements.txt": "requirements.txt.jinja",
    "Makefile": "Makefile.jinja",
    "README.md": "README.md.jinja",
    ".gitignore": "gitignore.jinja",
    ".github/workflows/ci.yml": "ci.yml.jinja",
    "tests/test_contract.py": "test_contract.py.jinja",
    "tests/test_handlers.py": "test_handlers.py.jinja",
    "tests/test_mock.py": "test_mock.py.jinja",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a project is made of.

    `contract` is its file; `requirement` the line by which pip installs accord. `lowered` are rules of lint
    that the contract breaks as it is, which weigh less at first; `is_lenient`: it can only be read leniently.
    """

    name: str
    title: str
    contract: str
    requirement: str
    lowered: tuple[str, ...] = ()
    is_lenient: bool = False


def project_files(plan: Plan) -> Mapping[str, str]:
    """The files that people edit from then on, by path, but for the contract and what is made of it."""
    environment = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what is made is text, no HTML
    )
    known = asdict(plan)
    return {path: environment.from_string(_read(name)).render(known) for path, name in _TEMPLATES.items()}


def example_contract() -> str:
    """The contract that a project begins with where nobody has one."""
    return _read("notes.yaml")


def _read(name: str) -> str:
    return files("accord.starting").joinpath("templates", name).read_text(encoding="utf-8")
