"""What is mocked: its operations, its document, and where in its files a rule stands."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from accord.contract import Contract, Operation
from accord.document import Document
from accord.findings import Position
from accord.mocking.control.asked import Answer, Answering, Asked, Impossible, json_answer
from accord.mocking.model import Response
from accord.mocking.texts import to_json
from accord.mocking.values import examples_of

_LONGEST_LINE = 500
_LARGEST_VALUE = 20_000


async def _get(asked: Asked) -> Answer:
    return json_answer(await asyncio.to_thread(_told, asked.mock.contract))


def _told(contract: Contract) -> Mapping[str, Any]:
    return {
        "title": contract.title,
        "version": contract.version,
        "openapi": contract.document.version,
        "files": list(contract.document.files),
        "operations": [_shown(operation) for operation in contract.operations],
    }


def _shown(operation: Operation) -> Mapping[str, Any]:
    return {
        "id": operation.id,
        "method": operation.method.upper(),
        "path": operation.path,
        "summary": operation.summary,
        "tags": list(operation.tags),
        "deprecated": operation.deprecated,
        "statuses": list(operation.responses),
        "examples": _examples(operation),
        "pointer": operation.pointer,
    }


def _examples(operation: Operation) -> Mapping[str, Sequence[str]]:
    """The names of the examples of each status that has some."""
    named = {
        status: list(dict.fromkeys(name for each in response.content.values() for name in examples_of(each)))
        for status, response in operation.responses.items()
    }
    return {status: names for status, names in named.items() if names}


async def _document(asked: Asked) -> Answer:
    return await asyncio.to_thread(json_answer, asked.mock.contract.document.content)


async def _rule(asked: Asked) -> Answer:
    place = await asyncio.to_thread(
        _place, asked.mock.contract, str(asked.query("pointer")), int(asked.query("around"))
    )
    return json_answer(place)


def _place(contract: Contract, pointer: str, around: int) -> Mapping[str, Any]:
    """The place of a pointer, with the lines around it. Raises Impossible where nothing stands there."""
    value = _value(contract.document, pointer)
    position = contract.document.locate(pointer)
    shown: dict[str, Any] = {
        "pointer": pointer,
        "file": position.file,
        "line": position.line,
        "column": position.column,
        "lines": _lines(position, around),
    }
    return shown | ({"value": value} if len(to_json(value)) <= _LARGEST_VALUE else {})


def _value(document: Document, pointer: str) -> Any:
    try:
        return document.at(pointer)
    except LookupError:
        raise Impossible.of(404, f"The contract has nothing at {pointer[:200]}.") from None


def _lines(position: Position, around: int) -> Sequence[Mapping[str, Any]]:
    try:
        lines = Path(position.file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    first = max(1, position.line - around)
    return [
        {"number": number, "text": text[:_LONGEST_LINE]}
        for number, text in enumerate(lines[first - 1 : position.line + around], first)
    ]


def _interface(asked: Asked) -> Response:
    return json_answer(asked.interface.document.content)


OPERATIONS: Mapping[str, Answering] = {
    "getContract": _get,
    "getDocument": _document,
    "getRule": _rule,
    "getInterface": _interface,
}
