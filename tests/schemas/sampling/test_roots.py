from accord.schemas.sampling.places import Place
from accord.schemas.sampling.roots import Root, Roots
from accord.schemas.sampling.views import View


def test_a_root_is_kept_as_long_as_there_is_room() -> None:
    roots = Roots(10)
    for pointer in ("/a", "/b"):
        roots.weigh(roots.keep(root_of(pointer)), 5)
    assert roots.get("/a")
    assert roots.get("/b")


def test_the_root_that_was_not_used_for_longest_goes_first() -> None:
    roots = Roots(10)
    for pointer in ("/a", "/b"):
        roots.weigh(roots.keep(root_of(pointer)), 5)
    roots.get("/a")
    roots.weigh(roots.keep(root_of("/c")), 5)
    assert (roots.get("/a") is None, roots.get("/b") is None) == (False, True)


def test_a_root_weighs_what_its_largest_sample_has() -> None:
    roots = Roots(10)
    first = roots.keep(root_of("/a"))
    for values in (5, 5, 3):
        roots.weigh(first, values)
    roots.weigh(roots.keep(root_of("/b")), 5)
    assert roots.get("/a") is first


def root_of(pointer: str) -> Root:
    return Root(pointer, View(()), Place("", "", 0, 0))
