"""One parameter, planned once: how its text is read, what its schema says, what stands in for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from accord.contract import Parameter
from accord.document import pointers
from accord.exchange import styles
from accord.exchange.coercion import Split, as_text, coerce, is_ambiguous, scalar_reader
from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.media_types import parse_media_type
from accord.exchange.model import ABSENT, Kind, Violation
from accord.exchange.shapes import Shape, default_of, shape_of
from accord.exchange.styles import MalformedValue, Pair
from accord.schemas import Direction, Schemas, Validator
from accord.schemas.reasons import given, shortened

Read = Callable[[Any], Sequence[Any]]
"""From what came to the values that it may stand for, the likeliest first."""


@dataclass(frozen=True, slots=True)
class ParameterPlan:
    """How one parameter is judged.

    `whole_query` is set where it is made of several names of the query: then `read` is given all pairs,
    else the texts of its own name.
    """

    name: str
    location: str
    rule: str
    required: bool
    default: Any
    read: Read
    validator: Validator | None
    is_whole_query: bool = False
    claims: Callable[[str], bool] | None = None
    most: int = 100

    def judge(self, sent: Any) -> tuple[Any, tuple[Violation, ...]]:
        """The value of what was sent, and what is wrong with it; ABSENT where it is not there after all."""
        try:
            candidates = self.read(sent)
        except MalformedValue as error:
            return ABSENT, (self._violation(Kind.MALFORMED, str(error), received=_sent(sent)),)
        validator = self.validator
        if validator is None:
            return candidates[0], ()
        for candidate in candidates:
            if candidate is ABSENT or validator.is_valid(candidate):
                return candidate, ()
        return ABSENT, tuple(self._broken(validator, candidates[0]))

    def absent(self) -> tuple[Violation, ...]:
        """What is wrong with it not being there."""
        return (self._violation(Kind.MISSING, "is required"),) if self.required else ()

    def _broken(self, validator: Validator, value: Any) -> Iterator[Violation]:
        for broken in validator.violations(value, most=self.most):
            yield Violation(
                Kind.INVALID,
                self.location,
                broken.reason,
                broken.rule,
                self.name,
                broken.pointer,
                broken.expected,
                broken.received,
            )

    def _violation(self, kind: Kind, reason: str, *, received: str = "") -> Violation:
        rule = pointers.join(self.rule, "required") if kind is Kind.MISSING else self.rule
        return Violation(kind, self.location, reason, rule, self.name, received=received)


def plan_parameter(
    parameter: Parameter, schemas: Schemas, direction: Direction = Direction.REQUEST, *, most: int = 100
) -> ParameterPlan:
    """The plan of a parameter."""
    pointer = _schema_of(parameter)
    shape = shape_of(parameter.document, pointer)
    default = default_of(parameter.document, pointer)
    validator = None if pointer is None else schemas.at(pointer, direction)
    whole = _is_whole_query(parameter, shape)
    return ParameterPlan(
        name=parameter.name,
        location="query" if parameter.location == "querystring" else parameter.location,
        rule=parameter.pointer,
        required=parameter.required,
        default=default[0] if default and (validator is None or validator.is_valid(default[0])) else ABSENT,
        read=_reader(parameter, shape, whole=whole),
        validator=validator,
        is_whole_query=whole,
        claims=_claims(parameter, shape) if whole else None,
        most=most,
    )


def _schema_of(parameter: Parameter) -> str | None:
    if parameter.schema is not None:
        return parameter.schema
    for media_type in parameter.content.values():
        return media_type.schema
    return None


def _is_whole_query(parameter: Parameter, shape: Shape) -> bool:
    if parameter.location != "query" or parameter.content:
        return False
    return parameter.style == "deepObject" or (
        parameter.style == "form" and parameter.explode and shape.types - {"null"} == {"object"}
    )


def _claims(parameter: Parameter, shape: Shape) -> Callable[[str], bool] | None:
    """Which names of the query make up a parameter. None: all that are no other parameter's."""
    if parameter.style == "deepObject":
        return lambda name: name.startswith(f"{parameter.name}[")
    return frozenset(shape.property_names).__contains__ if shape.property_names else None


def _reader(parameter: Parameter, shape: Shape, *, whole: bool) -> Read:
    if parameter.content:
        return _content_reader(parameter)
    if whole:
        return _object_reader(parameter, shape)
    structures = _structures(shape)
    if structures == ("scalar",):
        return _scalar_reader(parameter, shape)
    splits = [_splitter(parameter, structure) for structure in structures]
    return partial(_read_any, splits, shape)


def _structures(shape: Shape) -> tuple[str, ...]:
    """What a value may be made of, the likeliest first: a text is a scalar where it may be one."""
    types = shape.types
    if not types:
        return ("scalar",)
    scalar = ("scalar",) if types - {"array", "object", "null"} or types == {"null"} else ()
    return (*scalar, *(name for name in ("array", "object") if name in types))


def _scalar_reader(parameter: Parameter, shape: Shape) -> Read:
    split = _splitter(parameter, "scalar")
    convert = scalar_reader(shape.types)
    allow_empty = parameter.location == "query" and parameter.allow_empty_value
    ambiguous = is_ambiguous(shape)

    def read(sent: Any) -> Sequence[Any]:
        text = split(sent)
        value = convert(text)  # type: ignore[arg-type]
        if allow_empty and text == "" and shape.types and "string" not in shape.types:
            return (None,) if "null" in shape.types else (ABSENT,)
        return (value, text) if ambiguous and value is not text else (value,)

    return read


def _read_any(splits: Sequence[Callable[[Any], Split]], shape: Shape, sent: Any) -> Sequence[Any]:
    """The readings of a text that may be an array, an object or a scalar."""
    found: list[Any] = []
    fault: MalformedValue | None = None
    for split in splits:
        try:
            parts = split(sent)
        except MalformedValue as error:
            fault = fault or error
            continue
        found += [coerce(parts, shape), *as_text(parts)]
        if parts == []:
            found.append([""])
    if not found and fault is not None:
        raise fault
    return found


def _splitter(parameter: Parameter, structure: str) -> Callable[[Any], Split]:
    style, explode = parameter.style, parameter.explode
    if parameter.location == "header":
        return lambda text: styles.simple(text, structure, _trimmed, explode=explode)
    if parameter.location == "path":
        if style == "label":
            return lambda text: styles.label(text, structure, explode=explode)
        if style == "matrix":
            return lambda text: styles.matrix(text, structure, parameter.name, explode=explode)
        return lambda text: styles.simple(text, structure, styles.percent_decoded, explode=explode)
    decode = _cookie_decode(style) if parameter.location == "cookie" else styles.form_decoded
    delimiter = style if style in ("spaceDelimited", "pipeDelimited", "cookie") else "form"
    return lambda values: styles.form(values, structure, delimiter, decode, explode=explode)


def _cookie_decode(style: str) -> Callable[[str], str]:
    return _same if style == "cookie" else styles.percent_decoded


def _same(text: str) -> str:
    return text


def _trimmed(text: str) -> str:
    return text.strip(" \t")


def _object_reader(parameter: Parameter, shape: Shape) -> Read:
    """Reads an object that is spread over several names of the query."""
    if parameter.style == "deepObject":

        def read_deep(pairs: Sequence[Pair]) -> Sequence[Any]:
            split = styles.deep_object(pairs, parameter.name)
            return (ABSENT,) if split is None else (coerce(split, shape), *as_text(split))

        return read_deep

    def read_form(pairs: Sequence[Pair]) -> Sequence[Any]:
        found: dict[str, Split] = {}
        for name, text in pairs:
            value = styles.form_decoded(text)
            before = found.get(name)
            if before is None:
                found[name] = value
            else:
                found[name] = [*([before] if isinstance(before, str) else before), value]
        return (coerce(found, shape), *as_text(found)) if found else (ABSENT,)

    return read_form


def _content_reader(parameter: Parameter) -> Read:
    """Reads a parameter that is a document of its own (OAS 3.1 section 4.8.12.2)."""
    key = next(iter(parameter.content))
    media_type = parse_media_type(key)
    is_json = media_type is not None and media_type.is_json
    decode = {"path": styles.percent_decoded, "header": _same}.get(parameter.location, styles.form_decoded)

    def read(sent: Any) -> Sequence[Any]:
        texts = [sent] if isinstance(sent, str) else sent
        if len(texts) > 1:
            raise MalformedValue("is given more than once")
        text = decode(texts[0])
        if not is_json:
            return (text,)
        try:
            return (read_json(text.encode("utf-8", "surrogatepass")),)
        except MalformedJson as error:
            raise MalformedValue(f"is not JSON: {error}") from None

    return read


def _sent(sent: Any) -> str:
    if isinstance(sent, str):
        return shortened(sent)
    return shortened(sent[0]) if len(sent) == 1 and isinstance(sent[0], str) else given(list(sent))
