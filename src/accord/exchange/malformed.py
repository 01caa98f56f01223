class MalformedContent(ValueError):
    """Content that is not of its media type. Its message says why; `pointer` leads to the part at fault."""

    def __init__(self, reason: str, pointer: str = "") -> None:
        super().__init__(reason)
        self.pointer = pointer
