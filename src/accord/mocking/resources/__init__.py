"""What a contract's operations do to which resources, inferred from the contract alone."""

from accord.mocking.resources.checking import check_corrections
from accord.mocking.resources.explaining import explain
from accord.mocking.resources.inferring import infer_resources
from accord.mocking.resources.links import Links
from accord.mocking.resources.model import (
    FileFact,
    Filter,
    Identifier,
    Link,
    Listing,
    Member,
    Paging,
    PagingParameter,
    Place,
    Ranges,
    Reference,
    Resource,
    ResourceOperation,
    Resources,
    Role,
    Sort,
    Timestamp,
    Update,
)

__all__ = [
    "FileFact",
    "Filter",
    "Identifier",
    "Link",
    "Links",
    "Listing",
    "Member",
    "Paging",
    "PagingParameter",
    "Place",
    "Ranges",
    "Reference",
    "Resource",
    "ResourceOperation",
    "Resources",
    "Role",
    "Sort",
    "Timestamp",
    "Update",
    "check_corrections",
    "explain",
    "infer_resources",
]
