"""Downloads in parts, where the contract has a status for a part."""

from typing import Any

import pytest

from tests.mocking.conftest import Stand, Stands, answer, header

BYTES = {"type": "string", "maxLength": 20}
TOLD = {"Accept-Ranges": {"schema": {"type": "string"}}, "ETag": {"schema": {"const": '"v1"'}}}
WHOLE = {**answer(BYTES, "text/plain", example="0123456789"), "headers": TOLD}
PART = {**answer(BYTES, "text/plain"), "headers": {**TOLD, "Content-Range": {"schema": {"type": "string"}}}}


def file(stand: Stands, **responses: Any) -> Stand:
    documented = {"200": WHOLE, "206": PART, "416": {"description": "no"}, **responses}
    kept = {status.removeprefix("_"): each for status, each in documented.items() if each}
    return stand({"/file": {"get": {"operationId": "download", "responses": kept}}})


def part(stand: Stand, **headers: str) -> tuple[int, bytes, str | None]:
    response = stand.get("/file", **headers)
    assert stand.faults("GET", "/file", response) == ()
    return response.status, response.body, header(response, "content-range")


@pytest.mark.parametrize(
    ("asked", "body", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_a_part_is_answered_with_its_bytes(stand: Stands, asked: str, body: bytes, told: str) -> None:
    assert part(file(stand), Range=asked) == (206, body, told)


@pytest.mark.parametrize("asked", ["items=0-3", "bytes=3-1", "bytes=0-1,4-5", "bytes=-", "bytes=x"])
def test_what_is_no_range_of_bytes_is_answered_with_the_whole(stand: Stands, asked: str) -> None:
    assert part(file(stand), Range=asked) == (200, b"0123456789", None)


def test_the_whole_comes_again_after_a_part_and_says_that_there_are_parts(stand: Stands) -> None:
    mock = file(stand)
    assert part(mock, Range="bytes=1-1")[:2] == (206, b"1")
    assert part(mock)[:2] == (200, b"0123456789")
    assert part(mock, Range="bytes=2-2")[:2] == (206, b"2")
    assert header(mock.get("/file"), "accept-ranges") == "bytes"


def test_a_part_behind_the_end_is_refused_where_the_contract_has_a_status_for_it(stand: Stands) -> None:
    response = file(stand).get("/file", Range="bytes=10-")
    assert (response.status, header(response, "content-range")) == (416, "bytes */10")
    assert part(file(stand, **{"416": None}), Range="bytes=10-")[0] == 200


def test_a_part_of_another_version_is_answered_with_the_whole(stand: Stands) -> None:
    assert part(file(stand), Range="bytes=0-1", If_Range='"v1"')[0] == 206
    assert part(file(stand), Range="bytes=0-1", If_Range='"v2"')[0] == 200


def test_a_contract_without_206_has_no_parts(stand: Stands) -> None:
    assert part(file(stand, **{"206": None}), Range="bytes=0-1") == (200, b"0123456789", None)
