"""What is write-only is kept, and no answer has it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from accord.document.data import read_data
from accord.mocking.behaving.items import Items
from accord.mocking.control.desk import Interface
from accord.mocking.sharing.parts import NOTHING, changes, lay
from accord.mocking.state.sowing import sow
from accord.mocking.state.world import World
from tests.mocking.conftest import answer, contract_of
from tests.mocking.control.conftest import staged
from tests.mocking.state.flow import Flow, content, crud, flow_of, ref

TEXT = {"type": "string"}
SECRET = {"type": "string", "writeOnly": True}
ID = {"type": "string", "readOnly": True}
KEY = {"type": "object", "properties": {"name": TEXT, "secret": ref("Secret")}}
USER: Any = {
    "type": "object",
    "required": ["id", "email", "password"],
    "properties": {
        "id": ID,
        "email": TEXT,
        "password": {**SECRET, "minLength": 8},
        "profile": {"type": "object", "properties": {"city": TEXT, "pin": SECRET}},
        "keys": {"type": "array", "items": KEY},
    },
}
SENT = {
    "email": "ada@example.com",
    "password": "a long one",
    "profile": {"city": "Ulm", "pin": "1234"},
    "keys": [{"name": "one", "secret": "s1"}, {"name": "two", "secret": "s2"}],
}
SHOWN = {
    "email": "ada@example.com",
    "profile": {"city": "Ulm"},
    "keys": [{"name": "one"}, {"name": "two"}],
}
MERGE, PATCH = "application/merge-patch+json", "application/json-patch+json"
PATHS = crud("users", "User", "id")


@pytest.fixture
def flow() -> Flow:
    return flow_of(PATHS, User=USER, Secret=SECRET)


def kept(flow: Flow) -> Any:
    """The newest user as the state has it, without its identifier."""
    whole = [*flow.world.collections["user"]][-1].whole
    return {name: held for name, held in whole.items() if name != "id"}


def made(flow: Flow, sent: Any = SENT) -> str:
    """The path of a new user."""
    return f"/users/{flow.json('POST', '/users', sent)['id']}"


def test_what_is_write_only_is_kept_and_not_answered(flow: Flow) -> None:
    created = flow.json("POST", "/users", SENT)
    shown = {"id": created["id"], **SHOWN}
    assert (created, kept(flow)) == (shown, SENT)
    assert flow.json("GET", f"/users/{created['id']}") == flow.json("GET", "/users")[-1] == shown


@pytest.mark.parametrize("kind", [MERGE, "application/json"])
def test_a_patch_keeps_what_it_does_not_name(flow: Flow, kind: str) -> None:
    answered = flow.json("PATCH", made(flow), {"email": "b", "profile": {"city": "Bonn"}}, kind=kind)
    assert (answered["profile"], "password" in answered) == ({"city": "Bonn"}, False)
    assert kept(flow) == {**SENT, "email": "b", "profile": {"city": "Bonn", "pin": "1234"}}


def test_a_patch_changes_what_it_names_and_answers_without_it(flow: Flow) -> None:
    path = made(flow)
    answered = flow.json("PATCH", path, {"password": "another one", "profile": {"pin": None}}, kind=MERGE)
    assert answered == {"id": path.removeprefix("/users/"), **SHOWN}
    assert kept(flow) == {**SENT, "password": "another one", "profile": {"city": "Ulm"}}


def test_a_json_patch_finds_what_nobody_reads(flow: Flow) -> None:
    steps = [
        {"op": "test", "path": "/password", "value": "a long one"},
        {"op": "replace", "path": "/keys/1/secret", "value": "s3"},
    ]
    assert flow.json("PATCH", made(flow), steps, kind=PATCH)["keys"] == SHOWN["keys"]
    assert kept(flow)["keys"][1] == {"name": "two", "secret": "s3"}


@pytest.mark.parametrize(
    "step", [{"op": "test", "path": "/password", "value": "x"}, {"op": "remove", "path": "/none"}]
)
def test_a_json_patch_that_does_not_fit_is_refused_without_telling_what_is_there(
    flow: Flow, step: Mapping[str, Any]
) -> None:
    refused = flow.send("PATCH", made(flow), [step], kind=PATCH)
    assert (refused.status, b"a long one" in refused.body, b"1234" in refused.body) == (422, False, False)


def test_what_replaces_an_item_keeps_what_it_does_not_name_of_the_objects_that_it_has(flow: Flow) -> None:
    replaced = {"email": "b", "password": "another one", "profile": {"city": "Bonn"}}
    path = made(flow)
    assert "password" not in flow.json("PUT", path, replaced)
    assert kept(flow) == {**replaced, "profile": {"city": "Bonn", "pin": "1234"}}
    flow.json("PUT", path, {"email": "c", "password": "a third one"})
    assert kept(flow) == {"email": "c", "password": "a third one"}


def test_a_list_is_kept_when_it_is_sent_as_it_was_read_and_else_is_as_it_is_sent(flow: Flow) -> None:
    path = made(flow)
    flow.json("PUT", path, {**SHOWN, "password": "another one"})
    assert kept(flow)["keys"] == SENT["keys"]
    flow.json("PATCH", path, {"keys": [{"name": "two"}]}, kind=MERGE)
    assert kept(flow)["keys"] == [{"name": "two"}]


def test_what_a_replacement_need_not_have_is_kept() -> None:
    flow = flow_of(PATHS, User={**USER, "required": ["id"]}, Secret=SECRET)
    flow.json("PUT", made(flow), {"email": "b"})
    assert kept(flow) == {"email": "b", "password": "a long one"}


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [ref("Base"), {"type": "object", "properties": {"pin": ref("Secret")}}]},
        {"oneOf": [ref("Card"), ref("Base")]},
        {
            **USER,
            "required": ["id", "pin"],
            "properties": {"id": ID, "kind": TEXT, "pin": {"allOf": [SECRET]}},
        },
    ],
    ids=["allOf", "oneOf", "property"],
)
def test_what_is_write_only_is_found_through_compositions(schema: Any) -> None:
    base = {"type": "object", "required": ["id"], "properties": {"id": ID, "kind": {"enum": ["a", "b"]}}}
    card = {
        "type": "object",
        "required": ["id", "kind", "pin"],
        "properties": {"id": ID, "kind": {"const": "card"}, "pin": SECRET},
    }
    sent = {"kind": "card" if "oneOf" in schema else "a", "pin": "1234"}
    flow = flow_of(PATHS, User=schema, Base=base, Card=card, Secret=SECRET)
    assert "pin" not in flow.json("POST", "/users", sent)
    assert kept(flow) == sent


def test_what_is_write_only_is_kept_where_the_item_has_more_than_was_sent() -> None:
    user = {**USER, "required": ["id", "role"], "properties": {**USER["properties"], "role": {"const": "x"}}}
    paths = crud("users", "User", "id")
    paths["/users"]["post"]["requestBody"] = content(ref("New"))
    flow = flow_of(paths, User=user, New={"type": "object"}, Secret=SECRET)
    created = flow.json("POST", "/users", SENT)
    assert created == {"id": created["id"], "role": "x", **SHOWN}
    assert kept(flow) == {"role": "x", **SENT}


def test_an_answer_of_another_schema_has_not_what_the_item_hides() -> None:
    view = {"type": "object", "required": ["id"], "properties": {"id": ID, "email": TEXT}}
    paths = crud("users", "User", "id", listed={"type": "array", "items": ref("View")})
    paths["/users"]["post"]["responses"]["201"] = answer(ref("View"))
    flow = flow_of(paths, User=USER, View=view, Secret=SECRET)
    created = flow.json("POST", "/users", SENT)
    assert "password" not in created
    assert "password" not in flow.json("GET", "/users")[-1]
    assert kept(flow) == SENT


def test_items_that_hide_nothing_are_no_larger(flow: Flow) -> None:
    made(flow, {"email": "b", "password": "a long one"})
    assert [item.hides for item in flow.world.collections["user"]] == [False, False, True]


def test_what_is_hidden_is_shared_with_other_processes(flow: Flow) -> None:
    made(flow)
    other = World()
    lay(other, changes(flow.world, NOTHING))
    ours, theirs = ([*world.collections["user"]][-1] for world in (flow.world, other))
    assert (theirs.value, theirs.whole) == (ours.value, ours.whole)


def test_a_row_may_have_what_is_write_only(flow: Flow, tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    file.write_bytes(orjson.dumps({"user": [{"id": "7", **SENT}]}))
    sown = sow(flow.mock.keeper, [read_data(str(file))])
    (item,) = sown.items["user"]
    assert (sown.findings, item.value, item.whole) == ((), {"id": "7", **SHOWN}, {"id": "7", **SENT})


def test_a_behaviour_that_puts_an_item_back_keeps_what_it_could_not_read(flow: Flow) -> None:
    keeper = flow.mock.keeper
    items = Items[Any](keeper, flow.world, keeper.resources.by_name["user"], scope={})
    created = items.create(SENT)
    items.put({**created, "email": "b"})
    assert kept(flow) == {**SENT, "email": "b"}


def test_the_state_of_a_world_shows_and_takes_what_is_write_only() -> None:
    contract = contract_of(PATHS, components={"schemas": {"User": USER, "Secret": SECRET}})
    with staged(Interface(), contract) as stage:
        name, state = stage.client.post("/users", json=SENT).json()["id"], "/worlds/default/state/user"
        value = stage.own.get(f"{state}/{name}").json()["value"]
        assert value == {"id": name, **SENT}
        stage.own.put(f"{state}/{name}", json={"value": {**value, "email": "b"}})
        assert stage.client.get(f"/users/{name}").json() == {"id": name, **SHOWN, "email": "b"}
        wrong = stage.own.put(f"{state}/{name}", json={"value": {**value, "password": "short"}})
        assert [each["pointer"] for each in wrong.json()["errors"]] == ["/value/password"]
