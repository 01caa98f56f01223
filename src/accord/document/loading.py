import json
from pathlib import Path

import yaml_rs

from accord.document.model import Document
from accord.findings import Position


def read_document(location: str) -> Document:
    """The document at `location`, bundled and in normal form."""
    text = Path(location).read_text(encoding="utf-8")
    content = json.loads(text) if location.endswith(".json") else yaml_rs.loads(text, parse_datetime=False)
    return Document(
        content=content,
        version=str(content.get("openapi") or content.get("swagger")),
        files=(location,),
        locate=lambda _pointer: Position(location, 1, 1),
    )
