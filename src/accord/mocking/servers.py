"""Is a request meant for a server that the operation has (OAS 3.1 section 4.8.5)?"""

import re
from collections.abc import Mapping
from typing import Any

from accord.contract import Operation

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def is_served_by(operation: Operation, url: str) -> bool:
    """Has the operation a server of this URL, its variables filled in with what they may be?"""
    raw = (operation.raw, operation.document.at(operation.path_pointer), operation.document.content)
    listed: Any = next((each["servers"] for each in raw if each.get("servers")), [])
    servers = [server for server in listed if isinstance(server, dict)] if isinstance(listed, list) else []
    return any(re.fullmatch(_pattern(server), url) for server in servers)


def _pattern(server: Mapping[str, Any]) -> str:
    """The pattern of the server's URL: a variable is one of its `enum`, or any text."""
    variables = server.get("variables")
    parts = _VARIABLE.split(str(server.get("url") or "/"))
    return "".join(
        _values(variables, part) if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )


def _values(variables: Any, name: str) -> str:
    variable = variables.get(name) if isinstance(variables, dict) else None
    listed = variable.get("enum") if isinstance(variable, dict) else None
    if not isinstance(listed, list) or not listed:
        return "[^/?#]*"
    return f"(?:{'|'.join(re.escape(str(value)) for value in listed)})"
