"""What benchmarks/mock.py asks of the servers: kinds of requests, contracts to start with, targets."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.exchange import FIELDS, VALUE

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/corpus"
_KEY = "in-" + "k" * 43
_THING = {"type": "object", "required": ["kind"], "properties": FIELDS}
_REF = {"$ref": "#/components/schemas/Thing"}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _documented(**terms: Any) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": _REF, **terms}}}


CONTRACT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/things": {
            "post": {
                "operationId": "createThing",
                "requestBody": {"required": True, "content": {"application/json": {"schema": _REF}}},
                "responses": {"201": _documented(example=VALUE)},
            }
        },
        "/things/{id}": {
            "get": {
                "operationId": "getThing",
                "parameters": [_ID],
                "responses": {"200": _documented(example=VALUE)},
            }
        },
        "/samples/{id}": {
            "get": {"operationId": "getSample", "parameters": [_ID], "responses": {"200": _documented()}}
        },
    },
    "components": {"schemas": {"Thing": _THING}},
}


@dataclass(frozen=True)
class Phase:
    """One kind of request, for `different` ids in turn: with very many no server answers from memory."""

    name: str
    method: str
    path: str
    status: int
    headers: dict[str, str]
    target: float
    """How many times Prism's rate."""
    of_bare: float = 0.0
    """What share of a bare application's rate; 0 where that is no target."""
    different: int = 1_000

    @property
    def key(self) -> str:
        return f"{self.method} {self.path.split('/', 2)[1]}"

    @property
    def body(self) -> bytes:
        return json.dumps(VALUE).encode() if self.method == "POST" else b""

    def target_of(self, number: int) -> str:
        """The request target for a number."""
        return self.path.format(id=f"3c90c3cc-0d44-4b50-8888-{number:012d}")

    def requests(self, round_: int = 0) -> list[bytes]:
        """The requests of a round as a client sends them: what one asked for, none of the others does."""
        lines = ["host: 127.0.0.1", "accept: */*", "user-agent: benchmark"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"content-length: {len(self.body)}"] if self.body else []
        rest = "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body
        return [
            f"{self.method} {self.target_of(round_ * self.different + at)} HTTP/1.1\r\n".encode() + rest
            for at in range(self.different)
        ]


_DYNAMIC = {"prefer": "dynamic=true"}
PHASES = (
    Phase("GET, static example", "GET", "/things/{id}", 200, {}, 5, of_bare=0.5),
    Phase("GET, generated data", "GET", "/samples/{id}", 200, _DYNAMIC, 5, different=50_000),
    Phase("GET, generated data, again", "GET", "/samples/{id}", 200, _DYNAMIC, 5, different=100),
    Phase("POST, 20 fields", "POST", "/things", 201, {"content-type": "application/json"}, 5),
)


@dataclass(frozen=True)
class Start:
    """A contract that is started with, what is asked of it, and the targets."""

    name: str
    contract: Path
    paths: tuple[str, ...]
    faster: float
    headers: dict[str, str] = field(default_factory=dict)
    memory: float = 0.0
    """The largest share of Prism's memory; 0 where that is no target."""


STARTS = (
    Start(
        "this repository's",
        ROOT / "openapi.yaml",
        (
            f"/api/v1/assistant/3c90c3cc-0d44-4b50-8888-8dd25736052a?api_key={_KEY}",
            f"/api/v1/assistant?api_key={_KEY}",
        ),
        3,
        memory=0.5,
    ),
    Start(
        "GitHub's, JSON, 13 MB",
        CORPUS / "github-api.json",
        ("/meta", "/emojis", "/licenses", "/rate_limit", "/gitignore/templates", "/feeds"),
        20,
        memory=0.5,
    ),
    Start(
        "OpenAI's, YAML, 3 MB",
        CORPUS / "openai.yaml",
        ("/models", "/files", "/batches"),
        20,
        {"authorization": "Bearer mock"},
    ),
)
