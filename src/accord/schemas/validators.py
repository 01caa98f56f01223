"""Validators of a document's schemas, each compiled when it is first asked for, and kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012, Draft202012Validator, FancyRegexOptions, Registry, ValidationError

from accord.document import Document, pointers
from accord.findings import Finding, Severity
from accord.schemas.derived import Derived, Direction, Fault, derive
from accord.schemas.formats import STRINGS
from accord.schemas.opaque import opaque, to_opaque
from accord.schemas.patterns import loosened, translated
from accord.schemas.reasons import given
from accord.schemas.violations import Explainer, SchemaViolation

_URI = "urn:contract"
_OPAQUE = "urn:opaque"
_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_MOST_REPAIRS = 200
_GONE = object()
_LARGE = 20_000
_IS_PATTERN = Draft202012Validator(
    {"format": "regex"}, validate_formats=True, pattern_options=_PATTERNS, offline=True
)


class Validator:
    """A compiled schema. `is_valid` is quick; ask for `violations` only where it says no."""

    __slots__ = ("_explainer", "is_valid", "pointer")

    def __init__(self, pointer: str, compiled: Draft202012Validator, explainer: Explainer) -> None:
        self.pointer = pointer
        self.is_valid = compiled.is_valid
        self._explainer = explainer

    def violations(self, value: Any, *, most: int = 100) -> tuple[SchemaViolation, ...]:
        """Every place where the value breaks the schema, at most `most`; none where it does not.

        Of a value with very many parts only the first: to find all would take longer than to refuse it.
        """
        if self.is_valid(value):
            return ()
        found = tuple(islice(self._explainer.violations(self.pointer, value), most))
        return found or (SchemaViolation("", "breaks its schema", "", given(value), self.pointer),)


@dataclass(eq=False)
class Schemas:
    """The validators of one document. Grows as it is asked; nothing is compiled before.

    With `refuse_hidden`, a read-only property in a request and a write-only one in a response are
    violations; without it they pass (docs/decisions/read-only-and-write-only.md).
    """

    document: Document
    refuse_hidden: bool = True
    _compiled: dict[tuple[str, Direction], Validator] = field(default_factory=dict, init=False, repr=False)
    _sources: dict[Direction, "_Source"] = field(default_factory=dict, init=False, repr=False)

    def at(self, pointer: str, direction: Direction) -> Validator:
        """The validator of the schema at `pointer` for values that go in that direction.

        A fault in the contract, such as a pattern that does not compile, is left out of what is judged
        and stands in `findings`.
        """
        known = self._compiled.get((pointer, direction))
        if known is None:
            source = self._source(direction)
            known = Validator(pointer, source.compile(pointer), Explainer(self.document, source.errors))
            self._compiled[pointer, direction] = known
        return known

    def content(self, direction: Direction) -> Mapping[str, Any]:
        """The document as its validators see it in that direction, without what could not be compiled.

        The same object until a fault is found in a schema that is compiled later.
        """
        return self._source(direction).content

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the schemas compiled so far, each once."""
        faults = {fault: None for source in self._sources.values() for fault in source.faults}
        return tuple(self._finding(fault) for fault in faults)

    def _source(self, direction: Direction) -> "_Source":
        if direction not in self._sources:
            derived = derive(self.document.content, direction, refuse_hidden=self.refuse_hidden)
            self._sources[direction] = _Source(derived)
        return self._sources[direction]

    def _finding(self, fault: Fault) -> Finding:
        position = self.document.locate(fault.pointer)
        return Finding("unusable-schema", Severity.WARNING, fault.reason, fault.pointer, position, fault.hint)


class _Source:
    """One derived document and its registry; faults that only compiling shows are cut out of it."""

    def __init__(self, derived: Derived) -> None:
        self.faults: list[Fault] = list(derived.faults)
        self.content = derived.content
        self._registry = self._register()
        self._explaining: dict[str, Draft202012Validator] = {}
        self._has_opaque = False
        self._opaque = self.content

    def _register(self) -> Registry:
        return Registry([(_URI, dict(self.content))], draft=Draft202012)

    def errors(self, pointer: str, value: Any) -> Iterable[ValidationError]:
        """What is wrong with a value by the schema at a pointer; its forms are not explained."""
        compiled = self._explaining.get(pointer)
        if compiled is None:
            compiled = self._explaining[pointer] = self._compile_opaque(pointer)
        if not _is_large(value):
            return compiled.iter_errors(value)
        try:
            compiled.validate(value)
        except ValidationError as error:
            return (error,)
        return ()

    def _compile_opaque(self, pointer: str) -> Draft202012Validator:
        if not self._has_opaque:
            self._opaque = opaque(self.content, _URI)
            resources = [(_URI, dict(self.content)), (_OPAQUE, dict(self._opaque))]
            self._registry = Registry(resources, draft=Draft202012)
            self._has_opaque = True
        path = pointers.split(pointer)
        if self._opaque is not self.content:
            path = to_opaque(self.content, path)
        try:
            return self._try(pointers.join("", *path), _OPAQUE)
        except ValidationError:
            # The schema was given up when it was compiled for verdicts, and accepts anything.
            return Draft202012Validator({})

    def compile(self, pointer: str) -> Draft202012Validator:
        for _ in range(_MOST_REPAIRS):
            try:
                return self._try(pointer)
            except ValidationError as error:
                if not self._repair(error):
                    return self._give_up(pointer, error.message)
        return self._give_up(pointer, "it has too many faults")

    def _try(self, pointer: str, base: str = _URI) -> Draft202012Validator:
        fragment = quote(pointer, safe="/~!$&'()*+,;=:@")
        return _compile({"$ref": f"{base}#{fragment}"}, self._registry)

    def _repair(self, error: ValidationError) -> bool:
        """Mend the keyword that does not compile, or take it out. False where neither can be done."""
        path = [str(token) for token in error.schema_path]
        try:
            written = pointers.walk(self.content, pointers.join("", *path))
            if not path or self._rewrite_pattern(path, written):
                return bool(path)
            self._replace(path, _GONE)
        except (LookupError, ValueError, TypeError):
            return False
        reason = f"{path[-1]} cannot be used: {error.message}"
        self.faults.append(Fault(pointers.join("", *path), reason, "it is not judged until it is corrected"))
        return True

    def _replace(self, path: list[str], by: Any) -> None:
        self.content = _replaced(self.content, path, by)
        self._registry = self._register()
        self._has_opaque = False

    def _rewrite_pattern(self, path: list[str], written: Any) -> bool:
        """Put a pattern in its place that says the same, or as much of it as can be judged."""
        if path[-1] != "pattern" or not isinstance(written, str):
            return False
        for rewrite, is_same in ((translated, True), (loosened, False)):
            pattern = rewrite(written)
            if pattern != written and _IS_PATTERN.is_valid(pattern):
                self._replace(path, pattern)
                if not is_same:
                    reason = "pattern has a repetition that is too large to compile"
                    self.faults.append(
                        Fault(pointers.join("", *path), reason, "longer text is accepted; use maxLength")
                    )
                return True
        return False

    def _give_up(self, pointer: str, reason: str) -> Draft202012Validator:
        self.faults.append(
            Fault(pointer, f"the schema cannot be used: {reason}", "anything is accepted in its place")
        )
        return Draft202012Validator({})


def verdict_of(schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    """What says whether a value satisfies a schema that stands in no document and refers to none."""
    return _compile(schema, None).is_valid


def _compile(schema: Mapping[str, Any], registry: Registry | None) -> Draft202012Validator:
    return Draft202012Validator(
        dict(schema),
        registry=registry,
        validate_formats=True,
        formats=dict(STRINGS),
        pattern_options=_PATTERNS,
        offline=True,
    )


def _replaced(value: Any, path: list[str], by: Any) -> Any:
    """A copy of the value in which something else stands at `path`, or nothing where that is `_GONE`."""
    if not path:
        return by
    first, *rest = path
    if isinstance(value, Mapping):
        child = _replaced(value[first], rest, by)
        if child is _GONE:
            return {key: other for key, other in value.items() if key != first}
        return {**value, first: child}
    at = int(first)
    child = _replaced(value[at], rest, by)
    return [*value[:at], True if child is _GONE else child, *value[at + 1 :]]


def _is_large(value: Any) -> bool:
    """Has the value so many parts that only its first error is looked for?"""
    waiting, seen = [value], 0
    while waiting:
        node = waiting.pop()
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        seen += len(children)
        if seen > _LARGE:
            return True
        waiting.extend(child for child in children if isinstance(child, dict | list))
    return False
