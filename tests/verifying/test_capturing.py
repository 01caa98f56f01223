"""The exchanges of a project's own tests."""

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from accord.verifying.capturing import CoverageMiddleware, CoverageTransport

if TYPE_CHECKING:
    from accord.verifying import Exchange


async def echo(_scope: Any, receive: Any, send: Any) -> None:
    body = (await receive())["body"]
    if b"break" in body:
        raise RuntimeError("broken")
    headers = [(b"Content-Type", b"text/plain")]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": body[:1], "more_body": True})
    await send({"type": "http.response.body", "body": body[1:]})


async def test_the_middleware_sees_what_goes_in_and_comes_out() -> None:
    seen: list[Exchange] = []
    transport = httpx.ASGITransport(CoverageMiddleware(echo, seen.append))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/a%2Fb?x=1", content=b"hello")
    assert answer.text == "hello"
    (exchange,) = seen
    assert (exchange.request.method, exchange.request.path) == ("POST", "/a%2Fb")
    assert (exchange.request.query, exchange.request.body) == (b"x=1", b"hello")
    assert exchange.response == (201, ((b"content-type", b"text/plain"),), b"hello")


async def test_an_application_that_breaks_has_no_response_and_breaks_all_the_same() -> None:
    seen: list[Exchange] = []
    transport = httpx.ASGITransport(CoverageMiddleware(echo, seen.append))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        with pytest.raises(RuntimeError):
            await client.post("/", content=b"break")
    assert [each.response for each in seen] == [None]


def test_the_transport_sees_what_a_client_sends_and_gets() -> None:
    seen: list[Exchange] = []
    inner = httpx.MockTransport(lambda request: httpx.Response(418, content=request.content[::-1]))
    with httpx.Client(transport=CoverageTransport(seen.append, inner)) as client:
        assert client.put("http://test/a%20b?x=%20", content=b"xy").text == "yx"
    (exchange,) = seen
    assert exchange.request[:4] == ("PUT", "/a%20b", {}, b"x=%20")
    assert exchange.response is not None
    assert (exchange.response.status, exchange.response.body) == (418, b"yx")
