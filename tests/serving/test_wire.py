"""What comes over a connection, HTTP or not: an answer for each, no traceback, no 500."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.serving.projects import Answered, Echo, post, read_answer, serving, write_project


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echo]:
    folder = tmp_path_factory.mktemp("wire")
    write_project(folder)
    with serving(folder, "--body-limit", "1000") as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_fails(server: Echo) -> Iterator[None]:
    yield
    time.sleep(0.05)
    assert "Traceback" not in server.log()
    assert '"status":5' not in server.log()
    assert server.process.poll() is None


def is_refusal(answer: Answered, status: int) -> bool:
    is_problem = answer.headers["content-type"] == "application/problem+json"
    return is_problem and answer.status == status == json.loads(answer.body)["status"]


GARBAGE = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"
LONG = b"GET /slow HTTP/1.1\r\nhost: a\r\nx-long: " + b"a" * 70_000 + b"\r\n\r\n"


@pytest.mark.parametrize(("raw", "status"), [(GARBAGE, 400), (LONG, 431)])
def test_what_is_not_http_is_refused_with_an_id_of_its_own(server: Echo, raw: bytes, status: int) -> None:
    first, second = server.ask(raw), server.ask(raw)
    assert is_refusal(first, status)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    server.wait_for(first.headers["x-request-id"])


def test_who_asks_for_another_protocol_is_answered_and_no_library_is_missed(server: Echo) -> None:
    upgrade = b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
    assert server.ask(upgrade).status == 200
    assert "pip install" not in server.log()


@pytest.mark.parametrize("name", ["upgrade", "Upgrade"])
def test_the_body_of_who_asks_for_another_protocol_is_read(server: Echo, name: str) -> None:
    raw = post({"a": f"upgrade: {name}"}, f"connection: Upgrade\r\n{name}: h2c")
    assert json.loads(server.ask(raw).body) == {"a": f"upgrade: {name}"}


def test_a_head_that_grows_past_its_limit_piece_by_piece_is_refused(server: Echo) -> None:
    with server.connect() as connection:
        for at in range(0, 66_000, 1000):
            connection.sendall(LONG[at : at + 1000])
            time.sleep(0.002)
        assert is_refusal(read_answer(connection), 431)


def test_expect_100_continue_is_answered_before_the_body_comes(server: Echo) -> None:
    head, _, body = post({"a": 1}, "expect: 100-continue").partition(b"\r\n\r\n")
    with server.connect() as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert read_answer(connection).status == 100
        connection.sendall(body)
        assert read_answer(connection).body == b'{"a":1}'


def test_a_body_that_is_announced_too_large_is_never_asked_for(server: Echo) -> None:
    head = post({"a": "b" * 2000}, "expect: 100-continue").partition(b"\r\n\r\n")[0]
    assert is_refusal(server.ask(head + b"\r\n\r\n"), 413)


def test_http_1_0_without_a_host_is_answered_and_closed(server: Echo) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /nothing HTTP/1.0\r\n\r\n")
        assert is_refusal(read_answer(connection), 404)
        assert connection.recv(1) == b""


def test_pipelined_requests_are_answered_in_their_order(server: Echo) -> None:
    with server.connect() as connection:
        connection.sendall(b"".join(post({"number": number}) for number in range(5)))
        answers = [read_answer(connection).body for _ in range(5)]
    assert answers == [b'{"number":%d}' % number for number in range(5)]


def test_a_chunked_body_past_the_limit_is_refused(server: Echo) -> None:
    head = b"POST /echo HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
    head += b"transfer-encoding: chunked\r\n\r\n"
    assert is_refusal(server.ask(head + b"5dc\r\n" + b" " * 1500 + b"\r\n0\r\n\r\n"), 413)


@pytest.mark.parametrize("cut", [30, -3])
def test_a_client_that_goes_away_in_the_middle_disturbs_nobody(server: Echo, cut: int) -> None:
    with server.connect() as connection:
        connection.sendall(post({"a": 1})[:cut])
    assert server.ask(post({"b": 2})).body == b'{"b":2}'


def test_a_client_that_goes_away_before_the_answer_disturbs_nobody(server: Echo) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n")
    time.sleep(2.2)
    assert server.ask(post({"b": 2})).body == b'{"b":2}'
