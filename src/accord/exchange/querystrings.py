"""The query string as one value (OAS 3.2, `in: querystring`)."""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from accord.contract import Parameter
from accord.document import pointers
from accord.exchange.contents import plan_content
from accord.exchange.media_types import ParsedType, parse_media_type
from accord.exchange.model import Kind, Policy, Violation
from accord.schemas import Direction, Schemas

_FORM = "application/x-www-form-urlencoded"


class QuerystringPlan:
    """How a parameter that is all of the query is judged: by the one media type that it has."""

    def __init__(self, parameter: Parameter, schemas: Schemas, policy: Policy) -> None:
        media_type = next(iter(parameter.content.values()))
        sent = parse_media_type(media_type.name) or ParsedType(media_type.essence)
        self._parameter = parameter
        self._content = plan_content(media_type, sent, schemas, Direction.REQUEST, policy)
        self._is_form = sent.essence == _FORM

    def judge(self, query: bytes, values: dict[tuple[str, str], Any]) -> list[Violation]:
        """What is wrong with a query; where nothing is, its value is put among `values`."""
        name = self._parameter.name
        if not query:
            return self._absent() if self._parameter.required else []
        value, violations = self._content.judge(query if self._is_form else unquote_to_bytes(query))
        if not violations:
            values["query", name] = value
        return [replace(violation, location="query", name=name) for violation in violations]

    def _absent(self) -> list[Violation]:
        rule = pointers.join(self._parameter.pointer, "required")
        return [Violation(Kind.MISSING, "query", "is required", rule, self._parameter.name)]
