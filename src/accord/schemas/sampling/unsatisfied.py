"""What ends the making of a value."""

_LONGEST_PATH = 80


class Unsatisfied(Exception):
    """No value was found for a place of a sample: where, and why."""

    def __init__(self, path: str, reason: str) -> None:
        shown = path if len(path) <= _LONGEST_PATH else path[:_LONGEST_PATH] + "…"
        super().__init__(f"{shown or 'the value'}: {reason}")
        self.path = path
        self.reason = reason
