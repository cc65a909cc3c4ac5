"""Where the formats keep metadata: walks JPEG, PNG, WebP, GIF and TIFF, and hands out their blocks.

No pixel is decoded, so neither a huge nor a damaged picture hides what its file says. A file is what its
first bytes say, whatever its name.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checkpost.errors import InputError

_MAX_INFLATED = 4 * 1024 * 1024
_MAX_PICTURES = 16  # in one JPEG file: some phones append a second exposure
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_NOT_PADDING = re.compile(rb"[^\xff]")
_PHOTOSHOP = b"Photoshop 3.0\0"
_RAW_PROFILE = "Raw profile type "
_PROFILES = {"exif": "EXIF", "APP1": "EXIF", "iptc": "Photoshop", "8bim": "Photoshop", "xmp": "XMP"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of metadata. `kind` is EXIF, IPTC, XMP, Photoshop, text (with a `key`) or damage."""

    kind: str
    data: bytes = b""
    key: str = ""


def blocks(data: bytes) -> Iterator[Block]:
    """Every block of a picture file.

    Raises:
        InputError: It is no picture, or of a kind that is not read.
    """
    for signature, walk in _WALKS.items():
        if data.startswith(signature):
            return walk(data)
    if not data:
        raise InputError("it is empty.")
    raise InputError("it is not a picture, or of a kind that is not read yet (JPEG, PNG, WebP, GIF and TIFF are).")


def _jpeg(data: bytes) -> Iterator[Block]:
    """A JPEG, and any further one that is appended to it."""
    start = 0
    for number in range(_MAX_PICTURES):
        segments, end, is_whole = _segments(data, start)
        yield from _jpeg_blocks(segments)
        if not (is_whole or number):  # what is appended may be no picture at all
            yield Block("damage")
        start = data.find(b"\xff\xd8\xff", max(end, start + 2))
        if start < 0:
            return


def _segments(data: bytes, start: int) -> tuple[list[tuple[int, bytes]], int, bool]:
    """The segments of one picture before its pixels, where it ends, and whether it does so as it should."""
    segments: list[tuple[int, bytes]] = []
    at = start + 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            after = _NOT_PADDING.search(data, at)
            at = after.start() - 1 if after else len(data)
            continue
        if marker == 0xDA:  # the pixels; their end is the first end mark, which cannot stand inside them
            end = data.find(b"\xff\xd9", at)
            return segments, end + 2 if end >= 0 else len(data), end >= 0
        if size < 2 or at + 2 + size > len(data):
            break
        segments.append((marker, data[at + 4 : at + 2 + size]))
        at += 2 + size
    return segments, at, False


def _jpeg_blocks(segments: list[tuple[int, bytes]]) -> Iterator[Block]:
    extended: dict[bytes, list[tuple[int, bytes]]] = {}
    photoshop = b""
    for marker, segment in segments:
        if marker == 0xFE:
            yield Block("text", segment, "Comment")
        elif marker == 0xE1 and segment.startswith(b"Exif\0"):
            yield Block("EXIF", segment[6:])
        elif marker == 0xE1 and segment.startswith(_XMP_HEAD):
            yield Block("XMP", segment[len(_XMP_HEAD) :])
        elif marker == 0xE1 and segment.startswith(_XMP_MORE):
            rest = segment[len(_XMP_MORE) :]
            extended.setdefault(rest[:32], []).append((int.from_bytes(rest[36:40], "big"), rest[40:]))
        elif marker == 0xED and segment.startswith(_PHOTOSHOP):
            photoshop += segment[len(_PHOTOSHOP) :]
    if photoshop:
        yield Block("Photoshop", photoshop)
    for parts in extended.values():
        yield Block("XMP", b"".join(part for _, part in sorted(parts)))


def _png(data: bytes) -> Iterator[Block]:
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, chunk = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"IEND":
            return
        if at + 12 + size > len(data):
            break
        at += 12 + size
        if kind == b"eXIf":
            yield Block("EXIF", chunk)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield _png_text(kind, chunk)
    yield Block("damage")


def _png_text(kind: bytes, chunk: bytes) -> Block:
    """A text chunk (PNG 3, section 11.3.3), or the block of another kind that ImageMagick hides in one."""
    keyword, _, rest = chunk.partition(b"\0")
    key = keyword.decode("latin-1")
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        is_packed = rest[:1] == b"\1"
        _, _, rest = rest[2:].partition(b"\0")  # the language
        _, _, rest = rest.partition(b"\0")  # the keyword, translated
        rest = _inflated(rest) if is_packed else rest
    if key == "XML:com.adobe.xmp":
        return Block("XMP", rest)
    profile = _PROFILES.get(key.removeprefix(_RAW_PROFILE)) if key.startswith(_RAW_PROFILE) else None
    if profile is None:
        return Block("text", rest, key)
    try:
        _, _, digits = rest.decode("ascii").strip().split("\n", 2)  # after the profile's name and its length
        return _profile(profile, bytes.fromhex("".join(digits.split())))
    except ValueError:
        return Block("damage")


def _profile(kind: str, raw: bytes) -> Block:
    if raw.startswith(_XMP_HEAD):
        return Block("XMP", raw[len(_XMP_HEAD) :])
    if kind == "Photoshop" and not raw.startswith((b"8BIM", _PHOTOSHOP)):
        return Block("IPTC", raw)
    return Block(kind, raw.removeprefix(_PHOTOSHOP).removeprefix(b"Exif\0\0"))


def _inflated(packed: bytes) -> bytes:
    """What a zlib stream holds, up to a limit: a bomb is cut off, and a broken stream gives what it can."""
    try:
        return zlib.decompressobj().decompress(packed, _MAX_INFLATED)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Iterator[Block]:
    if data[8:12] != b"WEBP":
        raise InputError("it is not a picture, or of a kind that is not read yet.")
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            yield Block("EXIF", chunk.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            yield Block("XMP", chunk)
        at += 8 + size + size % 2
    if at > len(data) + 1 or end < 8 + int.from_bytes(data[4:8], "little"):
        yield Block("damage")


def _gif(data: bytes) -> Iterator[Block]:
    at = 13 + _colours(data, 10)
    while at < len(data):
        if data[at] == 0x3B:
            return
        if data[at] == 0x2C and at + 10 < len(data):
            _, at = _sub_blocks(data, at + 11 + _colours(data, at + 9))
        elif data[at] == 0x21 and data[at + 1 : at + 2] == b"\xfe":
            comment, at = _sub_blocks(data, at + 2)
            yield Block("text", comment, "Comment")
        elif data[at] == 0x21 and data[at + 3 : at + 14] == b"XMP DataXMP":
            start = at + 14
            end = data.find(b"\x01\xff\xfe\xfd", start)  # the packet is not cut up: a "magic trailer" ends it
            if end < 0:
                break
            yield Block("XMP", data[start:end])
            at = end + 258
        elif data[at] == 0x21:
            _, at = _sub_blocks(data, at + 2)
        else:
            break
    yield Block("damage")


def _colours(data: bytes, flags: int) -> int:
    """The size of the colour table that a byte of flags announces."""
    packed = data[flags] if flags < len(data) else 0
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The bytes of a chain of sub-blocks, and where it ends."""
    parts = []
    while at < len(data) and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts), at + 1


def _tiff(data: bytes) -> Iterator[Block]:
    yield Block("EXIF", data)


_WALKS: dict[bytes, Callable[[bytes], Iterator[Block]]] = {
    b"\xff\xd8": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
}
