"""The errors that the store raises.

StoreError
├── AssistantNotFound     the organisation has no such assistant
├── ForeignOrganisation   org_id names an organisation that is not the caller's
├── UnknownField          a field that assistants do not have: a fault of the caller's code
├── KeyNotFound           no key that is valid begins so
├── AmbiguousPrefix       several keys begin so
├── UnusableUrl           the database's URL makes no sense
└── DatabaseUnavailable   the database does not answer, or not in time
"""

from collections.abc import Iterable
from uuid import UUID


class StoreError(Exception):
    """What every error of the store is."""


class AssistantNotFound(StoreError):
    """The organisation has no assistant with this id. Holds `assistant_id`."""

    def __init__(self, assistant_id: UUID) -> None:
        super().__init__(f"There is no assistant with the id {assistant_id}.")
        self.assistant_id = assistant_id


class ForeignOrganisation(StoreError):
    """`org_id` names an organisation that is not the caller's. Holds `org_id`."""

    def __init__(self, org_id: UUID) -> None:
        super().__init__(f"org_id {org_id} is not the organisation of this API key. Leave it out, or null.")
        self.org_id = org_id


class UnknownField(StoreError):
    """Fields that assistants do not have. Holds `names`."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(f"assistants have no field {', '.join(self.names)}")


class KeyNotFound(StoreError):
    """No valid key begins with `prefix`."""

    def __init__(self, prefix: str) -> None:
        super().__init__(f"no valid key begins with {prefix!r}; list them with: python -m store.keys list")
        self.prefix = prefix


class AmbiguousPrefix(StoreError):
    """More than one valid key begins with `prefix`."""

    def __init__(self, prefix: str, count: int) -> None:
        super().__init__(f"{count} valid keys begin with {prefix!r}; name one by more of its characters")
        self.prefix = prefix
        self.count = count


class UnusableUrl(StoreError):
    """A database URL that makes no sense. Never holds the URL itself, which may have a password in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database URL cannot be used: {reason}")


class DatabaseUnavailable(StoreError):
    """The database does not answer, or not in time."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database does not answer: {reason}")
