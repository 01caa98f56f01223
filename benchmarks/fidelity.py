"""What share of public contracts the mock answers rightly: `python benchmarks/fidelity.py [NAME ...]`.

Each document of ../shared/corpus, at most 60 operations of each: a request made from the contract, the
answer judged by status, headers, media type and body. What does not conform is listed with the reason.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from accord.contract import Operation, load_contract
from accord.errors import AccordError
from accord.exchange import Judge, Outgoing
from accord.mocking import Choices, Mock, Request
from accord.mocking.asgi import Application, create_app
from accord.mocking.calling import request_of
from accord.mocking.values import Values
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler

CORPUS = Path(__file__).parents[1] / "../shared/corpus"
MOST = 60


@dataclass
class Tally:
    """What came of one document."""

    name: str
    operations: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def documents(wanted: Sequence[str]) -> Iterator[Path]:
    """The corpus's documents, those whose name has one of the wanted parts where any are given."""
    lines = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name in (line.partition("\t")[0] for line in lines):
        if not wanted or any(part in name for part in wanted):
            yield CORPUS / name


async def send(app: Application, request: Request) -> Outgoing:
    """What the application answers in process."""
    status, body = 0, b""
    headers: list[tuple[bytes, bytes]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": request.body}

    async def sent(message: dict[str, object]) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]  # type: ignore[assignment]
        else:
            body += message["body"]  # type: ignore[operator]

    scope = {
        "type": "http",
        "method": request.method,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query,
        "headers": request.headers,
    }
    await app(scope, receive, sent)  # type: ignore[arg-type]
    return Outgoing(status, headers, body)


def measure(path: Path) -> Tally:
    """The tally of one document."""
    tally = Tally(str(path.relative_to(CORPUS)))
    folder = CORPUS / path.relative_to(CORPUS).parts[0]
    started = time.perf_counter()
    contract = load_contract(str(path), allow=[str(folder)] if folder.is_dir() else (), lenient=True)
    app = create_app(Mock(contract), Choices())
    tally.seconds = time.perf_counter() - started
    judge = Judge(contract)
    schemas = Schemas(contract.document)
    values = Values(schemas, Sampler(schemas, seed="fidelity"), Direction.REQUEST)
    for operation in contract.operations[:MOST]:
        tally.operations += 1
        begun = time.perf_counter()
        fault = asyncio.run(judged(app, judge, operation, values))
        tally.slowest = max(tally.slowest, time.perf_counter() - begun)
        if fault:
            tally.faults.append(f"{operation.method.upper()} {operation.path}: {fault}")
    return tally


async def judged(app: Application, judge: Judge, operation: Operation, values: Values) -> str:
    """What is wrong with the answer to a request for an operation; nothing where it conforms."""
    try:
        request = request_of(judge.contract, operation, values)
    except Exception as error:  # noqa: BLE001 - a fault is to be counted and shown, whatever it is
        return f"no request: {type(error).__name__}: {error}"
    answer = await send(app, request)
    if not 200 <= answer.status < 400 and any(name[:1] in "23d" for name in operation.responses):
        return f"{answer.status} {answer.body[:300].decode('utf-8', 'replace')}"
    broken = judge.response(operation, answer)
    if not broken or not operation.responses:
        return ""
    first = broken[0]
    return f"{answer.status} {first.location} {first.name or ''}{first.pointer} {first.reason} [{first.rule}]"


def main() -> None:
    """Print a line for each document, what does not conform, and the share of all that does."""
    logging.disable(logging.WARNING)
    total = conforming = 0
    for path in documents(sys.argv[1:]):
        try:
            tally = measure(path)
        except AccordError as error:
            print(f"{path.name}: does not start: {error}")
            continue
        right = tally.operations - len(tally.faults)
        total, conforming = total + tally.operations, conforming + right
        print(
            f"{tally.name:40}{tally.operations:4} operations{right:5} conform"
            f"{tally.seconds:8.2f} s to start{tally.slowest:8.2f} s the slowest",
            flush=True,
        )
        for fault in tally.faults:
            print(f"    {fault}")
    print(f"{conforming} of {total}: {conforming / max(total, 1):.2%}")


if __name__ == "__main__":
    main()
