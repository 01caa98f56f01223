"""What the mock answers, as a value."""

from typing import Any

from accord.mocking import Response


def test_a_response_with_other_headers_is_the_same_in_all_else() -> None:
    stated: dict[str, Any] = {name: object() for name in Response._fields}
    response, headers = Response(**stated), ((b"a", b"b"),)
    assert response.with_headers(headers) == response._replace(headers=headers)
