"""What the handlers call: assistants and API keys in SQLite or PostgreSQL. Knows no HTTP."""

from store.assistants import Assistant, AssistantPage, OrganisationAssistants
from store.database import Database, database_url, open_database
from store.errors import (
    AmbiguousPrefix,
    AssistantNotFound,
    DatabaseUnavailable,
    ForeignOrganisation,
    KeyNotFound,
    StoreError,
    UnknownField,
    UnusableUrl,
)
from store.keyring import ApiKey, IssuedKey, Keyring, Role
from store.migrating import migrate

__all__ = [
    "AmbiguousPrefix",
    "ApiKey",
    "Assistant",
    "AssistantNotFound",
    "AssistantPage",
    "Database",
    "DatabaseUnavailable",
    "ForeignOrganisation",
    "IssuedKey",
    "KeyNotFound",
    "Keyring",
    "OrganisationAssistants",
    "Role",
    "StoreError",
    "UnknownField",
    "UnusableUrl",
    "database_url",
    "migrate",
    "open_database",
]
