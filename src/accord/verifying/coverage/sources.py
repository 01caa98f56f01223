"""Where coverage comes from: files that accord wrote, and recorded traffic."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from accord.contract import Contract
from accord.errors import UsageError
from accord.verifying.coverage.model import FORMAT, Coverage, merged
from accord.verifying.coverage.observing import Observer
from accord.verifying.exchanges import Exchange
from accord.verifying.recordings import exchange_of_recording
from accord.verifying.traffic import exchanges_of_har, is_har

_HINT = "a coverage that accord wrote, an HTTP archive (.har), or a folder of recordings is expected"


def coverage_from(contract: Contract, paths: Iterable[Path]) -> Coverage:
    """What these files and folders show together. Raises UsageError for one that shows nothing."""
    return merged(_read(contract, path) for path in paths)


def _read(contract: Contract, path: Path) -> Coverage:
    if path.is_dir():
        return _observed(contract, _recorded(contract, path))
    try:
        text = path.read_bytes()
        value = json.loads(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}", hint=_HINT) from None
    if isinstance(value, dict) and value.get("format") == FORMAT:
        return Coverage.from_json(text, str(path))
    if is_har(value):
        return _observed(contract, exchanges_of_har(value, str(path)))
    raise UsageError(f"{path} is neither coverage nor traffic", hint=_HINT)


def _observed(contract: Contract, exchanges: Iterable[Exchange]) -> Coverage:
    observer = Observer(contract)
    observer.see_all(exchanges)
    return observer.coverage


def _recorded(contract: Contract, folder: Path) -> Iterator[Exchange]:
    """The recordings of a folder, as `accord proxy --record` writes them."""
    files = sorted(each for each in folder.rglob("*") if each.suffix in (".yaml", ".yml"))
    if not files:
        raise UsageError(f"{folder} has no recordings", hint=_HINT)
    for file in files:
        yield exchange_of_recording(contract, _loaded(file), str(file))


def _loaded(file: Path) -> Mapping[str, Any]:
    try:
        value = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from None
    return value if isinstance(value, dict) else {}
