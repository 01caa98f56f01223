"""The hard schemas of the folder beside, and a judge of samples that shares no code with our validators."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import regress
import yaml
from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from accord.document import Document
from accord.findings import Position

FOLDER = Path(__file__).parent / "hard"
SCHEMAS = "/components/schemas"


def document_of(schemas: Mapping[str, Any]) -> Document:
    """A document whose components are these schemas."""
    content = {"components": {"schemas": schemas}}
    return Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1))


def hard_schemas(name: str) -> tuple[Document, list[str]]:
    """The document of one file, and the names of those of its schemas that are to be sampled."""
    listed = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    others = listed.pop("others", {})
    names = {str(name): schema for name, schema in listed.items()}
    return document_of({**names, **others}), list(names)


def files() -> list[str]:
    """The names of the files of satisfiable schemas."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "unsatisfiable")


def judge_of(content: Any) -> Callable[[str, Any], list[str]]:
    """What says, of a sample of a pointer's schema, all that is wrong with it."""
    registry: Registry[Any] = Registry().with_resource("urn:hard", DRAFT202012.create_resource(content))

    def judged(pointer: str, value: Any) -> list[str]:
        schema = {"$ref": f"urn:hard#{pointer.replace('%', '%25').replace(' ', '%20')}"}
        found = _Judge(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [error.message for error in found.iter_errors(value)]

    return judged


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    """ECMA-262's reading of a pattern, where `jsonschema` has Python's."""
    if isinstance(value, str) and regress.Regex(pattern, "u").find(value) is None:
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Judge = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
