"""Is a file a collection? The rest is imported where it is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from accord.errors import MalformedDocument

if TYPE_CHECKING:
    from accord.document.library import File
    from accord.document.limits import Limits
    from accord.document.postman.collection import Collection

_SCHEMA = re.compile(r"/collection/v(\d+\.\d+)")
_READ = ("2.0", "2.1")


def read_collection(file: File, limits: Limits) -> Collection | None:
    """The file as a collection; None where it is none. Raises MalformedDocument, with a position."""
    version = _version(file.value)
    if version is None:
        return None
    if version not in _READ:
        raise MalformedDocument(
            f"a Postman collection of v{version} is no version that is read",
            hint="export it from Postman as Collection v2.1",
            position=file.position("/info/schema"),
        )
    from accord.document.postman.collection import collection_of  # noqa: PLC0415 - only a collection pays

    return collection_of(file, version, limits)


def _version(root: Any) -> str | None:
    """The version of a collection: what its schema names, or what its form shows; None where it is none."""
    if not isinstance(root, dict) or {"openapi", "swagger", "swaggerVersion"} & root.keys():
        return None
    info = root.get("info")
    if isinstance(info, dict):
        if match := _SCHEMA.search(str(info.get("schema"))):
            return match[1]
        return "2.1" if "item" in root and {"_postman_id", "name"} & info.keys() else None
    return "1.0" if isinstance(root.get("requests"), list) and "order" in root else None
