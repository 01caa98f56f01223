"""Where things stand in the text that people edit. Found along the way to them; nothing else is read."""

from typing import Protocol

from accord.document.json_text import JsonPlaces


class Places(Protocol):
    """The places of one text."""

    def find(self, tokens: list[str]) -> tuple[int, int]:
        """Line and column of what stands below these keys, or of the nearest ancestor that is there."""


def find_places(text: bytes, file: str) -> Places:
    """The places of a text in UTF-8, which has been parsed before."""
    if file.lower().endswith(".json"):
        return JsonPlaces(text)
    if text.lstrip().startswith(b"{"):
        try:
            places = JsonPlaces(text)
            places.find(["a key that makes it read the whole"])
        except (ValueError, IndexError, RecursionError):
            return _yaml_places(text)  # YAML's flow style looks like JSON at first
        return places
    return _yaml_places(text)


def _yaml_places(text: bytes) -> Places:
    from accord.document.yaml_text import YamlPlaces  # noqa: PLC0415 - PyYAML, which reading did not need

    return YamlPlaces(text.decode())
