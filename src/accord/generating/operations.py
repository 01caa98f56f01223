"""The source of operations.py: the typed server stub."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from accord.generating.stub import StubField, StubOperation, StubResponse, literal

_DEFAULT_MEDIA_TYPES = {
    "*": "application/octet-stream",
    "text": "text/plain",
    "application": "application/json",
}

_CALLER = "Whom the project's own authentication takes a request to come from."
_TYPING = ("Any", "ClassVar", "Generic", "Literal", "TypeAlias", "TypeVar")
_ADDRESSES = ("IPv4Address", "IPv6Address")


def operations_source(operations: Sequence[StubOperation]) -> str:
    """Python source with a namespace class for each operation and `Handlers` for all. Not yet formatted."""
    shared = _shared(operations)
    parts = [_caller_variable(operations), *_shared_class(shared)]
    parts += [_operation(operation, shared) for operation in operations]
    parts.append(_handlers(operations))
    body = "\n\n".join(part for part in parts if part)
    return f"{_imports(body)}\n\n{body}\n"


def _imports(body: str) -> str:
    lines = ["import datetime as dt"] if re.search(r"\bdt\.", body) else []
    called = [name for name in ("Awaitable", "Callable") if re.search(rf"\b{name}\[", body)]
    lines += [f"from collections.abc import {', '.join(called)}"] if called else []
    made = "dataclass, field" if re.search(r"\bfield\(", body) else "dataclass"
    lines.append(f"from dataclasses import {made}")
    lines += _import("ipaddress", _ADDRESSES, body) + _import("typing", _TYPING, body)
    lines += _import("uuid", ("UUID",), body)
    if re.search(r"\bmodels\.", body):
        lines += ["", "from . import models"]
    return "\n".join(lines)


def _import(module: str, names: Iterable[str], body: str) -> list[str]:
    used = [name for name in names if re.search(rf"\b{name}\b", body)]
    return [f"from {module} import {', '.join(used)}"] if used else []


def is_generic(operations: Iterable[StubOperation]) -> bool:
    """Does any operation take a caller, so that `Handlers` needs to know the caller's type?"""
    return any(operation.caller != "none" for operation in operations)


def _caller_variable(operations: Sequence[StubOperation]) -> str:
    if not is_generic(operations):
        return ""
    return f'CallerT = TypeVar("CallerT")\n{_docstring(_CALLER)}'


def _shared(operations: Iterable[StubOperation]) -> dict[str, StubResponse]:
    """The responses that several operations have in common, by name: the most common one of each name."""
    counts = Counter(response for operation in operations for response in operation.responses)
    shared: dict[str, StubResponse] = {}
    for response, count in counts.most_common():
        if count > 1:
            shared.setdefault(response.name, response)
    return dict(sorted(shared.items(), key=lambda item: (item[1].status, item[0])))


def _shared_class(shared: dict[str, StubResponse]) -> list[str]:
    if not shared:
        return []
    body = "\n\n".join(_indented(_response(response)) for response in shared.values())
    return [f'class Shared:\n    """The responses that several operations have in common."""\n\n{body}']


def _operation(operation: StubOperation, shared: dict[str, StubResponse]) -> str:
    first = f"{operation.method} {operation.path}: {operation.summary}"
    parts = [
        f"operation_id: ClassVar[Literal[{operation.id!r}]] = {operation.id!r}",
        _request(operation.request),
        *_response_lines(operation.responses, shared),
        f"Response: TypeAlias = {_union(operation.responses)}",
        _handler(operation),
    ]
    return f"class {operation.name}:\n    {_docstring(first)}\n\n" + "\n\n".join(map(_indented, parts))


def _request(fields: Sequence[StubField]) -> str:
    lines = ["@dataclass(frozen=True, slots=True, kw_only=True)", "class Request:"]
    lines.append('    """What the handler is given."""')
    for field in fields:
        lines += ["", f"    {field.name}: {field.type} = {_request_field(field)}"]
        lines += [f"    {_docstring(field.summary)}"] if field.summary else []
    return "\n".join(lines)


def _request_field(field: StubField) -> str:
    metadata = f'{{"in": {field.location!r}, "name": {field.wire_name!r}}}'
    if field.location in {"body", "media_type"}:
        metadata = f'{{"in": {field.location!r}}}'
    return _field(field.default, metadata)


def _field(default: str, metadata: str, *, keyword_only: bool = False) -> str:
    arguments = []
    if default.startswith("field(default_factory="):
        arguments.append(default.removeprefix("field(").removesuffix(")"))
    elif default:
        arguments.append(f"default={default}")
    arguments += ["kw_only=True"] * keyword_only
    return f"field({', '.join([*arguments, f'metadata={metadata}'])})"


def _response_lines(responses: Sequence[StubResponse], shared: dict[str, StubResponse]) -> list[str]:
    own = [_response(response) for response in responses if shared.get(response.name) != response]
    aliases = [
        f"{response.name}: TypeAlias = Shared.{response.name}"
        for response in responses
        if shared.get(response.name) == response
    ]
    return [*own, "\n".join(aliases)] if aliases else own


def _response(response: StubResponse) -> str:
    lines = ["@dataclass(frozen=True, slots=True)", f"class {response.name}:"]
    lines.append(f"    {_docstring(response.summary or response.status)}")
    lines.append("")
    lines += [f"    {line}" for line in _response_fields(response)]
    return "\n".join(lines)


def _response_fields(response: StubResponse) -> Iterable[str]:
    yield f"body: {response.body}" + (" = None" if response.body == "None" else "")
    if response.status.isdecimal():
        yield f"status: ClassVar[Literal[{int(response.status)}]] = {int(response.status)}"
    else:
        yield "status: int = field(kw_only=True)"
    yield _media_type_line(response)
    for header in response.headers:
        metadata = f'{{"in": "header", "name": {header.wire_name!r}}}'
        yield f"{header.name}: {header.type} = {_field(header.default, metadata, keyword_only=True)}"


def _media_type_line(response: StubResponse) -> str:
    media_types = response.media_types
    if not media_types:
        return "media_type: ClassVar[None] = None"
    first = media_types[0]
    if len(media_types) == 1 and "*" not in first:
        return f"media_type: ClassVar[Literal[{first!r}]] = {first!r}"
    if response.negotiable and not any("*" in name for name in media_types):
        return f"media_type: {literal(media_types)} | None = field(default=None, kw_only=True)"
    concrete = _concrete(media_types)
    default = f"default={concrete!r}, " if concrete else ""
    return f"media_type: {literal(media_types)} = field({default}kw_only=True)"


def _concrete(media_types: Sequence[str]) -> str:
    """The media type that is sent where the handler names none; empty where the handler has to."""
    named = next((name for name in media_types if "*" not in name), None)
    return named or _DEFAULT_MEDIA_TYPES.get(media_types[0].partition("/")[0], "")


def _union(responses: Sequence[StubResponse]) -> str:
    return " | ".join(response.name for response in responses) or "None"


def _handler(operation: StubOperation) -> str:
    caller = {"none": "", "optional": ", CallerT | None", "required": ", CallerT"}[operation.caller]
    return f"Handler: TypeAlias = Callable[[Request{caller}], Awaitable[Response]]"


def _handlers(operations: Sequence[StubOperation]) -> str:
    base = "(Generic[CallerT])" if is_generic(operations) else ""
    # Without slots: `Handlers[Caller](...)` sets __orig_class__, and fails on a frozen class with slots.
    lines = ["@dataclass(frozen=True, kw_only=True)", f"class Handlers{base}:"]
    lines += ['    """A handler for every operation of the contract."""', ""]
    for operation in operations:
        typed = f"{operation.name}.Handler" + ("" if operation.caller == "none" else "[CallerT]")
        metadata = f'{{"operation": {operation.name}}}'
        lines.append(f"    {operation.function}: {typed} = field(metadata={metadata})")
    return "\n".join(lines)


def _docstring(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', "'''")
    escaped = escaped.removesuffix('"') + '\\"' if escaped.endswith('"') else escaped
    return f'"""{escaped}"""'


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
