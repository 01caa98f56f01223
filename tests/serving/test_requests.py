import logging
from typing import Any

import pytest

from accord.serving import ErrorStatus, Refusal, TooManyRequests
from tests.serving.pets import AddPet, Client, GetPet, Pet

PETS = "/v1/pets?api_key=writer-key"
REX = "/v1/pets/rex?api_key=reader"
JSON = [("content-type", "application/json")]


async def test_a_typed_request_is_answered_with_a_typed_response() -> None:
    reply = await Client().ask("POST", PETS, body=b'{"name":"rex","tag":null}', headers=JSON)
    assert (reply.status, reply.json) == (201, {"name": "rex", "tag": None})
    assert reply.headers["content-type"] == "application/json"


async def test_parameters_are_decoded_and_defaults_filled_in() -> None:
    assert (await Client().ask("GET", REX)).json == {"name": "rex 5"}
    assert (await Client().ask("GET", REX + "&page-size=7")).json == {"name": "rex 7"}


async def test_an_encoded_slash_stays_in_its_parameter() -> None:
    assert (await Client().ask("GET", "/v1/pets/a%2Fb?api_key=reader")).json == {"name": "a/b 5"}


async def test_a_concrete_path_wins_over_a_templated_one() -> None:
    assert (await Client().ask("GET", "/v1/pets/mine")).status == 204


async def test_a_value_that_python_cannot_hold_reaches_the_handler_as_json_has_it() -> None:
    body = b'{"name":"rex","born":"2016-12-31T23:59:60Z"}'
    reply = await Client().ask("POST", PETS, body=body, headers=JSON)
    assert (reply.status, reply.json["born"]) == (201, "2016-12-31T23:59:60Z")


async def test_a_location_is_percent_encoded() -> None:
    body = '{"name":"r\u00e9x\\r\\nX: y"}'.encode()
    reply = await Client().ask("POST", PETS, body=body, headers=JSON)
    assert reply.headers["location"] == "/v1/pets/r%C3%A9x%0D%0AX:%20y"


async def test_an_unknown_path_is_404_and_names_the_nearest() -> None:
    reply = await Client().ask("GET", "/v1/pest/rex")
    assert reply.status == 404
    assert "/v1/pets/{name}" in reply.json["detail"]


async def test_a_trailing_slash_is_another_path_and_no_redirect() -> None:
    assert (await Client().ask("GET", "/v1/pets/mine/")).status == 404


async def test_another_method_is_405_with_every_method_in_allow() -> None:
    reply = await Client().ask("PATCH", "/v1/pets/rex")
    assert (reply.status, reply.headers["allow"]) == (405, "DELETE, GET")


async def test_options_is_answered_with_allow() -> None:
    reply = await Client().ask("OPTIONS", "/v1/pets")
    assert (reply.status, reply.headers["allow"], reply.body) == (204, "HEAD, POST", b"")


async def test_head_has_no_body_and_204_no_length() -> None:
    reply = await Client().ask("HEAD", "/v1/pets")
    assert (reply.status, reply.body, reply.headers.get("content-length")) == (204, b"", None)


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*, text/html;q=0.5"])
async def test_nothing_acceptable_is_406_before_the_handler_runs(accept: str) -> None:
    async def never(*_: Any) -> Any:
        raise AssertionError

    reply = await Client(get_pet=never).ask("GET", REX, headers=[("accept", accept)])
    assert reply.status == 406


async def test_a_body_of_another_type_is_415() -> None:
    reply = await Client().ask("POST", PETS, body=b"<a/>", headers=[("content-type", "text/xml")])
    assert reply.status == 415


async def test_a_body_that_breaks_its_schema_is_422_with_its_pointer() -> None:
    reply = await Client().ask("POST", PETS, body=b'{"name":7}', headers=JSON)
    assert (reply.status, reply.json["errors"][0]["pointer"]) == (422, "/name")
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"x" * 1001, [b"x" * 600, b"x" * 600]])
async def test_a_body_over_the_limit_is_413_and_ends_the_connection(body: Any) -> None:
    headers = [*JSON, ("transfer-encoding", "chunked")] if isinstance(body, list) else JSON
    reply = await Client().ask("POST", PETS, body=body, headers=headers)
    assert (reply.status, reply.headers["connection"]) == (413, "close")


async def test_a_chunked_body_is_read_whole() -> None:
    headers = [*JSON, ("transfer-encoding", "chunked")]
    reply = await Client().ask("POST", PETS, body=[b'{"na', b'me":"rex"}'], headers=headers)
    assert reply.status == 201


async def test_a_client_that_goes_away_is_not_answered() -> None:
    reply = await Client().ask("POST", PETS, body=[], headers=[*JSON, ("content-length", "9")])
    assert reply.status == 0


BYTES: list[tuple[str, bytes, list[tuple[str, str]]]] = [
    ("/v1/pets/%ff%fe?api_key=reader", b"", []),
    ("/v1/pets/%?api_key=reader", b"", []),
    ("/v1/pets/\xff?api_key=%ff", b"", []),
    (REX + "&page-size=" + "9" * 5000, b"", []),
    (REX + "&page-size=1_000", b"", []),
    (REX + "&page-size=%00", b"", []),
    (REX, b"", [("content-length", "-1")]),
    (REX, b"", [("content-length", "1_0")]),
    (REX, b"", [("content-length", "\xb2")]),
    (REX, b"", [("accept", "\xff;;q=x,,/")]),
    (REX, b"", [("x-request-id", "\xff" * 9)]),
]


@pytest.mark.parametrize(("target", "body", "headers"), BYTES)
async def test_no_bytes_of_a_get_are_a_500(target: str, body: bytes, headers: Any) -> None:
    reply = await Client().ask("GET", target, body=body, headers=headers)
    assert 400 <= reply.status < 500 or (reply.status == 200 and (target == REX or "%ff%fe" in target))


BODIES = [
    b"\xff",
    b'{"name":' + b"9" * 900 + b"}",
    b"[" * 900,
    b'{"name":NaN}',
    b'{"name":"\\ud800"}',
    b'{"name":"a","name":"b"}',
    b"\xef\xbb\xbf{}",
    b"",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
async def test_no_bytes_of_a_body_are_a_500(body: bytes, kind: str) -> None:
    reply = await Client().ask("POST", PETS, body=body, headers=[("content-type", kind)])
    assert reply.status in (400, 422)


@pytest.mark.parametrize("kind", ["application/json; charset=klingon", "multipart/form-data", "\xff", ";"])
async def test_no_content_type_is_a_500(kind: str) -> None:
    reply = await Client().ask("POST", PETS, body=b"{}", headers=[("content-type", kind)])
    assert reply.status in (400, 415, 422)


class Lost(Exception):
    """An error of the domain."""


async def raising(error: Exception) -> Any:
    async def handler(*_: Any) -> Any:
        raise error

    client = Client(get_pet=handler, errors={Lost: 404, KeyError: ErrorStatus(409, "Taken", "urn:taken")})
    return await client.ask("GET", REX)


async def test_an_error_of_the_domain_gets_its_status_and_its_own_text() -> None:
    reply = await raising(Lost("no such pet"))
    assert (reply.status, reply.json["detail"]) == (404, "no such pet")


async def test_a_problem_is_in_the_media_type_that_the_operation_documents() -> None:
    assert (await raising(Lost("no such pet"))).headers["content-type"] == "application/json"
    assert (await raising(KeyError("x"))).headers["content-type"] == "application/problem+json"


async def test_an_error_of_the_domain_may_have_a_type_and_a_title() -> None:
    reply = await raising(KeyError("x"))
    assert (reply.status, reply.json["title"], reply.json["type"]) == (409, "Taken", "urn:taken")


async def test_an_unfinished_handler_is_501() -> None:
    assert (await raising(NotImplementedError())).status == 501


async def test_too_many_requests_says_when_to_try_again() -> None:
    reply = await raising(TooManyRequests(1.2))
    assert (reply.status, reply.headers["retry-after"]) == (429, "2")


async def test_a_service_may_limit_its_callers() -> None:
    async def limit(caller: str | None, operation: str) -> float | None:
        return 30 if (caller, operation) == ("reader", "getPet") else None

    assert (await Client(limit=limit).ask("GET", REX)).headers["retry-after"] == "30"


async def test_a_refusal_carries_its_headers() -> None:
    assert (await raising(Refusal(410, "gone", headers={"X-Why": "age\r\nX: y"}))).headers[
        "x-why"
    ] == "age  X: y"


async def test_an_unforeseen_error_is_a_500_that_shows_nothing_and_logs_everything(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = await raising(ValueError("internals"))
    assert reply.status == 500
    assert b"internals" not in reply.body
    assert "internals" in caplog.text


async def test_a_refused_request_is_logged_for_debugging_with_its_place_in_the_contract(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        await Client().ask("POST", PETS, body=b'{"name":7}', headers=JSON)
        assert "refused" not in caplog.text
    with caplog.at_level(logging.DEBUG):
        await Client().ask("POST", PETS, body=b'{"name":7}', headers=JSON)
    assert "operation addPet refused a request: body /name must be a string" in caplog.text
    assert "openapi.yaml:1:1" in caplog.text


async def test_a_response_that_breaks_the_contract_is_a_500_that_says_where_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def handler(*_: Any) -> Any:
        return AddPet.Created({"name": 7})

    reply = await Client(add_pet=handler).ask("POST", PETS, body=b'{"name":"rex"}', headers=JSON)
    assert reply.status == 500
    assert "/components/schemas/Pet" in caplog.text
    assert "openapi.yaml:1:1" in caplog.text


async def test_the_media_type_is_negotiated_among_those_documented() -> None:
    async def handler(*_: Any) -> Any:
        return GetPet.Ok("rex")

    reply = await Client(get_pet=handler).ask("GET", REX, headers=[("accept", "text/plain")])
    assert (reply.headers["content-type"], reply.body) == ("text/plain; charset=utf-8", b"rex")


async def test_an_absent_field_is_absent_and_a_null_is_null() -> None:
    async def handler(*_: Any) -> Any:
        return GetPet.Ok(Pet(name="rex", tag=None))

    assert (await Client(get_pet=handler).ask("GET", REX)).json == {"name": "rex", "tag": None}
