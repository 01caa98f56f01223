"""The mock's own path, `/_accord`: what is asked of the mock itself, not of what it mocks.

`openapi.yaml` is its contract, and its requests are routed and judged by that as any others are.
"""

from accord.mocking.control.asked import Running
from accord.mocking.control.desk import Desk

__all__ = ["Desk", "Running"]
