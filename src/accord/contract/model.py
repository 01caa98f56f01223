"""The frozen model of a contract, in OpenAPI's own words. All of it is made when first asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from accord.document import Document, pointers
from accord.findings import Finding

Location: TypeAlias = Literal["path", "query", "querystring", "header", "cookie"]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The fixed methods of a path item (OAS 3.1 section 4.8.9, and `query` of 3.2), in lower case."""

EXPRESSION = re.compile(r"\{([^{}]*)\}")
"""A template expression of a path, with the name in it (OAS 3.1 section 4.8.8)."""

LOCATIONS: tuple[Location, ...] = ("path", "query", "querystring", "header", "cookie")
DEFAULT_STYLES: Mapping[str, str] = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


@dataclass(frozen=True, eq=False)
class Element:
    """What every part of a contract has: the object as written, and the pointer of where it stands."""

    document: Document = field(repr=False)
    pointer: str

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """The object itself; empty where the document has something else in its place."""
        value = self.document.at(self.pointer)
        return value if isinstance(value, dict) else {}

    @property
    def description(self) -> str:
        """Its description, or nothing."""
        return str(self.raw.get("description") or "")

    @property
    def extensions(self) -> Mapping[str, Any]:
        """Its `x-` fields (OAS 3.1 section 4.9)."""
        return {key: value for key, value in self.raw.items() if key.startswith("x-")}

    def children(self, key: str) -> Iterator[tuple[str, str]]:
        """Each entry of the map at `key` as (name, pointer), references followed."""
        entries = self.raw.get(key)
        for name in entries if isinstance(entries, dict) else ():
            pointer, _ = self.document.resolve(pointers.join(self.pointer, key, name))
            yield name, pointer


@dataclass(frozen=True, eq=False)
class Described(Element):
    """What a schema may describe: a media type, a header, a parameter."""

    @property
    def schema(self) -> str | None:
        """The pointer of its schema; a `$ref` there is not followed."""
        return pointers.join(self.pointer, "schema") if "schema" in self.raw else None


@dataclass(frozen=True, eq=False)
class MediaType(Described):
    """One entry of a `content` map. `name` is its key as written, parameters included."""

    name: str

    @property
    def item_schema(self) -> str | None:
        """The pointer of the schema of each item of a sequence (OAS 3.2)."""
        return pointers.join(self.pointer, "itemSchema") if "itemSchema" in self.raw else None

    @cached_property
    def essence(self) -> str:
        """`type/subtype` in lower case, without parameters (RFC 9110 section 8.3.1)."""
        return self.name.partition(";")[0].strip().lower()

    @property
    def encoding(self) -> Mapping[str, Any]:
        """How each property of a form is serialised, by its name (OAS 3.1 section 4.8.15)."""
        encoding = self.raw.get("encoding")
        return encoding if isinstance(encoding, dict) else {}


@dataclass(frozen=True, eq=False)
class Content(Element):
    """What has a `content` map: a parameter, a header, a request body, a response."""

    @cached_property
    def content(self) -> Mapping[str, MediaType]:
        """Its media types by key, as written and in that order."""
        return {name: MediaType(self.document, pointer, name) for name, pointer in self.children("content")}


@dataclass(frozen=True, eq=False)
class Header(Content, Described):
    """A response header. Its style is always `simple` (OAS 3.1 section 4.8.21)."""

    name: str

    @property
    def required(self) -> bool:
        return self.raw.get("required") is True

    @property
    def explode(self) -> bool:
        return self.raw.get("explode") is True


@dataclass(frozen=True, eq=False)
class Parameter(Content, Described):
    """A parameter of an operation, with the defaults of its location filled in (OAS 3.1 section 4.8.12)."""

    name: str
    location: Location

    @property
    def required(self) -> bool:
        return self.location == "path" or self.raw.get("required") is True

    @property
    def deprecated(self) -> bool:
        return self.raw.get("deprecated") is True

    @property
    def style(self) -> str:
        return str(self.raw.get("style") or DEFAULT_STYLES.get(self.location, "form"))

    @property
    def explode(self) -> bool:
        explode = self.raw.get("explode")
        return explode if isinstance(explode, bool) else self.style == "form"

    @property
    def allow_reserved(self) -> bool:
        return self.raw.get("allowReserved") is True

    @property
    def allow_empty_value(self) -> bool:
        return self.raw.get("allowEmptyValue") is True


@dataclass(frozen=True, eq=False)
class RequestBody(Content):
    """The body that an operation takes."""

    @property
    def required(self) -> bool:
        return self.raw.get("required") is True


@dataclass(frozen=True, eq=False)
class Response(Content):
    """A documented response. `status` is its key: `200`, `4XX` or `default`."""

    status: str

    @cached_property
    def headers(self) -> Mapping[str, Header]:
        """Its headers by name as written; `Content-Type` is not one (OAS 3.1 section 4.8.17)."""
        return {
            name: Header(self.document, pointer, name)
            for name, pointer in self.children("headers")
            if name.lower() != "content-type"
        }

    @cached_property
    def links(self) -> Mapping[str, Element]:
        """Its links by name."""
        return {name: Element(self.document, pointer) for name, pointer in self.children("links")}


@dataclass(frozen=True, eq=False)
class SecurityScheme(Element):
    """A way to authenticate, by its name under `components`."""

    name: str

    @property
    def type(self) -> str:
        """`apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`."""
        return str(self.raw.get("type") or "")


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """Schemes that must all be satisfied, each with its scopes or roles. Empty: anyone may call."""

    schemes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Server:
    """A server. `base_path` is its URL's path, variables at their defaults, without a trailing slash."""

    url: str
    base_path: str
    description: str = ""


@dataclass(frozen=True, eq=False)
class Operation(Element):
    """One operation: a method on a path. `id` is its `operationId`, or made of method and path."""

    id: str
    method: str
    path: str
    path_pointer: str
    raw: Mapping[str, Any] = field(repr=False)
    path_item: Mapping[str, Any] = field(repr=False)

    @property
    def summary(self) -> str:
        return str(self.raw.get("summary") or "")

    @property
    def tags(self) -> tuple[str, ...]:
        tags = self.raw.get("tags")
        return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()

    @property
    def deprecated(self) -> bool:
        return self.raw.get("deprecated") is True

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters and those of its path that it does not override, references followed."""
        found: dict[tuple[str, str], Parameter] = {}
        for holder in (self.path_pointer, self.pointer):
            for parameter in self._parameters_at(holder):
                found[parameter.name, parameter.location] = parameter
        return tuple(found.values())

    def _parameters_at(self, holder: str) -> Iterator[Parameter]:
        listed = self.document.at(holder).get("parameters")
        for index in range(len(listed) if isinstance(listed, list) else 0):
            pointer, raw = self.document.resolve(pointers.join(holder, "parameters", index))
            if isinstance(raw, dict) and isinstance(raw.get("name"), str) and raw.get("in") in LOCATIONS:
                yield Parameter(self.document, pointer, raw["name"], raw["in"])

    @cached_property
    def request_body(self) -> RequestBody | None:
        """What it takes as its body, if anything."""
        if "requestBody" not in self.raw:
            return None
        pointer, _ = self.document.resolve(pointers.join(self.pointer, "requestBody"))
        return RequestBody(self.document, pointer)

    @cached_property
    def responses(self) -> Mapping[str, Response]:
        """Its documented responses by status: `200`, `4XX`, `default`."""
        return {
            name: Response(self.document, pointer, name)
            for name, pointer in self.children("responses")
            if not name.startswith("x-")
        }

    def response(self, status: int) -> Response | None:
        """The response for a status: the exact one, its range, or the default (OAS 3.1 section 4.8.16)."""
        exact, ranged = str(status), f"{status // 100}XX"
        upper = {name.upper(): response for name, response in self.responses.items()}
        return upper.get(exact) or upper.get(ranged) or upper.get("DEFAULT")

    @cached_property
    def callbacks(self) -> Mapping[str, tuple["Operation", ...]]:
        """What it calls, by name. The path of each is a runtime expression (OAS 3.1 section 4.8.18)."""
        return {name: tuple(self._called_back(name, pointer)) for name, pointer in self.children("callbacks")}

    def _called_back(self, name: str, pointer: str) -> Iterator["Operation"]:
        expressions = self.document.at(pointer)
        for expression in expressions if isinstance(expressions, dict) else ():
            if not expression.startswith("x-"):
                yield from _called(self.document, pointers.join(pointer, expression), name, expression)

    @cached_property
    def security(self) -> tuple[SecurityRequirement, ...]:
        """The requirements of which one must be satisfied. None at all: anyone may call."""
        listed = self.raw.get("security", self.document.content.get("security"))
        return tuple(_requirement(entry) for entry in _objects(listed))

    @property
    def has_own_servers(self) -> bool:
        """Whether it or its path has servers; those of all others are the contract's."""
        return "servers" in self.raw or "servers" in self.path_item

    @cached_property
    def servers(self) -> tuple[Server, ...]:
        """Its own servers, else its path's, else the contract's (OAS 3.1 section 4.8.10)."""
        for holder in (self.raw, self.path_item, self.document.content):
            if listed := _objects(holder.get("servers")):
                return tuple(_server(entry) for entry in listed)
        return (Server("/", ""),)


@dataclass(frozen=True, eq=False)
class Contract:
    """A contract: a document and the index of its operations, in the document's order."""

    document: Document
    operations: tuple[Operation, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def title(self) -> str:
        return str(self._info.get("title") or "")

    @property
    def version(self) -> str:
        return str(self._info.get("version") or "")

    @property
    def _info(self) -> Mapping[str, Any]:
        info = self.document.content.get("info")
        return info if isinstance(info, dict) else {}

    @cached_property
    def by_id(self) -> Mapping[str, Operation]:
        """Its operations by their id."""
        return {operation.id: operation for operation in self.operations}

    @cached_property
    def webhooks(self) -> Mapping[str, tuple[Operation, ...]]:
        """What it calls by itself, by name; the path of each is its name (OAS 3.1 section 4.8.1)."""
        entries = Element(self.document, "").children("webhooks")
        return {name: tuple(_called(self.document, pointer, name, name)) for name, pointer in entries}

    @cached_property
    def security_schemes(self) -> Mapping[str, SecurityScheme]:
        """Its security schemes by name, references followed."""
        components = Element(self.document, "/components") if "components" in self.document.content else None
        entries = components.children("securitySchemes") if components else ()
        return {name: SecurityScheme(self.document, pointer, name) for name, pointer in entries}


def operations_of(
    document: Document, item: Mapping[str, Any], pointer: str
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each method of a path item, the pointer of its operation and the object there, references followed."""
    written = [(method, f"{pointer}/{method}", item[method]) for method in METHODS if method in item]
    further = item.get("additionalOperations")
    for method, raw in further.items() if isinstance(further, dict) else ():
        written.append((method, pointers.join(pointer, "additionalOperations", method), raw))
    for method, at, raw in written:
        place, found = followed(document, at, raw)
        if isinstance(found, dict):
            yield method, place, found


def followed(document: Document, pointer: str, value: Any) -> tuple[str, Any]:
    """The pointer and what stands there, or, where that is a reference, those of what it leads to."""
    return document.resolve(pointer) if isinstance(value, dict) and "$ref" in value else (pointer, value)


def stated_id(raw: Mapping[str, Any]) -> str:
    """The `operationId` of an operation, or nothing."""
    stated = raw.get("operationId")
    return str(stated) if isinstance(stated, str | int) else ""


def _called(document: Document, pointer: str, name: str, path: str) -> Iterator[Operation]:
    """The operations of a path item that is called by that name. They have it as id where they state none."""
    pointer, item = document.resolve(pointer)
    found = list(operations_of(document, item, pointer)) if isinstance(item, dict) else []
    for method, place, raw in found:
        made = name if len(found) == 1 else f"{method} {name}"
        yield Operation(document, place, stated_id(raw) or made, method, path, pointer, raw, item)


def _requirement(entry: Mapping[str, Any]) -> SecurityRequirement:
    scopes = {name: listed if isinstance(listed, list) else [] for name, listed in entry.items()}
    return SecurityRequirement(
        {name: tuple(str(scope) for scope in listed) for name, listed in scopes.items()}
    )


def _objects(listed: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; none where something else was written."""
    return [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []


def _server(entry: Mapping[str, Any]) -> Server:
    url = str(entry.get("url") or "/")
    variables = entry.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        default = variable.get("default", "") if isinstance(variable, dict) else ""
        url = url.replace(f"{{{name}}}", str(default))
    path = url.partition("://")[2].partition("/")[2] if "://" in url else url.lstrip("/")
    path = path.partition("?")[0].partition("#")[0].rstrip("/")
    return Server(url, f"/{path}" if path else "", str(entry.get("description") or ""))
