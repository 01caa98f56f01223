"""A mock's own interface, `/_accord`, asked over HTTP."""

from typing import Any

import httpx

from accord.errors import UsageError

_PATIENCE = 30.0
_ERRORS = 400


class Interface:
    """Asks one mock. Its connection is kept open until it is closed."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=f"{self.url}/_accord", timeout=_PATIENCE, trust_env=False)

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """What it answers; None where there is nothing to say. Raises UsageError where it refuses."""
        sent = {name: value for name, value in query.items() if value is not None}
        response = self._client.request(method, path, json=body, params=sent)
        if response.status_code >= _ERRORS:
            raise UsageError(f"{method} {path}: {_detail(response)}")
        return response.json() if response.content else None

    def close(self) -> None:
        """Closes the connection."""
        self._client.close()


def _detail(response: httpx.Response) -> str:
    """Why it was refused, with every place that was wrong."""
    try:
        problem = response.json()
    except ValueError:
        return f"{response.status_code} {response.text[:200]}"
    errors = problem.get("errors", []) if isinstance(problem, dict) else []
    places = [f"\n  {each.get('pointer') or each.get('location')} {each.get('reason')}" for each in errors]
    return f"{problem.get('detail', response.status_code)}{''.join(places)}"
