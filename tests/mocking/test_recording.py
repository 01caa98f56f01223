"""The journal is bounded, in exchanges and in bytes."""

from accord.mocking.model import Exchange, Request, Response
from accord.mocking.recording import LONGEST_BODY, Records


def exchange(body: bytes = b"", *, parts: tuple[bytes, ...] = ()) -> Exchange:
    return Exchange(0.5, 0.001, Request("POST", "/", body=body), Response(200, body=body, parts=parts))


def test_the_oldest_go_where_there_are_too_many() -> None:
    records = Records(most=3)
    for _ in range(5):
        records.add("", exchange())
    assert [record.id for record in records] == [3, 4, 5]


def test_the_oldest_go_where_too_much_is_in_them() -> None:
    records = Records(most_bytes=10_000)
    for _ in range(5):
        records.add("", exchange(b"a" * 1_000))
    assert [record.id for record in records] == [4, 5]


def test_what_is_kept_of_a_body_is_bounded() -> None:
    records = Records()
    records.add("", exchange(b"a" * 200_000, parts=(b"a",) * 200_000))
    (record,) = records
    assert (len(record.exchange.request.body), len(record.exchange.response.body)) == (LONGEST_BODY,) * 2
    assert (record.sizes, record.exchange.response.parts) == ((200_000, 200_000), ())
    assert record.weight < 3 * LONGEST_BODY


def test_an_exchange_is_found_by_its_number_as_long_as_it_is_there() -> None:
    records = Records(most=2)
    for _ in range(3):
        records.add("", exchange())
    found = [records.get(number) for number in range(5)]
    assert [record and record.id for record in found] == [None, None, 2, 3, None]
    assert [record.id for record in records.since(2)] == [3]
