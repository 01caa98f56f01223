"""Swagger 2.0 as OpenAPI 3: the shape of the document. Its schemas are upgraded as those of 3.0 are."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from accord.document import pointers
from accord.document.moves import Moves

Raw = dict[str, Any]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_JSON = ["application/json"]
_SCHEMA_FIELDS = (
    "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
    "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
    "x-nullable", "x-example", "example",
)  # fmt: skip
_FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_MOVED = (
    "swagger", "host", "basePath", "schemes", "consumes", "produces", "paths",
    "definitions", "parameters", "responses", "securityDefinitions",
)  # fmt: skip


def upgrade_swagger(content: Raw, moves: Moves) -> Raw:
    """The document in the shape of OpenAPI 3, its references as they were; `moves` notes what moved."""
    return _Upgrade(content, moves).document()


class _Upgrade:
    def __init__(self, content: Raw, moves: Moves) -> None:
        self._content = content
        self._moves = moves
        self._parameters = _object(content, "parameters")
        self._responses = _object(content, "responses")
        self._targets: dict[str, Raw] = {}

    def document(self) -> Raw:
        content = self._content
        upgraded = {"openapi": "3.1.0"} | {key: value for key, value in content.items() if key not in _MOVED}
        if servers := _servers(content, content.get("schemes")):
            upgraded["servers"] = servers
            self._moves.add("/servers", "/host" if "host" in content else "/basePath")
        upgraded["paths"] = {
            path: self._path_item(item, pointers.join("/paths", path)) if _is_path(path, item) else item
            for path, item in _object(content, "paths").items()
        }
        if components := {name: value for name, value in self._components().items() if value}:
            upgraded["components"] = components
        return upgraded

    def _components(self) -> Raw:
        for old, new in (("definitions", "schemas"), ("responses", "responses")):
            self._moves.add(f"/components/{new}", f"/{old}")
        return {
            "schemas": _object(self._content, "definitions"),
            "parameters": dict(self._shared(("path", "query", "header"), "parameters")),
            "requestBodies": dict(self._shared(("body",), "requestBodies")),
            "responses": {
                name: self._response(raw, self._produces({}), pointers.join("/components/responses", name))
                for name, raw in self._responses.items()
            },
            "securitySchemes": {
                name: self._scheme(name, raw)
                for name, raw in _object(self._content, "securityDefinitions").items()
            },
        }

    def _shared(self, locations: tuple[str, ...], section: str) -> Iterable[tuple[str, Raw]]:
        for name, raw in self._parameters.items():
            if isinstance(raw, dict) and (
                raw.get("in") in locations or ("$ref" in raw and section == "parameters")
            ):
                new, old = pointers.join("/components", section, name), pointers.join("/parameters", name)
                self._moves.add(new, old)
                body = section == "requestBodies"
                yield (
                    name,
                    self._body(raw, self._consumes({}), new, old) if body else self._parameter(raw, new, old),
                )

    def _path_item(self, item: Raw, pointer: str) -> Raw:
        listed = self._listed(item, pointer)
        bodies = [entry for entry in listed if self._location(entry[0]) in ("body", "formData")]
        upgraded = {key: value for key, value in item.items() if key != "parameters"}
        if own := self._plain(listed, pointer):
            upgraded["parameters"] = own
        for method in _METHODS:
            if isinstance(operation := item.get(method), dict) and "$ref" not in operation:
                upgraded[method] = self._operation(operation, pointers.join(pointer, method), bodies)
        return upgraded

    def _operation(self, raw: Raw, pointer: str, inherited: list[tuple[Raw, str]]) -> Raw:
        left = ("consumes", "produces", "schemes", "parameters", "responses")
        operation = {key: value for key, value in raw.items() if key not in left}
        listed = self._listed(raw, pointer)
        if plain := self._plain(listed, pointer):
            operation["parameters"] = plain
        bodies = [entry for entry in listed if self._location(entry[0]) in ("body", "formData")]
        if (bodies := bodies or inherited) and (body := self._request_body(bodies, raw, pointer)):
            operation["requestBody"] = body
        if isinstance(responses := raw.get("responses"), dict):
            operation["responses"] = self._response_map(responses, raw, pointers.join(pointer, "responses"))
        if isinstance(raw.get("schemes"), list) and (servers := _servers(self._content, raw["schemes"])):
            operation["servers"] = servers
        return operation

    def _listed(self, holder: Raw, pointer: str) -> list[tuple[Raw, str]]:
        """Each parameter with its pointer, one that is only a reference to a shared form field resolved."""
        listed = holder.get("parameters")
        found = []
        for index, raw in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(raw, dict):
                found.append((raw, pointers.join(pointer, "parameters", index)))
        return found

    def _target(self, raw: Raw) -> Raw:
        """What a parameter or response is, its `$ref` followed."""
        while isinstance(reference := raw.get("$ref"), str):
            if reference not in self._targets:
                self._targets[reference] = pointers.walk(self._content, pointers.from_fragment(reference))
            raw = self._targets[reference]
        return raw

    def _location(self, raw: Raw) -> str:
        return str(self._target(raw).get("in"))

    def _plain(self, listed: list[tuple[Raw, str]], pointer: str) -> list[Raw]:
        """The parameters that are no part of a body."""
        plain: list[Raw] = []
        for raw, old in listed:
            if self._location(raw) not in ("body", "formData"):
                new = pointers.join(pointer, "parameters", len(plain))
                self._moves.add(new, old)
                plain.append(self._parameter(raw, new, old))
        return plain

    def _parameter(self, raw: Raw, new: str, old: str) -> Raw:
        if "$ref" in raw:
            return raw
        parameter = {
            key: value for key, value in raw.items() if key not in (*_SCHEMA_FIELDS, "collectionFormat")
        }
        schema = _schema(raw)
        if schema:
            parameter["schema"] = schema
            self._moves.add(f"{new}/schema", old)
        if parameter.get("in") == "path":
            parameter.setdefault("required", True)
        if raw.get("type") == "array":
            parameter |= _style(raw.get("collectionFormat"), str(raw.get("in")))
        return parameter

    def _request_body(self, bodies: list[tuple[Raw, str]], operation: Raw, pointer: str) -> Raw:
        new = pointers.join(pointer, "requestBody")
        for raw, old in bodies:
            if self._location(raw) == "body":
                own_types = self._consumes(operation) != self._consumes({})
                if "$ref" in raw and not own_types:
                    return raw
                self._moves.add(new, old)
                return self._body(
                    deepcopy(self._target(raw)) if "$ref" in raw else raw, self._consumes(operation), new, old
                )
        self._moves.add(new, bodies[0][1])
        return self._form(bodies, operation, new)

    def _body(self, raw: Raw, consumes: list[str], new: str, old: str) -> Raw:
        body = {key: value for key, value in raw.items() if key not in ("name", "in", "schema", "$ref")}
        schema = raw.get("schema", {})
        body["content"] = {
            media_type: {"schema": _own(schema, index)} for index, media_type in enumerate(consumes)
        }
        for media_type in consumes:
            self._moves.add(pointers.join(new, "content", media_type, "schema"), f"{old}/schema")
        return body

    def _form(self, fields: list[tuple[Raw, str]], operation: Raw, new: str) -> Raw:
        """The body that form fields make up, one schema with a property for each."""
        written = {
            str(raw.get("name")): (deepcopy(raw), old)
            for raw, old in ((self._target(raw), old) for raw, old in fields)
        }
        files = any(raw.get("type") == "file" for raw, _ in written.values())
        types = [
            name for name in self._consumes(operation) if name.partition(";")[0].strip().lower() in _FORMS
        ]
        types = types or [_FORMS[0] if files else _FORMS[1]]
        required = [name for name, (raw, _) in written.items() if raw.get("required") is True]
        media = self._form_media(written, required)
        for media_type in types:
            for name, (_, old) in written.items():
                self._moves.add(pointers.join(new, "content", media_type, "schema", "properties", name), old)
        content = {media_type: _own(media, index) for index, media_type in enumerate(types)}
        return {"content": content} | ({"required": True} if required else {})

    def _form_media(self, written: Mapping[str, tuple[Raw, str]], required: list[str]) -> Raw:
        properties, encoding = {}, {}
        for name, (raw, _) in written.items():
            described = {key: raw[key] for key in raw if key == "description" or key.startswith("x-")}
            properties[name] = _schema(raw) | described
            if raw.get("allowEmptyValue") is False and raw.get("type") == "string":
                properties[name].setdefault("minLength", 1)
            if raw.get("type") == "array":
                encoding[name] = _style(raw.get("collectionFormat"), "query")
        schema: Raw = {"type": "object", "properties": properties} | (
            {"required": required} if required else {}
        )
        return {"schema": schema} | ({"encoding": encoding} if encoding else {})

    def _response_map(self, responses: Raw, operation: Raw, pointer: str) -> Raw:
        produces = self._produces(operation)
        upgraded: Raw = {}
        for status, raw in responses.items():
            own = raw
            if isinstance(raw, dict) and "$ref" in raw and produces != self._produces({}):
                own = deepcopy(self._target(raw)) or raw
            upgraded[status] = (
                own
                if status.startswith("x-")
                else self._response(own, produces, pointers.join(pointer, status))
            )
        return upgraded

    def _response(self, raw: Any, produces: list[str], pointer: str) -> Any:
        if not isinstance(raw, dict) or "$ref" in raw:
            return raw
        response = {key: value for key, value in raw.items() if key not in ("schema", "examples", "headers")}
        if isinstance(headers := raw.get("headers"), dict):
            response["headers"] = {
                name: self._header(header, pointers.join(pointer, "headers", name))
                for name, header in headers.items()
            }
        if content := self._response_content(raw, produces, pointer):
            response["content"] = content
        return response

    def _response_content(self, raw: Raw, produces: list[str], pointer: str) -> Raw:
        content: Raw = {}
        old = self._moves.old(pointer)
        if "schema" in raw:
            file = isinstance(raw["schema"], dict) and raw["schema"].get("type") == "file"
            types = ["application/octet-stream"] if file and produces == _JSON else produces
            for index, media_type in enumerate(types):
                content[media_type] = {"schema": _own(raw["schema"], index)}
                self._moves.add(pointers.join(pointer, "content", media_type, "schema"), f"{old}/schema")
        examples = raw.get("examples")
        for media_type, example in examples.items() if isinstance(examples, dict) else ():
            content.setdefault(media_type, {})["example"] = example
            self._moves.add(
                pointers.join(pointer, "content", media_type, "example"),
                pointers.join(f"{old}/examples", media_type),
            )
        return content

    def _header(self, raw: Any, pointer: str) -> Any:
        if not isinstance(raw, dict):
            return raw
        header = {
            key: value for key, value in raw.items() if key not in (*_SCHEMA_FIELDS, "collectionFormat")
        }
        self._moves.add(f"{pointer}/schema", self._moves.old(pointer))
        return header | {"schema": _schema(raw)}

    def _scheme(self, name: str, raw: Any) -> Any:
        self._moves.add(
            pointers.join("/components/securitySchemes", name), pointers.join("/securityDefinitions", name)
        )
        if not isinstance(raw, dict) or raw.get("type") not in ("basic", "oauth2"):
            return raw
        rest = {key: value for key, value in raw.items() if key == "description" or key.startswith("x-")}
        if raw["type"] == "basic":
            return {"type": "http", "scheme": "basic"} | rest
        flow = {key: raw[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in raw}
        flows = {_FLOWS.get(str(raw.get("flow")), str(raw.get("flow"))): {"scopes": {}} | flow}
        return {"type": "oauth2", "flows": flows} | rest

    def _consumes(self, operation: Raw) -> list[str]:
        return _types(operation.get("consumes"), self._content.get("consumes"))

    def _produces(self, operation: Raw) -> list[str]:
        return _types(operation.get("produces"), self._content.get("produces"))


def _object(holder: Raw, key: str) -> Raw:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _is_path(path: str, item: Any) -> bool:
    return isinstance(item, dict) and not path.startswith("x-")


def _types(*lists: Any) -> list[str]:
    """The first list of media types that says something; JSON where none does."""
    for listed in lists:
        if isinstance(listed, list) and (types := [name for name in listed if isinstance(name, str)]):
            return types
    return _JSON


def _own(value: Any, index: int) -> Any:
    """The value for the first place that has it, a copy for each other."""
    return deepcopy(value) if index else value


def _servers(content: Raw, schemes: Any) -> list[Raw]:
    base = str(content.get("basePath") or "")
    if not (host := content.get("host")):
        return [{"url": base}] if base else []
    named = [scheme for scheme in schemes if isinstance(scheme, str)] if isinstance(schemes, list) else []
    return [{"url": f"{scheme}://{host}{base}"} for scheme in named or ["https"]]


def _schema(raw: Raw) -> Raw:
    """The schema that a parameter, an item or a header of 2.0 states in its own fields."""
    schema = {key: raw[key] for key in _SCHEMA_FIELDS if key in raw}
    if "x-example" in schema:
        schema.setdefault("example", schema["x-example"])
    if isinstance(items := schema.get("items"), dict) and "collectionFormat" in items:
        schema["items"] = {
            (f"x-{key}" if key == "collectionFormat" else key): value for key, value in items.items()
        }
    return schema


def _style(collection_format: Any, location: str) -> Raw:
    """How an array is written out: `collectionFormat` in the words of OpenAPI 3."""
    if location in ("path", "header"):
        return {"style": "simple"}
    styles = {
        "multi": {"style": "form", "explode": True},
        "ssv": {"style": "spaceDelimited", "explode": False},
        "pipes": {"style": "pipeDelimited", "explode": False},
        "tsv": {"style": "form", "explode": False, "x-collectionFormat": "tsv"},
    }
    return styles.get(str(collection_format), {"style": "form", "explode": False})
