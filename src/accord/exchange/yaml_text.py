"""YAML bodies, read as contracts are: aliases, depth and keys are bounded, and no tag makes anything."""

from collections.abc import Callable
from typing import Any

from accord.document import Limits
from accord.document.parsing import parse
from accord.errors import ContractError
from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType
from accord.exchange.texts import text_of

_MOST_REPEATED = 100_000
"""Nodes that aliases in one body may stand for."""


def yaml_reader(sent: ParsedType, deepest: int) -> Callable[[bytes], Any]:
    """What reads a YAML body to its value."""
    limits = Limits(depth=deepest, alias_nodes=_MOST_REPEATED)

    def read(body: bytes) -> Any:
        text = text_of(body, sent).removeprefix("\ufeff")
        try:
            return parse(text.encode("utf-8", "surrogatepass"), "", limits)
        except ContractError as error:
            raise MalformedContent(f"is not YAML that can be read: {_reason(error)}") from None

    return read


def _reason(error: ContractError) -> str:
    position = error.position
    place = f" (line {position.line}, column {position.column})" if position else ""
    return f"{error.message.removeprefix('not YAML: ')}{place}"
