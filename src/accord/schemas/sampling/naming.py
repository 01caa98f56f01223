"""What things are called: people, companies and places as the sample knows them, the rest by its kind."""

import re
from collections.abc import Mapping

from accord.schemas.sampling import lexicon
from accord.schemas.sampling.places import singular
from accord.schemas.sampling.tables import table
from accord.schemas.sampling.told import Subject, Told

_LETTER = re.compile(r"\b[AN]\b")
_PERSON, _COMPANY, _CITY, _COUNTRY, _REGION = "person", "company", "city", "country", "region"
_KINDS: Mapping[str, str | tuple[str, ...]] = table(
    (
        (
            "account_holder actor admin applicant approver assignee attendee attention "
            "author beneficiary borrower "
            "buyer candidate cardholder card_holder client collaborator commenter contact "
            "contributor creator "
            "customer doctor driver editor employee follower friend guest holder "
            "individual instructor lender "
            "manager member nurse operator organizer owner participant party patient payee "
            "payer people person "
            "persona player profile recipient reporter representative requester reviewer "
            "seller sender staff "
            "student submitter subscriber teacher uploader user billing shipping "
            "legal_guardian pet_owner me"
        ),
        _PERSON,
    ),
    (
        (
            "agency bank brand business carrier company employer enterprise firm "
            "institution issuer legal_entity "
            "manufacturer merchant organization partner publisher school supplier tenant university vendor"
        ),
        _COMPANY,
    ),
    ("city town", _CITY),
    ("country", _COUNTRY),
    ("state province county", _REGION),
    *lexicon.THINGS.items(),
)


def is_company(told: Told) -> bool:
    """Is the object around a company?"""
    kinds = (told.find(_KINDS, thing) for thing in told.things)
    return any(found is not None and found[0] == _COMPANY for found in kinds)


def named(told: Told, role: str = "") -> str:
    """What a thing is called, by what the name says that it is, or what the object around is."""
    found = told.subject.once(("kind", role), lambda: _kind_of(told.subject, role))
    if found is not None:
        return _called(told, *found)
    if not told.scene.words.is_english:
        return " ".join(told.scene.words.spoken("words", told.dice, nb=2)).capitalize()
    return told.dice.pick(lexicon.PHRASES)


def _kind_of(subject: Subject, role: str) -> tuple[str | tuple[str, ...], str] | None:
    """Of what kind a thing is, and the role if that says so."""
    own = (role, singular(role)) if role else ()
    for thing in (*own, *subject.things):
        if (found := subject.find(_KINDS, thing)) is not None:
            return found[0], role if thing in own else ""
    return None


def named_beside(told: Told) -> str:
    """What the object around is called: the `name` beside this value, where it has one."""
    around = told.place.parent
    is_named = around is not None and "name" in around.members
    path = f"{around.path}/name" if around is not None and is_named else told.place.path
    return named(told.called("name", told.scene.dice(path)))


def full_name(told: Told, role: str) -> str:
    """The whole name of a person, or that of a company or thing where the object is one."""
    kinds = [found[0] for thing in told.things if (found := told.find(_KINDS, thing)) is not None]
    if role or not kinds or kinds[0] == _PERSON:
        return told.person(role).full
    return told.company() if kinds[0] == _COMPANY else named_beside(told)


def _called(told: Told, kind: str | tuple[str, ...], role: str) -> str:
    if not isinstance(kind, str):
        return _thing(told, kind)
    spot = told.spot(role if kind not in (_CITY, _COUNTRY, _REGION) else "")
    return {
        _PERSON: lambda: told.person(role).full,
        _COMPANY: lambda: told.company(role),
        _CITY: lambda: spot.city,
        _COUNTRY: lambda: spot.country,
        _REGION: lambda: spot.region,
    }[kind]()


def _thing(told: Told, listed: tuple[str, ...]) -> str:
    chosen = told.dice.pick(listed)
    return _LETTER.sub(lambda match: _word(told, match[0]), chosen)


def _word(told: Told, letter: str) -> str:
    return told.dice.pick(lexicon.ADJECTIVES if letter == "A" else lexicon.NOUNS)
