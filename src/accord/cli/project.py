"""The contract project that a command works on: `[tool.accord]` of the nearest pyproject.toml."""

import keyword
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.errors import UsageError
from accord.findings import suggestion


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project keeps its parts. `contract` is a path or URL; folders are absolute, in `allow` too.

    `options` are the settings of commands, by the command's name.
    """

    root: Path
    contract: str
    generated: Path
    handlers: Path
    allow: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]]


def find_project(start: Path, *, contract: str | None = None) -> Project:
    """The project around `start`, with `contract` in place of its own where given.

    Without a pyproject.toml that has `[tool.accord]`, the project is `start` and all settings are at
    their defaults. Raises UsageError where a setting is unknown or of the wrong type.
    """
    root, settings = _settings(start.resolve())
    return Project(
        root=root,
        contract=contract or _located(_text(settings, "contract", "openapi.yaml"), root, start),
        generated=_package(settings, "generated", root),
        handlers=_package(settings, "handlers", root),
        allow=tuple(_allowed(entry, root) for entry in _texts(settings, "allow")),
        options={name: _subtable(settings, name) for name in CONFIGURED},
    )


def is_own(contract: str | None, start: Path) -> bool:
    """Whether what is named in `start` is the contract of the project there; so is what is not named."""
    if contract is None:
        return True
    own = find_project(start).contract
    if "://" in contract or "://" in own:
        return contract == own
    return (start / contract).resolve() == (start / own).resolve()


def _settings(start: Path) -> tuple[Path, Mapping[str, Any]]:
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            settings = _table(file)
            if settings is not None:
                return folder, _checked(settings, file)
    return start, {}


def _table(file: Path) -> Mapping[str, Any] | None:
    import tomllib  # noqa: PLC0415 - a mock of any contract, outside a project, reads none

    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{file} cannot be read: {error}", hint="it has to be TOML in UTF-8") from None
    tools = written.get("tool", {})
    settings = tools.get("accord") if isinstance(tools, dict) else tools
    if settings is not None and not isinstance(settings, dict):
        raise UsageError(f"{file}: [tool.accord] is not a table")
    return settings


CONFIGURED = ("diff", "lint", "mock", "proxy", "verify")
"""The commands whose options can stand in a table of their own."""
KNOWN_SETTINGS = ("allow", "contract", "generated", "handlers", *CONFIGURED)


def _checked(settings: Mapping[str, Any], file: Path) -> Mapping[str, Any]:
    for name in settings:
        if name not in KNOWN_SETTINGS:
            hint = suggestion(name, KNOWN_SETTINGS, f"known settings: {', '.join(KNOWN_SETTINGS)}")
            raise UsageError(f"{file}: unknown setting {name!r} in [tool.accord]", hint=hint)
    return settings


def _subtable(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = settings.get(name, {})
    if not isinstance(value, dict):
        raise UsageError(f"[tool.accord] {name} = {value!r}: a table is expected")
    return value


def _text(settings: Mapping[str, Any], name: str, default: str) -> str:
    value = settings.get(name, default)
    if not isinstance(value, str):
        raise UsageError(f"[tool.accord] {name} = {value!r}: a string is expected")
    return value


def _package(settings: Mapping[str, Any], name: str, root: Path) -> Path:
    """The folder of a package that is imported from `root`: the setting, or else its own name."""
    written = _text(settings, name, name)
    parts = Path(written).parts
    if not parts or not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        raise UsageError(
            f"[tool.accord] {name} = {written!r}: a package is expected that Python can import",
            hint="write its folder, as seen from pyproject.toml, in letters, digits and _: app/handlers",
        )
    return root / written


def import_name(package: Path, project: Project) -> str:
    """The name that a package of the project is imported by."""
    return ".".join(package.relative_to(project.root).parts)


def _texts(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = settings.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UsageError(f"[tool.accord] {name} = {value!r}: a list of strings is expected")
    return tuple(value)


def _allowed(entry: str, root: Path) -> str:
    """A host as it is; a folder, which has a slash or is there, from the folder of pyproject.toml."""
    is_folder = "/" in entry or entry.startswith(".") or (root / entry).is_dir()
    return str(root / entry) if is_folder else entry


def _located(contract: str, root: Path, start: Path) -> str:
    """A URL as it is; a file as people in `start` would write it, so that positions are short."""
    if "://" in contract:
        return contract
    path, start = root / contract, start.resolve()
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)
