"""Tables from the words that names end with to what is made for such names."""

from collections.abc import Mapping
from typing import TypeVar

_Entry = TypeVar("_Entry")


def table(*rows: tuple[str, _Entry]) -> Mapping[str, _Entry]:
    """The entries by the names in snake case that each row lists.

    A name stands for all that end with it: `email` for `contact_email`. `=name` stands for itself alone, and
    `total_*` for all that begin so. Of a name in several rows the first counts.
    """
    found: dict[str, _Entry] = {}
    for names, entry in rows:
        for name in names.split():
            found.setdefault(name, entry)
    return found


def find(entries: Mapping[str, _Entry], name: str) -> tuple[_Entry, str] | None:
    """The entry for a name, by the most of its words; and the words before these, its role."""
    if (whole := entries.get(f"={name}")) is not None:
        return whole, ""
    tokens = name.split("_")
    for at in range(len(tokens)):
        if (entry := entries.get("_".join(tokens[at:]))) is not None:
            return entry, "_".join(tokens[:at])
    for at in range(len(tokens) - 1, 0, -1):
        if (entry := entries.get("_".join((*tokens[:at], "*")))) is not None:
            return entry, ""
    return None
