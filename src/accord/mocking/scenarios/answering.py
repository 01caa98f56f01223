"""What a rule answers with, read and checked by what the contract has for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from accord.contract import MediaType, Operation
from accord.document import pointers
from accord.exchange import ABSENT, Outgoing, Violation
from accord.mocking.choosing import concrete, success_of
from accord.mocking.faulting.model import Fault
from accord.mocking.faulting.reading import UnusableFault, read_fault
from accord.mocking.headers import head_of
from accord.mocking.mock import Mock
from accord.mocking.model import Pairs, Response
from accord.mocking.ordering import Ordered, can_be_sent, merged_into, written_body
from accord.mocking.scenarios.notes import Notes, nearest
from accord.mocking.texts import plain
from accord.mocking.values import UnknownExample, examples_of
from accord.mocking.writing import content_type_of, write_body

RESPOND = ("status", "example", "body", "mediaType", "headers", "merge", "delay", "fault", "force")
_STATUSES = range(200, 600)
_FORCE = "if it is to be sent all the same, say so: `force: true`"


class Answering:
    """Reads the answers of rules."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock

    def answer(self, operation: Operation, said: Mapping[str, Any], at: str, notes: Notes) -> Ordered:
        """The answer of an operation as `respond` states it. What the contract does not have is noted."""
        status = _status(said, at, notes)
        if status is None and ("body" in said or "example" in said):
            status = success_of(operation)[0]
        answer = Ordered(
            status=status,
            example=notes.member(said, at, "example", str, None),
            headers=_headers(said, at, notes),
            merge=said.get("merge", ABSENT),
            faults=tuple(_faults(said, at, notes)),
        )
        if "body" in said:
            media_type = notes.member(said, at, "mediaType", str, None)
            body, sent = written_body(operation, status or 0, said["body"], media_type)
            answer = replace(answer, body=body, content_type=sent)
        if notes.member(said, at, "force", bool, False):  # noqa: FBT003 - it is the default of a value
            return answer
        return self._checked(operation, answer, at, notes)

    def _checked(self, operation: Operation, answer: Ordered, at: str, notes: Notes) -> Ordered:
        """The answer with what of it breaks the contract."""
        usual, documented = success_of(operation)
        status = answer.status or usual
        documented = operation.response(status) if answer.status else documented
        if documented is None and answer.status:
            hint = f"documented are: {', '.join(operation.responses) or 'none'}; {_FORCE}"
            notes.wrong(pointers.join(at, "status"), f"{operation.id} has no response {status}", hint)
            return answer
        content, said = documented.content if documented else {}, f"the {status} response of {operation.id}"
        if answer.example is not None and not any(
            answer.example in examples_of(each) for each in content.values()
        ):
            known = dict.fromkeys(name for each in content.values() for name in examples_of(each))
            reason = f"{said} has no example {answer.example[:60]!r}"
            notes.wrong(pointers.join(at, "example"), reason, nearest(answer.example, known))
            return answer
        json = next((each for each in content.values() if "json" in each.essence), None)
        if answer.merge is not ABSENT and json is None:
            notes.wrong(pointers.join(at, "merge"), f"{said} has no JSON body to merge with")
            return answer
        broken = tuple(self._broken(operation, status, json, answer))
        for each in broken:
            _note(each, at, answer, notes)
        return replace(answer, violations=broken) if answer.body is not None else answer

    def _broken(
        self, operation: Operation, status: int, json: MediaType | None, answer: Ordered
    ) -> Iterator[Violation]:
        """What the answer breaks of the contract, and the contract's own answer does not."""
        own = {name.decode() for name, _ in answer.headers}
        known: Sequence[Violation] = ()
        if answer.body is not None:
            own.add("content-type")
            made = Response(
                status, head_of(status, answer.headers, answer.body, answer.content_type), answer.body
            )
        elif answer.merge is not ABSENT and json is not None:
            before = self._sample(operation, status, json, answer)
            known = self._judged(operation, before)
            made = merged_into(before, answer.merge)
        elif answer.headers:
            made = Response(status, head_of(status, answer.headers, b""))
        else:
            return
        for each in self._judged(operation, made):
            if each.location == "header":
                if (each.name or "").lower() in own:
                    yield each
            elif each not in known and (answer.body is not None or answer.merge is not ABSENT):
                yield each

    def _judged(self, operation: Operation, made: Response) -> Sequence[Violation]:
        return self._mock.judge.response(operation, Outgoing(made.status, made.headers, made.body))

    def _sample(self, operation: Operation, status: int, media_type: MediaType, answer: Ordered) -> Response:
        """The contract's own answer, with the headers of this one."""
        values, key = self._mock.values, f"{operation.id} {status}"
        try:
            made = values.of_content(media_type, key, examples="mend", name=answer.example)
        except UnknownExample:
            made = values.of_content(media_type, key, examples="mend")
        content_type = content_type_of(concrete(media_type.name))
        body = write_body(made.value, media_type, content_type)
        return Response(status, head_of(status, answer.headers, body, content_type), body)


def _status(said: Mapping[str, Any], at: str, notes: Notes) -> int | None:
    status: int | None = notes.member(said, at, "status", int, None)
    if status is not None and status not in _STATUSES:
        notes.wrong(pointers.join(at, "status"), f"{status} is no status of an answer", "they are 200 to 599")
        return None
    return status


def _headers(said: Mapping[str, Any], at: str, notes: Notes) -> Pairs:
    lines = []
    for name, value in notes.member(said, at, "headers", dict, {}).items():
        text = plain(value)
        if can_be_sent(str(name), text):
            lines.append((str(name).lower().encode(), text.encode()))
        else:
            where = pointers.join(at, "headers", name)
            notes.wrong(where, f"the header {name!r} cannot be sent", "write both in ASCII, on one line")
    return tuple(lines)


def _faults(said: Mapping[str, Any], at: str, notes: Notes) -> Iterator[Fault]:
    """What the answer suffers: `delay`, and `fault` beside it."""
    for name in ("delay", "fault"):
        written, where = said.get(name), pointers.join(at, name)
        if name not in said:
            continue
        if not isinstance(written, str if name == "delay" else str | dict):
            notes.wrong(where, f"{name} is no text", "write one such as 300ms or reset, with its unit")
            continue
        try:
            fault = read_fault({"delay": written} if name == "delay" else written)
        except UnusableFault as error:
            text = str(error)
            notes.wrong(where, text[0].lower() + text[1:])
            continue
        if fault.is_sent:
            yield fault
        else:
            notes.wrong(
                where, f"the fault {fault} is of other answers", "an answer has a `status` of its own"
            )


def _note(violation: Violation, at: str, answer: Ordered, notes: Notes) -> None:
    """Notes where an answer breaks the contract."""
    if violation.location == "body":
        part = "body" if answer.body is not None else "merge"
        where = f"{pointers.join(at, part)}{violation.pointer}"
        reason = f"{violation.pointer or part} {violation.reason}"
    elif violation.name == "Content-Type":
        where, reason = pointers.join(at, "mediaType"), f"{answer.content_type} {violation.reason}"
    else:
        where = pointers.join(at, "headers", violation.name or "")
        reason = f"the header {violation.name} {violation.reason}"
    notes.wrong(where, reason, _FORCE)
