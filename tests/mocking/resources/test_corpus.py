"""What is inferred of public contracts of different styles. All figures: benchmarks/resources.py."""

from functools import cache

import pytest

from accord.mocking.resources import Resources, infer_resources
from accord.mocking.resources.checking import lost_name
from accord.mocking.resources.fields import Reader
from benchmarks.resources import CORPUS, WHOLE, load

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here"),
]


@cache
def found(name: str) -> Resources:
    return infer_resources(load(name))


@pytest.mark.parametrize(
    ("name", "resource", "identifier", "scope"),
    [
        ("kubernetes20.json", "pod", "/metadata/name", ("namespace",)),
        ("argo-workflows20.json", "workflow_template", "/metadata/name", ("namespace",)),
        ("twilio-api.json", "address", "/sid", ("account",)),
        ("stripe.yaml", "customer", "/id", ()),
        ("openai.yaml", "thread_message", "/id", ("thread",)),
        ("box.json", "folder_lock", "/id", ()),
        ("tmf620-v4-20.json", "catalog", "/id", ()),
        ("lakefs.yml", "tag", "/id", ("repository",)),
        ("digitalocean/DigitalOcean-public.v2.yaml", "record", "/id", ("domain",)),
        ("github-api.json", "repo_hook", "/id", ("owner", "repo")),
    ],
)
def test_items_are_identified_in_their_scope(
    name: str, resource: str, identifier: str, scope: tuple[str, ...]
) -> None:
    each = found(name).by_name[resource]
    assert each.identifier is not None
    assert (each.identifier.pointer, each.scope) == (identifier, scope)


@pytest.mark.parametrize(
    ("name", "operation", "role", "pointer"),
    [
        ("stripe.yaml", "PostCustomersCustomer", "update", ""),
        ("stripe.yaml", "GetCustomers", "list", "/data"),
        ("stripe.yaml", "GetChargesSearch", "search", "/data"),
        ("realworld.yml", "CreateArticle", "create", "/article"),
        ("realworld.yml", "GetArticles", "list", "/articles"),
        ("digitalocean/DigitalOcean-public.v2.yaml", "droplets_list", "list", "/droplets"),
        ("spotify.yml", "get-categories", "list", "/categories/items"),
        ("xero-accounting.yaml", "getAccount", "read", "/Accounts"),
        ("xero-accounting.yaml", "createAccount", "create", "/Accounts"),
        ("twilio-api.json", "UpdateAddress", "update", ""),
        ("kubernetes20.json", "listCoreV1PodForAllNamespaces", "list", "/items"),
        ("openfga20.json", "ReadAuthorizationModel", "read", "/authorization_model"),
        ("qdrant.json", "get_collections", "list", "/result/collections"),
        ("swagger-petstore30.yaml", "updatePet", "replace", ""),
    ],
)
def test_roles_and_envelopes_are_those_that_people_see(
    name: str, operation: str, role: str, pointer: str
) -> None:
    each = found(name).operations[operation]
    places = next(iter(each.responses.values()))
    assert (each.role, next(iter(places.values())).pointer) == (role, pointer)


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("github-api.json", "activity/star-repo-for-authenticated-user"),
        ("lakefs.yml", "attachPolicyToUser"),
        ("kubernetes20.json", "replaceCoreV1NamespacedPodStatus"),
        ("swagger-petstore30.yaml", "uploadFile"),
        ("elasticsearch-serverless.json", "field-caps-1"),
        ("slack20.json", "chat_postMessage"),
        ("realworld.yml", "FollowUserByUsername"),
    ],
)
def test_what_is_not_surely_an_operation_of_a_resource_is_an_action(name: str, operation: str) -> None:
    assert found(name).operations[operation].role == "action"


@pytest.mark.parametrize(
    ("name", "least"),
    [("kubernetes20.json", 85), ("digitalocean/DigitalOcean-public.v2.yaml", 50), ("github-api.json", 40)],
)
def test_so_many_resources_can_be_created_read_listed_and_removed(name: str, least: int) -> None:
    roles = [frozenset(found(name).roles(each)) for each in found(name).resources]
    assert sum(each >= WHOLE for each in roles) >= least


def test_detaching_an_item_from_another_does_not_remove_it() -> None:
    lakefs = found("lakefs.yml")
    assert lakefs.operations["detachPolicyFromUser"].resource != lakefs.operations["deletePolicy"].resource


STYLES = [
    "twilio-api.json",
    "xero-accounting.yaml",
    "elasticsearch-serverless.json",
    "lakefs.yml",
    "discord.json",
]


@pytest.mark.parametrize("name", STYLES)
def test_each_operation_belongs_to_one_resource_and_says_which(name: str) -> None:
    held = [(operation, each.name) for each in found(name).resources for operation in each.operations]
    own = [(each.id, each.resource) for each in found(name).operations.values() if each.role != "action"]
    assert sorted(held) == sorted(own)


@pytest.mark.parametrize("name", STYLES)
def test_each_place_of_an_item_is_in_the_schema_of_the_answer(name: str) -> None:
    contract = load(name)
    reader = Reader(contract.document)
    for each in found(name).operations.values():
        for status, places in each.responses.items():
            for media_type, place in places.items():
                schema = contract.by_id[each.id].responses[status].content[media_type].schema
                assert schema is not None
                assert lost_name(reader, [schema], place.pointer) is None, each.id
