"""Text in Markdown."""

_SPECIAL = frozenset("\\`*_<>[]|")


def in_markdown(text: str) -> str:
    """The text, with nothing in it that Markdown reads as more."""
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in text)
