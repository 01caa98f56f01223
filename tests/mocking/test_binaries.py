import io
import tarfile
import wave
from xml.etree import ElementTree as ET

import pytest

from accord.mocking.binaries import binary_of


def made(essence: str) -> bytes:
    content = binary_of(essence)
    assert content is not None
    return content


@pytest.mark.parametrize(
    ("essence", "magic"),
    [
        ("image/bmp", b"BM\x3a\0\0\0"),
        ("image/tiff", b"II*\0\x0a\0\0\0"),
        ("image/webp", b"RIFF\x1a\0\0\0WEBPVP8L"),
        ("audio/mpeg", b"\xff\xfb"),
        ("video/mp4", b"\0\0\0\x14ftypisom"),
    ],
)
def test_a_binary_starts_with_the_number_that_readers_look_for(essence: str, magic: bytes) -> None:
    assert made(essence).startswith(magic)


def test_a_bitmap_and_a_webp_are_as_long_as_they_say() -> None:
    assert len(made("image/bmp")) == 0x3A
    assert len(made("image/webp")) == 0x1A + 8


def test_a_sound_can_be_opened() -> None:
    with wave.open(io.BytesIO(made("audio/wav"))) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (1, 8000, 0)


def test_an_archive_can_be_opened() -> None:
    with tarfile.open(fileobj=io.BytesIO(made("application/x-tar"))) as archive:
        assert archive.getnames() == []


def test_a_drawing_is_an_svg_element() -> None:
    assert ET.fromstring(made("image/svg+xml")).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - ours
