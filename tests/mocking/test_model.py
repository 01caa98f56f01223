"""What the mock answers, as a value."""

from dataclasses import fields, replace
from typing import Any

from accord.mocking import Response


def test_a_response_with_other_headers_is_the_same_in_all_else() -> None:
    stated: dict[str, Any] = {each.name: object() for each in fields(Response)}
    response, headers = Response(**stated), ((b"a", b"b"),)
    assert response.with_headers(headers) == replace(response, headers=headers)
