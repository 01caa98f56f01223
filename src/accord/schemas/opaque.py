"""The document as explanations need it: `anyOf` and `oneOf` say yes or no, and not why.

jsonschema-rs explains a value that has none of several forms by explaining it for each of them, forms within
forms included: exponential in the value's depth. Here each stands as `allOf: [..., {not: {not: {anyOf}}}]`,
which it only decides; the form that was meant is then explained on its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from accord.document import pointers
from accord.schemas.walking import SchemaWalk

FORMS = ("anyOf", "oneOf")


def opaque(content: Mapping[str, Any], base: str) -> Mapping[str, Any]:
    """The document with opaque forms. References into a form lead to the document at `base`.

    One that has `unevaluatedProperties` or `unevaluatedItems` is returned as it is: these look into forms.
    """
    looks_into_forms = False

    def change(written: Mapping[str, Any], schema: Any, _: object) -> Any:
        nonlocal looks_into_forms
        looks_into_forms |= "unevaluatedProperties" in written or "unevaluatedItems" in written
        forms = forms_of(written)
        reference = written.get("$ref")
        if isinstance(reference, str) and any(f"/{form}/" in reference for form in FORMS):
            schema = {**schema, "$ref": base + reference}
        if not forms:
            return schema
        rest = {key: value for key, value in schema.items() if key not in forms}
        stand_ins = [{"not": {"not": {form: schema[form]}}} for form in forms]
        return {**rest, "allOf": [*schema.get("allOf", ()), *stand_ins]}

    result: Mapping[str, Any] = SchemaWalk(change).of(content)
    return content if looks_into_forms else result


def forms_of(schema: Mapping[str, Any]) -> list[str]:
    """Which of `anyOf` and `oneOf` a schema has, in the order in which they are stood in for."""
    return [form for form in FORMS if isinstance(schema.get(form), list)]


def to_opaque(content: Any, path: Sequence[str]) -> list[str]:
    """Where what stands at a path of the contract stands in the document with opaque forms."""
    found: list[str] = []
    node = content
    for token in path:
        forms = forms_of(node) if isinstance(node, dict) else []
        if token in forms:
            found += ["allOf", str(_own(node) + forms.index(token)), "not", "not"]
        found.append(token)
        node = _step(node, token)
    return found


def from_opaque(content: Any, path: Sequence[str]) -> list[str]:
    """Where in the contract stands what is at a path of the document with opaque forms."""
    found: list[str] = []
    node, rest = content, list(path)
    while rest:
        key = rest.pop(0)
        form = _stood_in_for(node, rest[0]) if key == "allOf" and rest else None
        if form is not None:
            # Behind the index stand two `not` and the form, or one `not` where the error is the form's own.
            key, rest = form, rest[4:]
        found.append(key)
        node = _step(node, key)
    return found


def _own(schema: Mapping[str, Any]) -> int:
    listed = schema.get("allOf")
    return len(listed) if isinstance(listed, list) else 0


def _stood_in_for(schema: Any, index: str) -> str | None:
    """The form that the item of `allOf` at this index stands for; None where it is the contract's own."""
    if not isinstance(schema, dict) or not index.isdecimal():
        return None
    forms = forms_of(schema)
    at = int(index) - _own(schema)
    return forms[at] if 0 <= at < len(forms) else None


def _step(node: Any, token: str) -> Any:
    try:
        return pointers.walk(node, pointers.join("", token))
    except (LookupError, ValueError):
        return None
