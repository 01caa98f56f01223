"""Which world a request is for."""

import pytest

from accord.mocking.model import Request, Response
from accord.mocking.places import below, placed, prefix_of, world_of


@pytest.mark.parametrize(("sent", "world"), [(b" mine ", "mine"), (b"default", ""), (b"", "")])
def test_the_header_names_the_world(sent: bytes, world: str) -> None:
    assert world_of(Request("GET", "/pets", headers=[(b"x-accord-world", sent)])) == world


@pytest.mark.parametrize(
    ("path", "world", "rest"),
    [
        ("/_accord/in/mine/pets/1", "mine", "/pets/1"),
        ("/_accord/in/my%20own%2Fone/pets", "my own/one", "/pets"),
        ("/_accord/in/mine", "mine", "/"),
        ("/_accord/in/default/pets", "", "/pets"),
    ],
)
def test_the_path_names_the_world(path: str, world: str, rest: str) -> None:
    found = placed(Request("GET", path))
    assert found is not None
    assert (found.world, found.request.path) == (world, rest)
    assert path.startswith(found.prefix)


@pytest.mark.parametrize("path", ["/_accord/in/", "/_accord/worlds", "/pets"])
def test_a_path_without_a_world_is_none(path: str) -> None:
    assert placed(Request("GET", path)) is None


@pytest.mark.parametrize(
    ("name", "sent", "got"),
    [
        (b"location", b"/pets/1", b"/_accord/in/w/pets/1"),
        (b"location", b"http://h:1/pets/1", b"http://h:1/_accord/in/w/pets/1"),
        (b"location", b"https://example.com/pets/1", b"https://example.com/pets/1"),
        (
            b"link",
            b'<http://h:1/pets?page=2>; rel="next", </pets>; rel="first"',
            b'<http://h:1/_accord/in/w/pets?page=2>; rel="next", </_accord/in/w/pets>; rel="first"',
        ),
        (b"x-other", b"/pets", b"/pets"),
    ],
)
def test_addresses_of_the_mock_stay_in_the_world(name: bytes, sent: bytes, got: bytes) -> None:
    request = Request("GET", "/pets", headers=[(b"host", b"h:1")])
    assert below(prefix_of("w"), Response(200, ((name, sent),)), request).headers == ((name, got),)
