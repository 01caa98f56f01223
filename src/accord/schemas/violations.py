"""What is wrong with a value, in words: jsonschema-rs's errors as facts about the contract."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from accord.document import Document, pointers
from accord.errors import ContractError
from accord.schemas.opaque import FORMS, from_opaque
from accord.schemas.reasons import expectation, given

_DEEPEST_FORM = 32
_HIDDEN = "is read-only or write-only, and does not go in this direction: leave it out"
Errors = Callable[[str, Any], Iterable[ValidationError]]
"""From the pointer of a schema and a value to what is wrong with the value, its forms unexplained."""


@dataclass(frozen=True, slots=True)
class SchemaViolation:
    """One place where a value breaks its schema.

    `pointer` leads into the value, `rule` into the contract, to the keyword that says so. `reason` is
    a sentence for people; `received` is the value as JSON, shortened, and empty where nothing came.
    """

    pointer: str
    reason: str
    expected: str
    received: str
    rule: str


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns errors into violations; follows the contract where an error alone does not say enough."""

    document: Document
    errors: Errors

    def violations(self, schema: str, value: Any) -> Iterator[SchemaViolation]:
        """Every place where the value breaks the schema at this pointer."""
        for error in self.errors(schema, value):
            yield from self._explain(error, [], 0)

    def _explain(
        self, error: ValidationError, above: Sequence[str | int], depth: int
    ) -> Iterator[SchemaViolation]:
        """The violations that an error stands for: its own, or those of the form that was meant."""
        forms = self._forms(error)
        at = [*above, *error.instance_path]
        if forms is None:
            yield self._violation(error, at)
            return
        value = error.instance
        meant = self._meant(forms, value) if depth < _DEEPEST_FORM else ()
        for inner in meant:
            yield from self._explain(inner, at, depth + 1)
        if not meant:
            yield self._formless(forms, value, at)

    def _forms(self, error: ValidationError) -> str | None:
        """The pointer of the `anyOf` or `oneOf` that an error speaks of, if it speaks of one."""
        pointer = self._place(error)
        is_form = pointer.rpartition("/")[2] in FORMS and isinstance(self._at(pointer), list)
        return pointer if is_form else None

    def _place(self, error: ValidationError) -> str:
        path = [str(token) for token in error.schema_path]
        return pointers.join("", *from_opaque(self.document.content, path))

    def _formless(self, forms: str, value: Any, at: Sequence[str | int]) -> SchemaViolation:
        """A value that has none of the forms, or too many of them."""
        count = len(self._at(forms))
        reason = f"has none of the {count} forms that the contract allows"
        expected = f"one of {count} forms"
        if any(not list(islice(self.errors(f"{forms}/{index}", value), 1)) for index in range(count)):
            reason = "fits more than one of the forms of which it must have exactly one"
            expected = "exactly one form"
        return SchemaViolation(pointers.join("", *at), reason, expected, given(value), forms)

    def _violation(self, error: ValidationError, at: Sequence[str | int]) -> SchemaViolation:
        rule, hidden = self._rule(error)
        reason, expected = (_HIDDEN, "nothing") if hidden else expectation(error, self._at(rule))
        pointer = pointers.join("", *at)
        if isinstance(error.kind, ValidationErrorKind.Required):
            pointer = pointers.join(pointer, error.kind.property)
            received = ""
        elif self._is_secret(rule):
            received = '"***"'
        else:
            received = given(error.instance)
        return SchemaViolation(pointer, reason, expected, received, rule)

    def _at(self, pointer: str) -> Any:
        try:
            return self.document.at(pointer)
        except (LookupError, ValueError):
            return None

    def _is_secret(self, rule: str) -> bool:
        schema = self._at(rule.rpartition("/")[0])
        return isinstance(schema, dict) and (
            schema.get("format") == "password" or schema.get("writeOnly") is True
        )

    def _rule(self, error: ValidationError) -> tuple[str, bool]:
        """The pointer of the keyword that failed, as the contract has it, and whether that hides the value.

        Bounds that stand for a format, and the `not` that stands for readOnly, are in no contract: the
        rule is then the keyword that they stand for.
        """
        pointer = self._place(error)
        if self._at(pointer) is not None:
            return pointer, False
        holder, _, keyword = pointer.rpartition("/")
        if keyword == "not":
            return self._hiding(holder), True
        schema = self._at(holder)
        is_bound = isinstance(schema, dict) and keyword in ("minimum", "maximum") and "format" in schema
        return f"{holder}/format" if is_bound else pointer, False

    def _hiding(self, holder: str) -> str:
        """Where the schema of a property says that it is read-only or write-only."""
        try:
            resolved, schema = self.document.resolve(holder)
        except (ContractError, LookupError):
            return holder
        for place, raw in ((holder, self._at(holder)), (resolved, schema)):
            for keyword in ("readOnly", "writeOnly"):
                if isinstance(raw, dict) and raw.get(keyword) is True:
                    return f"{place}/{keyword}"
        return holder

    def _meant(self, forms: str, value: Any) -> Sequence[ValidationError]:
        """The errors of the form that the value was most likely meant to have. None where none stands out."""
        chosen = self._by_discriminator(forms, value)
        if chosen is not None:
            return self._branch(forms, chosen, value)
        branches = [self._branch(forms, index, value) for index in range(len(self._at(forms)))]
        if not all(branches):
            return ()
        near = [branch for branch in branches if not _is_another_type(branch)]
        ranked = sorted(near, key=_distance)
        if len(ranked) == 1 or (len(ranked) > 1 and _distance(ranked[0]) < _distance(ranked[1])):
            return ranked[0]
        return ()

    def _branch(self, forms: str, index: int, value: Any) -> list[ValidationError]:
        return list(islice(self.errors(f"{forms}/{index}", value), _MOST_COMPARED))

    def _by_discriminator(self, forms: str, value: Any) -> int | None:
        """Which form the discriminator names (OAS 3.1 section 4.8.25)."""
        schema, listed = self._at(forms.rpartition("/")[0]), self._at(forms)
        discriminator = schema.get("discriminator") if isinstance(schema, dict) else None
        if not isinstance(discriminator, dict) or not isinstance(value, dict):
            return None
        name = value.get(discriminator.get("propertyName", ""))
        mapping = discriminator.get("mapping")
        target = mapping.get(name, name) if isinstance(mapping, dict) and isinstance(name, str) else name
        for index, form in enumerate(listed):
            reference = form.get("$ref") if isinstance(form, dict) else None
            if isinstance(reference, str) and target in (reference, reference.rpartition("/")[2]):
                return index
        return None


_MOST_COMPARED = 100
"""How many errors of a form are looked at to tell how near the value is to it."""


def _is_another_type(branch: Sequence[ValidationError]) -> bool:
    """Does the form want another type, or another constant at its first level, than what the value has?"""
    return any(
        (isinstance(error.kind, ValidationErrorKind.Type) and not error.instance_path)
        or _is_other_constant(error)
        for error in branch
    )


def _is_other_constant(error: ValidationError) -> bool:
    return (
        isinstance(error.kind, ValidationErrorKind.Constant | ValidationErrorKind.Enum)
        and len(error.instance_path) == 1
        and isinstance(error.instance, str)
    )


def _distance(branch: Sequence[ValidationError]) -> tuple[int, int]:
    """How far the value is from a form: errors at its own level weigh more than those deeper in it."""
    shallowest = min(len(inner.instance_path) for inner in branch)
    return (-shallowest, len(branch))
