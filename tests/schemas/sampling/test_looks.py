"""What is made for a property looks like what its name, its object and its description speak of."""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from accord.errors import UsageError
from tests.live import ROOT
from tests.schemas.sampling.sampled import object_with, sampler_of, value_of

INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
MOMENT = {"type": "string", "format": "date-time"}
KEYS = [f"key {at}" for at in range(12)]


def all_of(schema: Any, **choices: Any) -> list[Any]:
    """Samples of a schema with many keys."""
    return [value_of(schema, key=key, **choices) for key in KEYS]


def fits(pattern: str) -> Callable[[Any], bool]:
    """Does the whole text fit the pattern?"""
    return lambda value: re.fullmatch(pattern, value) is not None


TEXTS: dict[str, Callable[[Any], bool]] = {
    "email": fits(r"[a-z.]+@example\.(com|org|net)"),
    "contactEmail": fits(r"[a-z.]+@example\.(com|org|net)"),
    "avatar_url": fits(r"https://example\.com/avatars/[a-z0-9-]+\.png"),
    "currency": fits(r"[A-Z]{3}"),
    "country-code": fits(r"[A-Z]{2}"),
    "description": fits(r"[A-Z].{20,}\."),
    "slug": fits(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "createdAt": fits(r"20\d\d-\d\d-\d\dT.*Z"),
    "birth_date": fits(r"(19|20)\d\d-\d\d-\d\d"),
    "phoneNumber": fits(r"\+1-\d{3}-555-\d{4}"),
    "ip": fits(r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"),
    "mime_type": fits(r"[a-z]+/[a-z]+"),
    "app_version": fits(r"\d+\.\d+\.\d+"),
    "themeColor": fits(r"#[0-9a-f]{6}"),
    "sha256": fits(r"[0-9a-f]{64}"),
    "zip": fits(r"\d{5}"),
    "tz": fits(r"America/.*"),
    "invoiceNumber": fits(r"INV-\d+"),
    "isbn": fits(r"978\d{10}"),
    "title": fits(r"[A-Z0-9][^.]{3,47}"),
    "total_price": fits(r"\d+\.\d\d"),
    "cron": fits(r"\d+ \d+ \* \* \*"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_what_its_name_says(name: str) -> None:
    assert all(TEXTS[name](value[name]) for value in all_of(object_with(name)))


NUMBERS: dict[str, tuple[float, float]] = {
    "price": (5, 500),
    "lat": (-90, 90),
    "longitude": (-180, 180),
    "age": (18, 90),
    "rating": (1, 5),
    "percentage": (0, 100),
    "comment_count": (0, 20),
    "year": (2016, 2027),
    "exp_year": (2027, 2032),
    "month": (1, 12),
    "port": (1, 65_535),
    "confidence": (0, 1),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_has_the_size_that_its_name_says(name: str) -> None:
    low, high = NUMBERS[name]
    assert all(low <= value[name] <= high for value in all_of(object_with(**{name: NUMBER})))


def test_a_price_has_two_decimals_at_most() -> None:
    prices = [value["price"] for value in all_of(object_with(price=NUMBER))]
    assert all(round(price, 2) == price for price in prices)


NAMED = {
    "Pet": r"[A-Z][a-z]+",
    "UserResponse": r"[A-Z]\w+ [A-Z]\w+",
    "Product": r"[A-Z].*[a-z]",
    "Repository": r"[a-z-]+",
    "Attachment": r"[\w-]+\.[a-z]+",
    "Role": r"(admin|editor|member|owner|viewer)",
}


@pytest.mark.parametrize("thing", NAMED)
def test_a_thing_has_a_name_of_its_kind(thing: str) -> None:
    assert all(re.fullmatch(NAMED[thing], value["name"]) for value in all_of(object_with("name"), name=thing))


def test_things_of_different_kinds_have_different_names() -> None:
    names = {thing: value_of(object_with("name"), name=thing)["name"] for thing in ("City", "Company", "Pet")}
    assert len({*names.values()}) == len(names)


def test_the_names_and_addresses_of_a_person_agree() -> None:
    person = value_of(object_with("first_name", "lastName", "fullName", "email", "username"), name="User")
    first, last = person["first_name"], person["lastName"]
    assert person["fullName"] == f"{first} {last}"
    assert person["email"].startswith(f"{first}.{last}@".lower())
    assert person["username"].startswith(f"{first[0]}{last}".lower())


def test_a_profile_is_that_of_the_person_around_it() -> None:
    user = value_of(object_with("email", profile=object_with("first_name", "last_name")), name="User")
    profile = user["profile"]
    assert user["email"].startswith(f"{profile['first_name']}.{profile['last_name']}@".lower())


def test_the_name_of_an_owner_is_that_of_the_owner_beside_it() -> None:
    pet = value_of(object_with("name", "owner_name", owner=object_with("name", "email")), name="Pet")
    assert pet["owner_name"] == pet["owner"]["name"] != pet["name"]


def test_a_company_has_one_name_and_an_address_under_it() -> None:
    company = value_of(object_with("name", "email", "website"), name="Company")
    word = re.match(r"\w+", company["name"].lower())
    assert word is not None
    assert word[0] in company["email"].partition("@")[2]
    assert word[0] in company["website"]


def test_a_town_lies_where_its_coordinates_are() -> None:
    schema = object_with(
        "city", "state", "country", "country_code", "timezone", location=object_with(lat=NUMBER)
    )
    towns = {(value["city"], value["timezone"], value["location"]["lat"]) for value in all_of(schema)}
    assert len(towns) == len({city for city, _, _ in towns})
    assert value_of(schema)["country_code"] == "US"


def test_a_slug_is_that_of_the_title_beside_it() -> None:
    article = value_of(object_with("title", "slug"))
    assert article["slug"] == re.sub(r"[^a-z0-9]+", "-", article["title"].lower())


ORDERED = ["date_of_birth", "created_at", "startDate", "updatedAt", "end_date", "deleted_at", "expires_at"]


def test_moments_are_in_a_sensible_order() -> None:
    for value in all_of(object_with(**dict.fromkeys(reversed(ORDERED), MOMENT))):
        assert sorted(value, key=value.__getitem__) == ORDERED


def test_moments_of_items_are_in_order_and_differ_between_items() -> None:
    item = object_with(created_at=MOMENT, updated_at=MOMENT)
    items = value_of({"type": "array", "items": item, "minItems": 4})
    assert all(item["created_at"] < item["updated_at"] for item in items)
    assert len({item["created_at"] for item in items}) == len(items)


def test_what_happened_is_past_and_what_expires_is_to_come() -> None:
    for value in all_of(object_with(created_at=MOMENT, deleted_at=MOMENT, expires_at=MOMENT)):
        assert value["created_at"] < value["deleted_at"] < "2026-06-01"
        assert value["expires_at"] > "2028"


@pytest.mark.parametrize(("name", "digits"), [("created", 10), ("created_ms", 13)])
def test_a_moment_in_an_integer_counts_seconds_or_milliseconds(name: str, digits: int) -> None:
    assert len(str(value_of(object_with(**{name: INTEGER}))[name])) == digits


def test_somebody_is_as_old_as_the_day_of_birth_says() -> None:
    person = value_of(object_with("birth_date", age=INTEGER), name="Person")
    year, month = map(int, person["birth_date"].split("-")[:2])
    assert person["age"] == 2026 - year - (month >= 6)


def test_a_total_is_the_number_of_the_items() -> None:
    item = object_with("name")
    page = object_with(items={"type": "array", "items": item, "minItems": 3}, total=INTEGER, page=INTEGER)
    value = value_of({**page, "required": ["items", "total", "page"]})
    assert (value["total"], value["page"]) == (len(value["items"]), 1)


def test_the_numbers_of_a_page_agree_with_the_list_beside_it() -> None:
    meta = object_with(total_pages=INTEGER, totalCount=INTEGER, per_page=INTEGER, offset=INTEGER)
    value = value_of(object_with(meta=meta, data={"type": "array", "items": object_with("name")}))
    count = len(value["data"])
    assert value["meta"] == {"total_pages": 1, "totalCount": count, "per_page": 20, "offset": 0}


def test_a_count_that_names_a_list_is_its_length() -> None:
    tags = {"type": "array", "items": {"type": "string"}}
    value = value_of(object_with(tags=tags, photos=tags, tag_count=INTEGER, total_photos=INTEGER))
    assert (value["tag_count"], value["total_photos"]) == (len(value["tags"]), len(value["photos"]))


def test_a_total_is_left_alone_where_its_schema_or_author_says_otherwise() -> None:
    items = {"type": "array", "items": {"type": "string"}}
    value = value_of(object_with(items=items, total={"type": "integer", "minimum": 50}))
    assert value["total"] >= 50
    assert value_of(object_with(items=items, total={"type": "integer", "examples": [42]}))["total"] == 42


def test_texts_are_cut_between_words() -> None:
    description = {"type": "string", "maxLength": 20}
    for value in all_of(object_with(description=description)):
        assert re.fullmatch(r"[A-Z][\w' ,;]*\w", value["description"])


def test_a_content_is_longer_than_a_description_and_that_than_a_title() -> None:
    value = value_of(object_with("title", "description", "content"))
    assert len(value["title"]) < len(value["description"]) < len(value["content"])


@pytest.mark.parametrize(
    ("description", "pattern"),
    [
        ("One of `red`, `amber` or `green`.", r"red|amber|green"),
        ("What it is, e.g. `blue-42`.", r"blue-42"),
        ("A three-letter ISO 4217 code.", r"[A-Z]{3}"),
        ("The URL of the next one.", r"https://.*"),
        ("In ISO 8601.", r"20\d\d-.*Z"),
    ],
)
def test_a_description_says_what_an_unknown_name_does_not(description: str, pattern: str) -> None:
    schema = object_with(xyz={"type": "string", "description": description})
    assert re.fullmatch(pattern, value_of(schema)["xyz"])


@pytest.mark.parametrize(("name", "is_so"), [("is_active", True), ("deleted", False), ("hasMore", False)])
def test_a_truth_value_is_the_likely_one(name: str, *, is_so: bool) -> None:
    assert all(value[name] is is_so for value in all_of(object_with(**{name: {"type": "boolean"}})))


@pytest.mark.parametrize("locale", ["de_DE", "de-DE", "de"])
def test_words_come_in_the_locale_that_is_asked_for(locale: str) -> None:
    value = value_of(object_with("city", "country_code", "currency", "description"), locale=locale)
    assert (value["country_code"], value["currency"]) == ("DE", "EUR")


def test_names_in_another_script_have_addresses_in_ascii() -> None:
    person = value_of(object_with("name", "email"), name="User", locale="ja_JP")
    assert not person["name"].isascii()
    assert person["email"].isascii()


def test_a_locale_without_words_is_refused_with_the_near_ones() -> None:
    with pytest.raises(UsageError, match="de_XX") as refused:
        sampler_of({}, locale="de_XX")
    assert "de_DE" in refused.value.hint


def test_without_fills_a_map_has_only_the_entries_that_it_needs() -> None:
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    assert value_of(schema)
    assert value_of(schema, fills=False) == {}
    assert len(value_of({**schema, "minProperties": 2}, fills=False)) == 2


def test_what_opens_in_the_morning_closes_in_the_evening() -> None:
    clock = {"type": "string", "pattern": r"^\d\d:\d\d$"}
    value = value_of(object_with(time_open=clock, time_close=clock))
    assert value["time_open"] < "12:00" < value["time_close"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "format": "unix-time"},
        {"type": "integer", "description": "Seconds since the Unix epoch."},
    ],
)
def test_a_format_or_description_says_that_an_integer_is_a_moment(schema: Any) -> None:
    assert len(str(value_of(object_with(anchor=schema))["anchor"])) == 10


def test_a_choice_agrees_with_what_else_is_told() -> None:
    choices = {"type": "string", "enum": ["CHF", "usd", "EUR"]}
    assert value_of(object_with("country", currency=choices))["currency"] == "usd"


def test_a_state_is_one_that_most_things_are_in() -> None:
    choices = {"type": "string", "enum": ["unknown", "trashed", "active"]}
    assert {value["status"] for value in all_of(object_with(status=choices))} == {"active"}


def test_what_is_said_of_a_list_holds_of_its_items() -> None:
    codes = {"type": "array", "description": "ISO 3166-1 alpha-2 codes.", "items": {"type": "string"}}
    assert all(re.fullmatch("[A-Z]{2}", code) for code in value_of(object_with(markets=codes))["markets"])


def test_the_full_name_of_a_thing_is_no_persons() -> None:
    repository = value_of(object_with("name", "full_name"), name="Repository")
    assert repository["full_name"] == repository["name"]


def test_a_picture_in_a_list_of_pictures_has_the_address_of_one() -> None:
    images = {"type": "array", "items": object_with("url")}
    assert all(image["url"].endswith(".png") for image in value_of(object_with(images=images))["images"])


@pytest.mark.parametrize("name", ["IPv4Address", "MacAddress", "ipAddress"])
def test_an_address_of_a_machine_is_none_of_a_street(name: str) -> None:
    assert " " not in value_of(object_with(name))[name]


def test_a_count_is_whole_where_any_number_is_allowed() -> None:
    assert all(value["item_count"] % 1 == 0 for value in all_of(object_with(item_count=NUMBER)))


@pytest.mark.parametrize(("least", "most"), [("min", "max"), ("min_price", "max_price"), ("from", "to")])
def test_the_least_is_less_than_the_most(least: str, most: str) -> None:
    assert all(value[least] <= value[most] for value in all_of(object_with(**{least: NUMBER, most: NUMBER})))


def test_what_is_described_as_the_id_of_a_thing_is_no_name() -> None:
    customer = {"type": "string", "description": "ID of the customer who pays."}
    assert re.fullmatch("[0-9a-f]{24}", value_of(object_with(customer=customer))["customer"])


def test_a_region_in_an_address_is_no_data_center() -> None:
    assert value_of(object_with("city", "region"))["region"][0].isupper()
    assert value_of(object_with("region"), name="Server")["region"][0].islower()


def test_no_clock_and_no_random_source_decide_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = object_with("name", "city", "phone", "description", created_at=MOMENT)
    before = [value_of(schema, locale=locale) for locale in ("en_US", "fr_FR")]
    monkeypatch.setattr("random.random", lambda: 0.5)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert [value_of(schema, locale=locale) for locale in ("en_US", "fr_FR")] == before


def test_words_are_loaded_with_the_first_that_is_needed() -> None:
    script = (
        "import sys; from tests.schemas.sampling.sampled import object_with, value_of;"
        "value_of(object_with('id', 'title')); print('faker' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "False"


def test_ids_in_a_list_differ() -> None:
    ids = value_of(object_with(file_ids={"type": "array", "items": {"type": "string"}, "minItems": 3}))[
        "file_ids"
    ]
    assert len({*ids}) == len(ids)


def test_a_number_of_an_account_is_as_long_as_its_schema_allows() -> None:
    number = {"type": "string", "minLength": 5, "maxLength": 9}
    assert re.fullmatch(r"\d{5,9}", value_of(object_with(accountNumber=number))["accountNumber"])
