"""A coverage as a value: merged, written, read."""

import pytest

from accord.errors import UsageError
from accord.verifying.coverage import Coverage, merged
from tests.verifying.coverage.conftest import answering, exchange


def of(*answers: object) -> Coverage:
    made = answering({"enum": [1, 2]})
    return made.see(*(exchange("GET", "/things", answer=each) for each in answers)).coverage


def test_what_was_seen_in_two_places_is_seen_in_both_together() -> None:
    assert merged([of(1), of(2)]) == of(1, 2)


def test_it_is_the_same_in_whatever_order_it_is_merged() -> None:
    one, two, three = of(1), of(2), of("odd")
    assert ((one | two) | three).to_json() == (three | (two | one)).to_json()


def test_it_is_read_as_it_was_written() -> None:
    seen = of(1, "odd")
    assert Coverage.from_json(seen.to_json(), "c.json") == seen


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "accord-coverage", "version": 2}'])
def test_another_text_is_refused_by_the_name_of_its_file(text: str) -> None:
    with pytest.raises(UsageError, match=r"c\.json is no coverage"):
        Coverage.from_json(text, "c.json")


def test_what_the_contract_no_longer_has_counts_for_nothing() -> None:
    made = answering({"enum": [3]})
    from accord.verifying.coverage.reports import report_of  # noqa: PLC0415

    report = report_of(made.contract, of(1))
    assert report.stale == 1
    assert report.total.seen == 2
