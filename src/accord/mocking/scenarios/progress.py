"""How far a scenario has come. A value, of which each request makes another."""

from typing import NamedTuple

START = "start"
"""The step that every scenario begins at."""


class Progress(NamedTuple):
    """How far a scenario has come in a world: its step, and how often each of its rules has answered."""

    step: str = START
    used: tuple[int, ...] = ()

    def count(self, rule: int) -> int:
        """How often a rule has answered."""
        return self.used[rule] if rule < len(self.used) else 0

    def after(self, rule: int, step: str | None) -> "Progress":
        """It once a rule has answered, which leads to a step, or to none."""
        used = [*self.used, *[0] * (rule + 1 - len(self.used))]
        used[rule] += 1
        return Progress(step or self.step, tuple(used))
