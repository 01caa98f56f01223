"""Sets of texts: regular expressions that can be intersected and excluded, by Brzozowski's derivatives.

A text of all of several patterns, formats and lengths is found by walking from a set to what is left of it
after each character; a set of which nothing can be left is never entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accord.schemas.sampling.chance import Dice

_NOTHING, _END, _ONE, _CHAIN, _EITHER, _BOTH, _NOT, _REPEATED = range(8)
_MOST_EXPLORED = 400
_MOST_STEPS = 1_500
_PLEASANT = 8


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A set of texts. Two that are made of the same are the same object."""

    kind: int
    parts: tuple[Language, ...]
    characters: frozenset[str]
    counts: tuple[int, int | None]
    order: int
    has_empty: bool


class Languages:
    """Makes sets of texts over one alphabet, each once."""

    def __init__(self, alphabet: str) -> None:
        self._known: dict[tuple[object, ...], Language] = {}
        self._rests: dict[tuple[Language, str], Language] = {}
        self.alphabet = frozenset(alphabet)
        self.nothing = self._made(_NOTHING, (), has_empty=False)
        self.end = self._made(_END, (), has_empty=True)
        self.any = self.one(alphabet)
        self.all = self.repeated(self.any, 0, None)

    def _made(
        self,
        kind: int,
        parts: tuple[Language, ...],
        characters: frozenset[str] = frozenset(),
        counts: tuple[int, int | None] = (0, 0),
        *,
        has_empty: bool,
    ) -> Language:
        key = (kind, parts, characters, counts)
        known = self._known.get(key)
        if known is None:
            known = Language(kind, parts, characters, counts, len(self._known), has_empty)
            self._known[key] = known
        return known

    def one(self, characters: Iterable[str]) -> Language:
        """Texts of one of these characters."""
        found = self.alphabet.intersection(characters)
        return self._made(_ONE, (), found, has_empty=False) if found else self.nothing

    def chain(self, first: Language, then: Language) -> Language:
        """A text of the one and then one of the other."""
        if self.nothing in (first, then):
            return self.nothing
        if first is self.end or then is self.end:
            return first if then is self.end else then
        if first.kind == _CHAIN:
            return self.chain(first.parts[0], self.chain(first.parts[1], then))
        return self._made(_CHAIN, (first, then), has_empty=first.has_empty and then.has_empty)

    def either(self, languages: Iterable[Language]) -> Language:
        """The texts of any of them."""
        parts = self._joined(_EITHER, languages, self.nothing)
        if self.all in parts:
            return self.all
        if len(parts) < 2:  # noqa: PLR2004 - one alone is itself
            return parts[0] if parts else self.nothing
        return self._made(_EITHER, parts, has_empty=any(part.has_empty for part in parts))

    def both(self, languages: Iterable[Language]) -> Language:
        """The texts that are in each of them."""
        parts = self._joined(_BOTH, languages, self.all)
        if self.nothing in parts:
            return self.nothing
        if len(parts) < 2:  # noqa: PLR2004 - one alone is itself
            return parts[0] if parts else self.all
        if self.end in parts:
            return self.end if all(part.has_empty for part in parts) else self.nothing
        return self._made(_BOTH, parts, has_empty=all(part.has_empty for part in parts))

    def _joined(self, kind: int, languages: Iterable[Language], neutral: Language) -> tuple[Language, ...]:
        found: dict[Language, None] = {}
        for language in languages:
            found.update(dict.fromkeys(language.parts if language.kind == kind else (language,)))
        found.pop(neutral, None)
        return tuple(sorted(found, key=lambda each: each.order))

    def excluded(self, language: Language) -> Language:
        """The texts that are not in it."""
        if language.kind == _NOT:
            return language.parts[0]
        if language is self.nothing or language is self.all:
            return self.all if language is self.nothing else self.nothing
        return self._made(_NOT, (language,), has_empty=not language.has_empty)

    def repeated(self, language: Language, least: int, most: int | None) -> Language:
        """So many texts of it, one after the other."""
        least = 0 if language.has_empty else least
        if most == 0 or language is self.end or (language is self.nothing and least == 0):
            return self.end
        if language is self.nothing or (least, most) == (1, 1):
            return language
        return self._made(_REPEATED, (language,), counts=(least, most), has_empty=least == 0)

    def rest(self, language: Language, first: str) -> Language:
        """What may follow a first character."""
        known = self._rests.get((language, first))
        if known is None:
            known = self._rests[language, first] = self._rest(language, first)
        return known

    def _rest(self, language: Language, first: str) -> Language:
        parts, found = language.parts, self.nothing
        if language.kind == _ONE:
            found = self.end if first in language.characters else self.nothing
        elif language.kind == _CHAIN:
            found = self.chain(self.rest(parts[0], first), parts[1])
            found = self.either((found, self.rest(parts[1], first))) if parts[0].has_empty else found
        elif language.kind == _EITHER:
            found = self.either(self.rest(part, first) for part in parts)
        elif language.kind == _BOTH:
            found = self.both(self.rest(part, first) for part in parts)
        elif language.kind == _NOT:
            found = self.excluded(self.rest(parts[0], first))
        elif language.kind == _REPEATED:
            least, most = language.counts
            fewer = self.repeated(parts[0], max(0, least - 1), None if most is None else most - 1)
            found = self.chain(self.rest(parts[0], first), fewer)
        return found

    def classes(self) -> list[str]:
        """The alphabet in groups of characters between which no set tells a difference, the usual first."""
        told = [known.characters for known in self._known.values() if known.kind == _ONE]
        groups: dict[tuple[bool, ...], list[str]] = {}
        for character in sorted(self.alphabet, key=_oddity):
            groups.setdefault(tuple(character in each for each in told), []).append(character)
        return ["".join(group) for group in groups.values()]


class Texts:
    """Finds texts of one language."""

    def __init__(self, languages: Languages, language: Language) -> None:
        self._languages = languages
        self._start = language
        self._classes = languages.classes()
        self._ways: dict[Language, list[tuple[str, Language]]] = {}
        self._distances = self._explored()

    @property
    def is_whole(self) -> bool:
        """Was all that can be reached looked at?"""
        return all(rest in self._ways for ways in self._ways.values() for _, rest in ways)

    @property
    def is_empty(self) -> bool:
        """Is it certain that there is none?"""
        return self._start not in self._distances

    def _explored(self) -> dict[Language, int]:
        """How many characters at least each set that can be reached is away from the end of a text."""
        before: dict[Language, list[Language]] = {}
        waiting, seen = [self._start], {self._start}
        for language in waiting:
            for _, rest in self._onward(language) if len(before) < _MOST_EXPLORED else ():
                before.setdefault(rest, []).append(language)
                if rest not in seen:
                    seen.add(rest)
                    waiting.append(rest)
        ends = [each for each in waiting if each.has_empty or each not in self._ways]
        distances = dict.fromkeys(ends, 0)
        for language in ends:
            for earlier in before.get(language, ()):
                if earlier not in distances:
                    distances[earlier] = distances[language] + 1
                    ends.append(earlier)
        return distances

    def _onward(self, language: Language) -> list[tuple[str, Language]]:
        if language not in self._ways:
            rests = ((group, self._languages.rest(language, group[0])) for group in self._classes)
            self._ways[language] = [each for each in rests if each[1] is not self._languages.nothing]
        return self._ways[language]

    def text(self, low: int, high: int, dice: Dice) -> str | None:
        """One of `low` to `high` characters; None where none was found."""
        if self._distances.get(self._start, high + 1) > high:
            return None
        wanted = max(low, min(high, self._distances[self._start] + dice.between(0, _PLEASANT)))
        path: list[str] = []
        walk = [(self._start, self._ordered(self._start, wanted, high, dice))]
        dead: set[tuple[Language, int]] = set()
        for _ in range(_MOST_STEPS + 4 * low):
            language, ways = walk[-1]
            if language.has_empty and len(path) >= (wanted if ways else low):
                return "".join(path)
            if not ways:
                dead.add((language, len(path)))
                walk.pop()
                if not walk:
                    return None
                path.pop()
                continue
            group, rest = ways.pop()
            if (rest, len(path) + 1) not in dead:
                path.append(dice.pick(_usual(group)))
                walk.append((rest, self._ordered(rest, wanted - len(path), high - len(path), dice)))
        return None

    def _ordered(self, language: Language, left: int, most: int, dice: Dice) -> list[tuple[str, Language]]:
        """The ways on, the best last: such as can end in time; once long enough, those that end soonest."""
        distances = self._distances
        open_ = [way for way in self._onward(language) if distances.get(way[1], 0) < most]
        open_ = [way for way in open_ if way[1] in distances or way[1] not in self._ways]
        at = dice.roll()
        if left <= 0:
            return sorted(open_, key=lambda way: -distances.get(way[1], 0))
        shuffled = sorted(open_, key=lambda way: (at * (ord(way[0][0]) + 1)) % 8191)
        return sorted(shuffled, key=lambda way: -_oddity(way[0][0])[0])


def _usual(group: str) -> str:
    """The usual characters of a group, where it has such: letters and digits."""
    return "".join(each for each in group[:36] if _oddity(each)[0] == 0) or group


def _oddity(character: str) -> tuple[int, str]:
    """Of two characters the one that people rather expect is less."""
    is_usual = character.isascii() and (character.islower() or character.isdigit())
    oddness = 0 if is_usual else 1 if character.isalnum() else 2 if character.isprintable() else 3
    return oddness, character
