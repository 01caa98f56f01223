"""Random sequences of right requests: after each, all that was created is there, and nothing else."""

from random import Random
from typing import Any

import orjson
import pytest

from accord.exchange import Outgoing
from tests.mocking.state.flow import JSON, Flow, crud, flow_of, query, ref

_STEPS = 200
_NUMBER = {"type": "integer", "minimum": 1}
_PAGES = (query("page", _NUMBER), query("size", {**_NUMBER, "default": 500}))
_MANY = {"type": "array", "items": ref("Note")}
_LISTS = {
    "array": _MANY,
    "envelope": {
        "type": "object",
        "required": ["items", "total"],
        "properties": {"items": _MANY, "total": {"type": "integer"}},
    },
}


def notes(identifier: str, listed: str) -> Flow:
    """Notes whose identifiers are of this type."""
    note = {
        "type": "object",
        "required": ["id", "text"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": identifier, "readOnly": True},
            "text": {"type": "string", "maxLength": 9},
            "done": {"type": ["boolean", "null"], "default": False},
            "createdAt": {"type": "string", "format": "date-time", "readOnly": True},
            "updatedAt": {"type": "string", "format": "date-time", "readOnly": True},
        },
    }
    return flow_of(crud("notes", "Note", "noteId", listed=_LISTS[listed], listing=_PAGES), Note=note)


class Walk:
    """A walk through one world, beside all that is to be in it."""

    def __init__(self, flow: Flow, seed: int) -> None:
        self.flow, self.random = flow, Random(seed)  # noqa: S311 - what is random here is no secret
        self.known: dict[str, Any] = {}

    def ask(self, method: str, target: str, sent: Any = None, kind: str = JSON) -> tuple[int, Any]:
        """The status and value of an answer that keeps the contract."""
        self.flow.now += 1
        response = self.flow.send(method, target, sent, kind=kind)
        outgoing = Outgoing(response.status, response.headers, response.body)
        operation = self.flow.mock.contract.by_id[response.operation]
        assert not self.flow.mock.judge.response(operation, outgoing)
        return response.status, orjson.loads(response.body) if response.body else None

    def listed(self, asked: str = "") -> list[Any]:
        """The items of a list."""
        _, value = self.ask("GET", f"/notes{asked}")
        items = value if isinstance(value, list) else value["items"]
        assert isinstance(value, list) or asked or value["total"] == len(items)
        return list(items)

    def create(self) -> None:
        sent: dict[str, Any] = {
            "text": self.word(),
            **self.random.choice([{}, {"done": True}, {"done": None}]),
        }
        status, made = self.ask("POST", "/notes", sent)
        assert (status, made | sent) == (201, made)
        assert str(made["id"]) not in self.known
        self.known[str(made["id"])] = made

    def change(self, method: str, sent: Any, kind: str, expected: Any) -> None:
        key = self.random.choice(list(self.known))
        before = self.known[key]
        status, made = self.ask(method, f"/notes/{key}", sent, kind)
        assert status == 200
        assert made == {**expected(before), "updatedAt": made["updatedAt"]}
        assert made["updatedAt"] > before["updatedAt"]
        self.known[key] = made

    def remove(self) -> None:
        key = self.random.choice(list(self.known))
        assert self.ask("DELETE", f"/notes/{key}")[0] == 204
        assert [self.ask(method, f"/notes/{key}")[0] for method in ("GET", "DELETE")] == [404, 404]
        del self.known[key]

    def word(self) -> str:
        return "".join(self.random.choices("abc", k=self.random.randrange(9)))

    def step(self) -> None:
        """Does one thing, and looks whether all else is as it was."""
        word = self.word()
        whole = ("id", "createdAt")
        steps = [
            (4, self.create),
            (
                1,
                lambda: self.change(
                    "PUT", {"id": 1, "text": word}, JSON, lambda old: self.kept(old, whole, word)
                ),
            ),
            (1, lambda: self.change("PATCH", {"text": word}, JSON, lambda old: {**old, "text": word})),
            (
                1,
                lambda: self.change(
                    "PATCH",
                    {"text": word, "done": None},
                    "application/merge-patch+json",
                    lambda old: {
                        name: held for name, held in {**old, "text": word}.items() if name != "done"
                    },
                ),
            ),
            (
                1,
                lambda: self.change(
                    "PATCH",
                    [{"op": "replace", "path": "/text", "value": word}],
                    "application/json-patch+json",
                    lambda old: {**old, "text": word},
                ),
            ),
            (2, self.remove),
        ]
        weights, actions = zip(*steps, strict=True)
        (self.random.choices(actions, weights)[0] if self.known else self.create)()

    @staticmethod
    def kept(old: Any, names: tuple[str, ...], word: str) -> Any:
        return {**{name: old[name] for name in names}, "text": word}


@pytest.mark.parametrize("listed", _LISTS)
@pytest.mark.parametrize("identifier", ["integer", "string"])
def test_what_was_created_is_there_and_nothing_else(identifier: str, listed: str) -> None:
    walk = Walk(notes(identifier, listed), seed=len(identifier + listed))
    walk.create()
    for shown in walk.listed():  # what the contract's own answer shows is there as well
        walk.known[str(shown["id"])] = walk.ask("GET", f"/notes/{shown['id']}")[1]
    for _ in range(_STEPS):
        walk.step()
        assert {str(note["id"]): note for note in walk.listed()} == walk.known
        key = walk.random.choice([*walk.known, ""])
        assert not key or walk.ask("GET", f"/notes/{key}") == (200, walk.known[key])
    paged = [note["id"] for page in (1, 2, 3) for note in walk.listed(f"?page={page}&size=50")]
    assert paged == [note["id"] for note in walk.listed()][:150]
