"""What changed between two contracts, and whether it breaks clients."""

from accord.comparing.changes import Change, Effect, Witness
from accord.comparing.contracts import compare
from accord.comparing.lifecycle import Policy
from accord.comparing.rules import RULES, Rule

__all__ = ["RULES", "Change", "Effect", "Policy", "Rule", "Witness", "compare"]
