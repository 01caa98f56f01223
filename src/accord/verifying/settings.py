"""What whoever verifies decides, and what that weighs which is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.findings import Severity

PHASES = ("examples", "coverage", "fuzzing", "stateful", "directed")
"""What is done, in this order: the contract's examples, each boundary, what chance finds, calls in a row.

Then what none of these showed is aimed at. That phase is accord's own, the others are Schemathesis's.
"""
SCHEMATHESIS_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
)
"""What is asked of every answer that it applies to. Schemathesis has one more, which needs several users."""
UNDOCUMENTED_CHECKS = ("undocumented_header", "undocumented_property")
"""What is asked of an answer that keeps its contract: has it more than that names? These are accord's own."""
PROBED_CHECKS = ("lost_update",)
"""What is asked of a server beside what its answers are, in the end of a run: accord's own, too."""
CHECKS = (*SCHEMATHESIS_CHECKS, *PROBED_CHECKS, *UNDOCUMENTED_CHECKS)


def rule_of(check: str) -> str:
    """The rule of the findings of a check."""
    return check.replace("_", "-")


SEVERITIES: Mapping[str, Severity] = {
    **{rule_of(check): Severity.ERROR for check in (*SCHEMATHESIS_CHECKS, *PROBED_CHECKS)},
    "undocumented-status": Severity.ERROR,
    "undocumented-media-type": Severity.ERROR,
    **{rule_of(check): Severity.WARNING for check in UNDOCUMENTED_CHECKS},
}
"""What the findings of each rule weigh, if nobody says otherwise.

A client that meets a status or media type that it was not told of cannot go on; what more an answer has than
is named, it passes over. In a run these two are found by Schemathesis's checks.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is verified.

    `url` is where it is; its path, where it has one, stands in place of the base path of the contract's
    servers. `credentials` are by security scheme. `time_limit` is in seconds. Credentials stand in the
    commands that repeat a failure only if `shows_credentials`. `part` says which of how many processes this
    one is: calls in a row are divided among them, and each begins with a seed of its own.
    """

    url: str
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    phases: tuple[str, ...] = PHASES
    checks: tuple[str, ...] = CHECKS
    max_examples: int = 100
    seed: int = 1
    part: tuple[int, int] = (1, 1)
    time_limit: float | None = None
    shows_credentials: bool = False
