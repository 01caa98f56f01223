"""What the contract gives as the example of a problem is what the server says, word for word."""

from operator import attrgetter
from typing import Any

import pytest
import yaml_rs

from accord.serving import BODY_LIMIT
from tests.app.conftest import Clients
from tests.live import ROOT

CONTRACT: Any = yaml_rs.loads((ROOT / "openapi.yaml").read_text())
RESPONSES, HEADERS = (CONTRACT["components"][name] for name in ("responses", "headers"))
NOWHERE = "/3c90c3cc-0d44-4b50-8888-8dd25736052a"
WRONG = {"assistant_type": None, "llm_model": None, "voice": "yes"}
JSON = {"Content-Type": "application/json"}

ASKED: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "BadRequest": ("full", "GET", "", {"params": {"page": "0"}}),
    "Unauthorized": ("nobody", "GET", "", {}),
    "Forbidden": ("read", "DELETE", NOWHERE, {}),
    "NotFound": ("full", "GET", NOWHERE, {}),
    "MethodNotAllowed": ("full", "PATCH", "", {}),
    "NotAcceptable": ("full", "GET", "", {"headers": {"Accept": "text/csv"}}),
    "ContentTooLarge": ("full", "POST", "", {"content": b" " * (BODY_LIMIT + 1), "headers": JSON}),
    "UnsupportedMediaType": (
        "full",
        "POST",
        "",
        {"content": b"x", "headers": {"Content-Type": "text/plain"}},
    ),
    "UnprocessableContent": ("full", "POST", "", {"json": WRONG}),
}
"""Who asks what to get each of the problems. The other two need a server that is set up for them."""


def example_of(name: str) -> Any:
    return RESPONSES[name]["content"]["application/problem+json"]["example"]


@pytest.mark.parametrize("name", ASKED)
async def test_the_contracts_example_of_a_problem_is_what_the_server_says(
    clients: Clients, name: str
) -> None:
    who, method, path, options = ASKED[name]
    answer = await attrgetter(who)(clients).ask(method, path, **options)
    assert answer.json() == example_of(name)
    assert answer.status_code == example_of(name)["status"]


@pytest.mark.parametrize("settings", [{"RATE_LIMIT": "0.5"}])
async def test_too_many_requests_are_answered_as_the_contract_shows(clients: Clients) -> None:
    answers = [await clients.read.ask("GET") for _ in range(2)]
    assert answers[1].json() == example_of("TooManyRequests")


async def test_the_challenge_of_a_401_is_the_one_that_the_contract_shows(clients: Clients) -> None:
    answer = await clients.nobody.ask("GET")
    assert answer.headers["www-authenticate"] == HEADERS["WwwAuthenticate"]["example"]


def test_every_problem_of_the_contract_is_held_to_its_example() -> None:
    assert set(ASKED) | {"TooManyRequests", "ServiceUnavailable"} == set(RESPONSES)
