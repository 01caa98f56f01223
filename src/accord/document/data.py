"""A file of data beside a contract, read with the same care, and with the places of what it says."""

from accord.document.library import File, Library
from accord.document.limits import Limits
from accord.document.sources import Sources


def read_data(location: str, limits: Limits | None = None) -> File:
    """The file at a path, YAML or JSON: its `value`, and the `position` of each pointer into it.

    Raises ContractError, with a position.
    """
    limits = limits or Limits()
    return Library(Sources(location, (), limits), limits).entry
