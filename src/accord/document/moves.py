"""What an upgrade moved, so that references and positions follow."""

from collections.abc import Callable, Collection
from typing import Any

from accord.document import pointers
from accord.document.grammar import OAS3, Interest, Kind, walk


class Moves:
    """Parts that stand elsewhere since an upgrade, by pointer."""

    def __init__(self) -> None:
        self._old: dict[str, str] = {}
        self._new: dict[str, str] = {}

    def add(self, new: str, old: str) -> None:
        """Notes that what stands at `new` stood at `old`; of several new places the first is the place."""
        self._old[new] = old
        self._new.setdefault(old, new)

    def old(self, pointer: str) -> str:
        """Where what stands at the pointer stood before."""
        return _longest(pointer, self._old)

    def new(self, pointer: str) -> str:
        """Where what stood at the pointer stands now."""
        return _longest(pointer, self._new)


def _longest(pointer: str, places: dict[str, str]) -> str:
    prefix = pointer
    while prefix:
        if prefix in places:
            return places[prefix] + pointer[len(prefix) :]
        prefix = prefix.rpartition("/")[0]
    return pointer


class Nesting:
    """Schemas whose keywords moved into `anyOf/0` of themselves, by their pointer."""

    def __init__(self) -> None:
        self._nested: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._nested)

    def add(self, schema: str) -> None:
        """Notes that the keywords of the schema at this pointer stand one level deeper."""
        self._nested.add(schema)

    def outer(self, pointer: str) -> str:
        """The pointer as it was before."""
        tokens, old, at = pointer.split("/")[1:], [""], ""
        for token in tokens:
            at = f"{at}/{token}"
            old.append(token)
            if token == "0" and at.removesuffix("/anyOf/0") in self._nested and at.endswith("/anyOf/0"):  # noqa: S105 - an index
                del old[-2:]
        return "/".join(old)

    def inner(self, pointer: str) -> str:
        """The pointer as it is now."""
        at = ""
        for token in pointer.split("/")[1:]:
            at = f"{at}/anyOf/0/{token}" if at in self._nested else f"{at}/{token}"
        return at


def redirect(
    content: dict[str, Any], references: Collection[str], moved: Callable[[str], str]
) -> Collection[str]:
    """All references of the document, once each leads to where its target is now; discriminators' too.

    `references` are all there are. It is walked only where one of them changes.
    """
    now = {each: pointers.to_fragment(moved(pointers.from_fragment(each))) for each in references}
    if all(new == old for old, new in now.items()):
        return references
    done: set[int] = set()
    for node in walk(content, Kind.OPENAPI, OAS3, _REFERRING):
        if id(node.value) in done:
            continue
        done.add(id(node.value))
        if node.reference is not None:
            node.value["$ref"] = now.get(node.reference, node.reference)
        elif node.kind is Kind.SCHEMA and isinstance(mapping := _mapping(node.value), dict):
            for value, reference in mapping.items():
                if isinstance(reference, str):
                    mapping[value] = now.get(reference, reference)
    return now.values()


_REFERRING = Interest(frozenset(("$ref", "discriminator")))


def _mapping(schema: dict[str, Any]) -> Any:
    discriminator = schema.get("discriminator")
    return discriminator.get("mapping") if isinstance(discriminator, dict) else None
