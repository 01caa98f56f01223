"""What the mock is asked, what it may choose, what it answers and calls. Values; nothing is decided here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from accord.contract import Operation
from accord.document import Document
from accord.exchange import Violation
from accord.mocking.redacting import NO_SECRETS, Secrets

if TYPE_CHECKING:
    from accord.mocking.faulting.model import Fault

Pairs: TypeAlias = tuple[tuple[bytes, bytes], ...]
Examples: TypeAlias = Literal["mend", "verbatim", "ignore"]

ROOT = "/_accord"
"""The mock's own path, below which it is asked for what no contract has."""
STATE = "the state"
SERVER = "the server"
"""The sources of what the state answers, and a server that was asked in the mock's place."""
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")


class Request(NamedTuple):
    """A request as it came: `path` still percent-encoded, header names in lower case.

    `client` is the address that it came from, where that is known.
    """

    method: str
    path: str
    query: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""
    scheme: str = "http"
    client: str = ""

    def header(self, name: bytes) -> str | None:
        """All lines of a header as one list (RFC 9110 section 5.3); None where there is none."""
        lines = [value for key, value in self.headers if key == name]
        return b", ".join(lines).decode("latin-1") if lines else None

    @property
    def origin(self) -> str:
        """The scheme and host by which the mock was called; this machine where no host can be read."""
        host = self.header(b"host") or ""
        return f"{self.scheme}://{host if _HOST.fullmatch(host) else '127.0.0.1'}"

    def base(self, template: str) -> str:
        """What its path has before that of an operation with this template."""
        return "/".join(self.path.split("/")[: -template.count("/")])


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What whoever runs the mock decides; part of the key of all that is kept, and so told apart by identity.

    `examples`: an author's example that breaks its schema is mended, or sent `verbatim`; with `ignore` none
    is sent. `strict`: a wrong request is refused; otherwise it is answered, and a header says what is wrong.
    `cors`: any origin may call. `dynamic`: data are generated for each request, unless the caller prefers
    otherwise. `errors`: a response that breaks the contract is a 500. `hosts`: those that callbacks and
    webhooks may be sent to, beside this machine.
    """

    examples: Examples = "mend"
    strict: bool = True
    cors: bool = True
    dynamic: bool = False
    errors: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a place in the contract. Where that stands in a file is looked up for who reads it."""

    document: Document
    pointer: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.locate(self.pointer)}: {self.text}"


class Response(NamedTuple):
    """What is sent. `operation` is the id of the one that answered, `reason` says why it is a refusal.

    `parts` are the parts of the body where it is a stream, which is sent part by part.

    `findings` is what of the contract or its examples kept the answer from being right as it was written:
    each is said once, when the answer is made. `wait` is how many seconds the caller prefers it to take.
    `violations` is what in the answer breaks the contract, `faults` what in the request does.
    `is_static` says that it is the same for every right request that has the same preferences. `override` is
    the number of the order that it was given by, where it was, and `scenario` the name of the one that has
    it; `fault` is what it suffers when it is sent. `source` is what it was made from, for people: an example,
    a recording, STATE or SERVER.
    """

    status: int
    headers: Pairs = ()
    body: bytes = b""
    operation: str = ""
    reason: str = ""
    findings: tuple[str | Remark, ...] = ()
    violations: tuple[Violation, ...] = ()
    parts: tuple[bytes, ...] = ()
    wait: float = 0
    is_static: bool = False
    faults: tuple[Violation, ...] = ()
    override: int = 0
    fault: "Fault | None" = None
    scenario: str = ""
    source: str = ""

    def with_headers(self, headers: Pairs) -> "Response":
        """It with these headers, made at once: `_replace` takes several times as long."""
        return Response(self.status, headers, *self[2:])

    def with_lines(self, lines: Pairs, *names: bytes) -> "Response":
        """It with these lines in its head, and no others of their names, nor of these."""
        gone = {*names, *(name for name, _ in lines)}
        return self.with_headers((*(pair for pair in self.headers if pair[0] not in gone), *lines))


class Exchange(NamedTuple):
    """A request and its answer: when it came, in seconds since 1970, and how many seconds it took.

    `secrets` are the names of what may carry credentials, which people may have made real ones.
    """

    at: float
    seconds: float
    request: Request
    response: Response
    secrets: Secrets = NO_SECRETS


@dataclass(frozen=True, slots=True)
class Call:
    """A request that the mock sends by itself. `operation` judges what comes back."""

    name: str
    operation: Operation
    method: str
    url: str
    headers: Pairs = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Uncalled:
    """A call that is not made, and why."""

    name: str
    reason: str
