"""Who a request comes from: an API key, turned into what its holder may see and do."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accord.serving import Forbidden
from store import Database, Keyring, OrganisationAssistants, Role


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of a valid key. `assistants` are those of its organisation; there is no way to others."""

    organisation: UUID
    role: Role
    assistants: OrganisationAssistants


class ApiKeyAccess:
    """Authenticates API keys against the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keyring = Keyring(database)

    async def authenticate(self, secret: str, roles: Sequence[str]) -> Caller | None:
        """The caller, or None for an unknown or revoked key. Raises Forbidden where its role is too small."""
        key = await self._keyring.find(secret)
        if key is None:
            return None
        if missing := sorted(set(roles) - key.role.grants):
            needed = " and ".join(missing)
            raise Forbidden(
                f"This operation needs a key with the role {needed}; this key has the role {key.role}."
            )
        return Caller(key.organisation, key.role, OrganisationAssistants(self._database, key.organisation))
