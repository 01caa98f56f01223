from typing import Any

import pytest

from accord.contract import Contract, index_contract
from accord.document import read_document
from accord.errors import UsageError
from accord.verifying import choose, credentials_from, made_up
from accord.verifying.config import document_of


@pytest.fixture
def contract(tmp_path: Any) -> Contract:
    schemes = {
        "a-key": "{type: apiKey, in: query, name: k}",
        "Basic": "{type: http, scheme: basic}",
        "Login": "{type: oauth2, flows: {}}",
        "Odd": "{type: http, scheme: hoba}",
    }
    listed = "\n".join(f"    {name}: {scheme}" for name, scheme in schemes.items())
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
        "  /a: {get: {security: [{a-key: [], Basic: []}, {Login: []}], responses: {}}}\n"
        f"components:\n  securitySchemes:\n{listed}\n"
    )
    (tmp_path / "api.yaml").write_text(text)
    return index_contract(read_document(str(tmp_path / "api.yaml")))


def test_they_come_from_the_environment_by_the_name_of_the_scheme(contract: Contract) -> None:
    environment = {"ACCORD_AUTH_A_KEY": "k", "ACCORD_AUTH_BASIC": "me:pw", "OTHER": "x"}
    assert credentials_from(environment, contract, choose(contract)) == {"a-key": "k", "Basic": "me:pw"}


def test_one_requirement_of_several_is_enough(contract: Contract) -> None:
    assert credentials_from({"ACCORD_AUTH_LOGIN": "t"}, contract, choose(contract)) == {"Login": "t"}


def test_what_is_missing_is_said_with_the_variables_to_set(contract: Contract) -> None:
    with pytest.raises(UsageError) as raised:
        credentials_from({"ACCORD_AUTH_BASIC": "me:pw"}, contract, choose(contract))
    assert raised.value.hint == "set ACCORD_AUTH_A_KEY in the environment"


def test_basic_is_user_and_password(contract: Contract) -> None:
    with pytest.raises(UsageError, match="user:password"):
        credentials_from({"ACCORD_AUTH_BASIC": "me"}, contract, choose(contract))


def test_every_scheme_can_be_given_a_credential(contract: Contract) -> None:
    schemes = document_of(contract)["components"]["securitySchemes"]
    assert schemes["Login"] == {"type": "http", "scheme": "bearer"}
    assert schemes["Odd"] == {"type": "apiKey", "in": "header", "name": "Authorization"}
    assert made_up(contract)["Basic"] == "accord:accord"
