import pytest

from accord.contract import Contract
from accord.errors import UsageError
from accord.verifying import choose


def test_a_pattern_is_an_id_or_method_and_path(shop: Contract) -> None:
    for pattern in ("getItem", "GET /items/{id}", "get*", "* /items/*"):
        assert [each.id for each in choose(shop, [pattern])] == ["getItem"]


def test_every_operation_is_in_one_part_of_several(shop: Contract) -> None:
    parts = [choose(shop, shard=(index, 2)) for index in (1, 2)]
    assert [[each.id for each in part] for part in parts] == [["listItems"], ["getItem"]]


def test_a_pattern_that_names_nothing_is_refused_with_what_is_near(shop: Contract) -> None:
    with pytest.raises(UsageError, match="did you mean getItem"):
        choose(shop, ["getItemm"])
