"""The one judge of requests and responses."""

from accord.contract import Contract, Operation
from accord.exchange.model import Incoming, JudgedRequest, Outgoing, Policy, Violation
from accord.exchange.requests import RequestPlan
from accord.exchange.responses import ResponsePlan
from accord.findings import Finding
from accord.schemas import Schemas


class Judge:
    """Judges exchanges by a contract. Compiles what an operation needs at its first exchange, and keeps it."""

    def __init__(self, contract: Contract, policy: Policy | None = None) -> None:
        self.contract = contract
        self.policy = policy or Policy()
        self._schemas = Schemas(contract.document, refuse_hidden=self.policy.hidden == "refuse")
        self._requests: dict[Operation, RequestPlan] = {}
        self._responses: dict[Operation, ResponsePlan] = {}

    def request(self, operation: Operation, incoming: Incoming) -> JudgedRequest:
        """The request's values, and everything that is wrong with it. Raises for no request, whatever it is."""
        plan = self._requests.get(operation)
        if plan is None:
            plan = RequestPlan(self.contract, operation, self._schemas, self.policy)
            self._requests[operation] = plan
        return plan.judge(incoming)

    def response(self, operation: Operation, outgoing: Outgoing) -> tuple[Violation, ...]:
        """Everything that is wrong with a response."""
        plan = self._responses.get(operation)
        if plan is None:
            plan = ResponsePlan(operation, self._schemas, self.policy)
            self._responses[operation] = plan
        return plan.judge(outgoing)

    def prepare(self, operation: Operation) -> None:
        """Compile what the operation's requests need now, not at the first one."""
        self._requests.setdefault(
            operation, RequestPlan(self.contract, operation, self._schemas, self.policy)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What of the contract could not be judged as it is written, as far as it has been compiled."""
        return self._schemas.findings
