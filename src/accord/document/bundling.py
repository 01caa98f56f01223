"""From the files of a contract to one object with local references only.

What another file gives becomes a component of its kind, or takes the place of the reference where that
is all that stands there (a path item, a component that is only a `$ref`).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, TypeAlias

from accord.document import naming, pointers
from accord.document.grammar import (
    Grammar,
    Interest,
    Kind,
    Node,
    Shape,
    Slot,
    Trail,
    kind_at,
    trail_to,
    visit,
)
from accord.document.library import File, Library, Target
from accord.document.schema_upgrade import OUTDATED, is_current
from accord.errors import ContractError, ReferenceCycle, UnresolvedReference
from accord.findings import Finding, Severity

Sections: TypeAlias = Mapping[Kind, str]
"""The pointer of the map that takes the components of a kind."""

OAS3_SECTIONS: Sections = {
    Kind.SCHEMA: "/components/schemas",
    Kind.RESPONSE: "/components/responses",
    Kind.PARAMETER: "/components/parameters",
    Kind.EXAMPLE: "/components/examples",
    Kind.REQUEST_BODY: "/components/requestBodies",
    Kind.HEADER: "/components/headers",
    Kind.SECURITY_SCHEME: "/components/securitySchemes",
    Kind.LINK: "/components/links",
    Kind.CALLBACK: "/components/callbacks",
    Kind.PATH_ITEM: "/components/pathItems",
    Kind.MEDIA_TYPE: "/components/mediaTypes",
}
SWAGGER2_SECTIONS: Sections = {
    Kind.SCHEMA: "/definitions",
    Kind.RESPONSE: "/responses",
    Kind.PARAMETER: "/parameters",
    Kind.SECURITY_SCHEME: "/securityDefinitions",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something of the bundle stands in the files that people edit."""

    file: File
    pointer: str


@dataclass(slots=True)
class Bundle:
    """One object with local references, where its parts came from, and what was wrong on the way.

    `references` are all references in it, each once. `outdated` are the schemas that an upgrade from
    OpenAPI 3 touches, each with the pointer that the walk to it began at, and the trail from there: noted
    on the way, as to look at every object again takes a large contract as long as this does.
    """

    content: dict[str, Any]
    references: set[str] = field(default_factory=set)
    outdated: list[tuple[str, Trail | None, dict[str, Any]]] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A part of a file that stands in the bundle at `home`, its references not yet rewritten."""

    value: Any
    kind: Kind | Slot
    origin: Origin
    home: str
    inlined: frozenset[tuple[str, str]] = frozenset()
    """What it is a copy of, and what that copy stands in: none of these may be copied into it again."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a version of OpenAPI writes components and references."""

    grammar: Grammar
    sections: Sections
    sibling_keywords: bool


_WHOLE = (Kind.PATH_ITEM, Kind.OPERATION)
"""What is put in the place of a reference to it, rather than made a component."""


def bundle(
    library: Library, grammar: Grammar, sections: Sections, *, sibling_keywords: bool, lenient: bool
) -> Bundle:
    """The entry of the library and all that it refers to, as one object.

    `sibling_keywords` says whether keywords beside a schema's `$ref` count (from 3.1) or are ignored.
    A reference that points to nothing raises UnresolvedReference; if `lenient`, something empty takes
    its place, and a finding says so. A refused reference is always an error.
    """
    bundler = _Bundler(library, _Dialect(grammar, sections, sibling_keywords), lenient=lenient)
    bundler.gather()
    bundler.break_cycles()
    return bundler.bundle


class _Bundler:
    def __init__(self, library: Library, dialect: _Dialect, *, lenient: bool) -> None:
        entry = library.entry
        self.bundle = Bundle(entry.value, origins={"": Origin(entry, "")})
        self._library = library
        self._dialect = dialect
        self._lenient = lenient
        self._plain = None if entry.identifiers else entry
        """The entry, if a reference in it leads to the same place wherever it stands."""
        self._right: set[tuple[str | None, Kind]] = set()
        self._homes: dict[tuple[str, str, Kind], str] = {}
        self._roots: set[int] = set()
        self._rewritten: dict[int, tuple[dict[str, Any], Origin]] = {}
        self._pending = deque([_Fragment(entry.value, Kind.OPENAPI, Origin(entry, ""), "")])

    def gather(self) -> None:
        """Rewrites every reference, and those of what they bring in, until there is none left."""
        self._claim_components()
        while self._pending:
            fragment = self._pending.popleft()
            is_plain = fragment.origin.file is self._plain
            for visited in visit(
                fragment.value, fragment.kind, self._dialect.grammar, _INTEREST, self._roots
            ):
                kind, value, reference = visited[0], visited[1], visited[1].get("$ref")
                if visited[5] is not None:
                    self._splice(Node._make(visited), visited[5], fragment)
                    continue
                if type(reference) is str:
                    is_mere = is_plain and len(value) == 1
                    if is_mere and ((reference, kind) in self._right or self._names(reference, kind)):
                        continue
                    self._refer(Node._make(visited), fragment)
                elif kind is Kind.SCHEMA and not _POINTING.isdisjoint(value):
                    self._schema(Node._make(visited), fragment)
                if kind is Kind.SCHEMA and not is_current(value):
                    self.bundle.outdated.append((fragment.home, visited[4], value))

    def _claim_components(self) -> None:
        """Lets a component of the entry that is only a reference to elsewhere become what it refers to."""
        fragment = self._pending[0]
        for kind, section in self._dialect.sections.items():
            names = _at(fragment.value, section)
            for name, value in list(names.items()):
                if not isinstance(value, dict) or "$ref" not in value:
                    continue
                node = Node(kind, value, names, name, trail_to((*pointers.split(section), name)))
                if node.reference is not None and self._bare(node):
                    target = self._find(node, node.reference, fragment)
                    known = target and (*_key(target), kind) in self._homes
                    if (
                        target
                        and not known
                        and not self._stands(target, kind)
                        and not self._circular(node, fragment, target)
                    ):
                        self._claim(node, fragment, target)

    def _bare(self, node: Node) -> bool:
        """Whether a reference says no more than where to look."""
        return len(node.value) == 1 or (node.kind is Kind.SCHEMA and not self._dialect.sibling_keywords)

    def _refer(self, node: Node, fragment: _Fragment) -> None:
        if id(node.value) in self._rewritten or node.reference is None:
            return
        if node.kind is Kind.SCHEMA and not self._dialect.sibling_keywords:
            _drop_siblings(node.value)
        if self._is_right(node.reference, node.kind, fragment):
            return
        target = self._find(node, node.reference, fragment)
        if target is None:
            return
        component = node.kind in self._dialect.sections or node.kind is Kind.PATH_ITEM
        if component and self._stands(target, node.kind):
            self._keep(node, fragment, target)
        elif (*_key(target), node.kind) in self._homes and component:
            self._rewrite(node, fragment, self._homes[*_key(target), node.kind])
        elif self._circular(node, fragment, target):
            self._report(
                ReferenceCycle([node.reference, node.reference]), node.value, _origin(node, fragment)
            )
        elif node.kind is Kind.PATH_ITEM:
            self._claim(node, fragment, target)
        elif component:
            self._rewrite(node, fragment, self._home(target, node.kind))
        else:
            self._inline(node, fragment, target)

    def _is_right(self, reference: str, kind: Kind, fragment: _Fragment) -> bool:
        """Whether the same reference was kept before, in a file where it leads to the same place."""
        return (reference, kind) in self._right and fragment.origin.file is self._plain

    def _names(self, reference: str, kind: Kind) -> bool:
        """Whether a reference is one to a component of the entry that refers to nothing itself: most are."""
        section = self._dialect.sections.get(kind)
        head, _, name = reference.rpartition("/")
        if section is None or head != f"#{section}" or not _PLAIN_NAME.fullmatch(name):
            return False
        component = _at(self.bundle.content, section).get(name)
        if type(component) is not dict or not _REFERRING.isdisjoint(component):
            return False
        self._right.add((reference, kind))
        self.bundle.references.add(reference)
        return True

    def _keep(self, node: Node, fragment: _Fragment, target: Target) -> None:
        """Leaves a reference to what stands in the entry; the same one is not looked up again.

        Unless more is to be said of each: how it is written, or whether it leads in a circle.
        """
        is_plain = pointers.to_fragment(target.pointer) == node.reference
        if (
            node.reference
            and is_plain
            and fragment.origin.file is self._plain
            and _REFERRING.isdisjoint(_keys(target.value))
        ):
            self._right.add((node.reference, node.kind))
            self.bundle.references.add(node.reference)
        else:
            self._rewrite(node, fragment, target.pointer)

    def _circular(self, node: Node, fragment: _Fragment, target: Target) -> bool:
        """Whether the target holds the very place it would be put in, or was copied into it before."""
        origin = _origin(node, fragment)
        around = f"{origin.pointer}/"
        section = self._dialect.sections.get(node.kind, "")
        if target.file is self._library.entry and f"{section}/".startswith(f"{target.pointer}/"):
            return True
        holds = target.file is origin.file and around.startswith(f"{target.pointer}/")
        return (holds and self._embedded(node)) or _key(target) in fragment.inlined

    def _embedded(self, node: Node) -> bool:
        """Whether what this refers to is put in its place, not made a component."""
        return bool(node.whole) or node.kind in _WHOLE or node.kind not in self._dialect.sections

    def _rewrite(self, node: Node, fragment: _Fragment, home: str) -> None:
        reference = pointers.to_fragment(home)
        self._library.rewrite(node.value, reference)
        self.bundle.references.add(reference)
        self._rewritten[id(node.value)] = (node.value, _origin(node, fragment))

    def _stands(self, target: Target, kind: Kind) -> bool:
        """Whether the target is a part of the entry that any reader finds there as this kind of object."""
        if target.file is not self._library.entry:
            return False
        return kind_at(pointers.split(target.pointer), Kind.OPENAPI, self._dialect.grammar) is kind

    def _home(self, target: Target, kind: Kind) -> str:
        """Makes a component of the target; gives its pointer."""
        section = self._dialect.sections[kind]
        taken = _at(self.bundle.content, section, make=True)
        name = naming.component_name(target.file.address.shown, target.pointer, taken)
        home = pointers.join(section, name)
        taken[name] = target.value
        self._settle(target, kind, home, target.value)
        return home

    def _settle(
        self,
        target: Target,
        kind: Kind,
        home: str,
        value: Any,
        inlined: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        origin = Origin(target.file, target.pointer)
        self._homes.setdefault((*_key(target), kind), home)
        self.bundle.origins[home] = origin
        self._roots.add(id(value))
        self._pending.append(_Fragment(value, kind, origin, home, inlined))

    def _claim(self, node: Node, fragment: _Fragment, target: Target) -> None:
        """Puts the target in the place of the reference to it, keys beside the `$ref` over its own."""
        home = fragment.home + node.pointer
        if node.kind is Kind.SCHEMA and not self._dialect.sibling_keywords:
            _drop_siblings(node.value)
        beside = {key: value for key, value in node.value.items() if key != "$ref"}
        node.holder[node.key] = {**target.value, **beside} if beside else target.value
        self._settle(target, node.kind, home, node.holder[node.key])

    def _inline(self, node: Node, fragment: _Fragment, target: Target) -> None:
        """Puts a copy of the target in the place of the reference: for what cannot be a component."""
        beside = {key: value for key, value in node.value.items() if key != "$ref"}
        copy = {**self._library.copy(target.value), **beside}
        node.holder[node.key] = copy
        self._settle(target, node.kind, fragment.home + node.pointer, copy, fragment.inlined | {_key(target)})

    def _splice(self, node: Node, slot: Slot, fragment: _Fragment) -> None:
        """Fills a map or list that is only a reference to one: outside the standard, but written."""
        target = self._find(node, str(node.reference), fragment)
        if target is None:
            return
        if self._circular(node, fragment, target):
            origin = _origin(node, fragment)
            self._report(ReferenceCycle([str(node.reference)] * 2), node.value, origin)
            node.holder[node.key] = [] if slot.shape is Shape.LIST else {}
            return
        whole = self._library.copy(target.value)
        if slot.shape is not Shape.LIST:
            whole |= {key: value for key, value in node.value.items() if key != "$ref"}
        node.holder[node.key] = whole
        home = fragment.home + node.pointer
        origin = Origin(target.file, target.pointer)
        self.bundle.origins[home] = origin
        self._roots.update(id(entry) for entry in (whole if slot.shape is Shape.LIST else whole.values()))
        self._pending.append(_Fragment(whole, slot, origin, home, fragment.inlined | {_key(target)}))

    def _find(self, node: Node, reference: str, fragment: _Fragment) -> Target | None:
        origin = _origin(node, fragment)
        try:
            target = self._library.find(reference, origin.file, origin.pointer)
            if node.kind in _WHOLE:
                target = self._library.final(target)
            if not isinstance(target.value, _expected(node)):
                raise UnresolvedReference(reference, reason=f"no {node.kind} stands there")
        except ContractError as error:
            if error.position is None:
                error.position = origin.file.position(pointers.join(origin.pointer, "$ref"))
            if not isinstance(error, UnresolvedReference | ReferenceCycle):
                raise
            self._report(error, node.value, origin)
            if node.whole:
                node.holder[node.key] = [] if node.whole.shape is Shape.LIST else {}
            return None
        return target

    def _report(self, error: ContractError, value: dict[str, Any], origin: Origin) -> None:
        """Raises the error; if lenient, empties the object that holds the reference and notes a finding."""
        if error.position is None:
            error.position = origin.file.position(pointers.join(origin.pointer, "$ref"))
        if not self._lenient:
            raise error
        rule = "reference-cycle" if isinstance(error, ReferenceCycle) else "unresolved-reference"
        hint = error.hint or "what it should point to is taken to be empty"
        self.bundle.findings.append(
            Finding(rule, Severity.ERROR, error.message, origin.pointer, error.position, hint)
        )
        value["x-unresolved-reference"] = value.pop("$ref")

    def _schema(self, node: Node, fragment: _Fragment) -> None:
        schema = node.value
        if isinstance(dynamic := schema.get("$dynamicRef"), str) and "$ref" not in schema:
            schema["$ref"] = schema.pop("$dynamicRef")
            self._refer(Node(node.kind, schema, node.holder, node.key, node.trail), fragment)
            if "$ref" not in schema:
                schema["$dynamicRef"] = dynamic
            else:
                self._warn_of_dynamic(dynamic, _origin(node, fragment))
        discriminator = schema.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            self._mapping(mapping, node, fragment)

    def _warn_of_dynamic(self, reference: str, origin: Origin) -> None:
        """Notes that a `$dynamicRef` is read as a `$ref`, where that may not be what it leads to."""
        name = reference.partition("#")[2]
        if sum(name == known for known, _ in origin.file.anchors) < 2:  # noqa: PLR2004 - of one there is no choice
            return
        position = origin.file.position(pointers.join(origin.pointer, "$dynamicRef"))
        message = f"$dynamicRef {reference!r} is read as a $ref, though several schemas have this anchor"
        hint = "refer by $ref to the schema that is meant: none that extends it takes its place here"
        self.bundle.findings.append(
            Finding("dynamic-reference", Severity.WARNING, message, origin.pointer, position, hint)
        )

    def _mapping(self, mapping: dict[str, Any], node: Node, fragment: _Fragment) -> None:
        """Rewrites the references of a discriminator; a plain name of a component is left as it is."""
        if not self._library.keep(mapping):
            return
        for value, reference in list(mapping.items()):
            if isinstance(reference, str) and _looks_like_reference(reference):
                holder = {"$ref": reference}
                trail = (((node.trail, "discriminator"), "mapping"), value)
                entry = Node(Kind.SCHEMA, holder, mapping, value, trail)
                self._refer(entry, fragment)
                if "$ref" in holder:
                    mapping[value] = holder["$ref"]
                else:
                    del mapping[value]

    def break_cycles(self) -> None:
        """Reports references that lead in a circle with nothing in between."""
        grounded: set[str] = set()
        for value, origin in self._rewritten.values():
            chain = list(self._chain(value, grounded))
            if chain and chain[-1] in chain[:-1]:
                self._report(ReferenceCycle(chain), value, origin)
            else:
                grounded.update(chain)

    def _chain(self, value: Any, grounded: set[str]) -> Iterator[str]:
        seen: set[str] = set()
        while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
            yield reference
            if reference in seen or reference in grounded:
                return
            seen.add(reference)
            value = pointers.walk(self.bundle.content, pointers.from_fragment(reference))


_PLAIN_NAME = re.compile(r"[\w.-]+", re.ASCII)
"""What stands in a reference as it stands in the document."""
_POINTING = frozenset(("$dynamicRef", "discriminator"))
_REFERRING = frozenset(("$ref", *_POINTING))
"""The keys of an object that may refer to others."""
_INTEREST = Interest(_REFERRING | OUTDATED.keys, OUTDATED.types, OUTDATED.formats)


def _keys(value: Any) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def _expected(node: Node) -> type | UnionType:
    if node.whole:
        return list if node.whole.shape is Shape.LIST else dict
    return dict | bool if node.kind is Kind.SCHEMA else dict


def _origin(node: Node, fragment: _Fragment) -> Origin:
    return Origin(fragment.origin.file, fragment.origin.pointer + node.pointer)


def _key(target: Target) -> tuple[str, str]:
    return target.file.address.key, target.pointer


def _at(content: dict[str, Any], section: str, *, make: bool = False) -> dict[str, Any]:
    """The map of a section; an empty one where there is none, put there if it is to be made."""
    value: Any = content
    for token in pointers.split(section):
        if not isinstance(value.get(token), dict):
            if not make:
                return {}
            value[token] = {}
        value = value[token]
    section_map: dict[str, Any] = value
    return section_map


def _drop_siblings(schema: dict[str, Any]) -> None:
    """Removes what stands beside a `$ref` and is ignored before 3.1; what only describes stays."""
    for key in list(schema) if len(schema) > 1 else ():
        if key not in {"$ref", "description", "summary"} and not key.startswith("x-"):
            del schema[key]


def _looks_like_reference(text: str) -> bool:
    return "#" in text or "/" in text or text.endswith((".yaml", ".yml", ".json"))
