"""Python names for what a contract names: deterministic, valid, and unique where they stand side by side."""

import builtins
import keyword
import re
from collections.abc import Iterable
from http import HTTPStatus

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[A-Za-z0-9]+")

_RFC_9110_PHRASES = {
    200: "Ok",
    413: "ContentTooLarge",
    414: "UriTooLong",
    416: "RangeNotSatisfiable",
    418: "Unused418",
    422: "UnprocessableContent",
}
"""Where the standard library's phrase is older than RFC 9110's, or reads badly as a class's name."""

_BUILTIN_CLASSES = frozenset(name for name in dir(builtins) if name[0].isupper())

RESERVED_CLASSES = _BUILTIN_CLASSES | {
    *("Annotated", "Any", "AnyUrl", "AwareDatetime", "BaseModel", "ConfigDict", "Decimal", "Enum", "Field"),
    *("IPv4Address", "IPv6Address", "Literal", "Mapping", "RootModel", "Sequence", "TypeAlias"),
    *("TypeAliasType", "UUID", "Union"),
}
"""Class names that would hide what models.py itself is written with."""

RESERVED_OPERATIONS = _BUILTIN_CLASSES | {
    *("Any", "Awaitable", "Callable", "CallerT", "ClassVar", "Generic", "Handlers", "IPv4Address"),
    *("IPv6Address", "Literal", "Shared", "TypeAlias", "TypeVar", "UUID"),
}
"""Class names that would hide what operations.py itself is written with."""

_RESERVED_FIELDS = frozenset(
    {
        *keyword.kwlist,
        *keyword.softkwlist,
        *("bool", "bytes", "dict", "dt", "field", "float", "int", "list", "models", "str"),
        *("body", "media_type"),
    }
)
"""Field names that Python refuses, that would hide a type, or that mean something else in a request."""


def snake_case(name: str) -> str:
    """The name in snake case, a valid identifier: `X-Request-Id` becomes `x_request_id`."""
    made = "_".join(_words(name)).lower() or "value"
    return f"n{made}" if made[0].isdigit() else made


def pascal_case(name: str) -> str:
    """The name in Pascal case, a valid identifier: `pet_list` becomes `PetList`."""
    made = "".join(word[0].upper() + word[1:] for word in _words(name)) or "Value"
    return f"N{made}" if made[0].isdigit() else made


def function_name(name: str) -> str:
    """The name of the function and of the field in `Handlers` for an operation id."""
    made = snake_case(name)
    return f"{made}_" if keyword.iskeyword(made) else made


def field_name(name: str) -> str:
    """The name of a field for a parameter or header: snake case, with `_` after it where it is taken."""
    made = snake_case(name)
    return f"{made}_" if made in _RESERVED_FIELDS else made


def status_class_name(status: str) -> str:
    """The class for a status key: `404` is `NotFound`, `4XX` is `Status4XX`, `default` is `Default`."""
    if not status.isdecimal():
        return "Default" if status.lower() == "default" else pascal_case(f"Status{status.upper()}")
    code = int(status)
    if code in _RFC_9110_PHRASES:
        return _RFC_9110_PHRASES[code]
    try:
        return pascal_case(HTTPStatus(code).phrase)
    except ValueError:
        return f"Status{code}"


def unique(name: str, taken: Iterable[str], *, suffix: str = "") -> str:
    """The name itself, or with the suffix, or with the first number that makes it one of a kind."""
    taken = taken if isinstance(taken, (set, frozenset, dict)) else set(taken)
    number, made = 2, name
    if made in taken:
        made = name = name + suffix
    while made in taken:
        made, number = f"{name}{number}", number + 1
    return made


def _words(name: str) -> list[str]:
    return _WORD.findall(_BOUNDARY.sub(" ", name))


def one_line(text: str, most: int = 100) -> str:
    """The first sentence of a text on one line, cut at a word where it is longer than `most`."""
    words = " ".join(text.split()).replace('"""', "'''")
    sentence = re.split(r"(?<=[.!?]) ", words, maxsplit=1)[0].rstrip('"')
    if len(sentence) <= most:
        return sentence
    return sentence[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
