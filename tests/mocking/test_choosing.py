"""Which response answers, in which media type."""

import pytest

from tests.mocking.conftest import Stand, Stands, answer, header

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("documented", "status"),
    [
        (("404", "201", "200"), 200),
        (("default", "202"), 202),
        (("400", "2XX"), 200),
        (("400", "default"), 200),
        (("302", "404"), 302),
        (("5XX",), 500),
        ((), 200),
    ],
)
def test_the_lowest_2xx_answers_then_the_range_then_the_default(
    answers: Stands, documented: tuple[str, ...], status: int
) -> None:
    assert answers({name: {"description": ""} for name in documented}).get("/things").status == status


def test_a_preferred_code_is_answered_by_its_own_response(answers: Stands) -> None:
    mocked = answers({"200": {"description": ""}, "404": answer({"const": "gone"})})
    response = mocked.get("/things", prefer="code=404")
    assert (response.status, response.body) == (404, b'"gone"')


def test_a_preferred_code_may_fall_under_a_range(answers: Stands) -> None:
    assert answers({"4XX": answer({"const": 1})}).get("/things", prefer="code=418").status == 418


def test_the_query_prefers_where_headers_cannot_be_set(answers: Stands) -> None:
    mocked = answers({"200": {"description": ""}, "503": {"description": ""}})
    assert mocked.get("/things?__code=503").status == 503


def test_a_code_that_is_not_documented_is_404_and_names_those_that_are(answers: Stands) -> None:
    response = answers({"200": {"description": ""}}).get("/things", prefer="code=404")
    assert response.status == 404
    assert "documented are: 200" in response.reason


def test_a_code_that_is_no_status_is_422(answers: Stands) -> None:
    assert answers({"200": {"description": ""}}).get("/things", prefer="code=two").status == 422


@pytest.fixture
def both(answers: Stands) -> Stand:
    content = {"application/json": {"schema": TEXT}, "text/plain": {"schema": TEXT}}
    return answers({"200": {"description": "", "content": content}})


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("text/plain", "text/plain"),
        ("*/*", "application/json"),
        ("application/json;q=0.1, text/*", "text/plain"),
    ],
)
def test_the_media_type_is_what_the_caller_accepts(both: Stand, accept: str, sent: str) -> None:
    assert header(both.get("/things", accept=accept), "content-type") == sent


def test_what_accepts_none_of_them_is_406_and_learns_which_there_are(both: Stand) -> None:
    response = both.get("/things", accept="image/png")
    assert response.status == 406
    assert "application/json, text/plain" in response.reason


def test_a_range_of_media_types_is_answered_with_a_concrete_one(answers: Stands) -> None:
    mocked = answers({"200": answer(TEXT, "text/*")})
    assert header(mocked.get("/things"), "content-type") == "text/plain"
    assert header(mocked.get("/things", accept="text/html"), "content-type") == "text/html"


@pytest.mark.parametrize("status", ["204", "304"])
def test_204_and_304_have_no_body_whatever_is_documented(answers: Stands, status: str) -> None:
    response = answers({status: answer(TEXT)}).get("/things")
    assert (response.status, response.body, header(response, "content-length")) == (int(status), b"", None)


def test_head_has_no_body(stand: Stands) -> None:
    mocked = stand({"/things": {"head": {"responses": {"200": answer(TEXT)}}}})
    assert mocked.call("HEAD", "/things").body == b""
