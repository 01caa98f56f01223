import base64

import pytest

from accord.errors import UsageError
from tests.serving.pets import CONTENT, Client, by_key

REX = "/v1/pets/rex"


def basic(text: str) -> tuple[str, str]:
    return "authorization", "Basic " + base64.b64encode(text.encode()).decode()


async def test_no_credential_is_401_with_a_challenge_and_says_what_to_send() -> None:
    reply = await Client().ask("GET", REX)
    assert reply.status == 401
    assert reply.headers["www-authenticate"] == 'ApiKey in="query", name="api_key"'
    assert "an API key in the query parameter 'api_key'" in reply.json["detail"]


@pytest.mark.parametrize(
    "query", ["api_key=wrong-key", "api_key=", "api_key=reader&api_key=reader", "api_key=%ff"]
)
async def test_a_credential_that_nobody_knows_is_401(query: str) -> None:
    assert (await Client().ask("GET", f"{REX}?{query}")).status == 401


async def test_a_role_that_is_lacking_is_403() -> None:
    reply = await Client().ask("POST", "/v1/pets?api_key=reader")
    assert (reply.status, reply.json["detail"]) == (403, "this key may only look")


async def test_one_of_several_requirements_is_enough() -> None:
    headers = [("authorization", "bearer token-secret")]
    assert (await Client().ask("DELETE", REX, headers=headers)).status == 204


async def test_all_schemes_of_a_requirement_are_needed() -> None:
    cookie = ("cookie", "a=b; session=cookie-secret")
    assert (await Client().ask("DELETE", REX, headers=[basic("user:pass"), cookie])).status == 204
    assert (await Client().ask("DELETE", REX, headers=[basic("user:pass")])).status == 401
    assert (await Client().ask("DELETE", REX, headers=[cookie])).status == 401


@pytest.mark.parametrize("value", ["Basic !!!", "Basic", "Basic dXNlcg==", "Bearer", "\xff", "Digest x"])
async def test_no_authorization_header_is_a_500(value: str) -> None:
    assert (await Client().ask("DELETE", REX, headers=[("authorization", value)])).status == 401


async def test_every_scheme_of_an_operation_has_a_challenge() -> None:
    reply = await Client().ask("DELETE", REX)
    assert reply.headers["www-authenticate"] == (
        'Bearer realm="Pets", Basic realm="Pets", charset="UTF-8", ApiKey in="cookie", name="session"'
    )


async def test_a_key_in_the_query_is_in_no_log_line_and_no_problem(caplog: pytest.LogCaptureFixture) -> None:
    async def leaky(*_: object) -> object:
        raise LookupError("reader failed")

    client = Client(get_pet=leaky, errors={LookupError: 409}, caller_name=lambda _: "Example")
    reply = await client.ask("GET", f"{REX}?api_key=reader&page-size=reader")
    answered = await client.ask("GET", f"{REX}?api_key=reader")
    assert b"reader" not in reply.body + answered.body
    assert answered.json["detail"] == "[redacted] failed"
    assert "reader" not in str(client.lines())
    assert "reader" not in caplog.text


def test_a_scheme_that_nobody_authenticates_is_an_error_at_the_start() -> None:
    with pytest.raises(UsageError, match="'dropPet' asks for the security scheme 'Bearer'"):
        Client(authenticate={"Key": by_key})


def test_a_missing_handler_is_an_error_at_the_start_that_names_the_operation() -> None:
    paths = {**CONTENT["paths"], "/new": {"get": {"operationId": "newThing", "responses": {}}}}
    with pytest.raises(UsageError, match="no handler for 'newThing'"):
        Client(content={**CONTENT, "paths": paths})


async def test_the_request_line_in_the_log_has_its_facts() -> None:
    client = Client(caller_name=lambda caller: f"organisation of {caller}")
    await client.ask("GET", f"{REX}?api_key=writer-key", headers=[("x-request-id", "mine-1")])
    line = client.lines()[-1]
    facts = {
        key: line[key] for key in ("level", "request_id", "method", "path", "operation", "status", "caller")
    }
    assert facts == {
        "level": "info",
        "request_id": "mine-1",
        "method": "GET",
        "path": REX,
        "operation": "getPet",
        "status": 200,
        "caller": "organisation of writer-key",
    }


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "\x1b[2J", "a\r\nb"])
async def test_an_insane_request_id_is_replaced(sent: str) -> None:
    reply = await Client().ask("GET", "/nowhere", headers=[("x-request-id", sent)])
    assert reply.headers["x-request-id"] not in ("", sent)


async def test_a_sane_request_id_is_answered_on_errors_too() -> None:
    reply = await Client().ask("GET", "/nowhere", headers=[("x-request-id", "mine-1")])
    assert (reply.status, reply.headers["x-request-id"]) == (404, "mine-1")
