"""The server's own pages: is it alive, is it ready, the contract, and its documentation."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from swagger_ui_bundle import swagger_ui_path

from accord.contract import Contract
from accord.exchange import Problem
from accord.handling.answers import Answer, problem_answer
from accord.serving.front import Page
from accord.serving.rendition import to_openapi_30

_log = logging.getLogger("accord.serving")

_PATIENCE = 5
"""Seconds in which a service has to say that it is ready."""

_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from another host, no script but files of ours. Swagger UI sets styles of elements itself."""

_ASSETS = {
    "swagger-ui.css": b"text/css; charset=utf-8",
    "swagger-ui-bundle.js": b"text/javascript; charset=utf-8",
    "favicon-32x32.png": b"image/png",
}

_HOME = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API documentation</title>
<link rel="stylesheet" href="swagger-ui.css">
<link rel="icon" type="image/png" href="favicon-32x32.png">
</head>
<body>
<div id="documentation"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
"""

_START = b"""SwaggerUIBundle({
  url: "contract.json",
  dom_id: "#documentation",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
});
"""


def own_pages(contract: Contract, base_path: str, ready: Callable[[], Awaitable[bool]]) -> dict[str, Page]:
    """The pages by path. Nothing is read or rendered before it is asked for."""

    @cache
    def document() -> bytes:
        return _json(contract.document.content)

    @cache
    def rendition() -> bytes:
        return _json(to_openapi_30(contract.document.content, base_path))

    return {
        "/healthz": _constant(_json_answer({"status": "alive"})),
        "/readyz": _readiness(ready),
        "/openapi.json": _made(document, b"application/json"),
        "/docs": _constant(Answer(308, [(b"location", b"docs/")], b"")),
        "/docs/": _constant(_page(_HOME, b"text/html; charset=utf-8")),
        "/docs/start.js": _constant(_page(_START, b"text/javascript; charset=utf-8")),
        "/docs/contract.json": _made(rendition, b"application/json"),
        **{f"/docs/{name}": _made(_reading(name), kind) for name, kind in _ASSETS.items()},
    }


def _readiness(ready: Callable[[], Awaitable[bool]]) -> Page:
    async def readiness() -> Answer:
        try:
            async with asyncio.timeout(_PATIENCE):
                is_ready = await ready()
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            _log.exception("the service could not say whether it is ready")
            is_ready = False
        if is_ready:
            return _json_answer({"status": "ready"})
        return problem_answer(Problem.of(503, "The service is not ready."), {"Retry-After": "1"})

    return readiness


def _constant(answer: Answer) -> Page:
    async def page() -> Answer:
        return Answer(answer.status, list(answer.headers), answer.body)

    return page


def _made(make: Callable[[], bytes], media_type: bytes) -> Page:
    async def page() -> Answer:
        return _page(await asyncio.to_thread(make), media_type)

    return page


def _reading(name: str) -> Callable[[], bytes]:
    @cache
    def read() -> bytes:
        return Path(swagger_ui_path, name).read_bytes()

    return read


def _page(body: bytes, media_type: bytes) -> Answer:
    return Answer(
        200,
        [
            (b"content-type", media_type),
            (b"content-security-policy", _POLICY),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cache-control", b"no-cache"),
        ],
        body,
    )


def _json_answer(value: Mapping[str, Any]) -> Answer:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    return Answer(200, headers, orjson.dumps(value))


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # an integer of more than 64 bits
        return json.dumps(value, ensure_ascii=False).encode()
