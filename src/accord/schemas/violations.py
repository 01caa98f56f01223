"""What is wrong with a value, in words: jsonschema-rs's errors as facts about the contract."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from accord.document import Document, pointers
from accord.errors import ContractError
from accord.schemas.reasons import expectation, given

_FORMS = (
    ValidationErrorKind.AnyOf,
    ValidationErrorKind.OneOfNotValid,
)
_DEEPEST_FORM = 6
_HIDDEN = "is read-only or write-only, and does not go in this direction: leave it out"


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

    def explain(self, error: ValidationError, root: Any, depth: int = 0) -> Iterator[SchemaViolation]:
        """The violations that an error stands for: its own, or those of the form that was meant."""
        if isinstance(error.kind, _FORMS) and depth < _DEEPEST_FORM:
            meant = self._meant(error)
            if meant:
                for inner in meant:
                    yield from self.explain(inner, root, depth + 1)
                return
        yield self._violation(error)

    def _violation(self, error: ValidationError) -> SchemaViolation:
        rule, hidden = self._rule(error)
        reason, expected = (_HIDDEN, "nothing") if hidden else expectation(error, self._at(rule))
        pointer = pointers.join("", *error.instance_path)
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
        pointer = pointers.join("", *error.schema_path)
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

    def _meant(self, error: ValidationError) -> Sequence[ValidationError]:
        """The errors of the form that the value was most likely meant to have. None where none stands out."""
        branches: list[list[ValidationError]] = error.kind.context  # type: ignore[attr-defined]
        chosen = self._by_discriminator(error)
        if chosen is not None and chosen < len(branches):
            return branches[chosen]
        near = [branch for branch in branches if branch and not _is_another_type(branch, error)]
        if len(near) == 1:
            return near[0]
        ranked = sorted(near, key=_distance)
        if len(ranked) > 1 and _distance(ranked[0]) < _distance(ranked[1]):
            return ranked[0]
        return ()

    def _by_discriminator(self, error: ValidationError) -> int | None:
        """Which form the discriminator names (OAS 3.1 section 4.8.25)."""
        pointer = pointers.join("", *error.schema_path)
        holder, _, keyword = pointer.rpartition("/")
        schema, value = self._at(holder), error.instance
        if not isinstance(schema, dict) or not isinstance(value, dict):
            return None
        discriminator = schema.get("discriminator")
        if not isinstance(discriminator, dict):
            return None
        name = value.get(discriminator.get("propertyName", ""))
        forms = schema.get(keyword)
        if not isinstance(name, str) or not isinstance(forms, list):
            return None
        mapping = discriminator.get("mapping")
        target = mapping.get(name, name) if isinstance(mapping, Mapping) else name
        for index, form in enumerate(forms):
            reference = form.get("$ref") if isinstance(form, dict) else None
            if isinstance(reference, str) and (reference == target or reference.rpartition("/")[2] == target):
                return index
        return None


def _is_another_type(branch: Sequence[ValidationError], error: ValidationError) -> bool:
    """Does the branch want another type, or another constant, than what the value itself is?"""
    here = error.instance_path
    return any(
        isinstance(inner.kind, ValidationErrorKind.Type) and inner.instance_path == here for inner in branch
    ) or any(_is_other_constant(inner, here) for inner in branch)


def _is_other_constant(inner: ValidationError, here: Sequence[str | int]) -> bool:
    return (
        isinstance(inner.kind, ValidationErrorKind.Constant | ValidationErrorKind.Enum)
        and len(inner.instance_path) == len(here) + 1
        and isinstance(inner.instance, str)
    )


def _distance(branch: Sequence[ValidationError]) -> tuple[int, int]:
    """How far the value is from a form: errors at its own level weigh more than those deeper in it."""
    shallowest = min(len(inner.instance_path) for inner in branch)
    return (-shallowest, len(branch))
