"""Media types (RFC 9110 section 8.3): reading them, matching them against a contract, negotiating them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - RFC 9110's grammar of a token
_TYPE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")
_PARAMETER = re.compile(rf'\s*;\s*(?:({_TOKEN})\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*"))?\s*')
_QUOTED_PAIR = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class ParsedType:
    """A media type or range: `type/subtype` in lower case, and its parameters, names in lower case."""

    essence: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str | None:
        """The charset, as it was sent."""
        return self.parameters.get("charset")

    @property
    def is_json(self) -> bool:
        """Is it JSON, or built on it (RFC 6839 section 3.1)?"""
        return self.essence == "application/json" or self.essence.endswith("+json") or self.essence in _JSON

    @property
    def is_xml(self) -> bool:
        """Is it XML, or built on it (RFC 7303)?"""
        return self.essence in ("application/xml", "text/xml") or self.essence.endswith("+xml")

    @property
    def is_yaml(self) -> bool:
        """Is it YAML, or built on it (RFC 9512), by its own name or one of those before it?"""
        return self.essence in _YAML or self.essence.endswith("+yaml")

    @property
    def is_text(self) -> bool:
        """Is it text that people read, XML included?"""
        return self.essence.startswith("text/") or self.essence in _TEXT or self.is_xml or self.is_yaml


_JSON = frozenset({"text/json", "application/x-json"})
_YAML = frozenset({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
_TEXT = frozenset({"application/graphql", "application/javascript"})


def parse_media_type(text: str) -> ParsedType | None:
    """The media type that a text names; None where it names none."""
    match = _TYPE.match(text)
    if match is None:
        return None
    parameters: dict[str, str] = {}
    at = match.end()
    while at < len(text):
        part = _PARAMETER.match(text, at)
        if part is None:
            return None
        if part[1]:
            parameters.setdefault(part[1].lower(), _unquoted(part[2]))
        at = part.end()
    return ParsedType(f"{match[1]}/{match[2]}".lower(), parameters)


def _unquoted(value: str) -> str:
    return _QUOTED_PAIR.sub(r"\1", value[1:-1]) if value.startswith('"') else value


def most_specific(sent: ParsedType, keys: Iterable[str]) -> str | None:
    """The most specific key of a `content` map that covers a media type (OAS 3.1 section 4.8.14)."""
    ranked = [(rank, key) for key in keys if (rank := _rank(sent, parse_media_type(key))) >= 0]
    return max(ranked, key=lambda entry: entry[0])[1] if ranked else None


def _rank(sent: ParsedType, key: ParsedType | None) -> int:
    """How specifically a key covers a media type; below zero where it does not."""
    if key is None or not _covers(key.essence, sent.essence):
        return -1
    wanted = {name: value for name, value in key.parameters.items() if name != "charset"}
    if any(sent.parameters.get(name, "").lower() != value.lower() for name, value in wanted.items()):
        return -1
    return _specificity(key.essence) + len(wanted)


def _specificity(essence: str) -> int:
    if essence == "*/*":
        return 0
    return 100 if essence.endswith("/*") else 200


def _covers(range_: str, essence: str) -> bool:
    if range_ in ("*/*", essence):
        return True
    return range_.endswith("/*") and essence.startswith(range_[:-1])


def negotiate(accept: str | None, offered: Iterable[str]) -> str | None:
    """Which of the offered media types to answer with; None where none is acceptable: 406.

    RFC 9110 section 12.5.1: the highest quality wins; of equal quality what is named most specifically,
    then what is named first, then what is offered first. No Accept, or one that cannot be read at all,
    accepts anything.
    """
    names = list(offered)
    ranges = _ranges(accept) if accept is not None and accept.strip() else []
    if not ranges:
        return names[0] if names else None
    best, chosen = _UNACCEPTABLE, None
    for name in names:
        preference = _preference(name, ranges)
        if preference > best and preference[0] > 0:
            best, chosen = preference, name
    return chosen


def _ranges(accept: str) -> list[tuple[ParsedType, float]]:
    found = []
    for part in _split_list(accept):
        parsed = parse_media_type("*/*" if part.strip() == "*" else part)
        if parsed is None:
            continue
        names = list(parsed.parameters)
        cut = names.index("q") if "q" in names else len(names)
        kept = {name: parsed.parameters[name] for name in names[:cut]}
        found.append((ParsedType(parsed.essence, kept), _weight(parsed.parameters.get("q", "1"))))
    return found


def _split_list(text: str) -> list[str]:
    """The members of a comma-separated list; commas in quotes do not count."""
    return [part for part in re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*"|")+', text) if part.strip()]


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return min(weight, 1.0) if weight >= 0 else 0.0


_UNACCEPTABLE = (0.0, -1, 0)


def _preference(name: str, ranges: list[tuple[ParsedType, float]]) -> tuple[float, int, int]:
    """How much what is offered is wanted: by the most specific range that covers it.

    Its quality, how specific it is, and how early it stands.
    """
    offered = parse_media_type(name)
    if offered is None:
        return _UNACCEPTABLE
    best = _UNACCEPTABLE
    for index, (range_, weight) in enumerate(ranges):
        rank = _rank_of_range(offered, range_)
        if rank > best[1]:
            best = weight, rank, -index
    return best


def _rank_of_range(offered: ParsedType, range_: ParsedType) -> int:
    covered = _covers(range_.essence, offered.essence) or (
        "*" in offered.essence and _covers(offered.essence, range_.essence)
    )
    if not covered:
        return -1
    for name, value in range_.parameters.items():
        own = offered.parameters.get(name)
        if own is None and name == "charset":
            continue  # what is offered without a charset can be sent in UTF-8, and is
        if own is None or own.lower() != value.lower():
            return -1
    return _specificity(range_.essence) + len(range_.parameters)
