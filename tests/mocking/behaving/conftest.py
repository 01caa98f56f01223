"""The Assistant API, mocked, with functions of a test as its behaviours."""

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any

import orjson
import pytest

from accord.contract import Contract, load_contract
from accord.mocking import Choices, Mock, Request, Response
from accord.mocking.behaving.answering import behave
from accord.mocking.behaving.checking import Read, read_behaviours
from accord.mocking.state.world import World
from generated.operations import Handlers
from tests.live import ROOT

PATH = "/api/v1/assistant"
KNOWN = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
NEW = {"assistant_type": "chat", "llm_model": None}


class Stage:
    """A mock with behaviours, in one world, and how a test asks it."""

    def __init__(self, contract: Contract, read: Read, choices: Choices) -> None:
        self.mock = Mock(contract, "s")
        self.mock.behaviours = read.behaviours
        self.findings = read.findings
        self.world: World | None = World()
        self._choices = choices

    def send(
        self, method: str, path: str = "", sent: Any = None, *, query: str = "api_key=k", **headers: str
    ) -> Response:
        """The response to a request for `/api/v1/assistant` and what `path` adds."""
        pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
        pairs += [(b"content-type", b"application/json")] if sent is not None else []
        body = b"" if sent is None else orjson.dumps(sent)
        request = Request(method, PATH + path, query.encode(), pairs, body)
        return asyncio.run(behave(self.mock, request, self._choices, self.world, 1_795_382_156.5))

    def data(self, *asked: Any, **how: Any) -> Any:
        """What the envelope of an answer holds."""
        return orjson.loads(self.send(*asked, **how).body)["data"]


Stages = Callable[..., Stage]


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load_contract(str(ROOT / "openapi.yaml"))


@pytest.fixture
def stage(contract: Contract) -> Stages:
    """Makes a mock of the Assistant API that has these functions."""

    def make(*functions: Callable[..., Any], choices: Choices | None = None) -> Stage:
        read = read_behaviours(contract, Handlers, {__file__: module_of(*functions)})
        return Stage(contract, read, choices or Choices())

    return make


def module_of(*functions: Callable[..., Any]) -> ModuleType:
    module = ModuleType("behaviours")
    for function in functions:
        function.__module__ = module.__name__
        setattr(module, function.__name__, function)
    return module
