"""Column types that hold every value that JSON can, on SQLite and PostgreSQL alike.

PostgreSQL's text has no place for U+0000 and its jsonb neither; a lone surrogate is no UTF-8 for either
database; jsonb rounds what it takes for numbers. So text is kept with those few characters escaped, and
JSON as ASCII text.
"""

import json
import re
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator

_UNSTORABLE = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|u[0-9a-f]{4})")


def escaped(text: str) -> str:
    r"""`text` with what a database cannot hold written as `\u0000`, and a backslash doubled."""
    return _UNSTORABLE.sub(_escape, text)


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return "\\\\" if character == "\\" else f"\\u{ord(character):04x}"


def _unescape(match: re.Match[str]) -> str:
    escape = match.group(1)
    return "\\" if escape == "\\" else chr(int(escape[1:], 16))


class AnyText(TypeDecorator[str]):
    """Text of any characters. Ordinary text stands in the table as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        return None if value is None else escaped(str(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        return None if value is None else unescaped(value)


class JsonText(TypeDecorator[Any]):
    """Any JSON value, kept to the last digit. Null is JSON's null, never SQL's."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002 - its signature
        return json.dumps(value, separators=(",", ":"), allow_nan=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - its signature
        return None if value is None else json.loads(value)
