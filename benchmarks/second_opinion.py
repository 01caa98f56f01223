"""Values judged by a document's schemas with `jsonschema`: what the mock's own judge is not asked.

Patterns are those of ECMA-262 (`regress`); one that neither it nor Python's `re` compiles is counted in
`Opinion.skipped` and accepts anything. What is `writeOnly` has no place in a response, required or not.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol, TypeAlias

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import create
from openapi_schema_validator import OAS30Validator, oas31_format_checker
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import SchemaResource
from regress import Regex, RegressError

from accord.document import pointers

_LONGEST = 20.0
"""Seconds that a value is judged for."""
_DEEPEST = 6000
"""Python's own frames; about 30 a level of nesting."""
_MOST_LINKS = 50
_SHOWN = 160
_DOCUMENT = "urn:document"

Errors: TypeAlias = Iterator[ValidationError]


class Search(Protocol):
    """Does a text match?"""

    def __call__(self, text: str, /) -> object: ...


class Undecided(Exception):
    """A value cannot be judged; says why."""


class Opinion:
    """Judges values by the schemas of one document, which is of OpenAPI 3.0 as written, or in 2020-12."""

    def __init__(self, content: Mapping[str, Any], *, is_30: bool = False) -> None:
        self.content = content
        self.skipped: Counter[str] = Counter()
        resource = SchemaResource.opaque(contents=content)
        self._registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
        self._validator = self._made(is_30=is_30)
        self._until = 0.0

    def fault(self, pointer: str, value: Any) -> str:
        """What is wrong with a value by the schema at a pointer; nothing where it is right.

        Raises Undecided.
        """
        schema = {"$ref": f"{_DOCUMENT}{pointers.to_fragment(pointer)}"}
        validator = self._validator(schema, registry=self._registry, format_checker=oas31_format_checker)
        self._until = time.monotonic() + _LONGEST
        frames = sys.getrecursionlimit()
        sys.setrecursionlimit(_DEEPEST)
        try:
            error = best_match(islice(validator.iter_errors(value), 5))
        except RecursionError:
            raise Undecided("it is nested too deep") from None
        except Unresolvable as unresolvable:
            raise Undecided(f"{unresolvable.ref!r} leads to nothing") from None
        except re.error as unusable:
            raise Undecided(f"a pattern is none of Python's: {unusable}") from None
        finally:
            sys.setrecursionlimit(frames)
        return _line(error) if error else ""

    def _made(self, *, is_30: bool) -> Any:
        own = {
            "$ref": self._reference,
            "properties": self._properties,
            "required": self._required,
            "pattern": self._pattern,
            "patternProperties": self._pattern_properties,
            "additionalProperties": self._additional_properties,
            "multipleOf": _multiple_of,
        }
        plain = dict(Draft202012Validator.VALIDATORS)
        if not is_30:
            return create(
                meta_schema={},
                validators=plain | own,
                type_checker=Draft202012Validator.TYPE_CHECKER,
            )
        composed = {key: _unless_null(plain[key]) for key in ("allOf", "anyOf", "oneOf", "enum")}
        return create(
            meta_schema={},
            validators=OAS30Validator.VALIDATORS | composed | own,
            type_checker=OAS30Validator.TYPE_CHECKER,
            applicable_validators=_without_siblings,
        )

    def _reference(self, validator: Any, reference: str, instance: Any, schema: Any) -> Errors:
        if time.monotonic() > self._until:
            raise Undecided(f"it takes longer than {_LONGEST:.0f} s")
        return Draft202012Validator.VALIDATORS["$ref"](validator, reference, instance, schema)  # type: ignore[no-any-return]

    def _properties(self, validator: Any, properties: Any, instance: Any, _schema: Any) -> Errors:
        if not isinstance(instance, dict) or not isinstance(properties, dict):
            return
        for name, child in properties.items():
            if name not in instance:
                continue
            if self._is_write_only(child):
                yield ValidationError(f"{name!r} is writeOnly", path=[name], validator="writeOnly")
            else:
                yield from validator.descend(instance[name], child, path=name, schema_path=name)

    def _required(self, _validator: Any, required: Any, instance: Any, schema: Any) -> Errors:
        if not isinstance(instance, dict) or not isinstance(required, list):
            return
        for name in required:
            if name not in instance and not self._hides(schema, name):
                yield ValidationError(f"{name!r} is a required property")

    def _pattern(self, _validator: Any, pattern: str, instance: Any, _schema: Any) -> Errors:
        if isinstance(instance, str) and not self._search(pattern)(instance):
            yield ValidationError(f"{instance[:_SHOWN]!r} does not match {pattern!r}")

    def _pattern_properties(self, validator: Any, patterns: Any, instance: Any, _schema: Any) -> Errors:
        for pattern, child in patterns.items() if isinstance(instance, dict) else ():
            search = self._search(pattern)
            for name in instance:
                if search(name):
                    yield from validator.descend(instance[name], child, path=name, schema_path=pattern)

    def _additional_properties(self, validator: Any, rest: Any, instance: Any, schema: Any) -> Errors:
        if not isinstance(instance, dict):
            return
        known = schema.get("properties") or {}
        searches = [self._search(pattern) for pattern in schema.get("patternProperties") or ()]
        for name, value in instance.items():
            if name in known or any(search(name) for search in searches):
                continue
            if rest is False:
                yield ValidationError(f"{name!r} is not allowed beside the documented properties")
            elif isinstance(rest, dict):
                yield from validator.descend(value, rest, path=name)

    def _search(self, pattern: str) -> Search:
        search = _compiled(pattern)
        if search is None:
            self.skipped[pattern] += 1
            return lambda _: True
        return search

    def _hides(self, schema: Any, name: str, depth: int = 0) -> bool:
        """Is a property of this name writeOnly, by the schema or by what it is composed of?"""
        schema = self._followed(schema)
        if not isinstance(schema, dict) or depth > _MOST_LINKS:
            return False
        properties = schema.get("properties")
        if isinstance(properties, dict) and self._is_write_only(properties.get(name)):
            return True
        return any(self._hides(part, name, depth + 1) for part in schema.get("allOf") or ())

    def _is_write_only(self, schema: Any) -> bool:
        schema = self._followed(schema)
        return isinstance(schema, dict) and schema.get("writeOnly") is True

    def _followed(self, schema: Any) -> Any:
        """The schema that a chain of references ends at, or the link that says more than where to look."""
        for _ in range(_MOST_LINKS):
            if not isinstance(schema, dict) or schema.get("writeOnly") is True:
                return schema
            reference = schema.get("$ref")
            if not isinstance(reference, str) or not reference.startswith("#"):
                return schema
            try:
                schema = pointers.walk(self.content, pointers.from_fragment(reference))
            except LookupError:
                return schema
        return schema


def _without_siblings(schema: Any) -> Any:
    """The keywords of a 3.0 schema that count: beside a reference none does."""
    return [("$ref", schema["$ref"])] if "$ref" in schema else schema.items()


def _unless_null(keyword: Any) -> Any:
    """The keyword, for all but a null that `nullable` beside it lets pass.

    By the letter of 3.0.3 it does so beside `type` alone; authors, and their own examples, mean it anywhere.
    """

    def judge(validator: Any, written: Any, instance: Any, schema: Any) -> Any:
        if instance is None and schema.get("nullable") is True:
            return ()
        return keyword(validator, written, instance, schema)

    return judge


def _multiple_of(_validator: Any, factor: Any, instance: Any, _schema: Any) -> Errors:
    """By decimal digits: as binary fractions 19.99 is no multiple of 0.01."""
    if isinstance(instance, bool) or not isinstance(instance, int | float):
        return
    if Fraction(str(instance)) % Fraction(str(factor)):
        yield ValidationError(f"{instance!r} is not a multiple of {factor}")


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Search | None:
    """The pattern by ECMA-262, with its Unicode flag where it compiles so, else by Python."""
    for flags in ("u", ""):
        try:
            return Regex(pattern, flags).find
        except (RegressError, ValueError):
            continue
    try:
        return re.compile(pattern).search
    except re.error:
        return None


def _line(error: ValidationError) -> str:
    place = "".join(f"/{step}" for step in error.absolute_path)
    rule = "/".join(str(step) for step in error.absolute_schema_path)
    return f"{place or 'the body'}: {error.message[:_SHOWN]} [{rule}]"
