"""Random schemas that can be satisfied, by construction: first a value, then schemas that it satisfies."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from accord.schemas.validators import verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = ("ab", "cat", "x1", "Zoo", "a-b", "", "2024-05-06", "q@example.com", "élan", "tall tree")
_NAMES = ("a", "b", "c", "kind", "name", "x-1", "Id")
_DEEPEST = 3


class Maker:
    """Makes one schema after the other, all decided by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - for tests, not for secrets

    def schema(self) -> Any:
        """A schema that some value satisfies."""
        while True:
            value = self._value(0)
            found = self._described(value, 0)
            if verdict_of({"allOf": [found]})(value):
                return found

    def _often(self, share: float = 0.5) -> bool:
        return self.chance.random() < share

    def _value(self, depth: int) -> Any:
        kinds: list[Callable[[], Any]] = [
            lambda: self.chance.choice(_WORDS),
            lambda: self.chance.randint(-20, 40),
            lambda: self.chance.randint(-100, 400) / 8,
            self._often,
            lambda: None,
        ]
        if depth < _DEEPEST:
            kinds += [lambda: self._object(depth), lambda: self._object(depth), lambda: self._array(depth)]
        return self.chance.choice(kinds)()

    def _object(self, depth: int) -> dict[str, Any]:
        names = self.chance.sample(_NAMES, self.chance.randint(0, 4))
        return {name: self._value(depth + 1) for name in names}

    def _array(self, depth: int) -> list[Any]:
        return [self._value(depth + 1) for _ in range(self.chance.randint(0, 4))]

    def _described(self, value: Any, depth: int) -> Any:
        """A schema that the value satisfies, with more or less of what may be said of it."""
        schema = self._keywords(value, depth)
        if depth > _DEEPEST:
            return schema
        for add in self.chance.sample(_COMPOSING, len(_COMPOSING)):
            if self._often(0.12):
                schema = add(self, schema, value, depth)
        return schema

    def _keywords(self, value: Any, depth: int) -> dict[str, Any]:
        if self._often(0.06):
            return {"const": value} if self._often() else {"enum": [self._value(1), value, self._value(1)]}
        if isinstance(value, bool) or value is None:
            return {"type": "boolean" if value is not None else "null"}
        if isinstance(value, str):
            return self._of_text(value)
        if isinstance(value, int | float):
            return self._of_number(value)
        return self._of_array(value, depth) if isinstance(value, list) else self._of_object(value, depth)

    def _some(self, kind: str, **said: Any) -> dict[str, Any]:
        """Some of what is said, and mostly the type."""
        found: dict[str, Any] = {"type": kind} if self._often(0.85) else {}
        if found and self._often(0.1):
            found["type"] = [kind, "null"]
        return found | {key: value for key, value in said.items() if value is not None and self._often(0.35)}

    def _of_text(self, value: str) -> dict[str, Any]:
        spread = self.chance.choice((0, 0, 2, 9))
        formats = {"2024-05-06": "date", "q@example.com": "email"}
        return self._some(
            "string",
            minLength=max(0, len(value) - spread),
            maxLength=len(value) + spread,
            pattern=self._pattern(value),
            format=formats.get(value),
        )

    def _pattern(self, value: str) -> str:
        """A pattern that the text matches."""
        signs = [self._signs(sign) for sign in value]
        if len(signs) > 1 and self._often(0.3):
            at = self.chance.randrange(1, len(signs))
            signs[at:] = [f"({''.join(signs[at:])}|zz+)"]
        begins, ends = self._often(0.7), self._often(0.7)
        return ("^" if begins else "") + "".join(signs) + ("$" if ends else "")

    def _signs(self, sign: str) -> str:
        plain = "[.]" if sign == "." else sign
        kinds = [plain, "[^%]" if sign == "-" else f"[_{sign}]", "[^%]", "."]
        kinds += [r"\d", "[0-9]+"] if sign.isdecimal() else []
        kinds += ["[a-z]", r"\w", "[a-z]{1,3}", r"\p{L}"] if sign.isascii() and sign.islower() else []
        return self.chance.choice(kinds)

    def _of_number(self, value: float) -> dict[str, Any]:
        spread = self.chance.choice((0, 1, 7))
        steps = [step for step in (1, 2, 3, 5, 0.5, 0.25, 0.125) if value % step == 0]
        kind = "integer" if isinstance(value, int) and self._often() else "number"
        return self._some(
            kind,
            minimum=value - spread,
            exclusiveMinimum=value - spread - 0.5,
            maximum=value + spread,
            exclusiveMaximum=value + spread + 1,
            multipleOf=self.chance.choice(steps) if steps else None,
        )

    def _of_array(self, value: list[Any], depth: int) -> dict[str, Any]:
        spread = self.chance.choice((0, 0, 2))
        found = self._some("array", minItems=max(0, len(value) - spread), maxItems=len(value) + spread)
        each = [self._described(item, depth + 1) for item in value]
        if each and self._often():
            count = self.chance.randint(1, len(each))
            found["prefixItems"], each = each[:count], each[count:]
        if self._often(0.7):
            closed = "unevaluatedItems" if self._often(0.2) else "items"
            found[closed] = {"anyOf": each} if len(each) > 1 else each[0] if each else self._often()
        if value and self._often(0.2):
            found["contains"] = self._described(self.chance.choice(value), depth + 1)
            count = sum(map(verdict_of({"allOf": [found["contains"]]}), value))
            found |= self.chance.choice(({}, {"minContains": count}, {"maxContains": count}))
        found["uniqueItems"] = self._often(0.3)
        return found if verdict_of(found)(value) else {"type": "array", "minItems": len(value)}

    def _of_object(self, value: dict[str, Any], depth: int) -> dict[str, Any]:
        spread = self.chance.choice((0, 1))
        found = self._some(
            "object",
            required=[name for name in value if self._often(0.6)],
            minProperties=max(0, len(value) - spread),
            maxProperties=len(value) + spread,
            propertyNames={"pattern": self.chance.choice((r"^[a-z]", r"^[\w-]*$", "."))},
            dependentRequired={self.chance.choice(_NAMES): [self.chance.choice(_NAMES)]},
        )
        if depth < _DEEPEST and self._often(0.2):
            found["dependentSchemas"] = {self.chance.choice(_NAMES): self._described(value, depth + 2)}
        if self._often(0.2):
            found["patternProperties"] = {"^[a-c]$": self._described(value.get("a"), depth + 1)}
        found["properties"] = {
            name: self._described(item, depth + 1) for name, item in value.items() if self._often(0.8)
        }
        for name in _NAMES if self._often(0.4) else ():
            if name not in value and self._often(0.3):
                found["properties"][name] = self._described(self._value(depth + 1), depth + 1)
        if self._often(0.4):
            closed = "unevaluatedProperties" if self._often(0.3) else "additionalProperties"
            found[closed] = self._described(value.get("b", 1), depth + 1) if self._often(0.3) else False
        for key in [key for key in found if not verdict_of({key: found[key]} | _beside(key, found))(value)]:
            del found[key]
        return found

    def _other(self, value: Any, depth: int, *, fits: bool) -> Any:
        """Another schema that the value satisfies, or does not."""
        for _ in range(6):
            near = value if self._often() else self._value(depth + 1)
            other = self._keywords(near, depth + 1)
            if verdict_of({"allOf": [other]})(value) is fits:
                return other
        return {} if fits else False

    def _all_of(self, schema: Any, value: Any, depth: int) -> Any:
        more = self._other(value, depth, fits=True)
        return {"allOf": [schema, more]} if self._often() else {**schema, "allOf": [more]}

    def _any_of(self, schema: Any, value: Any, depth: int) -> Any:
        forms = [schema, self._other(value, depth, fits=self._often())]
        return {"anyOf": self.chance.sample(forms, 2)}

    def _one_of(self, schema: Any, value: Any, depth: int) -> Any:
        forms = [schema, self._other(value, depth, fits=False), self._other(value, depth, fits=False)]
        return {"oneOf": self.chance.sample(forms, 3)}

    def _not(self, schema: Any, value: Any, depth: int) -> Any:
        return {"allOf": [schema, {"not": self._other(value, depth, fits=False)}]}

    def _if(self, schema: Any, value: Any, depth: int) -> Any:
        fits = self._often()
        branch, wrong = ("then", "else") if fits else ("else", "then")
        condition = self._other(value, depth, fits=fits)
        return {"if": condition, branch: schema, wrong: self._other(value, depth, fits=self._often())}


_COMPOSING = (Maker._all_of, Maker._any_of, Maker._one_of, Maker._not, Maker._if)


def _beside(key: str, found: dict[str, Any]) -> dict[str, Any]:
    """What a keyword looks at beside itself."""
    names = (
        ("properties", "patternProperties")
        if key in ("additionalProperties", "unevaluatedProperties")
        else ()
    )
    return {name: found[name] for name in names if name in found}
