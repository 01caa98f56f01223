"""Validators of a document's schemas, each compiled when it is first asked for, and kept."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import quote

from jsonschema_rs import Draft202012, Draft202012Validator, FancyRegexOptions, Registry, ValidationError

from accord.document import Document, pointers
from accord.findings import Finding, Severity
from accord.schemas.derived import Direction, Fault
from accord.schemas.formats import STRINGS
from accord.schemas.keeping import ALWAYS, Keeping
from accord.schemas.opaque import opaque, to_opaque
from accord.schemas.parts import GONE, WHOLE, Derivation, unit_of, units_of
from accord.schemas.patterns import compiles, loosened, translated
from accord.schemas.reasons import given
from accord.schemas.violations import Explainer, SchemaViolation

_URI = "urn:contract"
_OPAQUE = "urn:opaque"
_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_MOST_REPAIRS = 200
_LARGE = 20_000
_ROOM = 10_000
"""Units of compiled schemas that are kept, in each direction: some 20 kB each, where schemas are large."""
_SILENT = frozenset(("$ref", "description", "summary", "title"))


Verdict: TypeAlias = Callable[[Any], bool]
"""Whether a value satisfies a schema."""


class Validator:
    """A compiled schema. `is_valid` is quick; ask for `violations` only where it says no."""

    __slots__ = ("_explainer", "is_valid", "pointer")

    def __init__(self, pointer: str, verdict: Verdict, explainer: Explainer) -> None:
        self.pointer = pointer
        self.is_valid = verdict
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
    _meant: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _sources: dict[Direction, "_Source"] = field(default_factory=dict, init=False, repr=False)

    def at(self, pointer: str, direction: Direction) -> Validator:
        """The validator of the schema at `pointer` for values that go in that direction.

        A fault in the contract, such as a pattern that does not compile, is left out of what is judged
        and stands in `findings`.
        """
        known = self._compiled.get((pointer, direction))
        if known is None:
            source = self._source(direction)
            source.derivation.reachable(unit_of(pointer))  # so that it stands in the content
            verdict = source.verdict(self.meant(pointer))
            known = Validator(pointer, verdict, Explainer(self.document, source.errors))
            self._compiled[pointer, direction] = known
        return known

    def meant(self, pointer: str) -> str:
        """Where the schema stands that is meant at a pointer: references that say no more are followed.

        Many operations refer to the same few schemas, which are then compiled once.
        """
        known = self._meant.get(pointer)
        if known is None:
            known, passed = pointer, {pointer}
            while (reference := self._mere_reference(known)) and reference not in passed:
                passed.add(reference)
                known = reference
            self._meant[pointer] = known
        return known

    def _mere_reference(self, pointer: str) -> str | None:
        """Where the schema at a pointer refers to, if that is all that it says, and something is there."""
        with suppress(LookupError, ValueError):
            schema = self.document.at(pointer)
            reference = schema.get("$ref") if isinstance(schema, dict) else None
            if isinstance(reference, str) and reference.startswith("#/") and schema.keys() <= _SILENT:
                target = pointers.from_fragment(reference)
                self.document.at(target)
                return target
        return None

    def content(self, direction: Direction) -> Mapping[str, Any]:
        """The document as its validators see it in that direction, without what could not be compiled.

        It has what the validators that were asked for so far need. The same object, which grows, until a
        fault is found in a schema that is compiled later.
        """
        return self._source(direction).derivation.content

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the schemas compiled so far, each once."""
        faults = {fault: None for source in self._sources.values() for fault in source.faults}
        return tuple(self._finding(fault) for fault in faults)

    def _source(self, direction: Direction) -> "_Source":
        if direction not in self._sources:
            content = self.document.content
            derivation = Derivation(content, direction, refuse_hidden=self.refuse_hidden)
            self._sources[direction] = _Source(content, derivation)
        return self._sources[direction]

    def _finding(self, fault: Fault) -> Finding:
        position = self.document.locate(fault.pointer)
        return Finding("unusable-schema", Severity.WARNING, fault.reason, fault.pointer, position, fault.hint)


@dataclass(eq=False)
class _Part:
    """The units of a document that have what they refer to among them, and the registries of these."""

    units: Collection[str]
    deciding: Registry | None = None
    explaining: Registry | None = None

    def forget(self) -> None:
        """Lets the registries be made again, of what was changed."""
        self.deciding = self.explaining = None


class _Source:
    """One derived document and its registries; faults that only compiling shows are cut out of it.

    A registry holds a copy of what it was made of, so each has only what its schemas need: a path item
    or component, and what that refers to. Once these copies are more than the document, one has it all.
    """

    def __init__(self, document: Mapping[str, Any], derivation: Derivation) -> None:
        self.derivation = derivation
        self._parts: dict[str, _Part] = {}
        self._keeping = Keeping(_ROOM)
        self._weights: dict[str, int] = {}
        self._left = self._all = sum(1 for _ in units_of(document))

    @property
    def faults(self) -> list[Fault]:
        return self.derivation.faults

    def _part(self, pointer: str) -> _Part:
        """The part of which the schema at a pointer is."""
        unit = unit_of(pointer)
        known = self._parts.get(unit) or self._parts.get(WHOLE)
        if known is not None:
            return known
        units = self.derivation.reachable(unit)
        self._left -= len(units)
        part = _Part(units if self._left >= 0 else self.derivation.everything())
        for each in part.units:
            self._parts.setdefault(each, part)
        return part

    def _deciding(self, part: _Part) -> Registry:
        """The registry of a part for verdicts."""
        if part.deciding is None:
            part.deciding = _register((_URI, self.derivation.selected(part.units)))
        return part.deciding

    def _explaining(self, part: _Part) -> Registry:
        """The registry of a part for explanations; the same where nothing in it has forms."""
        if part.explaining is None:
            plain = self.derivation.selected(part.units)
            indirect = opaque(plain, _URI)
            if indirect is plain:
                part.explaining = self._deciding(part)
            else:
                part.explaining = _register((_URI, plain), (_OPAQUE, indirect))
        return part.explaining

    def verdict(self, pointer: str) -> Verdict:
        """What says whether a value satisfies the schema at a pointer. It is compiled by then."""
        weight, compile_ = self._weight(pointer), partial(self._compile, pointer)
        compiled = self._keeping.kept(pointer, weight, compile_)
        if weight < ALWAYS:
            return compiled.is_valid
        return lambda value: self._keeping.kept(pointer, weight, compile_).is_valid(value)

    def _weight(self, pointer: str) -> int:
        """How many units are compiled with the schema at a pointer."""
        known = self._weights.get(pointer)
        if known is None:
            units = self.derivation.needed(pointer)
            known = self._weights[pointer] = self._all if WHOLE in units else len(units)
        return known

    def errors(self, pointer: str, value: Any) -> Iterable[ValidationError]:
        """What is wrong with a value by the schema at a pointer; its forms are not explained."""
        compiled = self._keeping.kept(
            ("errors", pointer), self._weight(pointer), partial(self._compile_opaque, pointer)
        )
        if not _is_large(value):
            return compiled.iter_errors(value)
        try:
            compiled.validate(value)
        except ValidationError as error:
            return (error,)
        return ()

    def _compile_opaque(self, pointer: str) -> Draft202012Validator:
        part = self._part(pointer)
        registry, base, path = self._explaining(part), _URI, pointers.split(pointer)
        if registry is not part.deciding:
            base, path = _OPAQUE, to_opaque(self.derivation.content, path)
        try:
            return _compile_at(base, pointers.join("", *path), registry)
        except ValidationError:
            # The schema was given up when it was compiled for verdicts, and accepts anything.
            return Draft202012Validator({})

    def _compile(self, pointer: str) -> Draft202012Validator:
        part = self._part(pointer)
        for _ in range(_MOST_REPAIRS):
            try:
                return _compile_at(_URI, pointer, self._deciding(part))
            except ValidationError as error:
                if not self._repair(error):
                    return self._give_up(pointer, error.message)
        return self._give_up(pointer, "it has too many faults")

    def _repair(self, error: ValidationError) -> bool:
        """Mend the keyword that does not compile, or take it out. False where neither can be done."""
        path = [str(token) for token in error.schema_path]
        try:
            written = pointers.walk(self.derivation.content, pointers.join("", *path))
            if not path or self._rewrite_pattern(path, written):
                return bool(path)
            self._replace(path, GONE)
        except (LookupError, ValueError, TypeError):
            return False
        reason = f"{path[-1]} cannot be used: {error.message}"
        self.faults.append(Fault(pointers.join("", *path), reason, "it is not judged until it is corrected"))
        return True

    def _replace(self, path: list[str], by: Any) -> None:
        self.derivation.replace(path, by)
        for part in self._parts.values():
            part.forget()

    def _rewrite_pattern(self, path: list[str], written: Any) -> bool:
        """Put a pattern in its place that says the same, or as much of it as can be judged."""
        if path[-1] != "pattern" or not isinstance(written, str):
            return False
        for rewrite, is_same in ((translated, True), (loosened, False)):
            pattern = rewrite(written)
            if pattern != written and compiles(pattern):
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


def verdict_of_pattern(pattern: str) -> Callable[[str], bool] | None:
    """What says whether a pattern is found in a text, in bounded time; None where it is none."""
    for written in (pattern, translated(pattern)):
        with suppress(ValidationError):
            return verdict_of({"pattern": written})
    return None


def _register(*resources: tuple[str, Mapping[str, Any]]) -> Registry:
    return Registry([(uri, dict(content)) for uri, content in resources], draft=Draft202012)


def _compile_at(base: str, pointer: str, registry: Registry) -> Draft202012Validator:
    fragment = quote(pointer, safe="/~!$&'()*+,;=:@")
    return _compile({"$ref": f"{base}#{fragment}"}, registry)


def _compile(schema: Mapping[str, Any], registry: Registry | None) -> Draft202012Validator:
    return Draft202012Validator(
        dict(schema),
        registry=registry,
        validate_formats=True,
        formats=dict(STRINGS),
        pattern_options=_PATTERNS,
        offline=True,
    )


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
