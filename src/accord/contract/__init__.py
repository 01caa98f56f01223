"""The frozen model of a contract: operations, parameters, media types, responses, security."""

from accord.contract.checking import check_contract
from accord.contract.indexing import index_contract, load_contract
from accord.contract.model import (
    EXPRESSION,
    METHODS,
    Contract,
    Element,
    Header,
    Location,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    SecurityRequirement,
    SecurityScheme,
    Server,
)

__all__ = [
    "EXPRESSION",
    "METHODS",
    "Contract",
    "Element",
    "Header",
    "Location",
    "MediaType",
    "Operation",
    "Parameter",
    "RequestBody",
    "Response",
    "SecurityRequirement",
    "SecurityScheme",
    "Server",
    "check_contract",
    "index_contract",
    "load_contract",
]
