"""Cleans JPEG: rewrites its segments, and leaves its pixels as they are (ITU-T T.81, annex B)."""

import struct

from checkpost.errors import InputError
from checkpost.image.strip_fields import Kept

_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_MAX_SEGMENT = 0xFFFF - 2


def clean(data: bytes, kept: Kept) -> bytes:
    """The first picture of a file, with no metadata but what is kept. What stands behind its end goes.

    Raises:
        InputError: It is damaged: where its pixels end cannot be told.
    """
    head, body = [b"\xff\xd8"], []
    at = 2
    while True:
        marker, start, end = _segment(data, at)
        if marker == _EOI:
            break
        segment = data[start:end]
        if marker == 0xE0 and segment.startswith(_JFIF):
            head.append(_written(marker, segment[:12] + b"\0\0"))  # without its thumbnail
        elif marker == _SOS or not (0xE0 <= marker <= 0xEF or marker == _COM) or _is_needed(marker, segment):
            body.append(_written(marker, segment))
        at = end
        if marker == _SOS:
            at = _pixels_end(data, end)
            body.append(data[end:at])
    for marker, lead, block in (
        (0xE1, b"Exif\0\0", kept.exif),
        (0xE1, _XMP_HEAD, kept.xmp),
        (0xED, b"Photoshop 3.0\0", kept.photoshop),
    ):
        if block and len(lead + block) <= _MAX_SEGMENT:
            head.append(_written(marker, lead + block))
    return b"".join([*head, *body, b"\xff\xd9"])


def _is_needed(marker: int, segment: bytes) -> bool:
    """Whether a segment says how to show the colours."""
    return (marker == 0xE2 and segment.startswith(_ICC)) or (marker == 0xEE and segment.startswith(_ADOBE))


def _segment(data: bytes, at: int) -> tuple[int, int, int]:
    """A segment's marker, and where its content begins and ends."""
    while data[at : at + 2] == b"\xff\xff":  # padding
        at += 1
    if at + 2 > len(data) or data[at] != 0xFF:
        raise InputError("it breaks off or is damaged.")
    marker = data[at + 1]
    if marker == _EOI:
        return marker, at + 2, at + 2
    size = int.from_bytes(data[at + 2 : at + 4], "big")
    if size < 2 or at + 2 + size > len(data):
        raise InputError("it breaks off or is damaged.")
    return marker, at + 4, at + 2 + size


def _pixels_end(data: bytes, at: int) -> int:
    """Where the coded pixels of a scan end: at the first marker other than a restart's."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise InputError("it breaks off before its end.")


def _written(marker: int, segment: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(segment) + 2) + segment
