"""A small contract with its stub and service by hand, and a client that speaks ASGI in bytes."""

import asyncio
import dataclasses
import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import MISSING, BaseModel

from accord.contract import Contract, index_contract
from accord.document import Document
from accord.findings import Position
from accord.hosting import Journal, json_line
from accord.serving import Forbidden, Options, RequestJournal, Service, create_app

PROBLEM = {"description": "a problem", "content": {"application/problem+json": {}}}
PET = {"$ref": "#/components/schemas/Pet"}
KEYED = [{"Key": ["read"]}]

CONTENT: Mapping[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/pets": {
            "post": {
                "operationId": "addPet",
                "security": [{"Key": ["write"]}],
                "requestBody": {"required": True, "content": {"application/json": {"schema": PET}}},
                "responses": {
                    "201": {
                        "description": "made",
                        "headers": {"Location": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": PET}},
                    }
                },
            },
            "head": {"operationId": "headPets", "responses": {"204": {"description": "none"}}},
        },
        "/pets/{name}": {
            "get": {
                "operationId": "getPet",
                "security": KEYED,
                "parameters": [
                    {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "page-size", "in": "query", "schema": {"type": "integer", "default": 5}},
                ],
                "responses": {
                    "200": {
                        "description": "it",
                        "content": {"application/json": {"schema": PET}, "text/plain": {}},
                    },
                    "404": {"description": "none", "content": {"application/json": {}}},
                },
            },
            "delete": {
                "operationId": "dropPet",
                "security": [{"Bearer": []}, {"Basic": [], "Cookie": []}],
                "responses": {"204": {"description": "gone"}},
            },
        },
        "/pets/mine": {"get": {"operationId": "minePet", "responses": {"204": {"description": "none"}}}},
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "born": {"type": "string", "format": "date-time"},
                    "tag": {"type": ["string", "null"]},
                },
            }
        },
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "query", "name": "api_key"},
            "Cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            "Basic": {"type": "http", "scheme": "basic"},
            "Bearer": {"type": "oauth2", "flows": {}},
        },
    },
}


def contract_of(content: Mapping[str, Any] = CONTENT) -> Contract:
    """The contract that the content states."""
    place = Position("openapi.yaml", 1, 1)
    return index_contract(Document(content, "3.1.0", ("openapi.yaml",), lambda _: place))


class Pet(BaseModel):
    name: str
    born: datetime | MISSING = MISSING
    tag: str | MISSING | None = MISSING


class AddPet:
    operation_id: ClassVar[str] = "addPet"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Request:
        body: Pet = field(metadata={"in": "body"})

    @dataclass(frozen=True, slots=True)
    class Created:
        body: Any
        status: ClassVar[Literal[201]] = 201
        location: str | None = field(
            default=None, kw_only=True, metadata={"in": "header", "name": "Location"}
        )


class GetPet:
    operation_id: ClassVar[str] = "getPet"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Request:
        name: str = field(metadata={"in": "path", "name": "name"})
        page_size: int = field(default=5, metadata={"in": "query", "name": "page-size"})

    @dataclass(frozen=True, slots=True)
    class Ok:
        body: Any
        status: ClassVar[Literal[200]] = 200


class Plain:
    """An operation that takes nothing and answers 204."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Request:
        pass

    @dataclass(frozen=True, slots=True)
    class NoContent:
        body: None = None
        status: ClassVar[Literal[204]] = 204


class DropPet(Plain):
    operation_id: ClassVar[str] = "dropPet"


class HeadPets(Plain):
    operation_id: ClassVar[str] = "headPets"


class MinePet(Plain):
    operation_id: ClassVar[str] = "minePet"


async def add_pet(request: Any, _caller: Any) -> Any:
    return AddPet.Created(request.body, location=f"/v1/pets/{request.body.name}")


async def get_pet(request: Any, _caller: Any) -> Any:
    return GetPet.Ok(Pet(name=f"{request.name} {request.page_size}"))


async def nothing(_request: Any, _caller: Any = None) -> Any:
    return Plain.NoContent()


@dataclass(frozen=True, kw_only=True)
class Handlers:
    add_pet: Any = field(default=add_pet, metadata={"operation": AddPet})
    get_pet: Any = field(default=get_pet, metadata={"operation": GetPet})
    drop_pet: Any = field(default=nothing, metadata={"operation": DropPet})
    head_pets: Any = field(default=nothing, metadata={"operation": HeadPets})
    mine_pet: Any = field(default=nothing, metadata={"operation": MinePet})


async def by_key(key: str, roles: Sequence[str]) -> str | None:
    if key == "reader" and "write" in roles:
        raise Forbidden("this key may only look")
    return key if key in ("writer-key", "reader") else None


async def by_secret(secret: str, _roles: Sequence[str]) -> str | None:
    return "somebody" if secret in ("user:pass", "cookie-secret", "token-secret") else None


def service(**changes: Any) -> Service[str]:
    """The service of the pets, with changes; those of handlers by their names."""
    names = {each.name for each in dataclasses.fields(Handlers)}
    handlers = Handlers(**{name: changes.pop(name) for name in list(changes) if name in names})
    authenticate = {"Key": by_key, "Basic": by_secret, "Cookie": by_secret, "Bearer": by_secret}
    return Service(**{"handlers": handlers, "authenticate": authenticate, **changes})


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Drives the application with bytes that no HTTP client would send."""

    def __init__(
        self, *, content: Mapping[str, Any] = CONTENT, body_limit: int = 1000, **changes: Any
    ) -> None:
        self.log = io.BytesIO()
        self.journal: RequestJournal = Journal(self.log, json_line)
        options = Options(validate_responses=True, body_limit=body_limit, journal=self.journal)
        self.app = create_app(contract_of(content), service(**changes), options=options)

    async def ask(
        self,
        method: str,
        target: str,
        *,
        body: bytes | Sequence[bytes] = b"",
        headers: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        chunks = [body] if isinstance(body, bytes) else list(body)
        pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        if body and isinstance(body, bytes) and not any(name == b"content-length" for name, _ in pairs):
            pairs.append((b"content-length", b"%d" % len(body)))
        return await exchange(self.app, method, target, chunks, pairs)

    def lines(self) -> list[dict[str, Any]]:
        """What was logged."""
        self.journal.flush()
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


async def exchange(
    app: Callable[..., Awaitable[None]], method: str, target: str, chunks: list[bytes], headers: list[Any]
) -> Reply:
    path, _, query = target.partition("?")
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(0)
        if not chunks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": headers,
    }
    await app(scope, receive, send)
    pairs = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]} if sent else {}
    body = b"".join(message["body"] for message in sent[1:])
    return Reply(sent[0]["status"] if sent else 0, pairs, body)
