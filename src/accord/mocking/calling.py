"""A request that the contract takes, made from it: what the start page shows and the benchmark sends."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from accord.contract import Contract, Operation, Parameter, SecurityScheme
from accord.exchange import sent_path
from accord.mocking.choosing import concrete
from accord.mocking.headers import in_header
from accord.mocking.model import Request
from accord.mocking.texts import plain, to_json
from accord.mocking.values import Values
from accord.mocking.writing import content_type_of, write_body

_IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Headers that are no parameters even where they are described as such (OAS 3.1 section 4.8.12.1)."""
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "|", "form": ","}


def request_of(contract: Contract, operation: Operation, values: Values) -> Request:
    """A request for an operation: its required parameters, its body, credentials of the right form.

    `values` makes values for the request direction.
    """
    message = message_of(contract, operation, values, operation.path)
    base = operation.servers[0].base_path
    return message._replace(path=base + _filled(message.path))


def message_of(
    contract: Contract, operation: Operation, values: Values, template: str, *, is_call: bool = False
) -> Request:
    """A request for an operation, whose path is the template with the operation's path parameters in it.

    If `is_call`, it is a callback or webhook: it has every parameter, and credentials only where it asks
    for them itself.
    """
    path, query, headers = template, [], []
    cookies: list[str] = []
    for parameter in operation.parameters:
        if parameter.location != "path" and not (parameter.required or is_call):
            continue
        if parameter.location == "header" and parameter.name.lower() in _IGNORED:
            continue
        value = _value(parameter, values, operation.id)
        if parameter.location == "path":
            path = path.replace(f"{{{parameter.name}}}", in_path(parameter, value))
        elif parameter.location == "header":
            headers.append((parameter.name.lower(), in_header(value, explode=parameter.explode)))
        elif parameter.location == "cookie":
            cookies += in_pairs(parameter, value)
        else:
            query += list(in_pairs(parameter, value))
    if not is_call or "security" in operation.raw:
        _authenticate(contract, operation, query, headers, cookies)
    body, kind = _body(operation, values)
    headers += [("content-type", kind)] if kind else []
    headers += [("cookie", "; ".join(cookies))] if cookies else []
    encoded = tuple(
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in headers
    )
    return Request(operation.method.upper(), path, "&".join(query).encode(), encoded, body)


def _value(parameter: Parameter, values: Values, operation: str) -> Any:
    """The value of a parameter; what is a document of its own is its text already."""
    key = f"{operation} {parameter.location} {parameter.name}"
    for media_type in parameter.content.values():
        value = values.of_content(media_type, key, examples="mend").value
        return to_json(value).decode() if "json" in media_type.essence else plain(value)
    value = values.of_element(parameter, parameter.schema, key).value
    return "1" if parameter.schema is None and value == {} else value


def in_path(parameter: Parameter, value: Any) -> str:
    """The value in the style of its path parameter (OAS 3.1 section 4.8.12.2); never empty."""
    name, explode = parameter.name, parameter.explode
    if parameter.style == "matrix":
        return _matrix(name, value, explode=explode)
    prefix = "." if parameter.style == "label" else ""
    separator = "." if prefix and explode else ","
    if isinstance(value, list):
        text = separator.join(_quoted(item) for item in value)
    elif isinstance(value, dict):
        sign = "=" if explode else ","
        text = separator.join(f"{_quoted(key)}{sign}{_quoted(child)}" for key, child in value.items())
    else:
        text = _quoted(value)
    return prefix + (text or "1")


def _matrix(name: str, value: Any, *, explode: bool) -> str:
    if isinstance(value, list) and explode:
        return "".join(f";{name}={_quoted(item)}" for item in value)
    if isinstance(value, dict) and explode:
        return "".join(f";{_quoted(key)}={_quoted(child)}" for key, child in value.items())
    pairs = [part for pair in value.items() for part in pair] if isinstance(value, dict) else value
    text = ",".join(_quoted(item) for item in pairs) if isinstance(pairs, list) else _quoted(pairs)
    return f";{name}={text}"


def in_pairs(parameter: Parameter, value: Any) -> Iterator[str]:
    """The pairs of the query or of cookies for a parameter, in its style."""
    name = quote(parameter.name, safe="")
    if parameter.content or not isinstance(value, list | dict):
        yield f"{name}={_quoted(value)}"
    elif isinstance(value, dict):
        yield from _object(parameter, name, value)
    elif parameter.explode:
        yield from (f"{name}={_quoted(item)}" for item in value)
    else:
        yield f"{name}={_DELIMITERS.get(parameter.style, ',').join(_quoted(item) for item in value)}"


def _object(parameter: Parameter, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    if parameter.style == "deepObject":
        yield from _deep(name, value)
    elif parameter.explode:
        for key, child in value.items():
            for item in child if isinstance(child, list) else [child]:
                yield f"{quote(key, safe='')}={_quoted(item)}"
    else:
        delimiter = _DELIMITERS.get(parameter.style, ",")
        yield f"{name}={delimiter.join(_quoted(part) for pair in value.items() for part in pair)}"


def _deep(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _deep(f"{name}[{quote(key, safe='')}]", child)
    elif isinstance(value, list):
        for item in value:
            yield f"{name}[]={_quoted(item)}"
    else:
        yield f"{name}={_quoted(value)}"


def _quoted(value: Any) -> str:
    return quote(plain(value), safe="")


def _filled(path: str) -> str:
    """The path with something in place of what no parameter declares."""
    while "{" in path and "}" in path:
        before, _, rest = path.partition("{")
        path = f"{before}1{rest.partition('}')[2]}"
    return sent_path(path)


def _authenticate(
    contract: Contract,
    operation: Operation,
    query: list[str],
    headers: list[tuple[str, str]],
    cookies: list[str],
) -> None:
    """Adds what the operation's first requirement asks for."""
    for name in operation.security[0].schemes if operation.security else ():
        scheme = contract.security_schemes.get(name)
        if scheme is None:
            continue
        if scheme.type == "apiKey":
            key, place = str(scheme.raw.get("name")), scheme.raw.get("in")
            if place == "header":
                headers.append((key.lower(), "mock"))
            elif place == "cookie":
                cookies.append(f"{key}=mock")
            else:
                query.append(f"{quote(key, safe='')}=mock")
        elif scheme.type != "mutualTLS":
            headers.append(("authorization", _authorization(scheme)))


def _authorization(scheme: SecurityScheme) -> str:
    kind = str(scheme.raw.get("scheme") or "bearer").lower() if scheme.type == "http" else "bearer"
    if kind == "basic":
        return f"Basic {b64encode(b'user:password').decode()}"
    return 'Digest username="user"' if kind == "digest" else f"{kind.capitalize()} mock"


def _body(operation: Operation, values: Values) -> tuple[bytes, str]:
    """The body and its media type, JSON where it may be that; nothing where none is taken."""
    if operation.request_body is None or not operation.request_body.content:
        return b"", ""
    content = operation.request_body.content
    key = next((name for name in content if "json" in name.lower()), next(iter(content)))
    kind = content_type_of(concrete(key))
    value = values.of_content(content[key], f"{operation.id} body", examples="mend").value
    return write_body(value, content[key], kind), kind
