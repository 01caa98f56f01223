"""The Assistant API, put together: handlers, keys, the database, and how its errors are answered."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from accord.serving import ErrorStatus, Service
from generated.operations import Handlers
from handlers import assistant
from handlers.access import ApiKeyAccess, Caller
from store import (
    AssistantNotFound,
    DatabaseUnavailable,
    ForeignOrganisation,
    database_url,
    migrate,
    open_database,
)

ERRORS: Mapping[type[Exception], int | ErrorStatus] = {
    AssistantNotFound: 404,
    ForeignOrganisation: 403,
    DatabaseUnavailable: ErrorStatus(503, detail="The database does not answer. Try again later."),
}


def build(environment: Mapping[str, str] = os.environ) -> Service[Caller]:
    """The service, on the database that `DATABASE_URL` names; nothing is opened before its lifespan."""
    url = database_url(environment)
    database = open_database(url)

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        await migrate(url)
        try:
            yield
        finally:
            await database.close()

    return Service(
        handlers=Handlers(
            create_assistant=assistant.create_assistant,
            list_assistants=assistant.list_assistants,
            get_assistant=assistant.get_assistant,
            update_assistant=assistant.update_assistant,
            delete_assistant=assistant.delete_assistant,
        ),
        authenticate={"ApiKey": ApiKeyAccess(database).authenticate},
        errors=ERRORS,
        lifespan=lifespan,
        ready=database.answers,
        caller_name=lambda caller: str(caller.organisation),
    )
