"""A contract in tests: a right request for each operation, and whether an answer keeps what is documented."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

import httpx

from accord.contract import Contract, load_contract
from accord.exchange import Judge, Outgoing, Violation
from accord.mocking.calling import request_of
from accord.mocking.values import Values
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sampler


@dataclass(frozen=True, eq=False)
class Checked:
    """Asks by a contract, and judges by it."""

    contract: Contract
    _judge: Judge = field(repr=False)

    @classmethod
    def load(cls, location: str | Path, *, allow: tuple[str, ...] = ()) -> Self:
        """The contract at a location. Raises ContractError."""
        contract = load_contract(str(location), allow=allow, lenient=True)
        return cls(contract, Judge(contract))

    @property
    def operations(self) -> tuple[str, ...]:
        """The ids of its operations."""
        return tuple(self.contract.by_id)

    @cached_property
    def _values(self) -> Values:
        schemas = Schemas(self.contract.document)
        sampler = Sampler(schemas)
        return Values(schemas, lambda: sampler, direction=Direction.REQUEST)

    def ask(self, client: httpx.Client, operation: str) -> httpx.Response:
        """What the client gets for a right request: its parameters, body and credentials."""
        made = request_of(self.contract, self.contract.by_id[operation], self._values)
        target = made.path.encode("utf-8", "surrogatepass") + (b"?" + made.query if made.query else b"")
        url = client.base_url.copy_with(raw_path=client.base_url.raw_path.rstrip(b"/") + target)
        request = client.build_request(
            made.method, url, headers=list(made.headers), content=made.body or None
        )
        return client.send(request)

    def violations(self, operation: str, response: httpx.Response) -> tuple[Violation, ...]:
        """Where a response breaks the contract; none where it keeps it."""
        headers = tuple((name.lower(), value) for name, value in response.headers.raw)
        outgoing = Outgoing(response.status_code, headers, response.content)
        return self._judge.response(self.contract.by_id[operation], outgoing)
