"""Forms as writes: fields and files, and changes by POST to the item."""

from pathlib import Path
from typing import Any

import pytest

from accord.contract import load_contract
from tests.mocking.state.flow import Flow

CONTRACT = Path(__file__).parent / "shapes" / "forms.yaml"
FORM = "application/x-www-form-urlencoded"
ADA = b"name=Ada&balance=5&address[city]=Ulm&address[floor]=3&tags[0]=a&tags[1]=b&metadata[k]=v&metadata[l]=w"
PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nlogo\r\n'
    b'--x\r\nContent-Disposition: form-data; name="content"; filename="a.png"\r\n'
    b"Content-Type: image/png\r\n\r\n12345\r\n--x--\r\n"
)


@pytest.fixture
def flow() -> Flow:
    return Flow(load_contract(str(CONTRACT)))


def changed(flow: Flow, body: bytes) -> Any:
    """A customer after a change."""
    made = flow.json("POST", "/customers", ADA, kind=FORM)
    answered = flow.json("POST", f"/customers/{made['id']}", body, kind=FORM)
    assert flow.json("GET", f"/customers/{made['id']}") == answered
    return answered


def test_a_form_creates_an_item_with_values_of_their_types(flow: Flow) -> None:
    made = flow.json("POST", "/customers", ADA, kind=FORM)
    assert (made["balance"], made["address"], made["tags"]) == (5, {"city": "Ulm", "floor": 3}, ["a", "b"])
    assert flow.json("GET", f"/customers/{made['id']}") == made


def test_a_change_keeps_the_members_of_objects_that_it_does_not_name(flow: Flow) -> None:
    found = changed(flow, b"balance=7&address[line1]=X&metadata[m]=1")
    assert (found["name"], found["balance"]) == ("Ada", 7)
    assert found["address"] == {"city": "Ulm", "floor": 3, "line1": "X"}
    assert found["metadata"] == {"k": "v", "l": "w", "m": "1"}


def test_an_empty_text_takes_away_what_the_contract_says(flow: Flow) -> None:
    found = changed(flow, b"metadata[k]=&address=&name=")
    assert (found["metadata"], found.get("address"), found["name"]) == ({"l": "w"}, None, "")


def test_what_is_removed_is_named_and_not_found_again(flow: Flow) -> None:
    name = flow.json("POST", "/customers", ADA, kind=FORM)["id"]
    gone = {"id": name, "object": "customer", "deleted": True}
    assert flow.json("DELETE", f"/customers/{name}") == gone
    assert flow.send("GET", f"/customers/{name}").status == 404


def test_a_file_is_told_of_by_what_the_item_has_for_that_and_by_nothing_else(flow: Flow) -> None:
    made = flow.json("POST", "/files", PARTS, kind="multipart/form-data; boundary=x")
    told = {"filename": "a.png", "bytes": 5, "contentType": "image/png"}
    assert made == {"id": made["id"], "purpose": "logo", **told}
    assert flow.json("GET", f"/files/{made['id']}") == made
