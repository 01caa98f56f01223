"""A behaviour answers its operation, and whatever it does the mock lives on."""

import asyncio
import sys
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest

from accord.handling.refusals import Refusal, Unauthenticated
from accord.mocking import Choices, Response
from accord.mocking.behaving import Mocked
from accord.mocking.behaving import answering as shell
from accord.mocking.ordering import Ordered
from generated import models
from generated.operations import CreateAssistant, DeleteAssistant, GetAssistant, ListAssistants
from tests.mocking.behaving.conftest import KNOWN, NEW, Stages
from tests.mocking.conftest import header


def named(name: str) -> models.IAssistantRead:
    return models.IAssistantRead.model_validate(
        {
            "id": UUID(KNOWN),
            "assistant_type": None,
            "llm_model": None,
            "description": None,
            "name": name,
            "attributes": {},
            "voice_languages": [],
            "org_id": None,
            "webhook_id": None,
            "system_prompt": "",
            "conversation_flow_id": None,
            **dict.fromkeys(("voice", "custom_voice", "show_images", "hide_ds"), False),
            **dict.fromkeys(("has_human_agent", "use_tools"), False),
        }
    )


def problem(response: Response) -> Any:
    return response.status, orjson.loads(response.body).get("detail", "")


def test_a_function_answers_with_a_typed_value(stage: Stages) -> None:
    def get_assistant(request: GetAssistant.Request) -> GetAssistant.Response:
        return GetAssistant.Ok(models.AssistantFetched(data=named(str(request.assistant_id))))

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    assert orjson.loads(response.body)["data"]["name"] == KNOWN
    assert (response.operation, response.violations) == ("getAssistant", ())


def test_the_contracts_headers_stand_in_an_answer_that_leaves_them_open(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> GetAssistant.Response:
        return GetAssistant.Ok(models.AssistantFetched(data=named("")))

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    assert header(response, "x-request-id")
    assert header(response, "content-type") == "application/json"


def test_an_async_function_is_waited_for(stage: Stages) -> None:
    async def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
        await asyncio.sleep(0.001)
        return mock.default()

    assert stage(get_assistant).send("GET", f"/{KNOWN}").status == 200


def test_the_default_is_the_mocks_own_answer_to_the_byte(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
        return mock.default()

    assert stage(get_assistant).send("GET", f"/{KNOWN}") == stage().send("GET", f"/{KNOWN}")


def test_a_default_that_was_changed_is_sent_as_changed(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
        answer = mock.default()
        assert isinstance(answer, GetAssistant.Ok)
        assert answer.body.data
        answer.body.data.name = "another"
        return answer

    assert stage(get_assistant).data("GET", f"/{KNOWN}")["name"] == "another"


def test_the_default_to_another_request_keeps_what_that_says(stage: Stages) -> None:
    def create_assistant(request: CreateAssistant.Request, mock: Mocked[CreateAssistant.Response]) -> Any:
        request.body.name = "given"
        return mock.default(request)

    mocked = stage(create_assistant)
    created = mocked.data("POST", "", NEW)
    assert mocked.data("GET", f"/{created['id']}")["name"] == "given"


def test_the_default_to_other_parameters_is_of_these(stage: Stages) -> None:
    def list_assistants(request: ListAssistants.Request, mock: Mocked[ListAssistants.Response]) -> Any:
        return mock.default(replace(request, size=1))

    mocked = stage(list_assistants)
    for _ in range(2):
        mocked.send("POST", "", NEW)
    page = mocked.data("GET", query="api_key=k&page=2&size=50")
    assert (len(page["items"]), page["size"], page["page"]) == (1, 1, 2)


def test_a_default_that_refuses_is_typed(stage: Stages) -> None:
    seen: list[object] = []

    def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
        seen.append(mock.default())
        return seen[0]

    mocked = stage(get_assistant)
    mocked.send("POST", "", NEW)
    assert mocked.send("GET", f"/{UUID(int=1)}").status == 404
    assert isinstance(seen[0], GetAssistant.NotFound)


def test_a_refusal_is_answered_in_the_contracts_own_words(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> Any:
        raise Refusal(429, "Slowly.", headers={"Retry-After": "7"})

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    assert problem(response) == (429, "Slowly.")
    assert (header(response, "retry-after"), response.violations) == ("7", ())


def test_credentials_that_are_refused_are_challenged(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
        raise Unauthenticated(f"{mock.credentials}")

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    assert problem(response) == (401, "{'ApiKey': 'k'}")
    assert "api_key" in str(header(response, "www-authenticate"))


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), SystemExit(3), RecursionError("deep")])
def test_a_function_that_fails_is_a_500_that_says_where(
    stage: Stages, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    def get_assistant(_: GetAssistant.Request) -> Any:
        raise error

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    status, detail = problem(response)
    line = get_assistant.__code__.co_firstlineno + 1
    assert status == 500
    assert f"test_answering.py:{line}:1: {type(error).__name__}" in detail
    assert response.reason == detail
    assert "Traceback" in caplog.text


def test_what_is_no_response_of_the_operation_is_a_500(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> Any:
        return {"id": 1}

    status, detail = problem(stage(get_assistant).send("GET", f"/{KNOWN}"))
    assert (status, "it gave dict, which is no response of getAssistant" in detail) == (500, True)


def test_a_function_that_never_ends_is_given_up(stage: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    async def get_assistant(_: GetAssistant.Request) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(shell, "LONGEST", 0.01)
    status, detail = problem(stage(get_assistant).send("GET", f"/{KNOWN}"))
    assert (status, detail.endswith("takes longer than 0.01 seconds")) == (500, True)


def test_an_answer_that_breaks_the_contract_is_told_with_its_place(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> GetAssistant.Response:
        wrong = named("x").model_copy(update={"voice": "loud"})
        return GetAssistant.Ok(models.AssistantFetched.model_construct(data=wrong))

    response = stage(get_assistant).send("GET", f"/{KNOWN}")
    assert [each.pointer for each in response.violations] == ["/data/voice"]
    assert f"conftest.py:{get_assistant.__code__.co_firstlineno}:1" in str(response.findings[0])
    assert "/data/voice" in str(header(response, "accord-violations"))


def test_with_errors_an_answer_that_breaks_the_contract_is_a_500(stage: Stages) -> None:
    broken: Any = {"data": "gone"}

    def delete_assistant(_: DeleteAssistant.Request) -> DeleteAssistant.Response:
        return DeleteAssistant.Ok(models.AssistantDeleted.model_construct(None, **broken))

    assert stage(delete_assistant, choices=Choices(errors=True)).send("DELETE", f"/{KNOWN}").status == 500


def test_a_wrong_request_never_comes_to_a_behaviour(stage: Stages) -> None:
    def create_assistant(_: CreateAssistant.Request) -> Any:
        sys.exit("it came")

    assert stage(create_assistant).send("POST", "", {"voice": 1}).status == 422


def test_who_prefers_another_answer_gets_it(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> Any:
        raise Refusal(429)

    assert stage(get_assistant).send("GET", f"/{KNOWN}", prefer="code=503").status == 503


def test_an_answer_that_was_ordered_goes_first(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> Any:
        raise Refusal(429)

    mocked = stage(get_assistant)
    assert mocked.world
    mocked.world.overrides.order("getAssistant", Ordered(status=503), times=1)
    assert [mocked.send("GET", f"/{KNOWN}").status for _ in range(2)] == [503, 429]


def test_what_is_ordered_without_a_status_is_laid_over_the_behaviours_answer(stage: Stages) -> None:
    def get_assistant(_: GetAssistant.Request) -> GetAssistant.Response:
        return GetAssistant.Ok(models.AssistantFetched(data=named("mine")))

    mocked = stage(get_assistant)
    assert mocked.world
    mocked.world.overrides.order("getAssistant", Ordered(merge={"message": "laid"}))
    answer = orjson.loads(mocked.send("GET", f"/{KNOWN}").body)
    assert (answer["message"], answer["data"]["name"]) == ("laid", "mine")
