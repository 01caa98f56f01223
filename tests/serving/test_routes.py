import time

import pytest

from accord.serving.routes import RouteTable


def table(*paths: str) -> RouteTable:
    made = RouteTable()
    for path in paths:
        made.add("get", path, path)
    return made


def found(made: RouteTable, path: str) -> tuple[str, tuple[str, ...]] | None:
    match = made.match(path)
    return None if match is None else (match.operations["GET"][0], match.values)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/b", ("/a/b", ())),
        ("/a/x", ("/a/{id}", ("x",))),
        ("/a/x.json", ("/a/{id}.json", ("x",))),
        ("/a/x:stop", ("/a/{id}:stop", ("x",))),
        ("/a/1..2", ("/a/{from}..{to}", ("1", "2"))),
        ("/a/b%2Fc", ("/a/{id}", ("b%2Fc",))),
        ("/%61/b", ("/a/b", ())),
        ("/a/", None),
        ("/a/b/", None),
        ("/a", None),
        ("/", None),
        ("", None),
    ],
)
def test_a_path_leads_to_the_most_concrete_template(path: str, expected: object) -> None:
    made = table("/a/{id}", "/a/b", "/a/{id}.json", "/a/{id}:stop", "/a/{from}..{to}")
    assert found(made, path) == expected


def test_a_concrete_segment_that_leads_nowhere_gives_way_to_a_templated_one() -> None:
    assert found(table("/a/b/c", "/{x}/b/d"), "/a/b/d") == ("/{x}/b/d", ("a",))


def test_names_may_differ_by_method() -> None:
    made = RouteTable()
    made.add("get", "/a/{x}", "one")
    made.add("post", "/a/{y}", "two")
    match = made.match("/a/1")
    assert match is not None
    assert match.operations == {"GET": ("one", ("x",)), "POST": ("two", ("y",))}


def test_a_hostile_segment_takes_no_longer_than_it_is() -> None:
    made, begun = table("/{a}-{b}.json"), time.perf_counter()
    assert made.match("/" + "-" * 60_000) is None
    assert time.perf_counter() - begun < 1


def test_a_mistyped_path_has_its_nearest_templates() -> None:
    assert table("/pets/{id}", "/users").nearest("/pest/1") == ["/pets/{id}"]
    assert table("/pets/{id}", "/users").nearest("/zzz") == []
