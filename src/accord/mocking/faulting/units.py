"""Times, sizes and shares as people write them. What cannot be read is a ValueError, which says what can."""

import re

_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(ms|s|min|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0}
_MOST_SECONDS = 365 * 24 * 3600.0
_MOST_BYTES = 999_999_999
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(B|kB|KB|MB|KiB|MiB)?")
_BYTES = {None: 1, "B": 1, "kB": 1000, "KB": 1000, "MB": 1_000_000, "KiB": 1024, "MiB": 1_048_576}
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?%")
_PART = re.compile(r"[01](?:\.[0-9]{1,12})?")


def duration_of(text: str) -> float:
    """Seconds."""
    found = _DURATION.fullmatch(text)
    if found is None:
        if text == "0":
            return 0.0
        raise ValueError("is no time with a unit, such as 300ms, 1.5s or 2min")
    seconds = round(float(found[1]) * _SECONDS[found[2]], 6)
    if seconds > _MOST_SECONDS:
        raise ValueError("is too long: 8760h at most")
    return seconds


def duration_text(seconds: float) -> str:
    """Seconds as they are read."""
    if seconds < 1:
        return f"{plain_text(seconds * 1000)}ms"
    if seconds % 60 == 0:
        return f"{plain_text(seconds / 60)}min"
    return f"{plain_text(seconds)}s"


def size_of(text: str) -> int:
    """Bytes."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError("is no number of bytes, such as 500, 10kB or 1.5MB")
    size = round(float(found[1]) * _BYTES[found[2]])
    if size > _MOST_BYTES:
        raise ValueError("is too much: less than 1000MB")
    return size


def size_text(size: int) -> str:
    """Bytes as they are read."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1000)):
        if size and size % factor == 0:
            return f"{size // factor}{unit}"
    return f"{size}B"


def share_of(text: str) -> float:
    """A share from 0 to 1."""
    percent = _PERCENT.fullmatch(text)
    if percent is None and not _PART.fullmatch(text):
        raise ValueError("is no share, such as 20% or 0.2")
    share = float(percent[1]) / 100 if percent else float(text)
    if share > 1:
        raise ValueError("is more than all: 100% at most")
    return round(share, 8)


def share_text(share: float) -> str:
    """A share as it is read."""
    return f"{plain_text(share * 100)}%"


def plain_text(number: float) -> str:
    """A number without an exponent, and without zeros at its end."""
    return f"{number:.6f}".rstrip("0").rstrip(".") or "0"
