from dataclasses import dataclass

_MEBIBYTE = 2**20
CHARACTERS_A_NODE = 64
"""Characters of text that weigh as much as another node, where YAML aliases are counted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a document is refused: generous for real contracts, a wall for bombs."""

    file_bytes: int = 64 * _MEBIBYTE
    total_bytes: int = 256 * _MEBIBYTE
    files: int = 10_000
    depth: int = 201
    """Levels of nesting: as many as jiter reads. JSON writers give up at 254, so all can be written, too."""
    alias_nodes: int = 1_000_000
    """Nodes that YAML aliases may stand for, all together; of text, each 64 characters are one."""
    copied_nodes: int = 500_000
    """Nodes that references in place of operations, maps and lists may stand for, all together."""
    fetch_seconds: float = 15.0
    redirects: int = 5
