"""XML text as elements: well-formed, namespaces included, within bounds, and with nothing declared in it."""

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType
from accord.exchange.texts import text_of

_BETWEEN = "\x1f"
"""What expat puts between a namespace and a name: no XML text can have it in either."""


@dataclass(slots=True)
class Element:
    """An element: its local name and namespace, attributes by both, children in order, and its own text."""

    name: str
    namespace: str
    attributes: dict[tuple[str, str], str]
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters that stand directly in it."""
        return "".join(self.texts)


def read_elements(body: bytes, sent: ParsedType, *, deepest: int) -> Element:
    """The root of an XML text.

    Its charset is that of the media type, else what it declares itself (RFC 7303 section 3). Raises
    MalformedContent where it is not well-formed, nested deeper than `deepest`, or has a document type: no
    entity that a sender could declare is ever read, nothing is fetched, and nothing can grow.
    """
    builder = _Builder(deepest)
    parser = expat.ParserCreate(None, _BETWEEN)
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(text_of(body, sent) if sent.charset else body, True)  # noqa: FBT003 - C function, positional only
    except expat.ExpatError as error:
        place = f" (line {error.lineno}, column {error.offset + 1})"
        raise MalformedContent(
            f"is not XML that can be read: {expat.ErrorString(error.code)}{place}"
        ) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, MalformedContent):
            raise
        raise MalformedContent("is in an encoding that is not known; send UTF-8") from None
    return builder.root


class _Builder:
    """Takes what expat reads and leaves the elements in `root`."""

    def __init__(self, deepest: int) -> None:
        self.root = Element("", "", {})
        self._deepest = deepest
        self._open: list[Element] = []

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) >= self._deepest:
            raise MalformedContent("is not XML that can be read: it is nested too deeply")
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        namespace, _, local = name.rpartition(_BETWEEN)
        element = Element(local, namespace, {_split(each): value for each, value in pairs})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].texts.append(text)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(_BETWEEN)
    return local, namespace


def _refuse_document_type(*_: object) -> NoReturn:
    raise MalformedContent("has a document type declaration, which is not read; send it without")
