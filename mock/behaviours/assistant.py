"""What rows cannot say of assistants: whose key a request has, and what that key may do.

A key that begins with `in-read` has the role `read`, one with `in-revoked` is known no more, and any other
has the role `full`. All belong to the organisation of the seeds.
"""

from typing import Any
from uuid import UUID

from accord.handling.refusals import Forbidden, Unauthenticated
from accord.mocking.behaving import Mocked
from generated.operations import (
    CreateAssistant,
    DeleteAssistant,
    GetAssistant,
    ListAssistants,
    UpdateAssistant,
)

ORGANISATION = UUID("8f14e45f-ceea-467a-9575-2e3d1b0f6a11")


def create_assistant(
    request: CreateAssistant.Request, mock: Mocked[CreateAssistant.Response]
) -> CreateAssistant.Response:
    """The mock's own answer, where the key may write and the organisation is its own."""
    _check_key(mock, writes=True)
    _check_organisation(request.body.org_id)
    return mock.default()


def list_assistants(
    _request: ListAssistants.Request, mock: Mocked[ListAssistants.Response]
) -> ListAssistants.Response:
    """The mock's own answer, where the key is known."""
    _check_key(mock)
    return mock.default()


def get_assistant(
    _request: GetAssistant.Request, mock: Mocked[GetAssistant.Response]
) -> GetAssistant.Response:
    """The mock's own answer, where the key is known."""
    _check_key(mock)
    return mock.default()


def update_assistant(
    request: UpdateAssistant.Request, mock: Mocked[UpdateAssistant.Response]
) -> UpdateAssistant.Response:
    """The mock's own answer, where the key may write and the organisation is its own."""
    _check_key(mock, writes=True)
    _check_organisation(request.body.org_id)
    return mock.default()


def delete_assistant(
    _request: DeleteAssistant.Request, mock: Mocked[DeleteAssistant.Response]
) -> DeleteAssistant.Response:
    """The mock's own answer, where the key may write."""
    _check_key(mock, writes=True)
    return mock.default()


def _check_key(mock: Mocked[Any], *, writes: bool = False) -> None:
    key = mock.credentials.get("ApiKey", "")
    if key.startswith("in-revoked"):
        raise Unauthenticated("The API key is unknown, or was revoked.")
    if writes and key.startswith("in-read"):
        raise Forbidden("This operation needs a key with the role full; this key has the role read.")


def _check_organisation(org_id: object) -> None:
    if isinstance(org_id, UUID) and org_id != ORGANISATION:
        raise Forbidden(f"The organisation {org_id} is not that of the API key.")
