"""What is judged, and what the verdict says. Values; nothing here decides anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple


class Kind(StrEnum):
    """What sort of rule is broken. `problems` says which status each gets."""

    MALFORMED = "malformed"
    """It cannot be read: broken JSON, percent-encoding, UTF-8, a parameter given twice."""
    INVALID = "invalid"
    """It can be read, and breaks its schema."""
    MISSING = "missing"
    """It is required, and is not there."""
    UNKNOWN = "unknown"
    """It is there, and the contract has no such thing."""
    MEDIA_TYPE = "media-type"
    NOT_ACCEPTABLE = "not-acceptable"
    TOO_LARGE = "too-large"
    PATH = "path"
    METHOD = "method"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    RANGE = "range"
    """The part that is asked for is not there."""
    CONFLICT = "conflict"
    """It cannot be done to what there is."""


class Incoming(NamedTuple):
    """A request as it came: bytes that nobody has decoded.

    `path` and `path_parameters` are still percent-encoded; header names are in lower case.
    """

    method: str
    path: str
    path_parameters: Mapping[str, str] = MappingProxyType({})
    query: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""


class Outgoing(NamedTuple):
    """A response as it goes; header names are in lower case."""

    status: int
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a request or response.

    `location` is `path`, `query`, `header`, `cookie`, `body` or, in a response, `status`; `name` is that
    of the parameter or header; `pointer` leads into its value, or into the body. `received` is what came
    as JSON, shortened, and empty where nothing came. `rule` is the pointer in the contract that says so.
    """

    kind: Kind
    location: str
    reason: str
    rule: str
    name: str | None = None
    pointer: str = ""
    expected: str = ""
    received: str = ""


class JudgedRequest(NamedTuple):
    """A request decoded by the contract. A server uses the values only where `violations` is empty.

    `parameters` maps (location, name) to the value, defaults filled in; an absent one without default is
    not there. `body` is ABSENT where none came that can be read.
    """

    parameters: Mapping[tuple[str, str], Any]
    body: Any
    media_type: str | None
    violations: tuple[Violation, ...]


class Absent(StrEnum):
    """That there is no value at all, not even null."""

    ABSENT = ""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Policy:
    """What OpenAPI leaves open.

    `unknown_query`: `pass` or `refuse` query parameters that the contract has not; OAS says nothing of
    them. `unknown_body`: the same of a body where the operation takes none. `hidden`: the same of a
    read-only property in a request and a write-only one in a response. `deepest`: the most levels of
    nesting in a body. `most`: the most violations that are named.
    """

    unknown_query: Literal["pass", "refuse"] = "pass"
    unknown_body: Literal["pass", "refuse"] = "refuse"
    hidden: Literal["pass", "refuse"] = "refuse"
    deepest: int = 128
    most: int = 100
