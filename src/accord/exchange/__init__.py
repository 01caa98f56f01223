"""One HTTP exchange judged by the contract: routing, decoding, validation, negotiation, problems."""

from accord.exchange.judge import Judge
from accord.exchange.media_types import ParsedType, most_specific, negotiate, parse_media_type
from accord.exchange.model import ABSENT, Incoming, JudgedRequest, Kind, Outgoing, Policy, Violation
from accord.exchange.multipart import FilePart
from accord.exchange.problems import MEDIA_TYPE, Problem, problem_of, status_of, title_of
from accord.exchange.routing import MethodUnknown, PathUnknown, Route, Routed, Router, sent_path

__all__ = [
    "ABSENT",
    "MEDIA_TYPE",
    "FilePart",
    "Incoming",
    "Judge",
    "JudgedRequest",
    "Kind",
    "MethodUnknown",
    "Outgoing",
    "ParsedType",
    "PathUnknown",
    "Policy",
    "Problem",
    "Route",
    "Routed",
    "Router",
    "Violation",
    "most_specific",
    "negotiate",
    "parse_media_type",
    "problem_of",
    "sent_path",
    "status_of",
    "title_of",
]
