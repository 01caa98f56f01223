"""A server of the shop that keeps its contract, but for the faults that FAULTS in the environment names."""

import json
import os
from typing import Any
from urllib.parse import parse_qs

FAULTS = set(os.environ.get("FAULTS", "").split(","))
LIMIT = 50


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    status, body, headers = answer(scope)
    kind = b"application/json" if status == 200 else b"application/problem+json"
    start = {"type": "http.response.start", "status": status, "headers": [(b"content-type", kind), *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def answer(scope: Any) -> tuple[int, Any, list[tuple[bytes, bytes]]]:
    keys = [value for name, value in scope["headers"] if name == b"x-key"]
    if scope["method"] != "GET":
        return 405, {}, [(b"allow", b"GET")]
    if keys != [b"secret"] and "open" not in FAULTS:
        return 401, {}, []
    if scope["path"] == "/v1/items":
        return listed(parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return read(scope["path"].rpartition("/")[2])


def listed(query: dict[str, list[str]]) -> tuple[int, Any, list[tuple[bytes, bytes]]]:
    limits = query.get("limit", ["10"])
    is_right = len(limits) == 1 and limits[0].isascii() and limits[0].lstrip("-").isdigit()
    is_within = is_right and ("unlimited" in FAULTS or 1 <= int(limits[0][:9]) <= LIMIT)
    if not is_within:
        return 400, {}, []
    return 200, [{"id": 1, "name": "Cup"}], []


def read(number: str) -> tuple[int, Any, list[tuple[bytes, bytes]]]:
    if not (number.isascii() and number.isdigit()) or int(number[:9]) < 1:
        return (500 if "fails" in FAULTS else 400), {}, []
    if "chatty" in FAULTS:
        return 200, {"id": 1, "name": "Cup", "cost": 3}, [(b"x-trace", b"7")]
    return 200, ({"id": 1} if "nameless" in FAULTS else {"id": 1, "name": "Cup"}), []
