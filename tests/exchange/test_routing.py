from typing import Any

import pytest

from accord.exchange import MethodUnknown, PathUnknown, Routed, Router

from .conftest import contract_of


def router(*paths: str, servers: Any = None, base_paths: Any = None, method: str = "get") -> Router:
    content = {
        "openapi": "3.1.1",
        "info": {"title": "Test", "version": "1"},
        "paths": {path: {method: {"operationId": path, "responses": {}}} for path in paths},
    }
    return Router(contract_of({**content, **({"servers": servers} if servers else {})}), base_paths)


def routed(router: Router, path: str, method: str = "GET") -> tuple[str, dict[str, str]]:
    route = router.route(method, path)
    assert isinstance(route, Routed), route
    return route.operation.id, dict(route.path_parameters)


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/pets/{id}", "/pets/1", {"id": "1"}),
        ("/pets/{id.value}", "/pets/1", {"id.value": "1"}),
        ("/files/{a}.json", "/files/x.y.json", {"a": "x.y"}),
        ("/jobs/{x}:cancel", "/jobs/7:cancel", {"x": "7"}),
        ("/repos/{owner}-{name}", "/repos/a-b-c", {"owner": "a", "name": "b-c"}),
        ("/range({from},{to})", "/range(1,2)", {"from": "1", "to": "2"}),
        ("/pets/{id}", "/pets/a%2Fb", {"id": "a%2Fb"}),
        ("/pets/{id}/", "/pets/1/", {"id": "1"}),
    ],
)
def test_a_template_is_cut_before_it_is_decoded(template: str, path: str, values: dict[str, str]) -> None:
    assert routed(router(template), path) == (template, values)


@pytest.mark.parametrize("path", ["/pets/", "/pets", "/pets/1/", "/pets/1/2", "//pets/1", "/PETS/1", ""])
def test_a_path_matches_as_it_is_written(path: str) -> None:
    assert isinstance(router("/pets/{id}").route("GET", path), PathUnknown)


def test_a_concrete_path_goes_before_a_templated_one() -> None:
    both = router("/pets/{id}", "/pets/mine", "/{kind}/mine", "/pets/{id}.json")
    assert routed(both, "/pets/mine")[0] == "/pets/mine"
    assert routed(both, "/pets/m%69ne")[0] == "/pets/mine"
    assert routed(both, "/pets/1")[0] == "/pets/{id}"
    assert routed(both, "/pets/1.json")[0] == "/pets/{id}.json"
    assert routed(both, "/dogs/mine")[0] == "/{kind}/mine"


def test_a_path_that_leads_nowhere_further_on_is_tried_another_way() -> None:
    both = router("/a/b/c", "/{x}/b/d")
    assert routed(both, "/a/b/d") == ("/{x}/b/d", {"x": "a"})


def test_a_method_that_only_a_templated_path_has_is_found_there() -> None:
    content = {
        "openapi": "3.1.1",
        "info": {"title": "Test", "version": "1"},
        "paths": {
            "/pets/mine": {"get": {"operationId": "mine"}},
            "/pets/{id}": {"delete": {"operationId": "remove"}},
        },
    }
    both = Router(contract_of(content))
    assert routed(both, "/pets/mine", "DELETE")[0] == "remove"
    assert both.route("PUT", "/pets/mine") == MethodUnknown(("DELETE", "GET"))
    assert both.allow("/pets/1") == ("DELETE",)


def test_what_no_request_shows_of_a_path_is_not_asked_for() -> None:
    assert routed(router("/#Action=Start"), "/")[0] == "/#Action=Start"
    assert routed(router("/jobs/{id}?stop=true"), "/jobs/7") == ("/jobs/{id}?stop=true", {"id": "7"})
    assert routed(router("/jobs#list", "/jobs"), "/jobs")[0] == "/jobs"
    assert routed(router("/jobs/{id}", "/jobs/mine#now"), "/jobs/mine")[0] == "/jobs/mine#now"


def test_an_unknown_path_names_the_nearest_ones() -> None:
    route = router("/pets/{id}", "/pets", "/stores").route("GET", "/pet")
    assert isinstance(route, PathUnknown)
    assert route.nearest[0] == "/pets"


def test_the_base_path_of_every_server_is_known() -> None:
    servers = [{"url": "https://example.com/v1/"}, {"url": "/v2"}]
    assert routed(router("/pets", servers=servers), "/v1/pets")[0] == "/pets"
    assert routed(router("/pets", servers=servers), "/v2/pets")[0] == "/pets"
    assert isinstance(router("/pets", servers=servers).route("GET", "/pets"), PathUnknown)
    assert routed(router("/pets", servers=servers, base_paths=[""]), "/pets")[0] == "/pets"


def test_servers_of_one_operation_are_not_those_of_the_others() -> None:
    content = {
        "openapi": "3.1.1",
        "info": {"title": "Test", "version": "1"},
        "servers": [{"url": "/v1"}],
        "paths": {
            "/a": {"get": {"operationId": "a", "servers": [{"url": "/own"}]}},
            "/b": {"get": {"operationId": "b"}},
            "/c": {"servers": [{"url": "/other"}], "get": {"operationId": "c"}},
            "/d": {"get": {"operationId": "d"}},
        },
    }
    each = Router(contract_of(content))
    assert [routed(each, path)[0] for path in ("/own/a", "/v1/b", "/other/c", "/v1/d")] == [
        "a",
        "b",
        "c",
        "d",
    ]
    assert isinstance(each.route("GET", "/v1/a"), PathUnknown)
    assert isinstance(each.route("GET", "/other/d"), PathUnknown)


def test_an_overlong_segment_is_no_composed_template() -> None:
    composed = router("/{a}-{b}-{c}.json", "/{whole}")
    assert routed(composed, "/" + "-" * 60_000)[0] == "/{whole}"
