"""The proxy between a client and a server that keeps the contract, or breaks it in known ways."""

import json
import socket

import httpx
import pytest

from accord.errors import UsageError
from accord.mocking import Choices
from accord.mocking.proxying import Upstream
from accord.mocking.proxying import model as limits
from tests.live import free_port
from tests.mocking.conftest import contract_of
from tests.mocking.listening import listening
from tests.mocking.proxying.conftest import PATHS, Proxying, Server

STREAM = [(b"content-type", b"text/event-stream")]


def codes(response: httpx.Response) -> list[tuple[str, str]]:
    found = json.loads(response.headers["sl-violations"])
    return [(each["location"][0], each["code"]) for each in found]


def test_what_keeps_the_contract_passes_as_it_is(proxying: Proxying) -> None:
    stand = proxying(Server(headers=[(b"content-type", b"application/json"), (b"x-own", b"1")]))
    response = stand.client.get("/pets?limit=1")
    assert (response.status_code, response.content, response.headers["x-own"]) == (200, b"[]", "1")
    assert "sl-violations" not in response.headers
    told = stand.last()
    assert (told.response.operation, told.response.reason, told.response.findings) == ("listPets", "", ())


def test_the_server_is_asked_the_same_with_its_own_host_and_who_asked(proxying: Proxying) -> None:
    stand = proxying(base="/base/")
    host = stand.client.base_url.netloc.decode()
    headers = {"connection": "x-hop", "x-hop": "1", "x-mine": "2", "te": "trailers"}
    stand.client.get("/pets/../a%2fb%20?q=%2F+x", headers=headers)
    scope, server = stand.server.asked[0][0], stand.server
    assert scope["raw_path"] == b"/base/a%2fb%20"
    assert scope["query_string"] == b"q=%2F+x"
    assert server.header("host") != host
    assert server.header("x-forwarded-host") == host
    assert server.header("x-forwarded-for") == "127.0.0.1"
    assert server.header("x-forwarded-proto") == "http"
    assert server.header("via").startswith("1.1 accord-")  # type: ignore[union-attr]
    assert (server.header("x-mine"), server.header("x-hop"), server.header("te")) == ("2", None, None)


def test_a_path_goes_on_byte_by_byte(proxying: Proxying) -> None:
    stand = proxying()
    url = stand.client.base_url
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(b"GET /a/../b/./%7E;x?[]=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        while connection.recv(4096):
            pass
    scope = stand.server.asked[0][0]
    assert (scope["raw_path"], scope["query_string"]) == (b"/a/../b/./%7E;x", b"[]=1")


def test_what_is_wrong_both_ways_is_said_in_headers_and_log_and_passed_on(proxying: Proxying) -> None:
    stand = proxying(Server(pieces=[b'[{"name": 1}]']))
    response = stand.client.get("/pets?limit=x")
    assert (response.status_code, response.content) == (200, b'[{"name": 1}]')
    assert codes(response) == [("request", "type"), ("response", "type")]
    assert "accord-violations" in response.headers
    assert [str(line).partition(": ")[2][:20] for line in stand.last().response.findings] == [
        "request query limit ",
        "response body /0/nam",
    ]
    assert str(stand.last().response.findings[0]).startswith(
        "/paths/~1pets/get/parameters/0/schema/type:1:1: "
    )


def test_with_errors_a_wrong_request_never_reaches_the_server(proxying: Proxying) -> None:
    stand = proxying(errors=True)
    assert stand.client.post("/pets", json={}).status_code == 422
    assert stand.client.get("/unknown").status_code == 404
    assert stand.client.put("/pets").status_code == 405
    assert stand.server.asked == []


def test_with_errors_a_wrong_response_is_a_500_that_says_what_is_wrong(proxying: Proxying) -> None:
    response = proxying(Server(pieces=[b'[{"name": 1}]']), errors=True).client.get("/pets")
    assert response.status_code == 500
    assert [each["pointer"] for each in response.json()["errors"]] == ["/0/name"]


def test_requests_need_not_be_judged(proxying: Proxying) -> None:
    stand = proxying(Server(pieces=[b"1"]), requests=False)
    assert codes(stand.client.get("/pets?limit=x")) == [("response", "type")]


@pytest.mark.parametrize(("method", "path"), [("GET", "/unknown"), ("DELETE", "/pets")])
def test_what_the_contract_has_not_is_passed_on_with_a_note(
    proxying: Proxying, method: str, path: str
) -> None:
    stand = proxying(Server(status=501, pieces=[b"x"]))
    response = stand.client.request(method, path)
    assert (response.status_code, response.content) == (501, b"x")
    assert stand.last().response.reason.endswith("not judged")


def test_an_undocumented_status_is_a_violation(proxying: Proxying) -> None:
    response = proxying(Server(status=418)).client.get("/pets")
    assert (response.status_code, codes(response)[0][0]) == (418, "response")


def test_what_the_server_does_not_implement_is_mocked(proxying: Proxying) -> None:
    stand = proxying(Server(status=501))
    response = stand.client.get("/pets")
    assert response.status_code == 200
    assert isinstance(response.json(), list)
    assert stand.last().response.reason == "the server answered 501: mocked"


def test_a_server_that_cannot_be_reached_is_a_502_or_mocked(proxying: Proxying) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    response = proxying(url=url).client.get("/pets")
    assert response.status_code == 502
    assert response.json()["detail"].startswith(f"{url} gave no response: ")
    mocking = proxying(url=url, mocks_unreachable=True)
    assert mocking.client.get("/pets").status_code == 200
    assert mocking.last().response.reason.endswith(": mocked")


def test_a_server_that_keeps_silent_is_a_504(proxying: Proxying) -> None:
    response = proxying(Server(pieces=[b"["], waits=True), seconds=0.2).client.get("/pets")
    assert response.status_code == 504


def test_a_response_that_ends_early_is_a_502(proxying: Proxying) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"9")]
    assert proxying(Server(headers=headers, cut=True)).client.get("/pets").status_code == 502


def test_a_compressed_response_is_judged_and_passed_on_compressed(proxying: Proxying) -> None:
    server = Server()
    server.zip(b'[{"name": 1}]')
    stand = proxying(server)
    response = stand.client.get("/pets", headers={"accept-encoding": "br, gzip;q=0.5"})
    assert server.header("accept-encoding") == "gzip;q=0.5"
    assert response.headers["content-encoding"] == "gzip"
    assert response.json() == [{"name": 1}]
    assert codes(response) == [("response", "type")]


def test_a_body_in_a_coding_that_nobody_asked_for_is_not_judged(proxying: Proxying) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-encoding", b"br")]
    stand = proxying(Server(headers=headers, pieces=[b"?"]))
    with stand.client.stream("GET", "/pets") as response:
        assert list(response.iter_raw()) == [b"?"]
    assert "sl-violations" not in response.headers
    assert "content coding 'br'" in stand.last().response.reason


def test_events_come_as_they_are_sent_and_the_server_hears_of_it_when_the_client_leaves(
    proxying: Proxying,
) -> None:
    stand = proxying(Server(headers=STREAM, pieces=[b"data: 1\n\n", b"data: x\n\n", b"data"], waits=True))
    with stand.client.stream("GET", "/events") as response:
        chunks = response.iter_raw()
        assert next(chunks).startswith(b"data: 1\n\n")
    assert stand.server.left.wait(10)
    told = stand.last().response
    assert told.reason.startswith("the client went away")
    assert ["/1" in str(line) for line in told.findings] == [True]


def test_a_large_response_is_passed_on_and_its_head_judged(
    proxying: Proxying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.mocking.proxying.passage.LIMIT", 3)
    stand = proxying(Server(status=202, pieces=[b"[", b"1, ", b"2]"]))
    response = stand.client.get("/pets")
    assert (response.status_code, response.json()) == (202, [1, 2])
    assert [each["reason"][:3] for each in json.loads(response.headers["accord-violations"])] == ["202"]
    assert stand.last().response.reason == "of the response the head alone was judged"


def test_a_large_request_is_passed_on_as_it_comes(proxying: Proxying) -> None:
    stand = proxying(Server(pieces=[b"1"]))
    size = limits.LIMIT * 2
    headers = {"content-type": "application/octet-stream"}
    response = stand.client.put("/files", content=b"x" * size, headers=headers)
    assert (response.status_code, stand.server.asked[0][1]) == (200, size)
    assert stand.last().response.reason == "of the request the head alone was judged"


def test_pages_of_any_origin_may_read_the_answer(proxying: Proxying) -> None:
    own = [(b"content-type", b"application/json"), (b"access-control-allow-origin", b"https://other")]
    stand = proxying(Server(headers=own))
    origin = {"origin": "http://page"}
    response = stand.client.get("/pets", headers=origin)
    assert response.headers.get_list("access-control-allow-origin") == ["http://page"]
    asked = origin | {"access-control-request-method": "PUT"}
    assert stand.client.options("/unknown", headers=asked).status_code == 204
    assert len(stand.server.asked) == 1


def test_without_cors_the_server_decides_who_may_read(proxying: Proxying) -> None:
    stand = proxying(choices=Choices(cors=False))
    asked = {"origin": "http://page", "access-control-request-method": "GET"}
    assert "access-control-allow-origin" not in stand.client.options("/pets", headers=asked).headers
    assert len(stand.server.asked) == 1


def test_redirects_and_cookies_are_passed_on_and_not_followed_or_kept(proxying: Proxying) -> None:
    headers = [(b"location", b"/pets"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    stand = proxying(Server(status=302, headers=headers))
    response = stand.client.get("/unknown")
    assert (response.status_code, response.headers.get_list("set-cookie")) == (302, ["a=1", "b=2"])
    stand.client.cookies.clear()
    stand.client.get("/unknown")
    assert stand.server.header("cookie") is None


def test_the_server_may_be_behind_a_proxy(proxying: Proxying) -> None:
    relay = Server()
    with listening(relay) as address:
        stand = proxying(url="http://api.example.com/base", proxy=address)
        assert stand.client.get("/pets?limit=1").status_code == 200
    scope = relay.asked[0][0]
    assert (scope["raw_path"], scope["query_string"]) == (b"/base/pets", b"limit=1")
    assert relay.header("host") == "api.example.com"


def test_head_has_no_body(proxying: Proxying) -> None:
    paths = PATHS | {"/head": {"head": {"responses": {"200": {"description": ""}}}}}
    headers = [(b"content-length", b"5")]
    stand = proxying(Server(headers=headers, pieces=[]), contract=contract_of(paths))
    response = stand.client.head("/head")
    assert (response.status_code, response.headers["content-length"]) == (200, "5")
    assert "sl-violations" not in response.headers


def test_an_upgrade_is_refused(proxying: Proxying) -> None:
    stand = proxying()
    response = stand.client.get("/pets", headers={"connection": "upgrade", "upgrade": "websocket"})
    assert response.status_code == 501
    assert response.json()["detail"].startswith("websocket is asked for")
    assert stand.server.asked == []


def test_a_tunnel_is_refused(proxying: Proxying) -> None:
    stand = proxying()
    url = stand.client.base_url
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(b"CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 400 ")
    assert stand.server.asked == []


def test_a_request_that_comes_back_to_its_proxy_ends_there(proxying: Proxying) -> None:
    stand = proxying()
    stand.client.get("/pets")
    via = stand.server.header("via") or ""
    assert stand.client.get("/pets", headers={"via": f"1.0 other, {via}"}).status_code == 508
    assert proxying(url=str(stand.client.base_url)).client.get("/pets").status_code == 200


@pytest.mark.parametrize(
    "url",
    ["api.example.com", "ftp://a", "http://", "http://a?b=c", "http://u:p@a", "http://a:0", "http://a:x"],
)
def test_what_is_no_server_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="--upstream"):
        Upstream(url)
