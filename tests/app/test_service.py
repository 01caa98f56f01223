from uuid import UUID

import pytest

from accord.contract import load_contract
from accord.errors import UsageError
from accord.serving import Options, create_app
from handlers import build
from tests.app.conftest import Client, client_of
from tests.app.test_problems import example_of
from tests.live import ROOT

UNREACHABLE = {"DATABASE_URL": "postgresql://user:hunter2@127.0.0.1:1/assistants"}


async def test_where_the_database_does_not_answer_the_service_is_unavailable() -> None:
    contract = load_contract(str(ROOT / "openapi.yaml"))
    app = create_app(contract, build(UNREACHABLE), options=Options(validate_responses=True))
    async with client_of(app) as http:
        answer = await Client(http, "in-" + "a" * 43, UUID(int=0)).ask("GET")
    assert (answer.status_code, answer.json()) == (503, example_of("ServiceUnavailable"))
    assert "hunter2" not in answer.text


async def test_where_the_database_does_not_answer_the_service_is_not_ready() -> None:
    assert not await build(UNREACHABLE).ready()


def test_a_database_url_that_makes_no_sense_is_a_mistake_of_usage() -> None:
    with pytest.raises(UsageError, match="mysql is neither"):
        build({"DATABASE_URL": "mysql://user:hunter2@db.example.com/a"})
