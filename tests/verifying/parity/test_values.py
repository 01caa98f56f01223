"""What has to be alike in value: what was sent, what it refers to, and in which order it comes."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from accord.exchange import Incoming, Outgoing
from accord.verifying import Exchange
from accord.verifying.parity import Aspect, Comparison, Parity
from tests.verifying.coverage.conftest import contract_of
from tests.verifying.parity.pets import JSON, asked, documented, found

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_PET = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": _NUMBER,
        "name": _TEXT,
        "kind": {**_TEXT, "default": "cat"},
        "traits": {"type": "object"},
        "owner_id": _NUMBER,
        "motto": {**_TEXT, "readOnly": True},
    },
}
_OWNER = {"type": "object", "required": ["id"], "properties": {"id": _NUMBER, "name": _TEXT}}
_SORT = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "-name"]}}


def _paths(name: str, schema: str, listed: str) -> Any:
    one, key = {"$ref": f"#/components/schemas/{schema}"}, f"{name}_id"
    named = {"name": key, "in": "path", "required": True, "schema": _NUMBER}
    body = {"required": True, "content": {"application/json": {"schema": one}}}
    many, shown = {"type": "array", "items": one}, documented(one)
    return {
        f"/{name}s": {
            "get": {"operationId": f"list{schema}s", "description": listed, "parameters": [_SORT],
                    "responses": {"200": documented(many)}},
            "post": {"operationId": f"make{schema}", "requestBody": body, "responses": {"201": shown}},
        },
        f"/{name}s/{{{key}}}": {
            "parameters": [named],
            "get": {"operationId": f"read{schema}", "responses": {"200": shown}},
            "delete": {"operationId": f"remove{schema}", "responses": {"200": shown}},
            "patch": {"operationId": f"change{schema}", "requestBody": body, "responses": {"200": shown}},
        },
    }  # fmt: skip


def contract(listed: str = "The oldest comes first.") -> Any:
    paths = {**_paths("pet", "Pet", listed), **_paths("owner", "Owner", listed)}
    return contract_of(paths, components={"schemas": {"Pet": _PET, "Owner": _OWNER}})


class Shop:
    """A server that counts what it makes from a number of its own. `change` spoils an item that it shows."""

    def __init__(self, first: int, change: Callable[[str, Any], Any] = lambda _method, item: item) -> None:
        self.held: dict[str, dict[int, Any]] = {"pets": {}, "owners": {}}
        self.is_turned = False
        self._next = first
        self._change = change

    def __call__(self, incoming: Incoming) -> Outgoing:
        _, kind, *key = incoming.path.split("/")
        items, body = self.held[kind], json.loads(incoming.body or b"{}")
        if incoming.method == "POST":
            self._next += 1
            default = {"kind": "cat", "motto": f"I am {self._next}"} if kind == "pets" else {}
            items[self._next] = {**default, **body, "id": self._next}
            return self._shown(201, incoming.method, items[self._next])
        if not key:
            return self._shown(
                200, "LIST", *self._ordered(list(items.values()), incoming.query), is_list=True
            )
        if incoming.method == "DELETE":
            return self._shown(200, incoming.method, items.pop(int(key[0])))
        if incoming.method == "PATCH":
            items[int(key[0])] |= body
        gone = {"id": 1, "name": f"of {self._next}"}
        return self._shown(200, incoming.method, items.get(int(key[0]), gone))

    def _ordered(self, items: list[Any], query: bytes) -> list[Any]:
        by = parse_qs(query.decode()).get("sort", [""])[0]
        ordered = sorted(items, key=lambda item: item[by.lstrip("-")]) if by else items
        return ordered[::-1] if self.is_turned else ordered

    def _shown(self, status: int, method: str, *items: Any, is_list: bool = False) -> Outgoing:
        shown = [self._change(method, dict(item)) for item in items]
        return Outgoing(status, JSON, json.dumps(shown if is_list else shown[0]).encode())


def compared(theirs: Shop, *requests: Incoming, of: Any = None, counts: bool = True) -> Parity:
    ours = Shop(0)
    comparison = Comparison(of or contract(), theirs, counts=counts)
    comparison.compare_all(Exchange(each, ours(each)) for each in requests)
    return comparison.parity


def spoiled(method: str, **changed: Any) -> Shop:
    return Shop(40, lambda by, item: item | changed if by == method else item)


MAKE = asked("POST", "/pets", {"name": "Rex", "traits": {"hue": "red"}})
LIST = asked("GET", "/pets")


def listed(sort: str) -> Incoming:
    return LIST._replace(query=f"sort={sort}".encode())


@pytest.mark.parametrize(
    ("method", "changed", "difference"),
    [
        ("GET", {"name": "Re"}, ("readPet", Aspect.VALUE, "/name", "'Rex'", "'Re'")),
        ("GET", {"kind": "dog"}, ("readPet", Aspect.VALUE, "/kind", "'cat'", "'dog'")),
        ("GET", {"traits": {"hue": "tan"}}, ("readPet", Aspect.VALUE, "/traits/hue", "'red'", "'tan'")),
        ("LIST", {"name": "Re"}, ("listPets", Aspect.VALUE, "/*/name", "'Rex'", "'Re'")),
        ("POST", {"name": "Re"}, ("makePet", Aspect.VALUE, "/name", "'Rex'", "'Re'")),
    ],
)  # fmt: skip
def test_a_value_that_was_sent_or_is_its_default_has_to_be_alike(
    method: str, changed: Any, difference: tuple[Any, ...]
) -> None:
    parity = compared(spoiled(method, **changed), MAKE, asked("GET", "/pets/1"), LIST)
    assert found(parity) == [difference]


def test_what_the_server_makes_up_need_not_be_alike() -> None:
    parity = compared(spoiled("GET", motto="Carpe diem"), MAKE, asked("GET", "/pets/1"))
    assert parity == Parity(compared=2)


def test_what_a_change_sent_is_looked_for_in_what_is_read_after_it() -> None:
    change = asked("PATCH", "/pets/1", {"name": "Max"})
    parity = compared(spoiled("GET", name="Rex"), MAKE, change, asked("GET", "/pets/1"))
    assert found(parity) == [("readPet", Aspect.VALUE, "/name", "'Max'", "'Rex'")]


def test_short_identifiers_of_two_resources_are_each_in_the_words_of_the_other_side() -> None:
    theirs = Shop(40)
    owner = asked("POST", "/owners", {"name": "Ann"})
    owned = asked("POST", "/pets", {"name": "Rex", "owner_id": 1})
    parity = compared(theirs, owner, owned, asked("GET", "/pets/2"), asked("GET", "/owners/1"))
    assert parity == Parity(compared=4)
    assert theirs.held["pets"][42]["owner_id"] == 41


def test_a_reference_to_another_thing_is_told() -> None:
    owners = [asked("POST", "/owners", {"name": name}) for name in ("Ann", "Bo")]
    owned = asked("POST", "/pets", {"name": "Rex", "owner_id": 1})
    parity = compared(spoiled("GET", owner_id=42), *owners, owned, asked("GET", "/pets/3"))
    assert found(parity) == [("readPet", Aspect.VALUE, "/owner_id", "1", "42")]


def test_a_read_of_another_item_is_told() -> None:
    parity = compared(spoiled("GET", id=42), MAKE, MAKE, asked("GET", "/pets/1"))
    assert found(parity) == [("readPet", Aspect.IDENTITY, "/id", "1", "42")]


def test_nothing_is_known_of_what_was_removed() -> None:
    remove = asked("DELETE", "/pets/1")
    assert compared(Shop(40), MAKE, MAKE, remove, asked("GET", "/pets/1")) == Parity(compared=4)
    assert found(compared(spoiled("DELETE", name="Re"), MAKE, remove)) == [
        ("removePet", Aspect.VALUE, "/name", "'Rex'", "'Re'")
    ]


def turned(*requests: Incoming, of: Any = None, counts: bool = True) -> list[tuple[Any, bool]]:
    """The differences, and whether they count, with a server whose lists come the other way round."""
    theirs = Shop(40)
    theirs.is_turned = True
    parity = compared(theirs, *requests, of=of, counts=counts)
    return [(found(parity)[index], each.counts) for index, each in enumerate(parity.differences)]


TURNED = ("listPets", Aspect.ORDER, "", "1 2", "2 1")
ALF = asked("POST", "/pets", {"name": "Alf"})


@pytest.mark.parametrize("counts", [True, False])
def test_an_order_that_the_contract_states_has_to_be_alike(counts: bool) -> None:  # noqa: FBT001
    assert turned(MAKE, ALF, LIST, counts=counts) == [(TURNED, True)]


def test_an_order_that_the_contract_leaves_open_is_told_and_does_not_count() -> None:
    assert turned(MAKE, ALF, LIST, of=contract("All pets.")) == [(TURNED, False)]


def test_an_order_that_was_asked_for_has_to_be_alike() -> None:
    assert turned(MAKE, ALF, listed("name"), of=contract("All pets.")) == [(TURNED, True)]


def test_what_is_equal_in_what_a_list_is_sorted_by_has_no_order() -> None:
    assert turned(MAKE, MAKE, listed("name")) == []
