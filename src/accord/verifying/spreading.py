"""A run that is spread over processes: to make requests up is work for the processor, and most of it."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty
from typing import Any, TypeAlias

from accord.contract import Contract
from accord.errors import AccordError
from accord.verifying.settings import Settings
from accord.verifying.told import Told, Trouble

Load: TypeAlias = Callable[[], Contract]
_MOMENT = 0.5
"""Seconds after which is looked whether a process that says nothing is still there."""
_MOST_WAITING = 256
"""What processes may have told that nobody has taken in yet."""


def spread(load: Load, settings: Settings, operations: Sequence[str], workers: int) -> Iterator[Told]:
    """What is seen by several processes, as it comes.

    Each has a part of the operations, by their ids, and a part of the calls in a row, which are of all of
    them. `load` gives the contract, in each process anew.
    """
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue(_MOST_WAITING)
    running = [
        context.Process(
            target=_work,
            args=(load, replace(settings, part=(index, workers)), tuple(operations), told),
            daemon=True,
        )
        for index in range(1, workers + 1)
    ]
    for process in running:
        process.start()
    try:
        yield from _gathered(told, running)
    finally:
        for process in running:
            process.terminate()
            process.join()


def _gathered(told: Any, running: Sequence[Any]) -> Iterator[Told]:
    """What all of them tell, until the last has ended or is gone. To be interrupted ends each by itself."""
    ended = 0
    while ended < len(running):
        with suppress(KeyboardInterrupt):
            try:
                each = told.get(timeout=_MOMENT)
            except Empty:
                if not any(process.is_alive() for process in running):
                    break
                continue
            if each is None:
                ended += 1
            else:
                yield each
    for _ in range(len(running) - ended):
        yield Trouble("", "", "A process of the run was lost before it came to an end")


def _work(load: Load, settings: Settings, operations: Sequence[str], told: Any) -> None:
    """What one process does."""
    from accord.verifying.running import verify  # noqa: PLC0415 - Schemathesis is for these processes alone

    index, count = settings.part
    try:
        contract = load()
        linked = [contract.by_id[name] for name in operations]
        for each in verify(contract, settings, linked[index - 1 :: count], linked):
            told.put(each)
    except AccordError as error:
        told.put(Trouble("", "", str(error)))
    told.put(None)
