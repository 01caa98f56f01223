"""A request answered by the behaviour of its operation. Here, in the shell, is where one is waited for."""

import asyncio
import inspect
import logging
import traceback
from pathlib import Path
from typing import Any

from accord.contract import Response as Documented
from accord.exchange import JudgedRequest, Outgoing, Problem, negotiate
from accord.findings import Position
from accord.handling.answers import Answer, encoded
from accord.handling.refusals import Refusal
from accord.mocking.answers import with_addresses
from accord.mocking.behaving.mocked import Mocked, Undocumented
from accord.mocking.behaving.model import Behaviour
from accord.mocking.case import Case
from accord.mocking.headers import BODILESS, head_of, headers_of
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Pairs, Request, Response
from accord.mocking.preferences import UnusablePreference, read_preference
from accord.mocking.refusing import as_problem, refuse_with
from accord.mocking.responding import answer_to, pose
from accord.mocking.scenarios.staging import staged
from accord.mocking.state.world import World

_log = logging.getLogger("accord.mock")
LONGEST = 60.0
"""Seconds that a behaviour is waited for."""


async def behave(
    mock: Mock, request: Request, choices: Choices, world: World | None = None, now: float = 0
) -> Response:
    """The answer to a request, by the behaviour of its operation where it has one: see `respond`."""
    case = pose(mock, request, choices, world, now)
    if isinstance(case, Response):
        return case
    behaviour = mock.behaviours.get(case.operation.id)
    if behaviour is None or not _is_asked(case, behaviour):
        return answer_to(case)
    if case.is_staged and case.override is None:
        case = case._replace(staged=staged(case))
    if case.staged is None or case.staged.answer.status is None:
        case = case._replace(reply=await _replied(case, behaviour))
    return answer_to(case)


def _is_asked(case: Case, behaviour: Behaviour) -> bool:
    """Is the answer the behaviour's to give? A wrong request, and one that wants another answer, are not."""
    if case.violations or (case.override is not None and case.override.answer.status is not None):
        return False
    accept = case.request.header(b"accept")
    if accept and behaviour.offered and negotiate(accept, behaviour.offered) is None:
        return False
    try:
        return read_preference(case.request).is_free
    except UnusablePreference:
        return False


async def _replied(case: Case, behaviour: Behaviour) -> Response:
    """What the behaviour answers, judged; a 500 where it fails."""
    mocked: Mocked[Any] = Mocked(case, behaviour)
    try:
        async with asyncio.timeout(LONGEST):
            reply = await _called(case, behaviour, mocked)
        response = _rendered(case, behaviour, mocked, reply)
    except Undocumented as own:
        return own.response
    except Refusal as refusal:
        return _refused(case, refusal)
    except TimeoutError as error:
        return _failed(case, behaviour, error, f"takes longer than {LONGEST:g} seconds")
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a team's code does, the mock lives on
        return _failed(case, behaviour, error, f"{type(error).__name__}: {error}")
    return _judged(case, behaviour, response)


async def _called(case: Case, behaviour: Behaviour, mocked: Mocked[Any]) -> Any:
    asked = case.asked
    request = behaviour.bind(JudgedRequest(asked.parameters, asked.body, asked.media_type, ()))
    given = behaviour.function(request, mocked) if behaviour.takes_mock else behaviour.function(request)
    return await given if inspect.isawaitable(given) else given


def _rendered(case: Case, behaviour: Behaviour, mocked: Mocked[Any], reply: Any) -> Response:
    """The answer's bytes, with the headers that the contract has for it and the behaviour leaves open.

    Raises TypeError for what is no answer of the operation.
    """
    if not isinstance(reply, behaviour.answers):
        raise TypeError(f"it gave {type(reply).__qualname__}, which is no response of {case.operation.id}")
    own = mocked.own(reply, behaviour.render(reply, None))
    if own is not None:
        return own
    answer: Answer = behaviour.render(reply, case.request.header(b"accept"))
    said = dict(answer.headers)
    content_type = said.pop(b"content-type", b"").decode("latin-1")
    documented = case.operation.response(answer.status)
    others = () if documented is None else _own_pairs(case, documented, answer.status)
    pairs = (
        *(pair for pair in answer.headers if pair[0] != b"content-type"),
        *(pair for pair in others if pair[0] not in said),
    )
    body = b"" if answer.status in BODILESS else answer.body
    head = head_of(answer.status, pairs, body, content_type)
    response = Response(answer.status, head, body, case.operation.id, source="a behaviour")
    if documented is None or b"location" in said:
        return response
    return with_addresses(case, documented, response)


def _own_pairs(case: Case, documented: Documented, status: int) -> Pairs:
    """The headers that the contract has for a response, as the mock makes them."""
    choices, seed = case.choices, f"{case.operation.id} {status}"
    made = headers_of(documented, case.mock.values, seed, cors=choices.cors, examples=choices.examples)
    return tuple(made)


def _refused(case: Case, refusal: Refusal) -> Response:
    """The refusal that a behaviour raised, in the contract's own words where it has some."""
    problem = Problem.of(refusal.status, refusal.detail, title=refusal.title)
    extra = tuple(encoded(refusal.headers))
    return refuse_with(
        case.mock,
        case.operation,
        case.request,
        case.choices,
        problem,
        statuses=(refusal.status,),
        extra=extra,
    )


def _judged(case: Case, behaviour: Behaviour, response: Response) -> Response:
    """The response with what in it breaks the contract; that is said each time."""
    outgoing = Outgoing(response.status, response.headers, response.body)
    found = () if response.violations else case.mock.judge.response(case.operation, outgoing)
    if not found:
        return response
    said = tuple(
        f"{behaviour.place}: the behaviour of {case.operation.id} breaks the contract: "
        f"{each.location} {each.name or ''}{each.pointer} {each.reason} [{each.rule}]"
        for each in found
    )
    return response._replace(findings=(*response.findings, *said), violations=found)


def _failed(case: Case, behaviour: Behaviour, error: BaseException, what: str) -> Response:
    """A problem that says where the behaviour failed; the log has the whole of it."""
    place = _place_of(error, behaviour)
    _log.error("%s: the behaviour of %s failed", place, case.operation.id, exc_info=error)
    detail = f"The behaviour of {case.operation.id} failed at {place}: {what}"
    return as_problem(Problem.of(500, detail), case.operation)


def _place_of(error: BaseException, behaviour: Behaviour) -> Position:
    """The last line of the team's own code that an error came through; else where the behaviour stands."""
    home = Path(behaviour.place.file).resolve().parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename).resolve()
        if file.is_relative_to(home):
            shown = Path(behaviour.place.file).parent / file.relative_to(home)
            return Position(str(shown), frame.lineno or 1, 1)
    return behaviour.place
