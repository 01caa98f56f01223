"""Titles, sentences and paragraphs, as long as the contract allows."""

import re

from accord.schemas.sampling import lexicon
from accord.schemas.sampling.told import Told

_PHRASES = tuple(map(str.lower, lexicon.PHRASES))


def title(told: Told) -> str:
    """A few words without a full stop."""
    words = told.scene.words
    if not words.is_english:
        return _cut(str(words.spoken("sentence", told.dice, nb_words=4)).rstrip(".。"), told.high)
    text = re.sub(r"\bA\b", told.dice.pick(lexicon.ADJECTIVES).lower(), told.dice.pick(lexicon.TITLES))
    return _cut(re.sub(r"\bN\b", told.dice.pick(lexicon.NOUNS), text), told.high)


def sentences(told: Told) -> str:
    """One sentence, or as many as the contract asks for."""
    text = _sentence(told)
    while len(text) < told.low:
        text = f"{text} {_sentence(told)}"
    return _cut(text, told.high)


def paragraph(told: Told) -> str:
    """Several sentences."""
    if not told.scene.words.is_english:
        return _cut(str(told.scene.words.spoken("paragraph", told.dice)), told.high)
    start = told.dice.between(0, len(lexicon.SENTENCES) - 1)
    chosen = [lexicon.SENTENCES[(start + at) % len(lexicon.SENTENCES)] for at in range(3)]
    text = " ".join((_sentence(told), *chosen))
    while len(text) < told.low:
        text = f"{text} {_sentence(told)}"
    return _cut(text, told.high)


def _sentence(told: Told) -> str:
    if not told.scene.words.is_english:
        return str(told.scene.words.spoken("sentence", told.dice))
    return f"{told.dice.pick(lexicon.OPENINGS)}{told.dice.pick(lexicon.ENDINGS)}."


def _cut(text: str, high: int) -> str:
    """The text, or as many of its words as there is room for."""
    if len(text) <= high:
        return text
    whole = text[: high + 1].rpartition(" ")[0]
    return whole.rstrip(" ,.;") or text[:high]


def word_of(told: Told, _: str = "") -> str:
    """A word or two, for a text of which nothing is known."""
    words = told.scene.words
    if not words.is_english:
        return words.sentence(told.dice)
    return told.dice.pick(_PHRASES)
