"""Numbers and truth values that people would write, by the name of a property."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from accord.schemas.sampling.names import words_of
from accord.schemas.sampling.tables import table
from accord.schemas.sampling.times import TODAY, means_event, means_time
from accord.schemas.sampling.told import Source, Subject, Told

_EPOCHS = words_of("unix-time timestamp epoch unix-timestamp unixtime epoch-seconds epoch-millis")
_SAYS_EPOCH = re.compile(
    r"unix (?:time|epoch|milli)|since (?:the )?(?:unix )?epoch|epoch (?:time|milli|sec)", re.IGNORECASE
)
_MANY = (1_000, 900_000)
_AMOUNT = (500, 50_000)
_FEW = (100, 500)
# Of the names that say what a number is: from and to, in hundredths. These have fractions.
_FRACTIONS: Mapping[str, tuple[int, int]] = table(
    ("lat latitude", (3_000, 4_900)),
    ("long longitude", (-12_000, -7_000)),
    ("vector embedding", (-99, 99)),
    ("percent percentage percentile utilization progress", (500, 9_500)),
    ("tax_rate vat_rate discount_rate interest_rate rate_percent commission", (500, 2_500)),
    (
        (
            "price amount cost total subtotal sub_total fee balance tax discount salary "
            "revenue paid due budget "
            "refund charge payment net gross spend sales cents amount_cents price_cents amount_due"
        ),
        _AMOUNT,
    ),
    ("rating average_rating stars review_score", (300, 500)),
    ("score grade", (100, 10_000)),
    (
        (
            "confidence probability ratio similarity fraction likelihood threshold "
            "danceability energy valence "
            "acousticness liveness speechiness instrumentalness"
        ),
        (5, 99),
    ),
    ("temperature top_p", (20, 100)),
    ("weight length depth radius distance area diameter", (50, 9_900)),
    ("loudness", (-1_400, -300)),
    ("rate exchange_rate fx_rate", (80, 150)),
)
# These are whole numbers, even where the contract allows others.
_WHOLES: Mapping[str, tuple[int, int]] = table(
    ("memory_mb disk_size_mb size_mb memory_size_mb", (51_200, 819_200)),
    ("cpu_count vcpu_count cpus vcpus cores", (100, 800)),
    ("age", (1_900, 7_100)),
    ("=page =page_number =current_page =page_index total_pages page_count last_page", (100, 100)),
    ("limit page_size per_page page_limit", (2_000, 2_000)),
    ("=offset =skip =start_index", (0, 0)),
    ("width height width_px height_px", (32_000, 192_000)),
    (
        "bytes file_size content_length size_bytes size_in_bytes storage memory disk size size_*",
        (102_400, 500_000_000),
    ),
    ("exp_year expiry_year expiration_year", ((TODAY.year + 2) * 100, (TODAY.year + 5) * 100)),
    ("birth_year year_of_birth", ((TODAY.year - 70) * 100, (TODAY.year - 20) * 100)),
    ("founded established founding_year release_year year", ((TODAY.year - 8) * 100, TODAY.year * 100)),
    ("month exp_month expiry_month", (100, 1_200)),
    ("day day_of_month", (100, 2_800)),
    ("weekday day_of_week", (100, 500)),
    ("hour", (800, 1_800)),
    ("minute second", (0, 5_900)),
    ("status_code http_status response_code status", (20_000, 20_000)),
    ("port", (808_000, 949_900)),
    ("asn", (6_449_600, 6_451_100)),
    ("timeout ttl interval maximum_age expires_in retention delay grace_period cooldown", (3_000, 360_000)),
    ("duration_ms length_ms", (3_000_000, 30_000_000)),
    ("color", (100_000_000, 1_600_000_000)),
    ("ms millis milliseconds", (2_000, 200_000)),
    ("duration elapsed runtime uptime took latency seconds time", (3_000, 60_000)),
    ("minutes", (500, 9_000)),
    ("hours", (100, 2_400)),
    ("days", (100, 3_000)),
    ("months", (100, 1_200)),
    ("years", (100, 1_000)),
    ("bpm tempo", (7_000, 16_000)),
    ("fps frame_rate", (2_400, 6_000)),
    ("popularity", (2_000, 9_500)),
    (
        (
            "views impressions clicks likes followers following plays downloads visits "
            "subscribers stargazers "
            "forks watchers tokens view_count like_count play_count download_count followers_count "
            "stargazers_count watchers_count forks_count"
        ),
        _MANY,
    ),
    (
        (
            "priority level order rank position index sequence sort_order ordinal step "
            "version revision line "
            "generation row column attempt severity track_number disc_number page_range"
        ),
        _FEW,
    ),
    (
        (
            "quantity count stock attempts retries replicas seats guests units instances "
            "nodes workers cores cpus "
            "vcpus rooms beds number number_of_* total_* number_*"
        ),
        (100, 1_200),
    ),
    ("steps calories", (20_000, 300_000)),
)
_NUMBERS: Mapping[str, tuple[Fraction, Fraction]] = {
    name: (Fraction(low, 100), Fraction(high, 100)) for name, (low, high) in {**_WHOLES, **_FRACTIONS}.items()
}
# How a range is narrowed so that what is least is less than what is most.
_ENDS: Mapping[str, tuple[Fraction, Fraction]] = {
    "minimum": (Fraction(0), Fraction(1, 4)),
    "from": (Fraction(0), Fraction(1, 4)),
    "average": (Fraction(1, 4), Fraction(3, 4)),
    "maximum": (Fraction(3, 4), Fraction(1)),
    "to": (Fraction(3, 4), Fraction(1)),
}
_SMALL = Fraction(1), Fraction(100)
_MEDIUM = Fraction(1), Fraction(1_000)
_LARGE = Fraction(-(10**6)), Fraction(10**6)
_IDENTIFIERS = Fraction(1), Fraction(99_999)
_TRUTHS: Mapping[str, bool] = table(
    (
        (
            "deleted archived disabled blocked banned suspended private hidden locked "
            "expired has_more has_next "
            "has_next_page has_previous has_previous_page truncated cancelled canceled "
            "failed error dry_run draft "
            "spam nsfw test sandbox muted deaf mute revoked incomplete_results trashed "
            "closed deprecated explicit "
            "incomplete bot partial refunded disputed voided read_only readonly force "
            "legacy experimental abandoned "
            "paused fork offline reset over_limit rate_limited timed_out guest ephemeral "
            "internal invalid stale "
            "flagged not_* no_* is_not_* disable_*"
        ),
        False,
    ),
    (
        (
            "active enabled verified confirmed valid success successful ok available "
            "visible public published "
            "online is_open ready healthy completed approved in_stock paid current "
            "required allowed supported "
            "acknowledged accepted live_mode livemode connected running"
        ),
        True,
    ),
)


def exact(subject: Subject) -> Iterator[Callable[[Told], int | float]]:
    """What makes numbers that something else decides: a moment, a place on the map, somebody's age."""
    name = subject.name
    says_time = subject.format in _EPOCHS or subject.says(_SAYS_EPOCH)
    if says_time or (means_time(name) and (means_event(name) or not name.endswith("time"))):
        in_words = f"{name.replace('_', ' ')} {subject.said}"
        is_milliseconds = re.search(r"\bms\b|milli", in_words, re.IGNORECASE) is not None
        factor = 1_000 if is_milliseconds else 1
        yield lambda told: int(told.moment.timestamp()) * factor
    if name in ("lat", "latitude"):
        yield lambda told: told.spot().latitude
    if name in ("long", "longitude"):
        yield lambda told: told.spot().longitude
    if name == "age":
        yield lambda told: told.scene.times.age(told.about())


def usual(subject: Subject) -> Iterator[tuple[Fraction, Fraction]]:
    """Ranges in which numbers of that name usually are, the closest first."""
    first, _, last = subject.name.partition("_")
    end = _ENDS.get(first) or _ENDS.get(last.rpartition("_")[2])
    name = "_".join(token for token in subject.name.split("_") if token not in _ENDS) if end else subject.name
    found = subject.find(_NUMBERS, name)
    if end is not None:
        low, high = found[0] if found else _SMALL
        yield low + (high - low) * end[0], low + (high - low) * end[1]
    elif found is not None:
        yield found[0]
    if subject.name == "id" or subject.name.endswith("_id"):
        yield _IDENTIFIERS
    yield from (_SMALL, _MEDIUM, _LARGE)


def is_whole(subject: Subject) -> bool:
    """Is a number of that name a whole one, such as a count?"""
    return subject.find(_FRACTIONS) is None and subject.find(_WHOLES) is not None


def counted(subject: Subject) -> Iterator[Source]:
    """What makes a number as text, where the name is that of a number."""
    if (found := subject.find(_NUMBERS)) is not None:
        low = math.ceil(found[0][0])
        high = max(low, math.floor(found[0][1]))
        yield (lambda told, _: str(told.dice.between(low, high))), ""


def likely_of(subject: Subject) -> bool | None:
    """What is more often the case: accounts are active and not deleted. None where the name says nothing."""
    found = subject.find(_TRUTHS)
    return found[0] if found is not None else None
