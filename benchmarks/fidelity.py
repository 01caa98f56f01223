"""What share of public contracts the mock answers rightly: `python benchmarks/fidelity.py [NAME ...]`.

Each document of ../shared/corpus, `--most` operations of each (60; 0 is all of them), two requests each: one
made from the contract, and, where something is required in the query or body, the same without that. The
answers are judged by benchmarks/verdict.py, which shares no code with the mock but the reading of documents:
by the document in its normal form, and where it is one file of OpenAPI 3.0 or 3.1 once more by that file as
it is written. Requests are made by the mock's own `request_of`: one that is wrong is refused, and shows.

State is kept, as `accord mock` does it by default, in a world of its own for each operation. With `--dynamic`
no example is sent: all is generated.

What does not conform is listed with the reason. Exits 1 where a document does not start, or where less than
99.5% of the answers or of the refusals conform. With `--examples verbatim` these shares have no target: what
is listed then are the examples that break their own schemas, as the documents have them.
"""

import argparse
import asyncio
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import yaml_rs

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from accord.contract import METHODS, Contract, Operation, load_contract  # noqa: E402 - the path is set first
from accord.document import pointers  # noqa: E402
from accord.errors import AccordError  # noqa: E402
from accord.mocking import Choices, Mock, Request  # noqa: E402
from accord.mocking.asgi import Application  # noqa: E402
from accord.mocking.calling import request_of  # noqa: E402
from accord.mocking.places import HEADER  # noqa: E402
from accord.mocking.state.world import Worlds  # noqa: E402
from accord.mocking.values import Values  # noqa: E402
from accord.schemas import Direction, Schemas  # noqa: E402
from accord.schemas.sampling import Sampler  # noqa: E402
from benchmarks.second_opinion import Opinion, Undecided  # noqa: E402
from benchmarks.verdict import Answer, Verdict  # noqa: E402

CORPUS = ROOT / "../shared/corpus"
MOST = 60
TARGET = 0.995
_FOR_WRONG_REQUESTS = frozenset({"400", "422", "4XX", "default"})
"""What a document may call the response to a request that lacks something."""
_AS_USUAL = Choices()
_EXPRESSION = re.compile(r"\{[^{}]*\}")


@dataclass
class Tally:
    """What came of one document: answers to valid requests, and to those that lack something."""

    name: str
    operations: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)
    refusal_faults: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    """What could not be judged, and how often: patterns, and documents as they are written."""


@dataclass(frozen=True)
class Bench:
    """A mock and those who judge it: by the normal form first, then by the file as it is written."""

    contract: Contract
    app: Application
    values: Values
    verdicts: tuple[Verdict, ...]
    tally: Tally

    def rivals(self, operation: Operation) -> list[Operation]:
        """The operations whose requests cannot be told from this one's: `/a/{b}`, `/a/{c}` and `/a/{b}#d`."""
        form = _form(operation)
        return [each for each in self.contract.operations if _form(each) == form and each is not operation]


def _form(operation: Operation) -> tuple[str, str]:
    """What a request shows of its operation: no name in braces, and nothing after a number sign."""
    return operation.method, _EXPRESSION.sub("{}", operation.path.partition("#")[0])


def documents(wanted: Sequence[str]) -> Iterator[Path]:
    """The corpus's documents, those whose name has one of the wanted parts where any are given."""
    lines = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name in (line.partition("\t")[0] for line in lines):
        if not wanted or any(part in name for part in wanted):
            yield CORPUS / name


def measure(path: Path, most: int = MOST, choices: Choices = _AS_USUAL) -> Tally:
    """The tally of one document; all its operations where `most` is 0."""
    tally = Tally(str(path.relative_to(CORPUS)))
    folder = CORPUS / path.relative_to(CORPUS).parts[0]
    started = time.perf_counter()
    contract = load_contract(str(path), allow=[str(folder)] if folder.is_dir() else (), lenient=True)
    app = Application(Mock(contract), choices, worlds=Worlds())
    tally.seconds = time.perf_counter() - started
    schemas = Schemas(contract.document)
    values = Values(schemas, lambda: Sampler(schemas, seed="fidelity"), Direction.REQUEST)
    bench = Bench(contract, app, values, tuple(_verdicts(contract, path)), tally)
    known = {(each.method, each.path): each for each in contract.operations}
    for method, template in list(_written(contract.document.content))[: most or None]:
        tally.operations += 1
        begun = time.perf_counter()
        line = f"{method.upper()} {template}"
        if (method, template) in known:
            _measure_operation(bench, known[method, template], line)
        else:
            tally.faults.append(f"{line}: the mock does not know it")
        tally.slowest = max(tally.slowest, time.perf_counter() - begun)
    for verdict in bench.verdicts:
        tally.unread.update(
            {f"pattern {pattern}": count for pattern, count in verdict.opinion.skipped.items()}
        )
    return tally


def _written(content: Any) -> Iterator[tuple[str, str]]:
    """The method and path of each operation of a document."""
    for path in content.get("paths") or ():
        pointer = pointers.join("/paths", path)
        item = pointers.walk(content, pointer)
        while isinstance(item, dict) and isinstance(item.get("$ref"), str):
            item = pointers.walk(content, pointers.from_fragment(item["$ref"]))
        if path.startswith("/") and isinstance(item, dict):
            yield from ((method, path) for method in METHODS if isinstance(item.get(method), dict))


def _verdicts(contract: Contract, path: Path) -> Iterator[Verdict]:
    """By the normal form; and by the file as it is written, where that is all and is of OpenAPI 3."""
    content = contract.document.content
    yield Verdict(content, Opinion(content))
    version = contract.document.version
    if len(contract.document.files) > 1 or not version.startswith(("3.0", "3.1")):
        return
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text) if path.suffix == ".json" else yaml_rs.loads(text, parse_datetime=False)
    except (ValueError, TypeError):
        return
    raw = _with_names(raw)
    yield Verdict(raw, Opinion(raw, is_30=version.startswith("3.0")))


def _with_names(value: Any) -> Any:
    """The value with texts for keys: `200:` is a number in YAML, and a status in OpenAPI."""
    if isinstance(value, dict):
        return {str(key): _with_names(child) for key, child in value.items()}
    return [_with_names(child) for child in value] if isinstance(value, list) else value


def _measure_operation(bench: Bench, operation: Operation, line: str) -> None:
    """Adds to the tally what comes of an operation's two requests."""
    tally = bench.tally
    try:
        request = _in_world(request_of(bench.contract, operation, bench.values), operation)
    except Exception as error:  # noqa: BLE001 - a fault is to be counted and shown, whatever it is
        tally.faults.append(f"{line}: no request: {type(error).__name__}: {error}")
        return
    answer = asyncio.run(send(bench.app, request))
    if fault := _fault_of_answer(bench, operation, answer):
        taken = (each for each in bench.rivals(operation) if not _fault_of_answer(bench, each, answer))
        if (rival := next(taken, None)) is not None:
            fault = f"it is answered as {rival.path}, from which no request can be told; {fault}"
        tally.faults.append(f"{line}: {fault}")
    wrong = _lacking(operation, request)
    if wrong is not None and not bench.rivals(operation):
        tally.refused += 1
        if fault := _fault_of_refusal(bench, operation, asyncio.run(send(bench.app, wrong))):
            tally.refusal_faults.append(f"{line} without {_lack(request, wrong)}: {fault}")


def _in_world(request: Request, operation: Operation) -> Request:
    """The request in a world of its operation's own: what one creates is not what another one finds."""
    return request._replace(headers=(*request.headers, (HEADER, operation.id[:100].encode())))


async def send(app: Application, request: Request) -> Answer:
    """What the application answers in process."""
    status, body = 0, b""
    headers: list[tuple[bytes, bytes]] = []

    is_sent = False

    async def receive() -> dict[str, object]:
        nonlocal is_sent
        if is_sent:
            await asyncio.Event().wait()  # the client stays, so nothing comes any more
        is_sent = True
        return {"type": "http.request", "body": request.body}

    async def sent(message: Any) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        else:
            body += message["body"]

    scope = {
        "type": "http",
        "method": request.method,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query,
        "headers": request.headers,
    }
    await app(scope, receive, sent)
    return Answer(status, headers, body)


def _fault_of_answer(bench: Bench, operation: Operation, answer: Answer) -> str:
    """What is wrong with the answer to a valid request."""
    statuses = bench.verdicts[0].statuses(operation.pointer)
    if not statuses and answer.status < 500:
        return ""
    if not 200 <= answer.status < 400 and any(status[:1] in "23d" for status in statuses):
        return f"{answer.status} {answer.body[:300].decode('utf-8', 'replace')}"
    return _fault(bench, operation, answer)


def _fault(bench: Bench, operation: Operation, answer: Answer) -> str:
    """What breaks the document in an answer, by the first verdict that finds something."""
    for at, verdict in enumerate(bench.verdicts):
        try:
            pointer = verdict.operation(operation.path, operation.method)
            fault = verdict.fault(pointer, answer, is_head=operation.method == "head")
        except (Undecided, LookupError) as undecided:
            if at == 0:
                return f"{answer.status} cannot be judged: {undecided}"
            bench.tally.unread[f"as written: {undecided}"] += 1
            continue
        if fault:
            return f"{fault}{' (by the file as it is written)' if at else ''}"
    return ""


def _fault_of_refusal(bench: Bench, operation: Operation, answer: Answer) -> str:
    """What is wrong with the answer to a request that lacks something.

    It is to be a documented one, or a problem where the operation documents none for such an error.
    """
    shown = f"{answer.status} {answer.body[:120].decode('utf-8', 'replace')}"
    if not 400 <= answer.status < 500:
        return f"not refused: {shown}"
    verdict = bench.verdicts[0]
    if verdict.response(operation.pointer, answer.status) is not None:
        return _fault(bench, operation, answer)
    if documented := _FOR_WRONG_REQUESTS.intersection(verdict.statuses(operation.pointer)):
        return f"{min(documented)} is documented, and not the answer: {shown}"
    return "" if _is_problem(answer, is_head=operation.method == "head") else f"no problem: {shown}"


def _is_problem(answer: Answer, *, is_head: bool) -> bool:
    """Is it a problem of RFC 9457, with its own status in it?"""
    if answer.header("content-type") != "application/problem+json":
        return False
    if is_head:
        return not answer.body
    problem = json.loads(answer.body)
    return isinstance(problem, dict) and problem.get("status") == answer.status and bool(problem.get("title"))


def _lacking(operation: Operation, request: Request) -> Request | None:
    """The request without its required body, or else without a required parameter of the query."""
    if operation.request_body is not None and operation.request_body.required and request.body:
        headers = [pair for pair in request.headers if pair[0] != b"content-type"]
        return request._replace(body=b"", headers=headers)
    pairs = [pair for pair in request.query.split(b"&") if pair]
    for parameter in operation.parameters:
        if parameter.location == "query" and parameter.required:
            rest = [pair for pair in pairs if not _is_of(pair, parameter.name)]
            if len(rest) < len(pairs):
                return request._replace(query=b"&".join(rest))
    return None


def _is_of(pair: bytes, name: str) -> bool:
    key = unquote_plus(pair.partition(b"=")[0].decode("latin-1"))
    return key == name or key.startswith(f"{name}[")


def _lack(request: Request, wrong: Request) -> str:
    return "its body" if request.body != wrong.body else f"all of ?{request.query.decode('latin-1')[:80]}"


def _print(tally: Tally) -> None:
    """Prints a document's line, and what did not conform."""
    print(
        f"{tally.name:44}{tally.operations - len(tally.faults):5} of{tally.operations:5} answers"
        f"{tally.refused - len(tally.refusal_faults):5} of{tally.refused:5} refusals"
        f"{tally.seconds:8.2f} s to start{tally.slowest:8.2f} s the slowest",
        flush=True,
    )
    for fault in tally.faults + tally.refusal_faults:
        print(f"    {fault}")
    for what, count in tally.unread.items():
        print(f"    {count} times not judged: {what}")


def _measured(path: Path, options: argparse.Namespace) -> Tally | None:
    """The tally of a document, printed; None where it does not start."""
    try:
        choices = Choices(options.examples, dynamic=options.dynamic)
        tally = measure(path, options.most, choices)
    except AccordError as error:
        print(f"{path.name}: does not start: {error}")
        return None
    _print(tally)
    return tally


def main() -> None:
    """Print a line for each document, what does not conform, and the share of all that does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="parts of the names of documents; all without any")
    parser.add_argument(
        "--most", type=int, default=MOST, help="operations of each document; 0 is all of them"
    )
    parser.add_argument("--examples", default="mend", choices=["mend", "verbatim"])
    parser.add_argument("--dynamic", action="store_true", help="generated data in place of examples")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    tallies = [_measured(path, options) for path in documents(options.names)]
    started = [tally for tally in tallies if tally is not None]
    print(f"{len(started)} of {len(tallies)} documents start (target: all)")
    is_missed = len(started) < len(tallies)
    for what, total, faults in (
        ("answers to valid requests", *_sums([(t.operations, len(t.faults)) for t in started])),
        ("refusals of wrong requests", *_sums([(t.refused, len(t.refusal_faults)) for t in started])),
    ):
        share = (total - faults) / max(total, 1)
        is_missed |= share < TARGET and options.examples == "mend"
        print(f"{total - faults} of {total} {what} conform: {share:.2%} (target: {TARGET:.1%})")
    sys.exit(1 if is_missed else 0)


def _sums(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(first for first, _ in pairs), sum(second for _, second in pairs)


if __name__ == "__main__":
    main()
