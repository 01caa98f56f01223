"""The operations on assistants."""

from generated import models
from generated.operations import (
    CreateAssistant,
    DeleteAssistant,
    GetAssistant,
    ListAssistants,
    UpdateAssistant,
)
from handlers.access import Caller
from store import Assistant


async def create_assistant(request: CreateAssistant.Request, caller: Caller) -> CreateAssistant.Response:
    """The new assistant, with the contract's defaults for what was left out."""
    assistant = await caller.assistants.create(request.body.model_dump())
    return CreateAssistant.Ok(models.AssistantCreated(data=_read(assistant)))


async def list_assistants(request: ListAssistants.Request, caller: Caller) -> ListAssistants.Response:
    """One page of the organisation's assistants."""
    listed = await caller.assistants.list_page(request.page, request.size)
    items = [_read(assistant) for assistant in listed.items]
    page = models.AssistantPage(
        items=items, total=listed.total, page=listed.page, size=listed.size, pages=listed.pages
    )
    return ListAssistants.Ok(models.AssistantsListed(data=page))


async def get_assistant(request: GetAssistant.Request, caller: Caller) -> GetAssistant.Response:
    """One assistant of the organisation."""
    assistant = await caller.assistants.get(request.assistant_id)
    return GetAssistant.Ok(models.AssistantFetched(data=_read(assistant)))


async def update_assistant(request: UpdateAssistant.Request, caller: Caller) -> UpdateAssistant.Response:
    """The assistant after the change."""
    # What the request leaves out is MISSING in the model, and so not in what it dumps: only nulls that
    # were sent are stored.
    assistant = await caller.assistants.update(request.assistant_id, request.body.model_dump())
    return UpdateAssistant.Ok(models.AssistantUpdated(data=_read(assistant)))


async def delete_assistant(request: DeleteAssistant.Request, caller: Caller) -> DeleteAssistant.Response:
    """The assistant that was removed."""
    assistant = await caller.assistants.delete(request.assistant_id)
    return DeleteAssistant.Ok(models.AssistantDeleted(data=_read(assistant)))


def _read(assistant: Assistant) -> models.IAssistantRead:
    return models.IAssistantRead.model_validate(assistant, from_attributes=True)
