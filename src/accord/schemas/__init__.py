"""Compiled validators: does a value satisfy a schema of the contract, and where does it not."""

from accord.schemas.derived import Direction
from accord.schemas.validators import Schemas, Validator, Verdict, verdict_of_pattern
from accord.schemas.violations import SchemaViolation

__all__ = ["Direction", "SchemaViolation", "Schemas", "Validator", "Verdict", "verdict_of_pattern"]
