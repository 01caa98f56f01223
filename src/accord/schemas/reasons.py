"""The words for what a keyword asked for and what came instead."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from jsonschema_rs import ValidationError

_LONGEST = 80
_MOST_OPTIONS = 12
_ARTICLES = {
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "boolean": "true or false",
    "object": "an object",
    "array": "an array",
    "null": "null",
}
_FORMATS = {
    "uuid": "a UUID, such as 3c90c3cc-0d44-4b50-8888-8dd25736052a",
    "date": "a date, such as 2026-01-31",
    "date-time": "a date and time with its offset, such as 2026-01-31T12:00:00Z",
    "time": "a time with its offset, such as 12:00:00Z",
    "duration": "a duration, such as P3DT4H",
    "email": "an e-mail address",
    "uri": "an absolute URI",
    "byte": "base64, padded",
}


def given(value: Any) -> str:
    """The value as JSON, shortened; of an array or object only how large it is."""
    if isinstance(value, dict):
        return f"an object of {len(value)} {'property' if len(value) == 1 else 'properties'}"
    if isinstance(value, list):
        return f"an array of {len(value)} {'item' if len(value) == 1 else 'items'}"
    return shortened(value)


def shortened(value: Any) -> str:
    """The value as JSON in at most eighty characters."""
    if isinstance(value, str):
        value = value[: _LONGEST + 1]
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        text = "a value that JSON cannot hold"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def expectation(error: ValidationError, rule: Any) -> tuple[str, str]:
    """Why the value is refused, as a sentence, and what was expected. `rule` is the keyword's value."""
    kind = error.kind
    if kind.name == "falseSchema" and error.schema_path[-1:] == ["additionalProperties"]:
        return "has properties, and the contract allows none", "no properties"
    words = _WORDS.get(type(kind).__name__)
    if words is not None:
        return words(kind.as_dict(), rule)
    return error.message if len(error.message) <= 2 * _LONGEST else f"breaks {kind.name}", kind.name


_Facts = Mapping[str, Any]


def _type(facts: _Facts, _: Any) -> tuple[str, str]:
    names = sorted(facts["types"], key=lambda name: name == "null")
    expected = " or ".join(_ARTICLES.get(name, str(name)) for name in names)
    return f"must be {expected}", expected


def _required(facts: _Facts, _: Any) -> tuple[str, str]:
    return "is required", f"the property {shortened(facts['property'])}"


def _additional(facts: _Facts, _: Any) -> tuple[str, str]:
    names = ", ".join(shortened(name) for name in facts["unexpected"][:_MOST_OPTIONS])
    return f"has properties that are not in the contract: {names}", "no other properties"


def _items_left(_: _Facts, __: Any) -> tuple[str, str]:
    return "has items that are not in the contract", "no other items"


def _enum(facts: _Facts, _: Any) -> tuple[str, str]:
    options = facts["options"]
    listed = ", ".join(shortened(option) for option in options[:_MOST_OPTIONS])
    more = f" and {len(options) - _MOST_OPTIONS} more" if len(options) > _MOST_OPTIONS else ""
    return f"must be one of {listed}{more}", f"one of {listed}{more}"


def _constant(facts: _Facts, _: Any) -> tuple[str, str]:
    expected = shortened(facts["expected_value"])
    return f"must be {expected}", expected


def _format(facts: _Facts, _: Any) -> tuple[str, str]:
    name = facts["format"]
    expected = _FORMATS.get(name, f"the format {name}")
    return f"must be {expected}" if name in _FORMATS else f"must have the format {name}", expected


def _pattern(facts: _Facts, _: Any) -> tuple[str, str]:
    return f"must match the pattern {facts['pattern']}", f"a match of {facts['pattern']}"


def _backtracking(_: _Facts, __: Any) -> tuple[str, str]:
    return "cannot be matched with the contract's pattern in bounded time", "a simpler value"


def _false(_: _Facts, __: Any) -> tuple[str, str]:
    return "is not allowed here", "nothing"


def _not(_: _Facts, __: Any) -> tuple[str, str]:
    return "must not have the form that the contract excludes", "anything else"


def _several(_: _Facts, __: Any) -> tuple[str, str]:
    return "fits more than one of the forms of which it must have exactly one", "exactly one form"


def _none(facts: _Facts, rule: Any) -> tuple[str, str]:
    count = len(rule) if isinstance(rule, list) else len(facts.get("context", ()))
    return f"has none of the {count} forms that the contract allows", f"one of {count} forms"


def _unique(_: _Facts, __: Any) -> tuple[str, str]:
    return "has an item twice", "items that differ"


def _contains(_: _Facts, __: Any) -> tuple[str, str]:
    return "does not have an item that the contract asks for", "such an item"


def _names(_: _Facts, __: Any) -> tuple[str, str]:
    return "has a property whose name is not allowed", "allowed names"


def _limit(
    verb: str, template: str, noun: tuple[str, str] = ("", "")
) -> Callable[[_Facts, Any], tuple[str, str]]:
    def words(facts: _Facts, _: Any) -> tuple[str, str]:
        limit = facts.get("limit", facts.get("multiple_of"))
        expected = template.format(shortened(limit), noun[0] if limit == 1 else noun[1])
        return f"must {verb} {expected}", expected

    return words


_CHARACTERS = ("character", "characters")
_ITEMS = ("item", "items")
_PROPERTIES = ("property", "properties")

_WORDS: Mapping[str, Callable[[_Facts, Any], tuple[str, str]]] = {
    "Type": _type,
    "Required": _required,
    "AdditionalProperties": _additional,
    "UnevaluatedProperties": _additional,
    "AdditionalItems": _items_left,
    "UnevaluatedItems": _items_left,
    "Enum": _enum,
    "Constant": _constant,
    "Format": _format,
    "Pattern": _pattern,
    "BacktrackLimitExceeded": _backtracking,
    "RegexEngineFailure": _backtracking,
    "FalseSchema": _false,
    "Not": _not,
    "AnyOf": _none,
    "OneOfNotValid": _none,
    "OneOfMultipleValid": _several,
    "UniqueItems": _unique,
    "Contains": _contains,
    "PropertyNames": _names,
    "Minimum": _limit("be", "at least {0}"),
    "Maximum": _limit("be", "at most {0}"),
    "ExclusiveMinimum": _limit("be", "more than {0}"),
    "ExclusiveMaximum": _limit("be", "less than {0}"),
    "MultipleOf": _limit("be", "a multiple of {0}"),
    "MinLength": _limit("have", "at least {0} {1}", _CHARACTERS),
    "MaxLength": _limit("have", "at most {0} {1}", _CHARACTERS),
    "MinItems": _limit("have", "at least {0} {1}", _ITEMS),
    "MaxItems": _limit("have", "at most {0} {1}", _ITEMS),
    "MinProperties": _limit("have", "at least {0} {1}", _PROPERTIES),
    "MaxProperties": _limit("have", "at most {0} {1}", _PROPERTIES),
}
