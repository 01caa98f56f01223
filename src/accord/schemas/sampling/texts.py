"""What people would write, by the name of a property, in one table."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from accord.schemas.sampling import codes, lexicon, links
from accord.schemas.sampling.codes import DIGITS, HEX, characters
from accord.schemas.sampling.names import snake, words_of
from accord.schemas.sampling.naming import full_name, named
from accord.schemas.sampling.prose import paragraph, sentences, title
from accord.schemas.sampling.quantities import counted
from accord.schemas.sampling.tables import table
from accord.schemas.sampling.times import day, means_day, means_time, timestamp
from accord.schemas.sampling.told import Maker, Source, Subject, Told, made

_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0 Safari/537.36"
_SAYS_CODE = re.compile(r"\biso\b|3166|two.?letter|2.?letter|alpha.?2|\bcode\b", re.IGNORECASE)
_SAYS_IDENTIFIER = re.compile(r"^\W*(?:the |an? )?(?:unique )?(?:id|identifier) (?:of|for)\b", re.IGNORECASE)
# What stands around a state that is a part of a country; any other state is one that a thing is in.
_ADDRESSED = words_of(
    "address location venue billing shipping store place office home city mailing property customer"
)


def _one(topic: str) -> Maker:
    return lambda told, _: told.dice.pick(lexicon.VALUES[topic])


def _thing(kind: str) -> Maker:
    return lambda told, _: named(told, kind)


def _always(text: str) -> Maker:
    return lambda told, _: text  # noqa: ARG005 # makers are called alike


def _some(alphabet: str, count: int) -> Maker:
    return lambda told, _: characters(told, alphabet, max(told.low, min(count, told.high or count)))


def _barcode(start: str) -> Maker:
    return lambda told, _: codes.barcode(start, told)


def _country(told: Told, role: str) -> tuple[str, ...]:
    spot = told.spot(role)
    is_code = told.says(_SAYS_CODE)
    return (spot.country_code, spot.country) if is_code else (spot.country, spot.country_code)


def country_code(told: Told, role: str) -> str:
    """The code of a country (ISO 3166); of several in a list, of different ones."""
    return told.spot(role).country_code if told.is_member else told.dice.pick([*lexicon.CURRENCIES])


def _currency(told: Told, _: str) -> str:
    currency = told.scene.spot("").currency
    others = sorted({*lexicon.CURRENCIES.values()})
    code = currency if told.is_member else told.dice.pick(others)
    return code.lower() if "lowercase" in told.said else code


def _message(told: Told, _: str) -> str:
    return told.dice.pick(lexicon.VALUES["error" if _is_fault(told) else "comment"])


def _is_fault(told: Told) -> bool:
    return any(word in _FAULTS for thing in told.things for word in thing.split("_"))


def _region(told: Told, role: str) -> tuple[str, ...]:
    spot = told.spot(role)
    return spot.region, spot.region_code


def _state(told: Told, role: str) -> tuple[str, ...] | str:
    return _region(told, role) if _is_in_address(told, role) else told.dice.pick(lexicon.STATUSES)


def _region_of(told: Told, role: str) -> tuple[str, ...] | str:
    return _region(told, role) if _is_in_address(told, role) else told.dice.pick(lexicon.VALUES["region"])


def _is_in_address(told: Told, role: str) -> bool:
    around = {word for thing in (*told.things, role) for word in thing.split("_")}
    beside = {told.scene.words.plain(name) for name in told.subject.beside}
    return bool(around & _ADDRESSED or beside & {"city", "postal_code", "country"})


def _code(told: Told, role: str) -> str:
    return told.dice.pick(lexicon.VALUES["error_code"]) if _is_fault(told) else codes.code(told, role)


def _address(told: Told, role: str) -> str:
    spot = told.spot(role)
    return f"{spot.street}, {spot.city}, {spot.region_code} {spot.postal_code}"


def _path(told: Told, _: str) -> str:
    return f"/{told.dice.pick(('data', 'docs', 'files', 'reports'))}/{named(told, 'file')}"


def _type(told: Told, role: str) -> str:
    thing = told.things[0].rpartition("_")[2] if told.things else ""
    return thing if thing and not role else told.dice.pick(lexicon.VALUES["type"])


def _color(told: Told, _: str) -> tuple[str, ...]:
    return told.dice.pick(lexicon.VALUES["color"]), told.dice.pick(lexicon.VALUES["hex_color"])


_LINKS = words_of("links urls uris external_urls hrefs _links related_links image_urls")
_FAULTS = words_of("error errors warning warnings problem exception fault failure violation violations issue")
_STATES = words_of("status state phase lifecycle")
# Of the states that a thing may be in, those that most things are in.
_GOOD = words_of(
    "active enabled open available ok success succeeded successful complete completed "
    "published paid approved "
    "running ready healthy green up online confirmed verified in_progress live accepted valid"
)
# Choices that say little, and are only there for what cannot be said.
_EMPTY = words_of(
    "unknown unspecified none null deprecated invalid undefined other n/a unset unrecognized not_set"
)
# Names that say what their values are, whatever they are of.
_SPECIFIC: Mapping[str, Maker] = table(
    ("email email_address emails email_addresses", links.email),
    ("first_name given_name preferred_name =given", lambda told, role: told.person(role).first),
    ("last_name family_name =family", lambda told, role: told.person(role).last),
    ("middle_name", lambda told, role: told.scene.person(f"{told.about(role)} middle").first),
    ("initials", lambda told, role: f"{told.person(role).first[:1]}{told.person(role).last[:1]}"),
    (
        "user_name login handle screen_name nick nickname nick_name login_name login_id userid",
        lambda told, role: told.person(role).user_name,
    ),
    ("full_name display_name real_name legal_name person_name", full_name),
    (
        (
            "=author =owner =assignee =creator =manager =contact_person =reporter "
            "=reviewer =editor "
            "=sender =recipient =created_by =updated_by =modified_by =uploaded_by "
            "=approved_by =assigned_to "
            "=cardholder =payee =committer =organizer =instructor =salesperson =doctor contact"
        ),
        lambda told, _: told.person(told.name).full,
    ),
    ("attention attention_to attn care_of", lambda told, _: told.person().full),
    ("=name_on_card =card_holder_name", lambda told, _: told.person().full),
    (
        (
            "company organization employer vendor merchant supplier business partner "
            "publisher bank carrier firm "
            "agency institution university school =tenant"
        ),
        lambda told, role: told.company(role or told.name),
    ),
    ("job_title occupation profession job_role position_title", _one("occupation")),
    ("phone phones phone_number phone_numbers mobile mobile_number fax fax_number cell cell_phone msisdn",
     codes.phone),
    (
        (
            "street street_address street_name street1 street_1 address_line address_line1 "
            "address_line_1 address1 "
            "address_1 line1 line_1"
        ),
        lambda told, role: told.spot(role).street,
    ),
    (
        (
            "street2 street_2 address_line2 address_line_2 address2 address_2 line2 line_2 "
            "unit_number apartment suite"
        ),
        lambda told, _: f"Suite {told.dice.between(2, 40) * 10}",
    ),
    ("address_line3 address_line_3 line3 line_3", lambda told, _: f"Floor {told.dice.between(1, 12)}"),
    ("house_number building_number street_number", lambda told, _: str(told.dice.between(2, 180))),
    ("ip ip_address ip_addr ipv4 ipv4_address", codes.ipv4),
    ("ipv6 ipv6_address ipv6_gateway", codes.ipv6),
    ("gateway", codes.ipv4),
    ("subnet cidr ip_range cidr_block", codes.network),
    ("discriminator", _some(DIGITS, 4)),
    ("mac mac_address", codes.mac),
    ("web_address site_address endpoint_address callback_address", links.url),
    ("address", _address),
    ("city city_name town locality municipality hometown home_town", lambda told, role: told.spot(role).city),
    ("province county administrative_area state_or_province subdivision state_name region_name", _region),
    ("state_code province_code region_code", lambda told, role: told.spot(role).region_code),
    ("state", _state),
    ("postal_code post_code postal", lambda told, role: told.spot(role).postal_code),
    ("country_code country_iso country_iso2 =country_id", country_code),
    ("country country_name country_of_*", _country),
    ("nationality", _one("nationality")),
    ("currency_name", _thing("currency")),
    ("currency_symbol", _one("currency_symbol")),
    ("currency currency_code currency_iso =currency_id", _currency),
    ("locale language_tag", lambda told, _: told.scene.words.locale.replace("_", "-")),
    ("language_name", _thing("language")),
    ("language language_code", lambda told, _: told.scene.words.locale[:2]),
    ("time_zone time_zone_id time_zone_name", lambda told, role: told.spot(role).time_zone),
    ("latitude lat", lambda told, role: f"{told.spot(role).latitude:.4f}"),
    ("longitude long", lambda told, role: f"{told.spot(role).longitude:.4f}"),
    (
        "lat_lng lat_long coordinates coords geo_point",
        lambda told, role: f"{told.spot(role).latitude:.4f},{told.spot(role).longitude:.4f}",
    ),
    ("gender sex", _one("gender")),
    ("salutation honorific name_prefix", _one("salutation")),
    ("host host_name fqdn domain domain_name", links.host),
    ("user_agent", _always(_AGENT)),
    ("browser browser_name", _one("browser")),
    ("os operating_system platform os_type", _one("operating_system")),
    ("mime mime_type content_type media_type", _one("mime_type")),
    ("extension file_extension file_ext file_format", _one("extension")),
    ("file_name original_name original_file_name", _thing("file")),
    ("file_path path directory folder_path dir pathname", _path),
    ("slug url_key seo_name", links.slug),
    (
        "hex_color color_hex color_code background_color text_color theme_color accent_color",
        _one("hex_color"),
    ),
    ("color color_name", _color),
    ("iban", _always("DE02120300000000202051")),
    ("bic bic_code swift swift_code", _always("COBADEFFXXX")),
    ("account_number bank_account", _some(DIGITS, 10)),
    ("routing_number", _always("110000000")),
    ("card_number pan credit_card", _always("4242424242424242")),
    ("last4 last_4 last_four last_four_digits last4_digits", _some(DIGITS, 4)),
    ("cvv cvc cvv2 security_code", _some(DIGITS, 3)),
    ("card_brand card_type", _one("brand")),
    ("pin otp verification_code one_time_code passcode", _some(DIGITS, 6)),
    ("isbn isbn13 isbn_13", _barcode("978")),
    ("ean ean13 gtin barcode upc", _barcode("400")),
    ("vin", codes.vin),
    ("license_plate plate_number", codes.plate),
    ("vat_id vat_number tax_id tax_number =tin", codes.tax_number),
    ("ssn national_id social_security_number", codes.national_number),
    ("password pass_phrase passphrase", codes.password),
    ("sku part_number model_number item_number product_code stock_code article_number", _one("sku")),
    ("serial serial_number", lambda told, _: f"SN{characters(told, DIGITS, 8)}"),
    (
        (
            "order_number order_no invoice_number invoice_no quote_number ticket_number receipt_number "
            "tracking_number tracking_code reference_number confirmation_number "
            "confirmation_code booking_number "
            "booking_code booking_reference transaction_number case_number po_number purchase_order_number "
            "credit_note_number contract_number shipment_number document_number "
            "payment_reference order_reference"
        ),
        codes.numbered,
    ),
    ("api_version", _always("v1")),
    ("version version_number version_name version_string version_tag semver", _one("version")),
    ("commit sha sha1 commit_id commit_sha commit_hash git_ref git_sha revision", _some(HEX, 40)),
    ("sha256 sha_256 hash checksum digest fingerprint signature", _some(HEX, 64)),
    ("md5 etag e_tag content_md5", _some(HEX, 32)),
    ("branch branch_name git_branch", _one("branch")),
    ("cron cron_expression crontab cron_schedule", codes.cron),
    (
        (
            "token secret api_key access_key client_secret private_key bearer jwt auth_key "
            "nonce public_key "
            "key_secret cursor session_key csrf"
        ),
        codes.token,
    ),
    (
        (
            "price amount cost total subtotal sub_total fee balance discount salary "
            "revenue unit_price net_amount "
            "gross_amount"
        ),
        codes.money,
    ),
    ("area_code", _some(DIGITS, 3)),
    ("phone_country_code calling_code calling_country_code dial_code", _always("1")),
    (
        (
            "server_address host_address remote_address local_address bind_address "
            "listen_address client_address"
        ),
        codes.ipv4,
    ),
    ("architecture arch", _one("architecture")),
    ("command cmd entrypoint", _one("command")),
    ("mountpoint mount_point mount_path mount", _always("/mnt/data")),
    ("http_method =method verb", _one("method")),
    ("env environment", _one("environment")),
    ("algorithm alg", _one("algorithm")),
    ("encoding charset", _one("encoding")),
    ("license license_id license_key license_name spdx_id", _one("license")),
    ("visibility", _one("visibility")),
    ("weekday day_of_week", _one("weekday")),
    ("website homepage home_page web_site website_url homepage_url", links.site),
    (
        (
            "uri uris url urls href link links endpoint endpoints callback webhook avatar "
            "image images picture photo "
            "photos thumbnail icon logo banner permalink cover_image poster =self url_* "
            "uri_* link_* webhook_*"
        ),
        links.url,
    ),
)  # fmt: skip
# Names that say little: a description tells more, where there is one.
_GENERAL: Mapping[str, Maker] = table(
    ("title subject headline heading", lambda told, _: title(told)),
    (
        (
            "description summary bio biography details about caption overview blurb "
            "abstract purpose introduction "
            "intro tagline subtitle explanation help help_text hint disclaimer excerpt "
            "memo alt_text alt tooltip "
            "synopsis snippet teaser annotation"
        ),
        lambda told, _: sentences(told),
    ),
    (
        (
            "error error_message error_description failure_message warning failure_reason "
            "status_message =detail"
        ),
        _one("error"),
    ),
    ("error_code failure_code error_type", _one("error_code")),
    ("reason", _one("reason")),
    ("instruction instructions directions special_requests", _one("instructions")),
    ("prompt", _one("prompt")),
    ("question", _one("question")),
    ("message", _message),
    ("comment comments review feedback reply remark remarks note notes", _one("comment")),
    (
        (
            "content body text article post markdown transcript letter lyrics statement "
            "answer paragraph terms story "
            "blog"
        ),
        lambda told, _: paragraph(told),
    ),
    ("html", lambda told, _: f"<p>{sentences(told)}</p>"),
    ("name label names", named),
    ("status phase lifecycle", _one("status")),
    ("priority severity importance urgency level", _one("priority")),
    ("role roles", _one("role")),
    ("region", _region_of),
    ("zone", _one("region")),
    ("brand make manufacturer", _one("make")),
    ("department", _one("department")),
    ("size", _one("size")),
    ("unit units uom unit_of_measure", _one("unit")),
    ("month", _one("month_name")),
    ("type kind class object object_type resource_type entity_type", _type),
    ("id uuid guid key reference ref identifier ids sid uid", codes.identifier),
    ("code", _code),
    ("number no", lambda told, _: characters(told, DIGITS[1:], 5)),
    (
        (
            "tag keyword category genre group species breed channel team project "
            "permission scope plan ingredient "
            "product folder feature event album track song playlist model repository repo "
            "job task hobby interest "
            "skill topic book movie museum hotel course service server network database "
            "index table field namespace "
            "cluster container bucket queue pod node column attribute parameter metric "
            "vehicle item account issue "
            "ticket template report location venue place package app application emoji "
            "reaction tier workspace "
            "user person pet animal"
        ),
        lambda told, _: named(told, told.name),
    ),
)


def texts(told: Told) -> Iterator[str]:
    """Texts that a property of that name might have, the best first."""
    subject = told.subject
    return made(told, subject.once("texts", lambda: tuple(sources(subject))))


def sources(subject: Subject, between: Iterable[Source] = ()) -> Iterator[Source]:
    """What texts of a property of that name come from, the best first.

    `between` counts more than what a name says that is used for many things, such as `code`.
    """
    if means_time(subject.name):
        yield moments, ""
    if subject.says(_SAYS_IDENTIFIER):
        yield codes.identifier, ""
    if (found := subject.find(_SPECIFIC)) is not None:
        yield found
        return
    yield from between
    if (found := subject.find(_GENERAL)) is not None:
        yield found
    elif subject.around_name in _LINKS:
        yield links.url, ""
    else:
        yield from counted(subject)


def choice_of(choices: Sequence[Any], subject: Subject) -> Callable[[Told], Any]:
    """What takes one of several values: one that agrees with what is told, else one that says something."""
    telling = _telling(subject.name, choices)
    if subject.find(_SPECIFIC) is None:
        return lambda told: told.dice.pick(telling)
    spelled = {str(choice).lower(): choice for choice in reversed(choices)}

    def find(told: Told) -> Any:
        agreeing = next((text for text in texts(told) if text.lower() in spelled), None)
        return spelled[agreeing.lower()] if agreeing is not None else told.dice.pick(telling)

    return find


def _telling(name: str, choices: Sequence[Any]) -> Sequence[Any]:
    """Those of several values that say something; of states those that most things are in."""
    if name.rpartition("_")[2] in _STATES:
        choices = [choice for choice in choices if snake(str(choice)) in _GOOD] or choices
    return [choice for choice in choices if str(choice).lower() not in _EMPTY] or choices


def moments(told: Told, _: str = "") -> Iterator[str]:
    """When what the name speaks of happened, in the usual forms."""
    moment = told.moment
    forms = (day, timestamp) if means_day(told.name) else (timestamp, day)
    yield from (form(moment) for form in forms)
    clock = told.scene.times.clock(told.name)
    yield from (clock, f"{clock}:00")
