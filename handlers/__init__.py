"""The Assistant API, put together: handlers, keys, the database, and how its errors are answered."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from accord.errors import UsageError
from accord.serving import ErrorStatus, Service
from generated.operations import Handlers
from handlers import assistant
from handlers.access import ApiKeyAccess, Caller
from handlers.limiting import rate_limit
from store import (
    AssistantNotFound,
    Database,
    DatabaseUnavailable,
    ForeignOrganisation,
    UnusableUrl,
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
    """The service, on the database that `DATABASE_URL` names; nothing is opened before its lifespan.

    Raises UsageError where the environment makes no sense.
    """
    url = database_url(environment)
    database = _opened(url)

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
        limit=rate_limit(environment),
        caller_name=lambda caller: str(caller.organisation),
    )


def _opened(url: str) -> Database:
    try:
        return open_database(url)
    except UnusableUrl as error:
        raise UsageError(
            str(error), hint="set DATABASE_URL, or unset it for the SQLite file in .state/"
        ) from error
