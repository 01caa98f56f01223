"""A request that was judged, with all that its answer is made by."""

from typing import TYPE_CHECKING, NamedTuple

from accord.contract import Operation
from accord.exchange import Violation
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Request, Response
from accord.mocking.state.asked import Asked
from accord.mocking.state.world import World
from accord.mocking.terms import Terms

if TYPE_CHECKING:
    from accord.mocking.overriding import Override
    from accord.mocking.scenarios.staging import Staged

_DECIDING = frozenset({b"accept", b"prefer", b"origin"})
"""The headers that a right request's static answer depends on."""


class Case(NamedTuple):
    """A request for an operation; the state as it is `now`, or no world where none is kept.

    `violations` are all that is wrong with it, `override` is what somebody ordered as its answer. `reply` is
    what a behaviour of the team's has answered, where the operation has one; `staged` what a scenario has for
    it, where that was asked before.
    """

    mock: Mock
    operation: Operation
    request: Request
    choices: Choices
    asked: Asked
    world: World | None = None
    now: float = 0
    violations: tuple[Violation, ...] = ()
    override: "Override | None" = None
    reply: Response | None = None
    staged: "Staged | None" = None

    @property
    def terms(self) -> Terms:
        """What the operation's requests are judged by beside the exchange."""
        return self.mock.terms(self.operation)

    @property
    def is_stateful(self) -> bool:
        """Is the answer one that the contract alone does not know?"""
        world = self.world
        if world is None:
            return False
        is_linked = self.terms.is_linked
        if not (world.collections or is_linked or self._asks_for_a_part):
            return False  # the resources are not even inferred for who only reads what is in the contract
        does = self.mock.keeper.does(self.operation)
        return does is not None and (is_linked or not self.mock.keeper.is_static(does, world, self.asked))

    @property
    def _asks_for_a_part(self) -> bool:
        """May it be more than a question for what is in the contract?"""
        is_plain = self.request.method == "GET" and not self.asked.query
        return not is_plain or (self.terms.is_counted and ("header", "Range") in self.asked.parameters)

    @property
    def is_staged(self) -> bool:
        """Is a scenario on, which may have an answer?"""
        return self.world is not None and bool(self.world.scenarios)

    @property
    def key(self) -> tuple[Operation, Choices, tuple[tuple[bytes, bytes], ...], str]:
        """All that a static answer to it depends on."""
        deciding = tuple([pair for pair in self.request.headers if pair[0] in _DECIDING])
        path = self.request.path if self.operation.id in self.mock.varying else ""
        return self.operation, self.choices, deciding, path
