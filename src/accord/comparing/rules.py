"""Every rule of a comparison: its id, how much it weighs, and its mirror.

The mirror is the rule of the change back: where `old` to `new` is one, `new` to `old` is the other.
Requests may widen and responses may narrow; the opposite breaks clients.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accord.comparing.changes import Effect
from accord.findings import Severity
from accord.schemas import Direction

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """What a change is called, how much it weighs where nothing else is set, and why."""

    id: str
    severity: Severity
    summary: str
    mirror: str


ASPECTS: Mapping[str, str] = {
    "type": "the types that a value may have",
    "nullability": "whether null may come",
    "enum": "the values of `enum` or `const`",
    "minimum": "the lower bound of a number",
    "maximum": "the upper bound of a number",
    "multiple-of": "`multipleOf`",
    "min-length": "how short a text may be",
    "max-length": "how long a text may be",
    "pattern": "the pattern of a text",
    "format": "the format of a text or number",
    "content": "what a text holds: `contentEncoding`, `contentMediaType`, `contentSchema`",
    "min-items": "how few items an array may have",
    "max-items": "how many items an array may have",
    "unique-items": "whether the items of an array differ",
    "contains": "what an array has to contain",
    "positions": "the first items of an array: `prefixItems`",
    "items": "whether an array may have items at all, or more of them",
    "min-properties": "how few properties an object may have",
    "max-properties": "how many properties an object may have",
    "additional-properties": "whether an object may have properties that are not named",
    "pattern-properties": "properties by a pattern of their names",
    "property-names": "the names that properties may have",
    "dependents": "what a property asks of others: `dependentRequired`, `dependentSchemas`",
    "alternatives": "the schemas of `oneOf` or `anyOf`",
    "exclusion": "what `not` excludes",
    "condition": "`if`, `then`, `else`",
    "discriminator": "how a discriminator tells alternatives apart",
    "schema": "the schema as a whole: whether there is one, or whether it takes anything",
}
"""What of a schema can change, and what that is."""


_LENIENT = {"response-additional-properties-widened": _INFO}
"""A client is expected to ignore what it does not know, as it is with a property that is added."""


def _of_schemas() -> Iterator[Rule]:
    for direction in Direction:
        breaks = Effect.NARROWED if direction is Direction.REQUEST else Effect.WIDENED
        for aspect, summary in ASPECTS.items():
            for effect in Effect:
                severity = _ERROR if effect in (breaks, Effect.CHANGED) else _INFO
                severity = _WARNING if effect is Effect.UNDECIDED else severity
                severity = _LENIENT.get(f"{direction}-{aspect}-{effect}", severity)
                mirror = f"{direction}-{aspect}-{effect.reversed}"
                said = f"In a {direction}, {summary}: {effect}"
                yield Rule(f"{direction}-{aspect}-{effect}", severity, said, mirror)


_PAIRS: tuple[tuple[str, Severity, str, Severity, str], ...] = (
    ("operation-removed", _ERROR, "operation-added", _INFO, "An operation"),
    ("operation-deprecated", _INFO, "operation-reactivated", _INFO, "An operation is deprecated, or no more"),
    ("operation-tag-removed", _INFO, "operation-tag-added", _INFO, "A tag of an operation"),
    ("sunset-removed", _ERROR, "sunset-added", _INFO, "When something deprecated goes (`x-sunset`)"),
    ("sunset-moved-earlier", _ERROR, "sunset-moved-later", _INFO, "When something deprecated goes"),
    ("required-parameter-added", _ERROR, "required-parameter-removed", _ERROR, "A required parameter"),
    ("optional-parameter-added", _INFO, "optional-parameter-removed", _ERROR, "An optional parameter"),
    ("parameter-became-required", _ERROR, "parameter-became-optional", _INFO,
     "Whether a parameter is required"),
    ("parameter-deprecated", _INFO, "parameter-reactivated", _INFO, "A parameter is deprecated, or no more"),
    ("required-request-body-added", _ERROR, "required-request-body-removed", _ERROR, "A required body"),
    ("optional-request-body-added", _INFO, "optional-request-body-removed", _ERROR, "An optional body"),
    ("request-body-became-required", _ERROR, "request-body-became-optional", _INFO,
     "Whether the body is required"),
    ("parameter-default-removed", _ERROR, "parameter-default-added", _INFO,
     "That it is said what a parameter is taken for where it is not sent"),
    ("parameter-reserved-refused", _ERROR, "parameter-reserved-allowed", _INFO,
     "Whether a parameter takes reserved characters as they are (`allowReserved`)"),
    ("parameter-empty-refused", _ERROR, "parameter-empty-allowed", _INFO,
     "Whether a parameter may be sent without a value (`allowEmptyValue`)"),
    ("request-media-type-removed", _ERROR, "request-media-type-added", _INFO, "A media type of requests"),
    ("request-media-type-narrowed", _ERROR, "request-media-type-widened", _INFO,
     "A range of media types of requests, of which only some are left"),
    ("response-media-type-removed", _ERROR, "response-media-type-added", _INFO, "A media type of responses"),
    ("response-media-type-widened", _WARNING, "response-media-type-narrowed", _INFO,
     "A range of media types of responses, where there were only some of them"),
    ("request-part-media-type-removed", _ERROR, "request-part-media-type-added", _INFO,
     "A media type of a part of a form that is sent (`encoding`)"),
    ("response-part-media-type-added", _ERROR, "response-part-media-type-removed", _INFO,
     "A media type of a part of a form that comes (`encoding`): nobody asks for another"),
    ("request-part-reserved-refused", _ERROR, "request-part-reserved-allowed", _INFO,
     "Whether a part of a form that is sent may have reserved characters as they are"),
    ("response-part-reserved-allowed", _ERROR, "response-part-reserved-refused", _INFO,
     "Whether a part of a form that comes may have reserved characters as they are"),
    ("success-response-removed", _ERROR, "success-response-added", _INFO, "The response of a 2xx status"),
    ("other-response-removed", _INFO, "other-response-added", _INFO,
     "The response of a status that is no success: the client has to expect any"),
    ("response-status-narrowed", _INFO, "response-status-widened", _INFO,
     "A range of statuses, or `default`, in place of some of them: these are compared with it"),
    ("request-required-property-added", _ERROR, "request-required-property-removed", _WARNING,
     "A property that a request must have; one that went is ignored, or refused"),
    ("request-optional-property-added", _INFO, "request-optional-property-removed", _WARNING,
     "A property that a request may have; one that went is ignored, or refused"),
    ("request-property-became-required", _ERROR, "request-property-became-optional", _INFO,
     "Whether a request must have a property"),
    ("request-property-deprecated", _INFO, "request-property-reactivated", _INFO,
     "A property of requests is deprecated, or no more"),
    ("response-required-property-removed", _ERROR, "response-required-property-added", _INFO,
     "A property that every response has"),
    ("response-optional-property-removed", _WARNING, "response-optional-property-added", _INFO,
     "A property that a response may have"),
    ("response-property-became-optional", _ERROR, "response-property-became-required", _INFO,
     "Whether every response has a property"),
    ("response-property-deprecated", _INFO, "response-property-reactivated", _INFO,
     "A property of responses is deprecated, or no more"),
    ("security-alternative-removed", _ERROR, "security-alternative-added", _INFO,
     "A way to authenticate that was enough"),
    ("security-required", _ERROR, "security-lifted", _INFO, "Whether credentials are needed at all"),
    ("security-scope-required", _ERROR, "security-scope-lifted", _INFO,
     "A scope that a way to authenticate needs"),
    ("security-scheme-removed", _INFO, "security-scheme-added", _INFO,
     "A security scheme: operations that need it say so themselves"),
    ("link-removed", _WARNING, "link-added", _INFO, "A link of a response"),
    ("callback-removed", _ERROR, "callback-added", _INFO, "A callback of an operation"),
    ("webhook-removed", _ERROR, "webhook-added", _INFO, "A webhook"),
    ("server-removed", _WARNING, "server-added", _INFO, "A server, by its URL"),
)  # fmt: skip
_GIVEN_HEADERS = {"response-header": "a response", "response-part-header": "a part of a form that comes"}
_TAKEN_HEADERS = {"request-part-header": "a part of a form that is sent"}
_BOTH_WAYS: tuple[tuple[str, Severity, str], ...] = (
    ("operation-id-changed", _WARNING, "An operation's id: generated clients have another name for it"),
    ("path-parameter-renamed", _INFO, "The name of a path parameter: the path stays as it is"),
    ("parameter-serialization-changed", _ERROR, "How a parameter is written: style, explode, media type"),
    ("parameter-default-changed", _ERROR, "What a parameter is taken for where it is not sent"),
    ("response-header-serialization-changed", _ERROR, "How a header is written"),
    ("request-part-serialization-changed", _ERROR, "How a part of a form is written: style, explode"),
    ("response-part-serialization-changed", _ERROR, "How a part of a form is written: style, explode"),
    ("request-part-header-serialization-changed", _ERROR, "How a header of a part is written"),
    ("response-part-header-serialization-changed", _ERROR, "How a header of a part is written"),
    ("request-default-changed", _INFO, "The default of a value in a request's body"),
    ("response-default-changed", _INFO, "The default of a value in a response"),
    ("security-scheme-changed", _ERROR, "How a security scheme that operations need takes its credentials"),
    ("link-changed", _WARNING, "Where a link leads, or with what"),
)
_REMOVED_AS_ANNOUNCED: tuple[tuple[str, str], ...] = (
    ("operation-removed-after-deprecation", "operation-added"),
    ("parameter-removed-after-deprecation", "optional-parameter-added"),
)
_OF_POLICY: tuple[tuple[str, Severity, str], ...] = (
    ("sunset-unreadable", _ERROR, "`x-sunset` is no date (RFC 3339): nobody can tell when"),
    ("sunset-too-soon", _ERROR, "Something is deprecated for fewer days than `--deprecation-days` asks"),
    (
        "sunset-missing",
        _ERROR,
        "Something is deprecated without a date, where `--deprecation-days` asks for one",
    ),
)


def _of_headers() -> Iterator[tuple[str, Severity, str, Severity, str]]:
    for kind, of in _GIVEN_HEADERS.items():
        always, maybe = f"A header that {of} always has", f"A header that {of} may have"
        yield f"required-{kind}-removed", _ERROR, f"required-{kind}-added", _INFO, always
        yield f"optional-{kind}-removed", _WARNING, f"optional-{kind}-added", _INFO, maybe
        yield (
            f"{kind}-became-optional",
            _ERROR,
            f"{kind}-became-required",
            _INFO,
            f"Whether {of} has a header",
        )
    for kind, of in _TAKEN_HEADERS.items():
        always, maybe = f"A header that {of} must have", f"A header that {of} may have"
        ignored = "; one that went is ignored, or refused"
        yield f"required-{kind}-added", _ERROR, f"required-{kind}-removed", _WARNING, f"{always}{ignored}"
        yield f"optional-{kind}-added", _INFO, f"optional-{kind}-removed", _WARNING, f"{maybe}{ignored}"
        yield (
            f"{kind}-became-required",
            _ERROR,
            f"{kind}-became-optional",
            _INFO,
            f"Whether {of} has a header",
        )
    for kind, of in (_GIVEN_HEADERS | _TAKEN_HEADERS).items():
        message = f"A header of {of} is deprecated, or no more"
        yield f"{kind}-deprecated", _INFO, f"{kind}-reactivated", _INFO, message


def _others() -> Iterator[Rule]:
    for one, severity, other, opposite, summary in (*_PAIRS, *_of_headers()):
        yield Rule(one, severity, summary, other)
        yield Rule(other, opposite, summary, one)
    for name, severity, summary in _BOTH_WAYS:
        yield Rule(name, severity, summary, name)
    for name, mirror in _REMOVED_AS_ANNOUNCED:
        yield Rule(name, _INFO, "Removed once it was deprecated, and its date, if any, had passed", mirror)
    for name, severity, summary in _OF_POLICY:
        yield Rule(name, severity, summary, "")


RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in (*_others(), *_of_schemas())})
"""All rules by their id. The rules of policy have no mirror: they judge one document."""
