"""Text and its charset."""

import codecs

from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType

_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def text_of(body: bytes, sent: ParsedType) -> str:
    """The text of a body in the charset that it names, UTF-8 where it names none. Raises MalformedContent."""
    codec = _codec(sent.charset or "utf-8")
    try:
        text = codec.decode(body)[0]
        if codec.name != "utf-8":
            text.encode()  # UTF-7 can spell lone surrogates, which are no text
    except (UnicodeError, ValueError):
        raise MalformedContent(f"is not {codec.name.upper()}") from None
    return text


def json_in_utf8(body: bytes, sent: ParsedType) -> bytes:
    """The same JSON text in UTF-8, from the charset that it names. Raises MalformedContent.

    RFC 8259 section 8.1 has JSON in UTF-8 and no charset; one that is named all the same is believed.
    """
    charset = sent.charset
    if charset is None or charset.lower() in _UTF_8:
        return body
    return text_of(body, sent).encode("utf-8", "surrogatepass")


def _codec(charset: str) -> codecs.CodecInfo:
    try:
        codec = codecs.lookup(charset)
    except (LookupError, ValueError):
        codec = None
    # Python's codecs include some that make no text (zip, rot13), or run code points through a host's rules.
    if codec is None or not getattr(codec, "_is_text_encoding", True) or codec.name in _NOT_CHARSETS:
        raise MalformedContent(f"has the charset {charset[:40]!r}, which is not known; send UTF-8")
    return codec


_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
