"""Security requirements are judged by presence and form."""

from base64 import b64encode

import pytest

from tests.mocking.conftest import Stand, Stands, header

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "api_key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "digest": {"type": "http", "scheme": "digest"},
    "oauth": {"type": "oauth2", "flows": {}},
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com"},
    "tls": {"type": "mutualTLS"},
}
DIGEST = 'Digest username="a", realm="b", nonce="c", uri="/d", response="e"'
BASIC = f"Basic {b64encode(b'user:password').decode()}"


def secured(stand: Stands, *requirements: dict[str, list[str]]) -> Stand:
    operation = {"responses": {"200": {"description": ""}}, "security": list(requirements)}
    return stand({"/things": {"get": operation}}, components={"securitySchemes": SCHEMES})


@pytest.mark.parametrize(
    ("scheme", "target", "headers"),
    [
        ("key", "/things", {"X-Key": "a"}),
        ("query", "/things?api_key=a", {}),
        ("cookie", "/things", {"Cookie": "a=b; session=c"}),
        ("basic", "/things", {"Authorization": BASIC}),
        ("bearer", "/things", {"Authorization": "bearer abc.def"}),
        ("digest", "/things", {"Authorization": DIGEST}),
        ("oauth", "/things", {"Authorization": "Bearer abc"}),
        ("openid", "/things", {"Authorization": "Bearer abc"}),
    ],
)
def test_a_credential_that_is_there_and_well_formed_is_enough(
    stand: Stands, scheme: str, target: str, headers: dict[str, str]
) -> None:
    mocked = secured(stand, {scheme: []})
    assert mocked.call("GET", target, headers=headers).status == 200
    assert mocked.get("/things").status == 401


@pytest.mark.parametrize(
    ("scheme", "authorization"),
    [("basic", "Basic nonsense!"), ("basic", "Bearer a"), ("bearer", "Bearer"), ("digest", "Digest a")],
)
def test_a_credential_of_the_wrong_form_is_401(stand: Stands, scheme: str, authorization: str) -> None:
    assert secured(stand, {scheme: []}).get("/things", authorization=authorization).status == 401


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("key", {"x_key": "a"}, {"x_key": "b"}),
        ("bearer", {"authorization": "Bearer a"}, {"authorization": "Bearer b"}),
        ("basic", {"authorization": BASIC}, {"authorization": f"Basic {b64encode(b'user:other').decode()}"}),
    ],
)
def test_where_credentials_are_named_no_other_is_taken(
    stand: Stands, scheme: str, right: dict[str, str], wrong: dict[str, str]
) -> None:
    mocked = secured(stand, {scheme: []})
    mocked.mock.accepted = frozenset({"a", "user:password"})
    assert mocked.get("/things", **right).status == 200
    assert mocked.get("/things", **wrong).status == 401


def test_one_of_several_requirements_is_enough(stand: Stands) -> None:
    mocked = secured(stand, {"key": []}, {"bearer": []})
    assert mocked.get("/things", authorization="Bearer a").status == 200


def test_all_schemes_of_a_requirement_are_needed(stand: Stands) -> None:
    mocked = secured(stand, {"key": [], "bearer": []})
    assert mocked.get("/things", x_key="a").status == 401
    assert mocked.get("/things", x_key="a", authorization="Bearer a").status == 200


def test_an_empty_requirement_lets_anyone_call(stand: Stands) -> None:
    assert secured(stand, {"key": []}, {}).get("/things").status == 200


@pytest.mark.parametrize("scheme", ["tls", "not-defined"])
def test_what_no_mock_can_judge_is_taken_as_met(stand: Stands, scheme: str) -> None:
    assert secured(stand, {scheme: []}).get("/things").status == 200


def test_a_401_says_what_to_send(stand: Stands) -> None:
    response = secured(stand, {"key": []}, {"basic": []}).get("/things")
    assert "an API key in the header 'X-Key' or 'Basic ...' in the header" in response.reason
    assert header(response, "www-authenticate") == 'Basic realm="*"'
