"""The mock of the Assistant API knows keys by what they may do."""

import orjson
import pytest

from accord.cli.behaviours import behaving, behaviour_files
from accord.cli.project import find_project
from accord.contract import load_contract
from accord.mocking import Choices, Mock, Request, Response
from accord.mocking.behaving.answering import behave
from accord.mocking.state.world import World
from tests.live import ROOT

NEW = {"assistant_type": None, "llm_model": None}
KNOWN = "/3c90c3cc-0d44-4b50-8888-8dd25736052a"
ASKED = [
    *(("POST", "", NEW), ("GET", "", None), ("GET", KNOWN, None)),
    *(("PUT", KNOWN, {}), ("DELETE", KNOWN, None)),
]
OK = [200] * 5


@pytest.fixture(scope="module")
def mock() -> Mock:
    made = Mock(load_contract(str(ROOT / "openapi.yaml")))
    behaving(find_project(ROOT), behaviour_files(ROOT, None))(made)
    return made


async def ask(mock: Mock, key: str, method: str, path: str = "", sent: object = None) -> Response:
    headers = [] if sent is None else [(b"content-type", b"application/json")]
    body = b"" if sent is None else orjson.dumps(sent)
    request = Request(method, f"/api/v1/assistant{path}", f"api_key={key}".encode(), headers, body)
    return await behave(mock, request, Choices(), World())


@pytest.mark.parametrize(
    ("key", "statuses"),
    [("in-a", OK), ("in-read", [403, 200, 200, 403, 403]), ("in-revoked", [401] * 5)],
)
async def test_a_key_may_do_what_its_role_allows(mock: Mock, key: str, statuses: list[int]) -> None:
    asked = [
        ("POST", "", NEW),
        ("GET", "", None),
        ("GET", KNOWN, None),
        ("PUT", KNOWN, {}),
        ("DELETE", KNOWN, None),
    ]
    answers = [await ask(mock, key, *each) for each in asked]
    assert [each.status for each in answers] == statuses
    assert [each.violations for each in answers] == [()] * 5


async def test_an_organisation_of_others_is_refused(mock: Mock) -> None:
    own = {"org_id": "8f14e45f-ceea-467a-9575-2e3d1b0f6a11"}
    other = {"org_id": "00000000-0000-4000-8000-000000000000"}
    given = [await ask(mock, "in-a", "PUT", KNOWN, each) for each in (own, other, {"org_id": None})]
    assert [each.status for each in given] == [200, 403, 200]


async def test_its_behaviours_fit_the_contract(mock: Mock, capsys: pytest.CaptureFixture[str]) -> None:
    behaving(find_project(ROOT), behaviour_files(ROOT, None))(mock)
    assert (len(mock.behaviours), capsys.readouterr().err) == (5, "")
