"""What is deprecated, until when, and whether it may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accord.comparing.changes import Change
from accord.comparing.told import Told
from accord.contract import Element, Operation

SUNSET = "x-sunset"


@dataclass(frozen=True, slots=True)
class Policy:
    """What dates are held against, and how many days a deprecation has to last; 0: nobody asks."""

    today: date
    days: int = 0


@dataclass(frozen=True, slots=True)
class Sunset:
    """When something goes: a date; or what was written in place of one."""

    on: date | None
    written: str


def sunset_of(element: Element) -> Sunset | None:
    """The date of `x-sunset`, an RFC 3339 date or date-time; None where there is none."""
    written = element.raw.get(SUNSET)
    if written is None:
        return None
    text = written.isoformat() if isinstance(written, date) else str(written)
    try:
        return Sunset(datetime.fromisoformat(text).date(), text)
    except ValueError:
        return Sunset(None, text)


def is_over(element: Element, policy: Policy) -> bool:
    """Was it deprecated, and has the date at which it goes, if it has one, passed?"""
    sunset = sunset_of(element)
    return element.raw.get("deprecated") is True and (
        sunset is None or (sunset.on is not None and sunset.on <= policy.today)
    )


def removed_operation(operation: Operation, told: Told, policy: Policy) -> Change:
    """That an operation is gone; with less weight where it was announced."""
    if is_over(operation, policy):
        message = "the operation was removed; it was deprecated"
        return told.change("operation-removed-after-deprecation", message, old=operation.pointer)
    sunset = sunset_of(operation)
    late = f" before its sunset on {sunset.written}" if sunset and operation.deprecated else ""
    return told.change("operation-removed", f"the operation was removed{late}", old=operation.pointer)


def turned_lifecycle(kind: str, old: Element, new: Element, told: Told, policy: Policy) -> Iterator[Change]:
    """What became of the deprecation of an operation, a parameter or a header."""
    before, after = (each.raw.get("deprecated") is True for each in (old, new))
    places = (old.pointer, new.pointer)
    if before != after:
        rule, word = (
            ("deprecated", "is deprecated now") if after else ("reactivated", "is no longer deprecated")
        )
        yield told.change(f"{kind}-{rule}", f"it {word}", *places)
        if after and policy.days and sunset_of(new) is None:
            yield told.change("sunset-missing", f"it is deprecated without {SUNSET}", *places)
    if after:
        yield from _sunsets(old, new, told, policy, was_deprecated=before)


def _sunsets(
    old: Element, new: Element, told: Told, policy: Policy, *, was_deprecated: bool
) -> Iterator[Change]:
    one, other = sunset_of(old), sunset_of(new)
    places = (old.pointer, new.pointer)
    if one == other:
        return
    if other is None:
        if was_deprecated:
            yield told.change("sunset-removed", f"{SUNSET} was removed: nobody knows when it goes", *places)
        return
    if other.on is None:
        yield told.change("sunset-unreadable", f"{SUNSET} {other.written!r} is no date", *places)
        return
    if one is None and was_deprecated:
        yield told.change("sunset-added", f"it goes on {other.written}", *places)
    elif one is not None and one.on is not None and was_deprecated:
        word = "earlier" if other.on < one.on else "later"
        message = f"it goes {word}: {one.written} became {other.written}"
        yield told.change(f"sunset-moved-{word}", message, *places)
    is_earlier = one is None or one.on is None or other.on < one.on
    if is_earlier and other.on < policy.today + timedelta(days=policy.days):
        message = f"it goes on {other.written}: within {policy.days} days from now"
        yield told.change("sunset-too-soon", message, *places)
