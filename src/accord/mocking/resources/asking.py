"""What a list may be asked by: its parameters, and the members of those that are objects in the query."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from accord.contract import Operation, Parameter
from accord.mocking.resources.fields import Reader

_GROUPS = frozenset({"filter", "filters", "where", "page", "paging", "pagination"})


class Asking(NamedTuple):
    """A parameter, or a member of one: `name` as it stands in the query, `page[number]` of either.

    `holder` are the parameter and the member of its value, where it is one (OAS 3.1's `deepObject`).
    `parameter` is what the contract has.
    """

    name: str
    location: str
    schema: str | None
    description: str
    parameter: Parameter
    holder: tuple[str, str] | None = None


def asked_of(reader: Reader, operation: Operation) -> Iterator[Asking]:
    """All that an operation may be asked by, in the order of its parameters."""
    for parameter in operation.parameters:
        name, schema = parameter.name, parameter.schema
        members: Mapping[str, str] = {}
        if name in _GROUPS and parameter.style == "deepObject" and schema is not None:
            members = reader.read(schema).properties
        for member, inner in members.items():
            told = reader.read(inner).text("description")
            yield Asking(f"{name}[{member}]", parameter.location, inner, told, parameter, (name, member))
        if not members:
            yield Asking(name, parameter.location, schema, parameter.description, parameter)
