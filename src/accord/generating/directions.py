"""Which schemas look different in a request and in a response (readOnly and writeOnly)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from accord.document import Document, pointers

_NOT_SCHEMAS = frozenset({"default", "enum", "const", "example", "examples"})


def directional(document: Document) -> Callable[[str], bool]:
    """Says of the schema at a pointer whether it, or anything that it refers to, hides a property."""
    targets = {pointers.from_fragment(ref) for _, ref in pointers.references(document.content)}
    direct: set[str] = set()
    users: defaultdict[str, set[str]] = defaultdict(set)
    for target in sorted(targets):
        hides, used = _contents(_at(document, target))
        direct |= {target} if hides else set()
        for other in used:
            users[other].add(target)
    found = _closure(direct, users)
    known: dict[str, bool] = {}

    def hides_something(pointer: str) -> bool:
        if pointer not in known:
            hides, used = _contents(_at(document, pointer))
            known[pointer] = pointer in found or hides or not found.isdisjoint(used)
        return known[pointer]

    return hides_something


def _at(document: Document, pointer: str) -> Any:
    try:
        return document.at(pointer)
    except LookupError:
        return None


def _contents(schema: Any) -> tuple[bool, set[str]]:
    """Does the schema itself hide a property, and which pointers does it refer to."""
    hides, used = False, set()
    for node in _nodes(schema):
        hides = hides or node.get("readOnly") is True or node.get("writeOnly") is True
        if isinstance(ref := node.get("$ref"), str):
            used.add(pointers.from_fragment(ref))
    return hides, used


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    stack = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(child for key, child in node.items() if key not in _NOT_SCHEMAS)
        elif isinstance(node, list):
            stack.extend(node)


def _closure(direct: set[str], users: dict[str, set[str]]) -> set[str]:
    found, pending = set(direct), list(direct)
    while pending:
        for user in users.get(pending.pop(), ()):
            if user not in found:
                found.add(user)
                pending.append(user)
    return found
