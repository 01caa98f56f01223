"""The applications that benchmarks/server.py compares: one contract, one dictionary of assistants each.

python benchmarks/server_variants.py NAME PORT
"""

import hashlib
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
warnings.simplefilter("ignore")

import orjson  # noqa: E402 - the path is set first
import uvicorn  # noqa: E402
from starlette.applications import Starlette  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import Response  # noqa: E402
from starlette.routing import Route  # noqa: E402

from accord.contract import load_contract  # noqa: E402
from accord.hosting import BoundedProtocol, Journal, json_line, settle  # noqa: E402
from accord.serving import Options, Service, create_app  # noqa: E402
from accord.serving.rendition import to_openapi_30  # noqa: E402
from generated import models  # noqa: E402
from generated.operations import CreateAssistant, GetAssistant, Handlers  # noqa: E402

ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
UUID_ = UUID(ID)
KEY_HASH = hashlib.sha256(("in-" + "k" * 43).encode()).digest()
CREATED, FETCHED = "Data created successfully", "Data fetched successfully"


def known(key: str) -> bool:
    """Is it the key? Hashed, as a real service would."""
    return hashlib.sha256(key.encode()).digest() == KEY_HASH


def application(name: str) -> Any:
    """The application of that name."""
    if name.startswith("accord"):
        return accord_app(validate_responses="validated" in name, logs="no log" not in name)
    return {"stock": stock_app, "fastapi": fastapi_app, "starlette": starlette_app}[name.partition(",")[0]]()


def accord_app(*, validate_responses: bool, logs: bool) -> Any:
    """Ours, as `accord serve` runs it: with its log, into a file, or with none."""
    stored: dict[UUID, models.IAssistantRead] = {}

    async def authenticate(key: str, _roles: Sequence[str]) -> str | None:
        return "organisation" if known(key) else None

    async def create(request: CreateAssistant.Request, _caller: str) -> CreateAssistant.Response:
        assistant = models.IAssistantRead(id=UUID_, **request.body.__dict__)
        stored[assistant.id] = assistant
        return CreateAssistant.Ok(models.AssistantCreated(meta={}, data=assistant))

    async def get(request: GetAssistant.Request, _caller: str) -> GetAssistant.Response:
        return GetAssistant.Ok(models.AssistantFetched(meta={}, data=stored[request.assistant_id]))

    async def unused(_request: Any, _caller: str) -> Any:
        raise NotImplementedError

    measured: dict[str, Any] = {"create_assistant": create, "get_assistant": get}
    handlers: Handlers[str] = Handlers(**{field.name: unused for field in fields(Handlers)} | measured)
    service = Service(handlers=handlers, authenticate={"ApiKey": authenticate}, caller_name=str)
    sink = Path(os.devnull).open("wb")  # noqa: SIM115 - the application's for as long as it lives
    options = Options(
        validate_responses=validate_responses, journal=Journal(sink, json_line) if logs else None
    )
    return create_app(load_contract(str(ROOT / "openapi.yaml")), service, options=options)


def stock_app() -> Any:
    """Connexion as its documentation shows it: a 3.0 document, its own validation."""
    import connexion  # noqa: PLC0415 - only this variant's

    contract = load_contract(str(ROOT / "openapi.yaml"))
    document = to_openapi_30(contract.document.content, "")
    for scheme in document["components"]["securitySchemes"].values():
        scheme["x-apikeyInfoFunc"] = "server_variants.api_key"
    for item in document["paths"].values():
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete"):
                operation["security"] = [{"ApiKey": []}]
    logging.getLogger("connexion").setLevel(logging.ERROR)
    handlers = {"createAssistant": stock_create, "getAssistant": stock_get}
    app = connexion.AsyncApp("benchmark", swagger_ui_options=connexion.options.SwaggerUIOptions())
    resolver = connexion.resolver.Resolver(lambda operation_id: handlers.get(operation_id, stock_unused))
    app.add_api(document, resolver=resolver)
    return app


_stock: dict[str, Any] = {}
JSON = {"Content-Type": "application/json"}
"""Said each time: where errors are documented too, stock Connexion does not know what a dict is."""


def api_key(apikey: str, required_scopes: Any = None) -> dict[str, Any] | None:  # noqa: ARG001 - Connexion's names
    """The caller, as Connexion asks for it."""
    return {"sub": "organisation"} if known(apikey) else None


async def stock_create(body: dict[str, Any]) -> Any:
    """Stores."""
    _stock[ID] = body | {"id": ID}
    return {"message": CREATED, "meta": {}, "data": _stock[ID]}, 200, JSON


async def stock_get(assistant_id: str) -> Any:
    """Reads."""
    return {"message": FETCHED, "meta": {}, "data": _stock[assistant_id]}, 200, JSON


async def stock_unused() -> Any:
    """Answers nothing."""
    return {}, 200


def fastapi_app() -> Any:
    """FastAPI with the generated models."""
    from fastapi import Depends, FastAPI, HTTPException  # noqa: PLC0415 - only this variant's
    from fastapi.security import APIKeyQuery  # noqa: PLC0415

    app, stored, scheme = FastAPI(), {}, APIKeyQuery(name="api_key")

    async def caller(key: Annotated[str, Depends(scheme)]) -> str:
        if not known(key):
            raise HTTPException(401)
        return "organisation"

    @app.post("/api/v1/assistant", response_model=models.AssistantCreated)
    async def create(body: models.AssistantCreate, _caller: Annotated[str, Depends(caller)]) -> Any:
        assistant = models.IAssistantRead(id=UUID_, **body.__dict__)
        stored[assistant.id] = assistant
        return models.AssistantCreated(meta={}, data=assistant)

    @app.get("/api/v1/assistant/{assistant_id}", response_model=models.AssistantFetched)
    async def get(assistant_id: UUID, _caller: Annotated[str, Depends(caller)]) -> Any:
        return models.AssistantFetched(meta={}, data=stored[assistant_id])

    return app


def starlette_app() -> Any:
    """A bare route with orjson: no validation, no authentication, no log."""
    stored: dict[str, Any] = {}

    async def create(request: Request) -> Response:
        stored[ID] = orjson.loads(await request.body()) | {"id": ID}
        body = orjson.dumps({"message": CREATED, "meta": {}, "data": stored[ID]})
        return Response(body, media_type="application/json")

    async def get(request: Request) -> Response:
        body = {"message": FETCHED, "meta": {}, "data": stored[request.path_params["assistant_id"]]}
        return Response(orjson.dumps(body), media_type="application/json")

    routes = [
        Route("/api/v1/assistant", create, methods=["POST"]),
        Route("/api/v1/assistant/{assistant_id}", get, methods=["GET"]),
    ]
    return Starlette(routes=routes)


def main() -> None:
    """Serves one variant with uvicorn, set up alike for all, or as uvicorn itself is by default."""
    name, port = sys.argv[1], int(sys.argv[2])
    if name == "starlette, access log":
        uvicorn.run(application(name), host="127.0.0.1", port=port)
        return
    http: Any = BoundedProtocol if name.startswith("accord") else "httptools"
    app = application(name)
    if name.startswith("accord"):
        settle()
    uvicorn.run(
        app, host="127.0.0.1", port=port, log_level="warning", access_log=False, http=http,
        proxy_headers=False, server_header=False, ws="none", interface="asgi3",
    )  # fmt: skip


if __name__ == "__main__":
    sys.modules["server_variants"] = sys.modules["__main__"]
    main()
