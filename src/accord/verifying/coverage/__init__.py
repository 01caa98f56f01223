"""How much of a contract was seen: its goals, what exchanges show of them, and why the rest was not."""

from accord.verifying.coverage.goals import Goal, Kind
from accord.verifying.coverage.model import Answer, Coverage, merged
from accord.verifying.coverage.observing import Observer
from accord.verifying.coverage.undocumented import Undocumented

__all__ = ["Answer", "Coverage", "Goal", "Kind", "Observer", "Undocumented", "merged"]
