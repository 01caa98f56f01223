from uuid import uuid4

from store import Database
from store.organisations import Organisations


async def test_the_same_name_is_the_same_organisation(database: Database) -> None:
    organisations = Organisations(database)
    assert await organisations.enrol("acme") == await organisations.enrol("acme")
    assert (await organisations.enrol("acme")).id != (await organisations.enrol("other")).id


async def test_a_name_that_is_an_id_becomes_the_id(database: Database) -> None:
    wanted = uuid4()
    assert (await Organisations(database).enrol(str(wanted))).id == wanted
    assert (await Organisations(database).enrol(str(wanted).upper())).id == wanted


async def test_an_organisation_is_found_by_its_id_too(database: Database) -> None:
    acme = await Organisations(database).enrol("acme")
    assert await Organisations(database).enrol(str(acme.id)) == acme
    assert await Organisations(database).names() == {acme.id: "acme"}
