"""Runs Schemathesis against a server, and tells what it sees. The only module that starts it."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import schemathesis
from schemathesis.engine import StopReason, events, from_schema

from accord.contract import Contract, Operation
from accord.verifying.choosing import is_callable, label_of
from accord.verifying.config import base_of, config_of, document_of
from accord.verifying.directed import PHASE, Director
from accord.verifying.recorded import Recorded
from accord.verifying.settings import Settings
from accord.verifying.told import Began, Ended, Scenario, Told, Trouble

_RUNS = (("examples", "coverage"), ("fuzzing",), ("stateful",))
"""Phases that run together.

What the first two send is listed: it is small already, and a failure keeps nothing from going on. The
stateful phase ends after a few dozen scenarios where another goes before it in the same run.
"""
_REASONS: Mapping[StopReason, str] = {
    StopReason.COMPLETED: "completed",
    StopReason.INTERRUPTED: "interrupted",
    StopReason.FAILURE_LIMIT: "completed",
    StopReason.MAX_TIME: "time limit",
    StopReason.SERVER_UNAVAILABLE: "server unavailable",
}


class _Run(NamedTuple):
    """One run of the engine: these phases, of operations that have their base path in common."""

    base_path: str
    operations: tuple[Operation, ...]
    phases: tuple[str, ...]


def verify(
    contract: Contract,
    settings: Settings,
    operations: Sequence[Operation],
    linked: Sequence[Operation] | None = None,
) -> Iterator[Told]:
    """What is seen when the server at the URL is asked, as it comes.

    The same contract, settings and operations send the same requests to a server that gives the same
    answers. Ends with the last run, or with the first one that was stopped. `linked` are those that are
    called in a row, where they are not the same.
    """
    runs = _planned(operations, operations if linked is None else linked, settings.phases)
    deadline = None if settings.time_limit is None else time.monotonic() + settings.time_limit
    director = Director(contract, settings) if PHASE in settings.phases else None
    for index, run in enumerate(runs):
        left = None if deadline is None else _share(deadline - time.monotonic(), runs[index:])
        for told in _tell(contract, settings, run, left):
            yield told
            if director is not None and isinstance(told, Scenario):
                director.follow(told)
            if isinstance(told, Ended) and told.reason in ("interrupted", "server unavailable"):
                return
    if director is not None:
        yield from _directed(director, operations, deadline)


def _directed(director: Director, operations: Sequence[Operation], deadline: float | None) -> Iterator[Told]:
    """What is aimed at in the end, of the operations that there is time for."""
    yield Began(PHASE, len(operations))
    started, reason = time.monotonic(), "completed"
    for operation in operations:
        if deadline is not None and time.monotonic() >= deadline:
            reason = "time limit"
            break
        yield director.direct(operation)
    yield Ended((PHASE,), reason, time.monotonic() - started)


def _planned(
    operations: Sequence[Operation], linked: Sequence[Operation], phases: Sequence[str]
) -> list[_Run]:
    return [
        _Run(base, listed, wanted)
        for together in _RUNS
        for base, listed in _by_base(linked if "stateful" in together else operations)
        if (wanted := tuple(phase for phase in together if phase in phases))
    ]


def _by_base(operations: Sequence[Operation]) -> Iterator[tuple[str, tuple[Operation, ...]]]:
    """The operations that can be called, by the base path of their server."""
    found: dict[str, list[Operation]] = {}
    for operation in filter(is_callable, operations):
        found.setdefault(operation.servers[0].base_path, []).append(operation)
    return ((base, tuple(listed)) for base, listed in found.items())


def _share(left: float, runs: Sequence[_Run]) -> float:
    """The seconds that the next run may take of those that are left: as much as any other."""
    return max(left, 0.0) * len(runs[0].phases) / sum(len(run.phases) for run in runs)


def _tell(contract: Contract, settings: Settings, run: _Run, seconds: float | None) -> Iterator[Told]:
    base_url, start = base_of(settings.url, run.base_path), time.monotonic()
    stream = from_schema(_schema_of(contract, settings, run, base_url)).execute()
    recorded = Recorded(run.operations, base_url, run.base_path)
    timer, is_late = _stop_after(seconds, stream)
    try:
        for event in stream:
            if isinstance(event, events.EngineFinished):
                reason = "time limit" if is_late.is_set() else _REASONS[event.stop_reason]
                yield Ended(run.phases, reason, time.monotonic() - start)
            else:
                yield from _told(event, recorded, run)
    finally:
        timer.cancel()
        stream.stop()


def _schema_of(contract: Contract, settings: Settings, run: _Run, base_url: str) -> Any:
    keeps_going = "coverage" in run.phases or "examples" in run.phases
    stated = config_of(contract, settings, base_url, run.phases, keeps_going=keeps_going)
    config = schemathesis.Config.from_dict(dict(stated))
    labels = {label_of(operation) for operation in run.operations}
    schema = schemathesis.openapi.from_dict(document_of(contract), config=config)
    return schema.include(lambda context: context.operation.label in labels)


def _stop_after(seconds: float | None, stream: Any) -> tuple[threading.Timer, threading.Event]:
    """A timer that stops the run, and whether it did. Schemathesis's own limit would use all of the time."""
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        stream.stop()

    timer = threading.Timer(seconds or 0.0, stop)
    timer.daemon = True
    if seconds is not None:
        timer.start()
    return timer, is_late


def _told(event: events.EngineEvent, recorded: Recorded, run: _Run) -> Iterator[Told]:
    if isinstance(event, events.PhaseStarted) and event.phase.name.value in run.phases:
        yield Began(event.phase.name.value, 0 if "stateful" in run.phases else len(run.operations))
    elif isinstance(event, events.ScenarioFinished) and event.phase.value in run.phases:
        yield Scenario(
            event.phase.value,
            recorded.id_of(event.label),
            tuple(recorded.exchanges(event.recorder, event.phase.value)),
            tuple(recorded.called(event.recorder)),
            tuple(recorded.failures(event.recorder, event.phase.value)),
            event.elapsed_time,
            event.skip_reason or "",
        )
    elif isinstance(event, events.NonFatalError):
        message = f"{event.info.title}: {event.info.message}"
        yield Trouble(event.phase.value if event.phase else "", recorded.id_of(event.label), message)
    elif isinstance(event, events.FatalError):
        raise event.exception
