"""What is created on the mock of a public contract is read, listed, changed and removed:
`python benchmarks/flows.py [NAME ...]`.

For each resource of each document of ../shared/corpus in which items can come to be: one is created by a
request made from the contract, read back, listed, changed, read again, removed and read once more, as far as
the contract has it, in a world of its own. An answer is right if it conforms to the document by
benchmarks/verdict.py, which shares no code with the mock, and if it holds what was sent: each member that the
schema of the answer has a place for, and that is neither the server's own nor write-only. The list holds the
item as often as it is there, and its total is how many items all of its pages have.

Flows with forms, JSON:API, HAL and keys that stand in the path alone are counted by themselves, too.

A flow is complete if each of its steps is right. What fails is listed with the reason.
"""

import argparse
import asyncio
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any
from urllib.parse import quote, unquote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from accord.contract import Contract, Operation, load_contract  # noqa: E402 - the path is set first
from accord.document import pointers  # noqa: E402
from accord.mocking import Choices, Mock, Request  # noqa: E402
from accord.mocking.asgi import Application  # noqa: E402
from accord.mocking.calling import in_path, message_of  # noqa: E402
from accord.mocking.places import HEADER  # noqa: E402
from accord.mocking.resources import Links, Place, Resource, ResourceOperation, Role  # noqa: E402
from accord.mocking.resources.fields import Reader  # noqa: E402
from accord.mocking.state.world import Worlds  # noqa: E402
from accord.mocking.values import Values  # noqa: E402
from accord.mocking.writing import write_body  # noqa: E402
from accord.schemas import Direction, Schemas  # noqa: E402
from accord.schemas.sampling import Sampler  # noqa: E402
from benchmarks.fidelity import CORPUS, documents, send  # noqa: E402
from benchmarks.second_opinion import Opinion, Undecided  # noqa: E402
from benchmarks.verdict import Answer, Verdict  # noqa: E402

MOST_PAGES = 50
SHAPES = {
    "form": "x-www-form-urlencoded",
    "multipart form": "multipart/form-data",
    "JSON:API": "vnd.api+json",
}
"""What is counted by itself, and the media type that it is known by."""
STEPS = ("create", "read", "list", "change", "remove", "gone")


class Broken(Exception):
    """A step of a flow is not right; says why."""


@dataclass(frozen=True)
class Bench:
    """A mock that keeps state, and who judges it."""

    contract: Contract
    app: Application
    values: Values
    verdict: Verdict
    reader: Reader
    links: Links


@dataclass
class Tally:
    """What came of one document."""

    name: str
    flows: int = 0
    whole: int = 0
    untold: int = 0
    seconds: float = 0.0
    shapes: Counter[str] = field(default_factory=Counter)
    complete: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Flow:
    """One resource in a world of its own. `texts` are what stands for each part of its paths."""

    bench: Bench
    resource: Resource
    roles: Mapping[Role, tuple[ResourceOperation, ...]]
    texts: dict[str, str] = field(default_factory=dict)
    item: Any = None

    @property
    def creating(self) -> ResourceOperation | None:
        """What an item comes to be by."""
        puts = (each for each in self.roles.get("replace", ()) if each.creates)
        return next(iter(self.roles.get("create", ())), None) or next(puts, None)

    @property
    def shapes(self) -> Iterator[str]:
        """What is particular to the bodies of the resource: each shape that is counted by itself."""
        operations = [each for listed in self.roles.values() for each in listed]
        names = {name.lower() for each in operations for name in each.request}
        names |= {name.lower() for each in operations for held in each.responses.values() for name in held}
        yield from (shape for shape, kind in SHAPES.items() if any(kind in name for name in names))
        places = [place for each in operations for held in each.responses.values() for place in held.values()]
        if any("/_embedded/" in place.pointer for place in places) or any(
            "/_links/" in link.pointer for link in self.bench.links.of(self.resource)
        ):
            yield "HAL"
        if self.resource.identifier is not None and self.resource.identifier.pointer is None:
            yield "key in the path alone"

    def steps(self) -> Iterator[tuple[str, str]]:
        """Each step that the contract has, and what is wrong with it: nothing where it is right."""
        for name in STEPS:
            try:
                was_taken = getattr(self, f"_{name}")()
            except (Broken, Undecided) as broken:
                yield name, f"{type(broken).__name__ if isinstance(broken, Undecided) else ''}{broken}"
                if name == "create":
                    return
                continue
            if was_taken:
                yield name, ""

    def _create(self) -> bool:
        does = self.creating
        if does is None:
            return False
        self._enter()
        before = self._listed_now()
        answer, sent = self._ask(does)
        place, value = self._held(does, answer)
        name = self._named(does, answer, place, value) or self._chosen(does, sent)
        if name is None:
            new = [each for each in self._listed_now() if each not in before]
            name = new[0] if len(new) == 1 else None
        if name is None:
            raise Broken(f"nothing tells the name of what was created: {answer.body[:100]!r}")
        self.texts[self.resource.name] = name
        self._keep_sent(does, sent, place, value)
        self.item = value
        return True

    def _enter(self) -> None:
        """Says what the item is in by what the contract has for that where items are read."""
        for role in ("read", "list"):
            for does in self.roles.get(role, ()):
                operation = self._operation(does)
                for parameter in operation.parameters:
                    names = [name for name, key in does.scope.items() if key == parameter.name]
                    if parameter.location == "path" and names:
                        value = self.bench.values.of_element(parameter, parameter.schema, operation.id).value
                        self.texts.setdefault(names[0], unquote(in_path(parameter, value)))

    def _read(self) -> bool:
        does = next((each for each in self.roles.get("read", ()) if self._is_reachable(each)), None)
        if does is None:
            return False
        answer, _ = self._ask(does)
        place, value = self._held(does, answer)
        if self.item is not None and place is not None:
            self._keep(self.item, value, place.schema, "", "what was created")
        return True

    def _list(self) -> bool:
        return self._lists(1)

    def _change(self) -> bool:
        does = next(
            (
                each
                for role in ("replace", "update")
                for each in self.roles.get(role, ())
                if self._is_reachable(each)
            ),
            None,
        )
        if does is None:
            return False
        answer, sent = self._ask(does)
        place, value = self._held(does, answer)
        self._keep_sent(does, sent, place, value)
        reading = next((each for each in self.roles.get("read", ()) if self._is_reachable(each)), None)
        if reading is not None:
            answer, _ = self._ask(reading)
            place, value = self._held(reading, answer)
            self._keep_sent(does, sent, place, value)
        return True

    def _remove(self) -> bool:
        does = next((each for each in self.roles.get("delete", ()) if self._is_reachable(each)), None)
        if does is None:
            return False
        self._ask(does)
        return True

    def _gone(self) -> bool:
        if not any(self._is_reachable(each) for each in self.roles.get("delete", ())):
            return False
        for does in (*self.roles.get("read", ()), *self.roles.get("delete", ())):
            statuses = self.bench.verdict.statuses(self._operation(does).pointer)
            if self._is_reachable(does) and {"404", "4XX", "4xx", "default"} & {*statuses}:
                answer, _ = self._ask(does, is_right=False)
                if answer.status != 404:
                    raise Broken(f"{does.role} of what was removed is {answer.status}, and not 404")
        self._lists(0)
        return True

    def _lists(self, times: int) -> bool:
        """The list has the item so many times, on all of its pages together."""
        does = next((each for each in self.roles.get("list", ()) if self._is_reachable(each)), None)
        identifier = self.resource.identifier
        if does is None or identifier is None or identifier.pointer is None:
            return False
        ids, total = self._listed(does, identifier.pointer)
        if ids is None:
            return False
        found = ids.count(self.texts.get(self.resource.name, ""))
        if found != times:
            raise Broken(f"the list has the item {found} times, and not {times}: {ids[:10]}")
        if total is not None and total != len(ids):
            raise Broken(f"the list says that there are {total}, and has {len(ids)}")
        return True

    def _listed(self, does: ResourceOperation, pointer: str) -> tuple[list[str] | None, int | None]:
        """The identifiers of all that a list has, page by page, and the total that it states."""
        ids: list[str] = []
        total, query = None, self._matching(does)
        if query is None:
            return None, None
        for turn in range(MOST_PAGES):
            answer, _ = self._ask(does, query=query)
            place, value = self._held(does, answer)
            if place is None or not isinstance(value, list):
                return None, None
            names = [at(one, pointer) for one in value]
            if any(name is None for name in names):
                return None, None
            ids += [str(name) for name in names]
            body = json.loads(answer.body)
            members = self._members(does, answer)
            stated = at(body, members["total"]) if "total" in members else None
            total = stated if isinstance(stated, int) else total
            onwards = self._onwards(does, body, members, (turn, len(ids), total))
            if not onwards or not names:
                break
            query = "&".join(filter(None, (self._matching(does), onwards)))
        return ids, total

    def _matching(self, does: ResourceOperation) -> str | None:
        """What keeps the item in a list that must be filtered; None where nothing surely does."""
        required = {each.name for each in self._operation(does).parameters if each.required}
        pairs = []
        for each in does.listing.filters if does.listing else ():
            wanted = at(self.item, each.pointer)
            if each.parameter in required and (each.operator != "eq" or not isinstance(wanted, str)):
                return None
            if each.parameter in required:
                pairs.append(f"{each.parameter}={quote(wanted)}")
        return "&".join(pairs)

    def _onwards(
        self,
        does: ResourceOperation,
        body: Any,
        members: Mapping[str, str],
        so_far: tuple[int, int, int | None],
    ) -> str:
        """The query of the next page; nothing where there is none."""
        turn, count, total = so_far
        parameters = does.listing.paging.parameters if does.listing else {}
        cursor = at(body, members["next_cursor"]) if "next_cursor" in members else None
        if "after" in parameters:
            return f"{parameters['after'].name}={quote(str(cursor))}" if cursor else ""
        if total is not None and count >= total:
            return ""
        if "page" in parameters:
            return f"{parameters['page'].name}={parameters['page'].first + turn + 1}"
        return f"{parameters['offset'].name}={count}" if "offset" in parameters else ""

    def _members(self, does: ResourceOperation, answer: Answer) -> Mapping[str, str]:
        by_type = does.responses.get(self._status(does, answer), {})
        kind = (answer.header("content-type") or "").partition(";")[0]
        place = next((each for name, each in by_type.items() if name.partition(";")[0] == kind), None)
        return {member.kind: member.pointer for member in place.members} if place else {}

    def _operation(self, does: ResourceOperation) -> Operation:
        return self.bench.contract.by_id[does.id]

    def _is_reachable(self, does: ResourceOperation) -> bool:
        """Is all known that its path has to say?"""
        known = {*self.texts, *self.resource.scope}
        return (does.key is None or self.resource.name in self.texts) and all(
            name in known or does is self.creating for name in does.scope
        )

    def _ask(self, does: ResourceOperation, *, is_right: bool = True, query: str = "") -> tuple[Answer, Any]:
        """The answer to a right request, and the value that was sent as its body."""
        operation, values = self._operation(does), self.bench.values
        path = operation.path
        for name, parameter in ((name, p) for p, name in _path_names(does, self.resource).items()):
            if name in self.texts:
                text = self._key(does) if parameter == does.key else self.texts[name]
                path = path.replace(f"{{{parameter}}}", quote(text, safe=""))
        message = message_of(self.bench.contract, operation, values, path)
        request = message._replace(path=operation.servers[0].base_path + message.path)
        for parameter, name in _path_names(does, self.resource).items():
            if name not in self.texts and (name != self.resource.name or does is self.creating):
                self.texts.setdefault(name, unquote(_cut(operation.path, message.path, parameter)))
        request, sent = self._with_body(does, operation, request)
        if query:
            named = {pair.partition("=")[0] for pair in query.split("&")}
            pairs = request.query.decode().split("&")
            kept = [pair for pair in pairs if pair and pair.partition("=")[0] not in named]
            request = request._replace(query="&".join([*kept, query]).encode())
        request = request._replace(headers=(*request.headers, (HEADER, self.resource.name.encode())))
        answer = asyncio.run(send(self.bench.app, request))
        if is_right:
            if not 200 <= answer.status < 400:
                raise Broken(f"{does.role} {answer.status}: {answer.body[:200].decode('utf-8', 'replace')}")
            fault = self.bench.verdict.fault(operation.pointer, answer, is_head=False)
            if fault:
                raise Broken(f"{does.role}: {fault}")
        return answer, sent

    def _key(self, does: ResourceOperation) -> str:
        """What names the item in a path, where that may be another property than in others."""
        own, other = self.resource.identifier, does.key_pointer
        named = at(self.item, other) if own and other and other != own.pointer else None
        return self.texts[self.resource.name] if named is None else str(named)

    def _with_body(
        self, does: ResourceOperation, operation: Operation, request: Request
    ) -> tuple[Request, Any]:
        """The request with a body that fits the flow, and its value."""
        body = operation.request_body
        if body is None or not body.content:
            return request, None
        key = next((name for name in body.content if "json" in name.lower()), next(iter(body.content)))
        value = self.bench.values.of_content(body.content[key], f"{operation.id} body", examples="mend").value
        if does.updates.get(key) == "json-patch":
            return request._replace(body=b"[]"), None
        value, is_cut = _of_one(value, does.request.get(key))
        identifier = self.resource.identifier
        is_named = (
            does.role in ("create", "replace") and does.key is None and identifier and identifier.pointer
        )
        if is_named:
            value = self._with_own_name(does, key, value)
        if is_named or is_cut:
            kind = next(text for name, text in request.headers if name == b"content-type").decode()
            request = request._replace(body=write_body(value, body.content[key], kind))
        return request, value if "json" in key else without_empty(value)

    def _with_own_name(self, does: ResourceOperation, key: str, value: Any) -> Any:
        """The body with an identifier that none of the contract's examples has, where it gives one."""
        place, identifier = does.request.get(key), self.resource.identifier
        if place is None or identifier is None or identifier.pointer is None:
            return value
        renamed = {name: sent for sent, name in place.renamed.items()}
        *holder, name = pointers.split(place.pointer + identifier.pointer)
        held = at(value, pointers.join("", *holder))
        known = held.get(renamed.get(name, name)) if isinstance(held, dict) else None
        if does is not self.creating and isinstance(held, dict):
            own = self.texts.get(self.resource.name, "")
            held[renamed.get(name, name)] = int(own) if isinstance(known, int) else own
        elif isinstance(known, str | int):
            other = known + 4096 if isinstance(known, int) else _other(known)
            held[renamed.get(name, name)] = other
        return value

    def _status(self, does: ResourceOperation, answer: Answer) -> str:
        response = self.bench.verdict.response(self._operation(does).pointer, answer.status)
        return pointers.split(response)[-1] if response and "/responses/" in response else str(answer.status)

    def _held(self, does: ResourceOperation, answer: Answer) -> tuple[Place | None, Any]:
        """What an answer has of the item, and where."""
        exact = does.responses.get(str(answer.status))
        others = (does.responses.get(key) for key in (f"{answer.status // 100}XX", "2xx", "default"))
        places = exact or next((each for each in others if each), {})
        kind = (answer.header("content-type") or "").partition(";")[0].strip()
        place = next((each for name, each in places.items() if name.partition(";")[0].strip() == kind), None)
        if place is None or "json" not in kind:
            return None, None
        value = at(json.loads(answer.body), place.pointer)
        if place.many and does.role != "list":
            if not isinstance(value, list) or len(value) != 1:
                raise Broken(f"{does.role}: the answer does not have the one item: {str(value)[:100]}")
            value = value[0]
        return place, value

    def _chosen(self, does: ResourceOperation, sent: Any) -> str | None:
        """The identifier that the request gave what it created, where clients may choose it."""
        identifier, place = self.resource.identifier, next(iter(does.request.values()), None)
        if (
            identifier is None
            or identifier.pointer is None
            or identifier.assigned_by == "server"
            or not place
        ):
            return None
        held = at(sent, place.pointer)
        if isinstance(held, dict):
            held = {place.renamed.get(name, name): child for name, child in held.items()}
        name = at(held, identifier.pointer)
        return None if name is None else str(name)

    def _listed_now(self) -> list[str]:
        """The identifiers in the list; none where there is no list to be asked."""
        does = next((each for each in self.roles.get("list", ()) if set(each.scope) <= {*self.texts}), None)
        identifier = self.resource.identifier
        if does is None or identifier is None or identifier.pointer is None:
            return []
        return self._listed(does, identifier.pointer)[0] or []

    def _named(self, does: ResourceOperation, answer: Answer, place: Place | None, value: Any) -> str | None:
        """The identifier of what was created, as the answer tells it; None where it does not."""
        identifier = self.resource.identifier
        if does.key is not None:
            return self.texts[self.resource.name]
        if identifier is None or self.resource.is_singleton:
            return ""
        name = at(value, identifier.pointer) if place is not None and identifier.pointer else None
        if name is None and "json" in (answer.header("content-type") or ""):
            told = does.identifiers.get(str(answer.status), {})
            name = at(json.loads(answer.body), next(iter(told.values()))) if told else None
        if name is None and (location := answer.header("location")):
            name = unquote(location.rstrip("/").rpartition("/")[2])
        return None if name is None else str(name)

    def _keep_sent(self, does: ResourceOperation, sent: Any, place: Place | None, value: Any) -> None:
        if sent is None or place is None:
            return
        operation = self._operation(does)
        content = operation.request_body.content if operation.request_body else {}
        key = next((name for name in content if "json" in name.lower()), next(iter(content), ""))
        asked = does.request.get(key)
        if asked is None:
            return
        held = at(sent, asked.pointer)
        if isinstance(held, dict):
            held = {asked.renamed.get(name, name): child for name, child in held.items()}
            for pointer in asked.cleared:  # an empty text takes these away
                name = pointer[1:]
                held = {**held, name: _stated(held[name])} if held.get(name) else _without(held, name)
            self._keep(held, value, place.schema, "", "what was sent")

    def _keep(self, sent: Any, got: Any, schema: str, pointer: str, what: str) -> None:
        """Raises Broken where something of what was sent has a place in the answer and is not there."""
        if isinstance(sent, dict) and isinstance(got, dict):
            known = self.bench.reader.read(schema)
            for name, child in sent.items():
                here = pointers.join(pointer, name)
                if name in known.properties and not self._is_servers(here):
                    at_name = known.properties[name]
                    if any(raw.get("writeOnly") is True for _, raw in self.bench.reader.read(at_name).parts):
                        if name in got:
                            raise Broken(f"{here} is write-only, and is answered")
                    elif name not in got:
                        self._lost(child, None, at_name, here, what)
                    else:
                        self._keep(child, got[name], at_name, here, what)
        elif isinstance(sent, list) and isinstance(got, list) and len(sent) == len(got):
            items = self.bench.reader.read(schema).items
            for index, (one, other) in enumerate(zip(sent, got, strict=True)):
                self._keep(one, other, items or schema, pointers.join(pointer, str(index)), what)
        elif sent != got and str(sent) != str(got):
            self._lost(sent, got, schema, pointer, what)

    def _lost(self, sent: Any, got: Any, schema: str, pointer: str, what: str) -> None:
        if not self.bench.verdict.opinion.fault(schema, sent):
            raise Broken(f"{what} is lost at {pointer}: {str(sent)[:80]!r} became {str(got)[:80]!r}")

    def _is_servers(self, pointer: str) -> bool:
        """Is it what only the server sets, or what the path says?"""
        resource = self.resource
        own = {*resource.read_only, *(stamp.pointer for stamp in resource.timestamps)}
        if resource.identifier is not None:
            own.add(resource.identifier.pointer or "")
        own |= {each.pointer for each in resource.references if each.resource in self.texts}
        own |= {each.pointer for each in self.bench.links.of(resource)}
        return pointer in own


def _stated(value: Any) -> Any:
    """The value without the members that are empty texts."""
    if isinstance(value, dict):
        return {name: child for name, child in value.items() if child != ""}
    return value


def _without(held: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: child for each, child in held.items() if each != name}


def _of_one(value: Any, place: Place | None) -> tuple[Any, bool]:
    """The value of a request for several items with the first of them only; was there more than that?"""
    held = at(value, place.pointer) if place is not None and place.many else None
    if not isinstance(held, list) or len(held) <= 1:
        return value, False
    del held[1:]
    return value, True


def _path_names(does: ResourceOperation, resource: Resource) -> dict[str, str]:
    """The parameters of an operation's path, and what each names: a part of the scope, or the item."""
    names = {parameter: name for name, parameter in does.scope.items()}
    return {**names, does.key: resource.name} if does.key else names


def _cut(template: str, path: str, parameter: str) -> str:
    """What stands for a parameter in a path."""
    parts = re.split(r"\{([^{}]*)\}", template)
    pattern = "".join(re.escape(part) if i % 2 == 0 else "(.*?)" for i, part in enumerate(parts))
    found = re.fullmatch(pattern, path)
    return found[parts[1::2].index(parameter) + 1] if found and parameter in parts[1::2] else ""


def _other(text: str) -> str:
    """Another text of the same form: its last digit or letter is another one."""
    for position in range(len(text) - 1, -1, -1):
        sign = text[position]
        if sign.isascii() and sign.isalnum():
            line = next(each for each in (digits, ascii_lowercase, ascii_uppercase) if sign in each)
            return f"{text[:position]}{line[(line.index(sign) + 7) % len(line)]}{text[position + 1 :]}"
    return f"{text}7"


def without_empty(value: Any) -> Any:
    """The value without what a form has no way to write: empty objects and lists."""
    if isinstance(value, dict):
        return {name: left for name, child in value.items() if (left := without_empty(child)) not in ({}, [])}
    if isinstance(value, list):
        return [left for child in value if (left := without_empty(child)) not in ({}, [])]
    return value


def at(value: Any, pointer: str) -> Any:
    """What stands at a pointer into a value; None where nothing does."""
    try:
        return pointers.walk(value, pointer)
    except (LookupError, TypeError, ValueError):
        return None


def measure(path: Path) -> Tally:
    """What comes of the flows of one document."""
    tally = Tally(str(path.relative_to(CORPUS)))
    folder = CORPUS / path.relative_to(CORPUS).parts[0]
    contract = load_contract(str(path), allow=[str(folder)] if folder.is_dir() else (), lenient=True)
    mock = Mock(contract)
    schemas = Schemas(contract.document)
    values = Values(schemas, lambda: Sampler(schemas, seed="flows"), Direction.REQUEST)
    content = contract.document.content
    bench = Bench(
        contract,
        Application(mock, Choices(), worlds=Worlds()),
        values,
        Verdict(content, Opinion(content)),
        Reader(contract.document),
        Links(contract, mock.keeper.resources),
    )
    started = time.perf_counter()
    resources = mock.keeper.resources
    for resource in resources.resources:
        flow = Flow(bench, resource, resources.roles(resource))
        does = flow.creating
        if does is not None and not resource.finds(does):
            tally.untold += 1
        elif does is not None:
            _follow(flow, tally)
    tally.seconds = time.perf_counter() - started
    return tally


def _follow(flow: Flow, tally: Tally) -> None:
    tally.flows += 1
    is_whole = True
    for step, fault in flow.steps():
        tally.steps[step] += 1
        tally.right[step] += not fault
        if fault:
            is_whole = False
            does = flow.creating
            path = flow.bench.contract.by_id[does.id].path if does else ""
            tally.faults.append(f"{flow.resource.name} ({path}) {step}: {fault}")
    tally.whole += is_whole
    shapes = Counter(flow.shapes)
    tally.shapes += shapes
    tally.complete += shapes if is_whole else Counter()


def main() -> None:
    """Print a line for each document, what failed, and the sums."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="parts of the names of documents; all without any")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    whole = flows = untold = 0
    steps: Counter[str] = Counter()
    right: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    complete: Counter[str] = Counter()
    for path in documents(options.names):
        tally = measure(path)
        whole, flows = whole + tally.whole, flows + tally.flows
        untold += tally.untold
        steps += tally.steps
        right += tally.right
        shapes += tally.shapes
        complete += tally.complete
        if tally.flows:
            print(f"{tally.name:44}{tally.whole:5} of{tally.flows:5} flows{tally.seconds:8.1f} s", flush=True)
        for fault in tally.faults:
            print(f"    {fault}")
    for step in STEPS:
        print(f"{step:8}{right[step]:5} of{steps[step]:5}")
    print(f"{untold} resources have no flow: neither their items nor the answers to creations tell a key")
    for shape in shapes:
        print(f"{complete[shape]} of {shapes[shape]} flows with {shape} are complete")
    print(f"{whole} of {flows} flows are complete: {whole / max(flows, 1):.2%}")


if __name__ == "__main__":
    main()
