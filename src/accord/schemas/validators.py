"""Validators of a document's schemas, each compiled when it is first asked for, and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012, Draft202012Validator, FancyRegexOptions, Registry, ValidationError

from accord.document import Document, pointers
from accord.findings import Finding, Severity
from accord.schemas.derived import Derived, Direction, Fault, derive
from accord.schemas.formats import STRINGS
from accord.schemas.patterns import loosened, translated
from accord.schemas.violations import Explainer, SchemaViolation

_URI = "urn:contract"
_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_MOST_REPAIRS = 200
_GONE = object()
_IS_PATTERN = Draft202012Validator(
    {"format": "regex"}, validate_formats=True, pattern_options=_PATTERNS, offline=True
)


class Validator:
    """A compiled schema. `is_valid` is quick; ask for `violations` only where it says no."""

    __slots__ = ("_compiled", "_explainer", "is_valid", "pointer")

    def __init__(self, pointer: str, compiled: Draft202012Validator, explainer: Explainer) -> None:
        self.pointer = pointer
        self.is_valid = compiled.is_valid
        self._compiled = compiled
        self._explainer = explainer

    def violations(self, value: Any, *, most: int = 100) -> tuple[SchemaViolation, ...]:
        """Every place where the value breaks the schema, at most `most`; none where it does not."""
        return tuple(islice(self._violations(value), most))

    def _violations(self, value: Any) -> Iterator[SchemaViolation]:
        for error in self._compiled.iter_errors(value):
            yield from self._explainer.explain(error, value)


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
            compiled = self._source(direction).compile(pointer)
            known = Validator(pointer, compiled, self._explainer)
            self._compiled[pointer, direction] = known
        return known

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

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.document)

    def _finding(self, fault: Fault) -> Finding:
        position = self.document.locate(fault.pointer)
        return Finding("unusable-schema", Severity.WARNING, fault.reason, fault.pointer, position, fault.hint)


class _Source:
    """One derived document and its registry; faults that only compiling shows are cut out of it."""

    def __init__(self, derived: Derived) -> None:
        self.faults: list[Fault] = list(derived.faults)
        self._content = derived.content
        self._registry = self._register()

    def _register(self) -> Registry:
        return Registry([(_URI, dict(self._content))], draft=Draft202012)

    def compile(self, pointer: str) -> Draft202012Validator:
        for _ in range(_MOST_REPAIRS):
            try:
                return self._try(pointer)
            except ValidationError as error:
                if not self._repair(error):
                    return self._give_up(pointer, error.message)
        return self._give_up(pointer, "it has too many faults")

    def _try(self, pointer: str) -> Draft202012Validator:
        fragment = quote(pointer, safe="/~!$&'()*+,;=:@")
        return Draft202012Validator(
            {"$ref": f"{_URI}#{fragment}"},
            registry=self._registry,
            validate_formats=True,
            formats=dict(STRINGS),
            pattern_options=_PATTERNS,
            offline=True,
        )

    def _repair(self, error: ValidationError) -> bool:
        """Mend the keyword that does not compile, or take it out. False where neither can be done."""
        path = [str(token) for token in error.schema_path]
        try:
            written = pointers.walk(self._content, pointers.join("", *path))
            if not path or self._rewrite_pattern(path, written):
                return bool(path)
            self._content = _replaced(self._content, path, _GONE)
        except (LookupError, ValueError, TypeError):
            return False
        reason = f"{path[-1]} cannot be used: {error.message}"
        self.faults.append(Fault(pointers.join("", *path), reason, "it is not judged until it is corrected"))
        self._registry = self._register()
        return True

    def _rewrite_pattern(self, path: list[str], written: Any) -> bool:
        """Put a pattern in its place that says the same, or as much of it as can be judged."""
        if path[-1] != "pattern" or not isinstance(written, str):
            return False
        for rewrite, is_same in ((translated, True), (loosened, False)):
            pattern = rewrite(written)
            if pattern != written and _IS_PATTERN.is_valid(pattern):
                self._content = _replaced(self._content, path, pattern)
                self._registry = self._register()
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
