"""Whether a contract is valid OpenAPI, and a good contract for mock, server and tests."""

from accord.linting.checking import lint
from accord.linting.rules import RULES, Rule

__all__ = ["RULES", "Rule", "lint"]
