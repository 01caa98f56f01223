"""What is wrong with the structure of a document, judged by OpenAPI's own meta-schema."""

import json
from collections.abc import Container, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from accord.document import pointers
from accord.document.grammar import OAS3, Kind, kind_at
from accord.document.model import Document
from accord.errors import AccordError
from accord.findings import Finding, Severity, suggestion

_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_UNKNOWN = ("additionalProperties", "unevaluatedProperties")
_RULES = {
    "required": "missing-field",
    **dict.fromkeys(_UNKNOWN, "unknown-field"),
    "type": "wrong-type",
    **dict.fromkeys(("enum", "const", "pattern", "format", "propertyNames"), "wrong-value"),
}


def check_structure(document: Document) -> tuple[Finding, ...]:
    """Each fault in the document's structure, in the document's order. Takes milliseconds, so ask freely.

    The normal form is judged, by the meta-schema of 3.1 (3.2 for a document of 3.2), and each schema in
    it by that of JSON Schema 2020-12.
    """
    newer = str(document.content.get("openapi")).startswith("3.2")
    validator = jsonschema_rs.Draft202012Validator(_meta_schema("v3.2" if newer else "v3.1"))
    errors = {
        (pointers.join("", *error.instance_path), error.message): error
        for error in validator.iter_errors(document.content)
    }
    faulty = {around for place, _ in errors for around in _around(place)}
    found = [
        _finding(document, place, error, message)
        for (place, _), error in errors.items()
        if (message := _message(document, place, error, faulty))
    ]
    return tuple(sorted(found, key=lambda finding: (finding.position is None, finding.position)))


def _meta_schema(version: str) -> dict[str, Any]:
    """OpenAPI's meta-schema as openapi-spec-validator carries it, its schemas judged as 2020-12.

    Only the file is taken: importing that package costs more than the whole check.
    """
    package = find_spec("openapi_spec_validator")
    if package is None or not package.submodule_search_locations:
        raise AccordError(
            "OpenAPI's meta-schemas are not installed", hint="pip install openapi-spec-validator"
        )
    file = Path(package.submodule_search_locations[0], "resources", "schemas", version, "schema.json")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}
    return schema


def _finding(document: Document, place: str, error: jsonschema_rs.ValidationError, message: str) -> Finding:
    rule = _RULES.get(error.kind.name, "structure")
    severity = Severity.WARNING if rule == "unknown-field" else Severity.ERROR
    fields = _unexpected(error)
    shown = pointers.join(place, fields[0]) if fields else place
    return Finding(rule, severity, message, place, document.locate(shown), _hint(document, place, error))


def _message(
    document: Document, place: str, error: jsonschema_rs.ValidationError, faulty: Container[str]
) -> str | None:
    """What is wrong, for people; None for an error that only follows from another one.

    `faulty` are the places that have an error, and those around them.
    """
    what = _what(document, place)
    kind = error.kind.as_dict()
    if error.kind.name == "required":
        return f"{what} lacks {kind['property']!r}"
    if fields := _unexpected(error):
        # A field whose value is wrong is reported as unexpected, too: the value's own error says more.
        own = [field for field in fields if pointers.join(place, field) not in faulty]
        names = ", ".join(repr(field) for field in own)
        return f"{what} has no field {names}" if own else None
    if error.kind.name == "type":
        return f"{what} has to be {' or '.join(kind['types'])}, not {_type(_at(document, place))}"
    if error.kind.name in ("enum", "const"):
        return f"{what} has an impossible value: {_short(error.message)}"
    if error.kind.name in ("oneOf", "anyOf"):
        return f"{what} is none of what may stand here{_reasons(error)}"
    return f"{what}: {_short(error.message)}"


def _what(document: Document, place: str) -> str:
    """What stands at a place, in OpenAPI's words: `operation` or `summary of the operation`."""
    tokens = pointers.split(place)
    for length in range(len(tokens), -1, -1):
        kind = kind_at(tokens[:length], Kind.OPENAPI, OAS3)
        if kind and (not length or isinstance(_at(document, pointers.join("", *tokens[:length])), dict)):
            inner = "/".join(tokens[length:])
            return f"{inner!r} of the {kind}" if inner else f"the {kind}"
    return f"{place!r}"


def _at(document: Document, place: str) -> Any:
    try:
        return document.at(place)
    except LookupError:
        return None


def _unexpected(error: jsonschema_rs.ValidationError) -> list[str]:
    return list(error.kind.as_dict()["unexpected"]) if error.kind.name in _UNKNOWN else []


def _around(place: str) -> Iterator[str]:
    """The place and every place that it stands in, but the document itself."""
    while place:
        yield place
        place = place.rpartition("/")[0]


def _reasons(error: jsonschema_rs.ValidationError) -> str:
    branches = error.kind.as_dict().get("context") or []
    reasons = dict.fromkeys(_short(branch[0].message) for branch in branches if branch)
    return f": {'; '.join(reasons)}" if reasons else ""


def _hint(document: Document, place: str, error: jsonschema_rs.ValidationError) -> str:
    """For an unknown field, the one that may have been meant."""
    fields = _unexpected(error)
    value = _at(document, place)
    if not fields or not isinstance(value, Mapping):
        return ""
    if "$ref" in value:
        return "nothing but summary and description may stand beside a $ref here"
    kind = kind_at(pointers.split(place), Kind.OPENAPI, OAS3)
    return suggestion(fields[0], _fields(kind) if kind else (), "name it x-… if it is an extension")


def _fields(kind: Kind) -> Iterator[str]:
    yield from OAS3[kind]
    yield from ("description", "summary", "required", "operationId", "deprecated", "tags", "name", "in")


def _type(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _short(text: str) -> str:
    most = 160
    return text if len(text) <= most else f"{text[: most // 2]} … {text[-most // 2 :]}"
