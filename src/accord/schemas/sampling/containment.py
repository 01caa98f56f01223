"""Whether all texts of one pattern are texts of another, where that can be decided."""

import re

from accord.schemas.sampling.expressions import UnknownExpression, parse
from accord.schemas.sampling.spelling import texts_of

_BEYOND_ASCII = re.compile(r"\[\^|\\[pPWDSuxkc]|\\[1-9]|\.|[^\x20-\x7e]|\(\?")
"""What stands for characters that are not looked at one by one, or for what came before."""


def is_within(pattern: str, other: str) -> bool | None:
    """Does every text that has a match of the one have a match of the other? None where that is undecided.

    Only patterns that name all their characters, in ASCII, are decided.
    """
    if _BEYOND_ASCII.search(pattern) or _BEYOND_ASCII.search(other):
        return None
    try:
        texts = texts_of([parse(pattern)], [parse(other)])
    except UnknownExpression:
        return None
    return texts.is_empty if texts.is_whole else None
