"""What Schemathesis recorded, in our words."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from accord.contract import Operation
from accord.exchange import Incoming, Outgoing
from accord.verifying.choosing import label_of
from accord.verifying.exchanges import Exchange
from accord.verifying.told import Failure


class Recorded:
    """Reads the recordings of one run, whose requests began with the base URL."""

    def __init__(self, operations: Sequence[Operation], base_url: str, base_path: str) -> None:
        self._ids = {label_of(operation): operation.id for operation in operations}
        self._prefix = urlsplit(base_url).path
        self._base_path = base_path

    def id_of(self, label: str | None) -> str:
        """The id of the operation with this label; empty where it is none of the run's."""
        return self._ids.get(label or "", "")

    def exchanges(self, recorder: Any, phase: str) -> Iterator[Exchange]:
        """Each request of a scenario that was sent, with what came back."""
        for interaction in recorder.interactions.values():
            yield self._exchange(interaction, phase)

    def called(self, recorder: Any) -> Iterator[str]:
        """The id of the operation that each of these requests was made for."""
        for case_id in recorder.interactions:
            case = recorder.cases.get(case_id)
            yield self.id_of(case.value.operation.label) if case else ""

    def failures(self, recorder: Any, phase: str) -> Iterator[Failure]:
        """Each check of a scenario that was not passed."""
        for case_id, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    yield self._failure(recorder, case_id, check, phase)

    def _failure(self, recorder: Any, case_id: str, check: Any, phase: str) -> Failure:
        failure = check.failure_info.failure
        seen = failure.case_id if failure.case_id in recorder.interactions else case_id
        interaction = recorder.interactions.get(seen)
        steps = tuple(step.curl for step in check.failure_info.steps)
        return Failure(
            check=check.name,
            kind=failure.title,
            message=failure.message,
            operation=self.id_of(failure.operation) or self.id_of(recorder.label),
            phase=phase,
            steps=steps or (check.failure_info.code_sample,),
            exchange=self._exchange(interaction, phase) if interaction else None,
        )

    def _exchange(self, interaction: Any, phase: str) -> Exchange:
        request, response = interaction.request, interaction.response
        url = urlsplit(request.uri)
        incoming = Incoming(
            request.method.upper(),
            self._base_path + url.path.removeprefix(self._prefix),
            {},
            query=_bytes(url.query),
            headers=tuple(_pairs(request.headers)),
            body=_bytes(request.body or b""),
        )
        if response is None:
            return Exchange(incoming, None, phase)
        outgoing = Outgoing(response.status_code, tuple(_pairs(response.headers)), response.content or b"")
        return Exchange(incoming, outgoing, phase, response.elapsed)


_ID = b"x-schemathesis-testcaseid"
"""What Schemathesis adds to each request: a number by chance, which no other run sends."""


def _pairs(headers: Any) -> Iterator[tuple[bytes, bytes]]:
    for name, values in headers.items():
        for value in values:
            if (key := _bytes(name).lower()) != _ID:
                yield key, _bytes(value)


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1", "replace")
