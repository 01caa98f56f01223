"""What changed of the responses of an operation."""

from collections.abc import Iterator, Mapping

from accord.comparing.changes import Change
from accord.comparing.contents import ContentComparison
from accord.comparing.described import both
from accord.comparing.headers import HeaderComparison
from accord.comparing.ranges import matched_responses, names_success
from accord.comparing.told import Told
from accord.contract import Element, Operation, Response
from accord.schemas import Direction

_LINKED = ("operationId", "operationRef", "parameters", "requestBody", "server")
_RANGES = {
    "narrowed": "of the statuses that it stands for only some are left",
    "widened": "it stands for more statuses than there were",
}


class ResponseComparison:
    """Compares the responses of operations."""

    def __init__(self, contents: ContentComparison, headers: HeaderComparison) -> None:
        self._contents = contents
        self._headers = headers

    def of(self, old: Operation, new: Operation, told: Told, answered: Direction) -> Iterator[Change]:
        """The changes of each status, held to the range that stands for it where it has none of its own."""
        found = matched_responses(old, new)
        for status, (one, other) in found.pairs.items():
            yield from self._turned(one, other, told.at(f"response {status}"), answered)
        for status, response in found.removed.items():
            rule = f"{_kind(status, old)}-response-removed"
            at = told.at(f"response {status}")
            yield at.change(rule, "the response was removed", old=response.pointer)
        for status, response in found.added.items():
            rule = f"{_kind(status, new)}-response-added"
            at = told.at(f"response {status}")
            yield at.change(rule, "the response was added", new=response.pointer)
        for status, response in found.narrowed.items():
            at = told.at(f"response {status}")
            yield at.change("response-status-narrowed", _RANGES["narrowed"], old=response.pointer)
        for status, response in found.widened.items():
            at = told.at(f"response {status}")
            yield at.change("response-status-widened", _RANGES["widened"], new=response.pointer)

    def _turned(self, old: Response, new: Response, told: Told, answered: Direction) -> Iterator[Change]:
        yield from self._contents.of("response", old, new, told, answered)
        yield from self._headers.of("response-header", old.headers, new.headers, told, answered)
        yield from _links(old.links, new.links, told)


def _kind(status: str, operation: Operation) -> str:
    """Is it what a client waits for? `default` is where no 2xx is named."""
    is_open = status == "DEFAULT" and not names_success(operation.responses)
    return "success" if status.startswith("2") or is_open else "other"


def _links(old: Mapping[str, Element], new: Mapping[str, Element], told: Told) -> Iterator[Change]:
    for name, (link, onward) in both(old, new).items():
        at = told.at(f"link {name}")
        if link and onward:
            if any(link.raw.get(key) != onward.raw.get(key) for key in _LINKED):
                yield at.change("link-changed", "the link leads elsewhere", link.pointer, onward.pointer)
        elif link:
            yield at.change("link-removed", "the link was removed", old=link.pointer)
        elif onward:
            yield at.change("link-added", "the link was added", new=onward.pointer)
