from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.document import pointers
from accord.errors import ReferenceCycle, UnresolvedReference
from accord.findings import Finding, Position


@dataclass(frozen=True, eq=False)
class Document:
    """An OpenAPI document in its normal form: one OpenAPI 3.1 object with local references only.

    `content` is never changed. `version` is what was written (`2.0`, `3.0.3`), before the upgrade.
    `files` are all files that were read, the entry first; a watcher watches these. `locate` finds the
    place of a pointer in the files that people edit; it may read and parse them, so ask only when
    something is printed.
    """

    content: Mapping[str, Any] = field(repr=False)
    version: str
    files: tuple[str, ...] = field(repr=False)
    locate: Callable[[str], Position] = field(repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    def at(self, pointer: str) -> Any:
        """What stands at the pointer. Raises LookupError where there is nothing."""
        return pointers.walk(self.content, pointer)

    def resolve(self, pointer: str) -> tuple[str, Any]:
        """The pointer and the object that `pointer` leads to once its `$ref`s, if any, are followed.

        Raises UnresolvedReference and ReferenceCycle.
        """
        chain = [pointer]
        value = self.at(pointer)
        while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
            pointer = pointers.from_fragment(reference)
            if pointer in chain:
                raise ReferenceCycle([*chain, pointer], position=self.locate(chain[0]))
            chain.append(pointer)
            try:
                value = self.at(pointer)
            except LookupError:
                raise UnresolvedReference(reference, position=self.locate(chain[-2])) from None
        return pointer, value
