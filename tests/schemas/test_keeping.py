from jsonschema_rs import Draft202012Validator

from accord.schemas.keeping import ALWAYS, Keeping


def compiled() -> Draft202012Validator:
    return Draft202012Validator({})


def test_what_is_light_is_compiled_once_whatever_else_is_kept() -> None:
    keeping = Keeping(room=1)
    first = keeping.kept("a", ALWAYS - 1, compiled)
    for key in range(50):
        keeping.kept(key, ALWAYS * 10, compiled)
    assert keeping.kept("a", ALWAYS - 1, compiled) is first


def test_of_what_is_heavy_that_is_given_up_which_was_not_used_for_longest() -> None:
    keeping = Keeping(room=ALWAYS * 2)
    first, second = (keeping.kept(key, ALWAYS, compiled) for key in "ab")
    keeping.kept("a", ALWAYS, compiled)
    keeping.kept("c", ALWAYS, compiled)
    assert keeping.kept("a", ALWAYS, compiled) is first
    assert keeping.kept("b", ALWAYS, compiled) is not second


def test_one_that_is_heavier_than_all_the_room_is_kept_until_the_next() -> None:
    keeping = Keeping(room=ALWAYS)
    first = keeping.kept("a", ALWAYS * 5, compiled)
    assert keeping.kept("a", ALWAYS * 5, compiled) is first
