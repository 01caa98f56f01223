"""The one judge of requests and responses."""

from accord.contract import Contract, Operation
from accord.exchange.model import Incoming, JudgedRequest, Outgoing, Policy, Violation
from accord.exchange.requests import RequestPlan
from accord.exchange.responses import ResponsePlan
from accord.findings import Finding
from accord.schemas import Schemas


class Judge:
    """Judges exchanges by a contract. What an operation needs is compiled at its first exchange, and kept."""

    def __init__(self, contract: Contract, policy: Policy | None = None) -> None:
        self.contract = contract
        self.policy = policy or Policy()
        self.schemas = Schemas(contract.document, refuse_hidden=self.policy.hidden == "refuse")
        self._requests: dict[Operation, RequestPlan] = {}
        self._responses: dict[Operation, ResponsePlan] = {}

    def request(self, operation: Operation, incoming: Incoming) -> JudgedRequest:
        """The request's values, and everything that is wrong with it. Raises for no request at all."""
        plan = self._requests.get(operation)
        return (plan or self._plan_request(operation)).judge(incoming)

    def response(self, operation: Operation, outgoing: Outgoing) -> tuple[Violation, ...]:
        """Everything that is wrong with a response."""
        plan = self._responses.get(operation)
        return (plan or self._plan_response(operation)).judge(outgoing)

    def prepare(self, operation: Operation) -> None:
        """Compile all that the operation's exchanges need now, not at the first one."""
        self._plan_request(operation).prepare()
        self._plan_response(operation).prepare()

    def _plan_request(self, operation: Operation) -> RequestPlan:
        plan = RequestPlan(self.contract, operation, self.schemas, self.policy)
        return self._requests.setdefault(operation, plan)

    def _plan_response(self, operation: Operation) -> ResponsePlan:
        plan = ResponsePlan(operation, self.schemas, self.policy)
        return self._responses.setdefault(operation, plan)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What of the contract could not be judged as it is written, as far as it has been compiled."""
        return self.schemas.findings
