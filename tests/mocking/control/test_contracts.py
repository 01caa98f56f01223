"""What is mocked, as the mock's own interface tells it, and that interface itself."""

from pathlib import Path

from accord.contract import check_contract, load_contract
from accord.mocking.control.desk import OPERATIONS, Interface
from tests.mocking.control.conftest import Stage, staged

CONTRACT = """\
openapi: 3.1.0
info: {title: Pets, version: '2'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: array, maxItems: 3}, examples: {few: {value: []}}}}
"""


def test_the_interface_answers_every_operation_of_its_contract_and_no_other(interface: Interface) -> None:
    assert set(OPERATIONS) == set(interface.contract.by_id)
    assert check_contract(interface.contract) == ()


def test_the_contract_is_told_with_its_operations(stage: Stage) -> None:
    told = stage.own.get("/contract").json()
    assert (told["title"], told["version"], told["openapi"]) == ("Test", "1", "3.1.1")
    assert [each["id"] for each in told["operations"]] == ["listPets", "createPet", "getPet"]


def test_the_document_is_told_in_its_normal_form(stage: Stage) -> None:
    assert stage.own.get("/contract/document").json()["components"]["schemas"]["Pet"]["type"] == "object"


def test_a_rule_is_told_with_its_place_and_the_lines_around_it(interface: Interface, tmp_path: Path) -> None:
    file = tmp_path / "pets.yaml"
    file.write_text(CONTRACT)
    pointer = "/paths/~1pets/get/responses/200"
    with staged(interface, load_contract(str(file))) as stage:
        told = stage.own.get("/rule", params={"pointer": pointer, "around": 1}).json()
        few = stage.own.get("/contract").json()["operations"][0]["examples"]
    assert (told["file"], told["line"], few) == (str(file), 8, {"200": ["few"]})
    assert (told["lines"][0]["number"], told["lines"][0]["text"].strip()) == (7, "responses:")
    assert told["value"]["description"] == "ok"


def test_a_pointer_to_nothing_is_404(stage: Stage) -> None:
    assert stage.own.get("/rule", params={"pointer": "/none"}).status_code == 404


def test_the_interface_tells_its_own_contract(stage: Stage) -> None:
    assert "/worlds/{world}/reset" in stage.own.get("/openapi.json").json()["paths"]
