"""Which property of an item has the value that its path names it by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accord.contract import Parameter
from accord.document import pointers
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import AssignedBy, Identifier, IdentifierType
from accord.mocking.resources.names import key_words, snake

_NAMING = ("id", "slug", "login", "key", "name", "code")
_IDS = ("uuid", "_id", "uid", "guid", "sid", "identifier")
_KEYS = frozenset({"id", "uuid", "uid", "guid", "sid", "identifier"})
_GENERIC = frozenset({"resource", "item", "object", "entity", "record"})
_NESTED = ("metadata", "sys")
_NUMERIC = frozenset({"integer", "number"})
_SLUG_PATTERN = re.compile(r"\^?\(?\[a-z(?:A-Z)?0-9[_.-]*-")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of an item before its schema is read: its path parameter and the name of its resource.

    `around` are the other words of its path, in the singular. `is_made`: it is known that its items are
    created where they are listed and found by this path, so that the key in it is surely theirs.
    """

    base: str
    parameter: Parameter | None = None
    stated: str | None = None
    around: tuple[str, ...] = ()
    is_made: bool = False


def identify(reader: Reader, fields: Fields, hints: Hints) -> tuple[str, str] | None:
    """The pointer into the item of the property that identifies it, and the reason. None: there is none."""
    if hints.stated is not None:
        return hints.stated, "x-accord says so"
    for name, reason, is_guess in _candidates(hints):
        found = fields.names.get(name)
        if (
            found is not None
            and _is_key(reader, fields, found)
            and (not is_guess or _may_be(reader, fields, found, hints))
        ):
            return pointers.join("", found), reason
    return _nested(reader, fields, hints)


def _candidates(hints: Hints) -> Iterator[tuple[str, str, bool]]:
    """The names that the property may have, in small letters, the likeliest first: name, reason, is guess."""
    base = hints.base
    if hints.parameter is None:
        yield from ((name, f"it has {name!r}", False) for name in ("id", f"{base}_id", "uuid"))
        return
    name = hints.parameter.name
    reason = f"the path names it by {{{name}}}"
    for text in snake(name.rpartition(".")[2]).split("_or_"):
        for each, is_guess in _named(text, hints):
            yield each, reason, is_guess


def _named(text: str, hints: Hints) -> Iterator[tuple[str, bool]]:
    """What the property may be called, for one of the names that a parameter has; is it a guess?"""
    base = hints.base
    who, key = (base, "") if text == base else key_words(text)
    yield text, False
    if who and not _speaks_of(who, hints) and not (key == "name" and hints.is_made):
        return
    if not key:
        yield from ((each, True) for each in (*_NAMING, f"{base}_name", f"{base}_id", "uuid", "ip"))
        return
    yield key, False
    yield f"{base}_{key}", False
    yield f"{base.rpartition('_')[2]}_{key}", False
    if key in _KEYS:
        yield from ((each, True) for each in ("id", *_IDS))
    if key in _KEYS and hints.is_made:
        yield from ((each, True) for each in (f"{base[at:]}_{key}" for at in range(1, len(base) - 2)))
        yield "name", True


def _speaks_of(who: str, hints: Hints) -> bool:
    """Does a parameter's name speak of the items, and not of those of another resource?"""
    wider = (f"{each.partition('_')[0]}_{hints.base}" for each in hints.around)
    is_short = any(_is_short_for(who, each) for each in wider)
    return is_short or _is_of(who, hints.base) or who in hints.around or who in _GENERIC


def _is_of(who: str, base: str) -> bool:
    """Does a parameter's name speak of a resource: `pet` or `user_name` of `user`, `key` of `ssh_key`?"""
    is_part = base.endswith(who) or who.endswith(base) or who.startswith(base)
    return is_part or base.startswith(f"{who}_") or _is_short_for(who, base)


def _is_short_for(who: str, base: str) -> bool:
    """Is it the first letters of its words: `lb` of `load_balancer`?"""
    return "_" in base and who == "".join(word[:1] for word in base.split("_"))


def _nested(reader: Reader, fields: Fields, hints: Hints) -> tuple[str, str] | None:
    """The identifier in an item's metadata, as Kubernetes has it."""
    who, key = key_words(hints.parameter.name) if hints.parameter else ("", "")
    for holder in _NESTED if not who or _speaks_of(who, hints) else ():
        if holder in fields.properties:
            inside = reader.child(fields, holder)
            for name in dict.fromkeys((key or "name", "name", "id")):
                if name in inside.properties:
                    reason = f"the path names it by {{{hints.parameter.name if hints.parameter else name}}}"
                    return pointers.join("", holder, name), reason
    return None


def _is_key(reader: Reader, fields: Fields, name: str) -> bool:
    """Can the property be an identifier: text or a number?"""
    types = reader.child(fields, name).types
    return not types or bool(types & {"string", "integer", "number"})


def _may_be(reader: Reader, fields: Fields, name: str, hints: Hints) -> bool:
    """Can the property have what the path parameter takes?"""
    own = reader.child(fields, name).types - {"null"}
    schema = hints.parameter.schema if hints.parameter else None
    asked = reader.read(schema).types - {"null"} if schema else frozenset()
    return not own or not asked or bool(own & asked) or bool(own & _NUMERIC and asked & _NUMERIC)


def describe_identifier(
    reader: Reader, item: Fields, hints: Hints, asked: tuple[Fields, ...], *, by_path: bool
) -> Identifier | None:
    """The identifier of a resource. `asked` are the items that creating requests take, `by_path` says that
    items are also put under a path that the client chooses.
    """
    found = identify(reader, item, hints)
    parameter = hints.parameter
    if found is None and parameter is None:
        return None
    pointer, reason = found or (None, f"{{{parameter.name if parameter else ''}}} is no property of the item")
    own = _property(reader, item, pointer)
    schemas = [own.pointer] if own else []
    schemas += [parameter.schema] if parameter and parameter.schema else []
    assigned, why = _assigned(reader, pointer, own, asked, by_path=by_path)
    kind = _type_of(reader, pointer, parameter, schemas)
    return Identifier(
        parameter.name if parameter else None, pointer, schemas[0] if schemas else None, kind, assigned,
        f"{reason}; {why}",
    )  # fmt: skip


def _property(reader: Reader, fields: Fields, pointer: str | None) -> Fields | None:
    """The fields of what stands at a pointer into a value."""
    for name in pointers.split(pointer or ""):
        if name not in fields.properties:
            return None
        fields = reader.child(fields, name)
    return fields if pointer else None


def _assigned(
    reader: Reader, pointer: str | None, own: Fields | None, asked: tuple[Fields, ...], *, by_path: bool
) -> tuple[AssignedBy, str]:
    if by_path and not asked:
        return "client", "the client chooses its path"
    if pointer is None:
        return "server", "no request has it"
    given = [field for each in asked if (field := _property(reader, each, pointer)) is not None]
    if own is not None and own.is_read_only:
        return "server", "readOnly"
    if not given or any(field.is_read_only for field in given):
        return "server", "no request has it"
    if all(_requires(reader, each, pointer) for each in asked):
        return "client", "requests must have it"
    return "either", "requests may have it"


def _requires(reader: Reader, fields: Fields, pointer: str) -> bool:
    for name in pointers.split(pointer):
        if name not in fields.required or name not in fields.properties:
            return False
        fields = reader.child(fields, name)
    return True


def _type_of(
    reader: Reader, pointer: str | None, parameter: Parameter | None, schemas: list[str]
) -> IdentifierType:
    read = [reader.read(schema) for schema in schemas]
    if any(fields.text("format") in ("uuid", "guid") for fields in read):
        return "uuid"
    if read and read[0].types & _NUMERIC and "string" not in read[0].types:
        return "integer"
    names = {snake((pointer or "").rpartition("/")[2]), snake(parameter.name) if parameter else ""}
    if any(name.endswith("slug") for name in names) or any(
        _SLUG_PATTERN.match(fields.text("pattern")) for fields in read
    ):
        return "slug"
    return "string"
