"""What of an item is kept and never answered with: what its schema says is write-only."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from accord.document import pointers
from accord.document.pointers import found, laid
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.values import Values
from accord.schemas import Schemas


class Hiding:
    """Knows which schemas hide something from those who read, and judges values with that in them."""

    def __init__(self, values: Values, reader: Reader) -> None:
        self._values = values
        self._reader = reader
        self._hides: dict[str, bool] = {}
        self._plain: set[str] = set()

    def hides(self, schema: str) -> bool:
        """Is anything in values of the schema write-only, at any depth? Found once."""
        known = self._hides.get(schema)
        if known is None:
            known = self._hides[schema] = self._found(schema)
        return known

    def values(self, schema: str) -> Values:
        """What judges values of the schema as they are kept."""
        return self._lenient if self.hides(schema) else self._values

    def restored(self, schema: str, mended: Any, value: Any) -> Any:
        """What a value was mended to, with what is write-only in the value where that has its place still."""
        kept = self.values(schema)
        shown, whole = (each.schemas.at(schema, each.direction) for each in (self._values, kept))
        wrong = {each.pointer for each in whole.violations(value)}
        restored = mended
        for pointer in sorted({each.pointer for each in shown.violations(value)} - wrong - {""}):
            tokens = pointers.split(pointer)
            if isinstance(found(restored, tokens[:-1]), dict):
                restored = laid(restored, tokens, found(value, tokens))
        return restored if whole.is_valid(restored) else mended

    @cached_property
    def _lenient(self) -> Values:
        schemas = Schemas(self._values.schemas.document, refuse_hidden=False)
        return replace(self._values, schemas=schemas)

    def _found(self, schema: str) -> bool:
        """Whether something is write-only in or below a schema; what hides nothing is looked at once."""
        seen, waiting = set(self._plain), [schema]
        while waiting:
            pointer = waiting.pop()
            if pointer not in seen:
                seen.add(pointer)
                fields = self._reader.read(pointer)
                if any(raw.get("writeOnly") is True for _, raw in fields.parts):
                    return True
                waiting += _below(fields)
        self._plain = seen
        return False


def _below(fields: Fields) -> Iterator[str]:
    """The pointers of the schemas of what is in a value: its properties and its items."""
    yield from fields.properties.values()
    for pointer, raw in fields.parts:
        for keyword in ("items", "additionalProperties"):
            if isinstance(raw.get(keyword), dict):
                yield pointers.join(pointer, keyword)


def unspoken(whole: Any, shown: Any, sent: Any) -> Iterator[str]:
    """Where something stands that is not shown, and that a body which has its object does not speak of.

    Who read the item could not send it back. A list that is sent as it is shown is the one that is there.
    """
    yield from (pointers.join("", *tokens) for tokens in _unspoken(whole, shown, sent))


def _unspoken(whole: Any, shown: Any, sent: Any) -> Iterator[list[str]]:
    if not (isinstance(whole, dict) and isinstance(shown, dict) and isinstance(sent, dict)):
        return
    for name, held in whole.items():
        if name not in shown:
            if name not in sent:
                yield [name]
        elif name in sent and isinstance(held, dict):
            yield from ([name, *tokens] for tokens in _unspoken(held, shown[name], sent[name]))
        elif name in sent and held != shown[name] == sent[name]:
            yield [name]
