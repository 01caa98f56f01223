"""The mock in tests: started, given to each test as a world of its own, and asked what was called.

`accord.pytest_plugin` gives it to pytest as the fixture `accord_mock`.
"""

from accord.testing.checked import Checked
from accord.testing.mock import Mock
from accord.testing.scenario import Scenario
from accord.testing.world import Call, Order, When, World

__all__ = ["Call", "Checked", "Mock", "Order", "Scenario", "When", "World"]
