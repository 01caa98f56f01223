"""The characters that text is made of, by the names that regular expressions have for them."""

from collections.abc import Mapping

LETTERS = "abcdefghijklmnopqrstuvwxyz"
CAPITALS = LETTERS.upper()
DIGITS = "0123456789"
PLAIN = LETTERS + DIGITS + CAPITALS
ANY = PLAIN + "-_. /,:+@#%&=~!?*'\"()<>[]{}|\\^$;`"
SPACES = " \t\n\r\f\v"
CONTROLS: Mapping[str, str] = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


def without(excluded: str) -> str:
    """The characters that are not these, common ones first; never a control character."""
    found = "".join(each for each in ANY if each not in excluded)
    return found or "".join(chr(code) for code in range(0xA1, 0x250) if chr(code) not in excluded)


SHORTHANDS: Mapping[str, str] = {
    "d": DIGITS,
    "w": PLAIN + "_",
    "s": SPACES,
    "D": without(DIGITS),
    "W": without(PLAIN + "_"),
    "S": without(SPACES),
}
_CATEGORIES: Mapping[str, str] = {
    "L": LETTERS + CAPITALS,
    "Letter": LETTERS + CAPITALS,
    "Alphabetic": LETTERS + CAPITALS,
    "Alpha": LETTERS + CAPITALS,
    "Lu": CAPITALS,
    "Uppercase": CAPITALS,
    "Ll": LETTERS,
    "Lowercase": LETTERS,
    "N": DIGITS,
    "Number": DIGITS,
    "P": "-_.,!?",
    "Punctuation": "-_.,!?",
    "S": "+=<>",
    "Z": " ",
    "M": "\u0301",
}


# Of the scripts that are not Latin, a few letters.
_SCRIPTS: Mapping[str, str] = {
    "Arabic": "ابتثجحخد",
    "Armenian": "աբգդեզէը",
    "Bengali": "কখগঘচছজঝ",
    "Cyrillic": "абвгдежзиклмн",
    "Devanagari": "कखगघचछजझ",
    "Georgian": "აბგდევზთ",
    "Greek": "αβγδεζηθικλμν",
    "Han": "中文字大小人山水日月",
    "Hangul": "가나다라마바사아",
    "Hebrew": "אבגדהוזח",
    "Hiragana": "あいうえおかきく",
    "Katakana": "アイウエオカキク",
    "Tamil": "கஙசஞடணதந",
    "Thai": "กขคงจฉชซ",
}


def category(name: str, *, is_excluded: bool) -> str:
    """The characters of a Unicode category or script, a few that are common; or those that are not of it."""
    value = name.rpartition("=")[2]
    found = _SCRIPTS.get(value) or _CATEGORIES.get(value) or _CATEGORIES.get(value[:1], LETTERS + CAPITALS)
    return without(found) if is_excluded else found
