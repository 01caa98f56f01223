"""The smallest contents of binary media types, with the magic number that readers look for."""

import gzip
import struct
import zlib


def binary_of(essence: str) -> bytes | None:
    """Bytes of this media type; None for one of which nothing is known."""
    make = _MAKERS.get(essence)
    return make() if make else None


def _png() -> bytes:
    """One transparent pixel."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0\0\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _jpeg() -> bytes:
    """Start of image, a JFIF header, end of image."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def _gif() -> bytes:
    """One black pixel."""
    screen = struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    image = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + screen + image + b";"


def _pdf() -> bytes:
    """One empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(places)
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def _zip() -> bytes:
    """An archive of no files: its end record alone."""
    return b"PK\x05\x06" + bytes(18)


def _gzip() -> bytes:
    return gzip.compress(b"", mtime=0)


def _bmp() -> bytes:
    """One black pixel."""
    head = struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 58, 0, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
    return head + bytes(4)


def _tiff() -> bytes:
    """One black pixel: at 8, its directory after it."""
    short, long = 3, 4
    fields = (
        (256, long, 1), (257, long, 1), (258, short, 8), (259, short, 1), (262, short, 1),
        (273, long, 8), (277, short, 1), (278, long, 1), (279, long, 1),
    )  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in fields)
    return struct.pack("<2sHIH", b"II", 42, 10, 0) + struct.pack("<H", len(fields)) + entries + bytes(4)


def _webp() -> bytes:
    """One pixel, lossless."""
    pixel = b"/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
    return struct.pack("<4sI4s4sI", b"RIFF", 26, b"WEBP", b"VP8L", 13) + pixel


def _svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _wav() -> bytes:
    """A sound of no samples: one channel of 16 bits at 8 kHz."""
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16)
    return head + struct.pack("<4sI", b"data", 0)


def _mp3() -> bytes:
    """One frame of silence, mono, 32 kbit/s at 44.1 kHz."""
    return b"\xff\xfb\x10\xc0" + bytes(100)


def _mp4() -> bytes:
    """Its brand, and no media."""
    return struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 512, b"isom") + struct.pack(">I4s", 8, b"mdat")


def _tar() -> bytes:
    """An archive of no files: its two empty records."""
    return bytes(1024)


_MAKERS = {
    "image/png": _png,
    "image/*": _png,
    "image/jpeg": _jpeg,
    "image/jpg": _jpeg,
    "image/gif": _gif,
    "image/bmp": _bmp,
    "image/tiff": _tiff,
    "image/webp": _webp,
    "image/svg+xml": _svg,
    "audio/mpeg": _mp3,
    "audio/wav": _wav,
    "video/mp4": _mp4,
    "application/pdf": _pdf,
    "application/zip": _zip,
    "application/x-zip-compressed": _zip,
    "application/gzip": _gzip,
    "application/x-gzip": _gzip,
    "application/x-tar": _tar,
}
