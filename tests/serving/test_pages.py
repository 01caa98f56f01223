import json
import re
from pathlib import Path

import pytest

from accord.contract import load_contract
from accord.serving.edge import AsyncApp
from accord.serving.projection import project
from accord.serving.rendition import to_openapi_30
from tests.serving.pets import CONTENT, Client, contract_of


async def test_healthz_says_that_the_process_lives() -> None:
    assert (await Client().ask("GET", "/healthz")).json == {"status": "alive"}


@pytest.mark.parametrize(("is_ready", "status"), [(True, 200), (False, 503)])
async def test_readyz_says_whether_the_service_is_ready(is_ready: bool, status: int) -> None:  # noqa: FBT001
    async def ready() -> bool:
        return is_ready

    assert (await Client(ready=ready).ask("GET", "/readyz")).status == status


async def test_a_service_that_cannot_say_whether_it_is_ready_is_not() -> None:
    async def ready() -> bool:
        raise OSError

    assert (await Client(ready=ready).ask("GET", "/readyz")).status == 503


async def test_the_contract_is_served_as_it_is() -> None:
    assert (await Client().ask("GET", "/openapi.json")).json == CONTENT


async def test_the_documentation_names_no_other_host_and_no_inline_script() -> None:
    page = await Client().ask("GET", "/docs/")
    assert not re.search(rb"https?://|<script>|onload", page.body)
    assert "default-src 'none'; script-src 'self'" in page.headers["content-security-policy"]


async def test_every_file_of_the_documentation_is_there() -> None:
    client, page = Client(), (await Client().ask("GET", "/docs/")).body.decode()
    names = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(names) == 4
    for name in (*names, "contract.json"):
        assert (await client.ask("GET", f"/docs/{name}")).status == 200


async def test_head_of_a_page_has_its_length_and_no_body() -> None:
    reply = await Client().ask("HEAD", "/docs/swagger-ui-bundle.js")
    assert int(reply.headers["content-length"]) > 1_000_000
    assert reply.body == b""


async def test_docs_without_a_slash_leads_to_the_page() -> None:
    reply = await Client().ask("GET", "/docs")
    assert (reply.status, reply.headers["location"]) == (308, "docs/")


def test_the_projection_has_full_paths_and_neither_parameters_nor_schemas() -> None:
    document = project(contract_of())
    assert list(document["paths"]) == ["/v1/pets", "/v1/pets/{name}", "/v1/pets/mine"]
    assert not re.search(r"parameters|schema\b|requestBody", json.dumps(document))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"const": 1}, {"enum": [1]}),
        ({"exclusiveMinimum": 3}, {"minimum": 3, "exclusiveMinimum": True}),
        ({"$ref": "#/a", "description": "b"}, {"description": "b", "allOf": [{"$ref": "#/a"}]}),
        ({"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}, {"nullable": True, "allOf": [{"$ref": "#/a"}]}),
        ({"examples": [1, 2]}, {"example": 1}),
        ({"properties": {"example": {"const": 1}}}, {"properties": {"example": {"enum": [1]}}}),
        (True, {}),
        (False, {"not": {}}),
    ],
)
def test_a_schema_is_rendered_in_the_words_of_3_0(schema: object, expected: object) -> None:
    content = {"info": {}, "components": {"schemas": {"X": schema}}}
    assert to_openapi_30(content, "")["components"]["schemas"]["X"] == expected


def test_the_rendition_of_our_own_contract_is_valid_3_0() -> None:
    contract = load_contract(str(Path(__file__).parents[2] / "openapi.yaml"))
    app = AsyncApp("test")
    app.add_api(
        to_openapi_30(contract.document.content, ""),
        resolver=lambda _: print,
    )


async def test_a_page_takes_get_and_head_only() -> None:
    reply = await Client().ask("POST", "/healthz")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")
    assert reply.headers["content-type"] == "application/problem+json"
    assert (await Client().ask("OPTIONS", "/healthz")).status == 204
