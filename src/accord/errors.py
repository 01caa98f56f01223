"""The errors that accord raises.

    AccordError                   everything below; catch this one
    ├── NotStarted                the server did not start: the service's lifespan failed   exit 1
    ├── UnformattableSource       generated source that cannot be read: a defect of ours    exit 1
    ├── UsageError                a command, an option or a setting that makes no sense     exit 2
    └── ContractError             the contract cannot be loaded                             exit 3
        ├── UnreadableDocument      no such file, not text, not a file that may be read
        ├── MalformedDocument       not YAML, not JSON, a key twice, not an OpenAPI document
        ├── LimitExceeded           too large, too deep, too many aliases
        ├── RefusedReference        a $ref that leaves the contract's folder or host
        ├── UnresolvedReference     a $ref that points to nothing
        ├── ReferenceCycle          a $ref that leads to itself and nothing else
        ├── UnservableContract      readable, but its findings forbid what was asked of it
        └── UngeneratedModels       its schemas could not be turned into classes

Each holds its facts; `str()` composes them for people.
"""

from collections.abc import Sequence

from accord.findings import Finding, Position


class AccordError(Exception):
    """What every error of accord is. Holds `message`, `hint` and, where there is one, `position`."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", position: Position | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.position = position

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class UsageError(AccordError):
    """A command, an option or a setting that makes no sense."""

    exit_code = 2


class ContractError(AccordError):
    """The contract cannot be loaded."""

    exit_code = 3


class UnreadableDocument(ContractError):
    """A file that is not there, or cannot be read as text."""


class MalformedDocument(ContractError):
    """Text that is not YAML or JSON, has a key twice, or is no OpenAPI document."""


class LimitExceeded(ContractError):
    """A document that is larger, deeper or more repetitive than what is read."""


class RefusedReference(ContractError):
    """A `$ref` that leaves the contract's folder or host without leave. Holds `reference`."""

    def __init__(
        self, reference: str, reason: str, *, hint: str = "", position: Position | None = None
    ) -> None:
        super().__init__(f"$ref {reference!r} is refused: {reason}", hint=hint, position=position)
        self.reference = reference


class UnresolvedReference(ContractError):
    """A `$ref` that points to nothing. Holds `reference` and the `nearest` names that do exist."""

    def __init__(
        self,
        reference: str,
        *,
        nearest: Sequence[str] = (),
        position: Position | None = None,
        reason: str = "",
        hint: str = "",
    ) -> None:
        hint = f"did you mean {' or '.join(repr(name) for name in nearest)}?" if nearest else hint
        because = f": {reason}" if reason else ""
        super().__init__(f"$ref {reference!r} points to nothing{because}", hint=hint, position=position)
        self.reference = reference
        self.nearest = tuple(nearest)


class ReferenceCycle(ContractError):
    """A `$ref` that leads back to itself with nothing in between. Holds `chain`."""

    def __init__(self, chain: Sequence[str], *, position: Position | None = None) -> None:
        super().__init__(
            "$refs lead in a circle: " + " -> ".join(chain),
            hint="one of them has to point to something that is not itself a $ref",
            position=position,
        )
        self.chain = tuple(chain)


class UnservableContract(ContractError):
    """A contract that loads, but whose `findings` forbid what was asked of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first, *rest = findings
        more = "".join(f"\n{finding}" for finding in rest)
        super().__init__(f"{first.message}{more}", hint=first.hint, position=first.position)
        self.findings = tuple(findings)


class UngeneratedModels(ContractError):
    """The model generator could not turn the contract's schemas into classes."""


class NotStarted(AccordError):
    """The server did not start: the service's lifespan failed. The log says why."""


class UnformattableSource(AccordError):
    """Source that ruff cannot read: a defect of the generator, never of the contract."""
