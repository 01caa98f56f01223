"""Contract tests: what an implementation answers, held against its contract."""

from accord.verifying.exchanges import Exchange

__all__ = ["Exchange"]
