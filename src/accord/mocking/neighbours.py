"""Addresses of the pages beside a page of a list: in its envelope, and in the header `Link`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.model import Request
from accord.mocking.resources import Member
from accord.mocking.state.outcomes import Done
from accord.mocking.texts import query_with

LINKS: Mapping[str, str] = {
    "self_link": "self",
    "first_link": "first",
    "previous_link": "prev",
    "next_link": "next",
    "last_link": "last",
}
"""What an envelope's members, or headers, lead to (RFC 8288)."""


def links_in(
    request: Request,
    query: bytes,
    done: Done,
    members: Sequence[Member],
    template: Any,
    *,
    created: str | None = None,
) -> Mapping[str, str | None]:
    """What the members of an envelope that are links have; None where there is no such page.

    As in the contract's own answer they have a host or not. `created` is the path of what was created, where
    that is what the envelope is around.
    """
    said: dict[str, str | None] = {}
    targets = dict(_targets(request, query, done)) if created is None else {"self": created}
    for member in members:
        relation = LINKS.get(member.kind)
        if relation is not None:
            target = targets.get(relation)
            shown = found(template, pointers.split(member.pointer))
            is_relative = isinstance(shown, str) and "://" not in shown
            origin = "" if is_relative else request.origin
            said[member.kind] = None if target is None else origin + target
    return said


def link_to(request: Request, query: bytes, done: Done, kind: str) -> str | None:
    """The address of the page that a header leads to; None where there is none."""
    target = dict(_targets(request, query, done)).get(LINKS[kind])
    return None if target is None else request.origin + target


def link_header(request: Request, query: bytes, done: Done) -> Sequence[tuple[bytes, bytes]]:
    """The header `Link` of a page, which leads to the others; nothing where there are none."""
    targets = [each for each in _targets(request, query, done) if each[0] != "self"]
    line = ", ".join(f'<{request.origin}{target}>; rel="{name}"' for name, target in targets)
    return ((b"link", line.encode("latin-1", "replace")),) if line else ()


def _targets(request: Request, query: bytes, done: Done) -> Iterator[tuple[str, str]]:
    """The path and query of each page by its relation to this one."""
    for relation, changed in {"self": {}, **done.neighbours}.items():
        asked = query_with(query, changed)
        yield relation, f"{request.path}?{asked}" if asked else request.path
