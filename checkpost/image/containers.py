"""Where the formats keep metadata: walks JPEG, PNG, WebP, GIF, TIFF and files of boxes, and hands out their blocks.

No pixel is decoded, so neither a huge nor a damaged picture hides what its file says. A file is what its
first bytes say, whatever its name. Own code: Pillow gives up on a whole file for one oversized or damaged block,
and passes over extended XMP, what follows a JPEG's end, IPTC in PNG, and comments of GIF frames.
"""

import re
import zlib
from collections.abc import Callable, Iterator

from checkpost.errors import InputError
from checkpost.image import boxes
from checkpost.image.block import Block

_MAX_SUB_BLOCKS = 1000  # of up to 255 bytes
_MAX_INFLATED = 4 * 1024 * 1024
_MAX_HELD = 32 * 1024 * 1024  # bytes of metadata in one picture of a JPEG
_KEPT = frozenset({0xE1, 0xE3, 0xEB, 0xEC, 0xED, 0xFE})  # markers of segments that may hold metadata
_MAX_PICTURES = 16  # in one JPEG file: some phones append a second exposure
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_IPTC_HEAD = b"\x1c\x02\0\0\x02"  # the version of its record, two bytes long, opens nearly every block
_NOT_PADDING = re.compile(rb"[^\xff]")
_PHOTOSHOP = b"Photoshop 3.0\0"
_RAW_PROFILE = "Raw profile type "
KINDS = "JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF, MP4 and MOV"
_APP12_SERIAL = re.compile(rb"\nSerial#=([^\r\n]{1,40})")
_PROFILES = {"exif": "EXIF", "APP1": "EXIF", "iptc": "Photoshop", "8bim": "Photoshop", "xmp": "XMP"}


def blocks(data: bytes) -> Iterator[Block]:
    """Every block of a picture file.

    Raises:
        InputError: It is no picture, or of a kind that is not read.
    """
    for signature, walk in _WALKS.items():
        if data.startswith(signature):
            return walk(data)
    if data[4:8] in boxes.FIRST:
        return boxes.walk(data)
    if not data:
        raise InputError("it is empty.")
    raise InputError(f"it is not a picture, or of a kind that is not read ({KINDS} are).")


def is_known(head: bytes) -> bool:
    """Whether a file's first bytes are those of a picture or clip that is read."""
    return head[4:8] in boxes.FIRST or any(head.startswith(signature) for signature in _WALKS)


def _jpeg(data: bytes) -> Iterator[Block]:
    """A JPEG, and any further one that is appended to it."""
    start = 0
    for number in range(_MAX_PICTURES):
        segments, end, is_whole = _segments(data, start)
        yield from _jpeg_blocks(segments)
        if not (is_whole or number):  # what is appended may be no picture at all
            yield Block("damage")
        following = max(end, start + 2)
        if not number:
            yield from _clip_behind(data, following)
        start = data.find(b"\xff\xd8\xff", following)
        if start < 0:
            if (trailer := data.find(_IPTC_HEAD, following)) >= 0:  # as FotoStation and AFCP append it
                yield Block("IPTC", data[trailer:])
            return
    yield Block("damage")  # more pictures than are read


def _clip_behind(data: bytes, start: int) -> Iterator[Block]:
    """The clip that a phone appends to a picture that moves (Google's and Samsung's motion photos)."""
    at = data.find(b"ftyp", start)
    if at >= start + 4 and int.from_bytes(data[at - 4 : at], "big") < 64:
        yield from boxes.walk(data, at - 4)


def _segments(data: bytes, start: int) -> tuple[list[tuple[int, bytes]], int, bool]:
    """The segments of one picture before its pixels, where it ends, and whether it does so as it should."""
    segments: list[tuple[int, bytes]] = []
    at, held = start + 2, 0
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            after = _NOT_PADDING.search(data, at)
            at = after.start() - 1 if after else len(data)
            continue
        if marker == 0xDA:  # the pixels; their end is the first end mark, which cannot stand inside them
            end = data.find(b"\xff\xd9", at)
            return segments, end + 2 if end >= 0 else len(data), end >= 0 and held < _MAX_HELD
        if size < 2 or at + 2 + size > len(data):
            break
        if marker in _KEPT and held < _MAX_HELD:
            segments.append((marker, data[at + 4 : at + 2 + size]))
            held += size
        at += 2 + size
    return segments, at, False


def _jpeg_blocks(segments: list[tuple[int, bytes]]) -> Iterator[Block]:
    """The blocks of a JPEG's segments: first those that one segment holds, then those that several share."""
    extended: dict[bytes, list[tuple[int, bytes]]] = {}
    manifests: dict[bytes, list[tuple[int, bytes]]] = {}
    photoshop = b""
    for marker, segment in segments:
        if marker == 0xE1 and segment.startswith(_XMP_MORE):
            rest = segment[len(_XMP_MORE) :]
            extended.setdefault(rest[:32], []).append((int.from_bytes(rest[36:40], "big"), rest[40:]))
        elif marker == 0xED and segment.startswith(_PHOTOSHOP):
            photoshop += segment[len(_PHOTOSHOP) :]
        elif marker == 0xEB and segment.startswith(b"JP"):
            # JUMBF (ISO 19566-5, annex D): box instance, sequence number, then the box's head, repeated in each
            number, part = int.from_bytes(segment[4:8], "big"), segment[8:]
            manifests.setdefault(segment[2:4], []).append((number, part if number <= 1 else part[8:]))
        else:
            yield from _whole(marker, segment)
    if photoshop:
        yield Block("Photoshop", photoshop)
    for kind, shared in (("XMP", extended), ("C2PA", manifests)):
        for parts in shared.values():
            yield Block(kind, b"".join(part for _, part in sorted(parts)))


def _whole(marker: int, segment: bytes) -> Iterator[Block]:
    """The block that one segment holds, if it is of a kind that concerns people."""
    if marker == 0xFE:
        yield Block("text", segment, "Comment")
    elif marker == 0xE1 and segment.startswith(b"Exif\0"):
        yield Block("EXIF", segment[6:])
    elif marker == 0xE1 and segment.startswith(_XMP_HEAD):
        yield Block("XMP", segment[len(_XMP_HEAD) :])
    elif marker == 0xE3 and segment.startswith((b"Meta\0\0", b"META\0\0", b"Exif\0\0")):  # Kodak
        yield Block("EXIF", segment[6:])
    elif marker == 0xEC and segment.startswith(b"Ducky"):
        yield from _ducky(segment[5:])
    elif marker == 0xEC and (serial := _APP12_SERIAL.search(segment)):  # Agfa, Polaroid
        yield Block("text", serial[1], "SerialNumber")


def _ducky(data: bytes) -> Iterator[Block]:
    """Comment and copyright as Photoshop's "Save for Web" writes them."""
    at = 0
    while at + 4 <= len(data) and (tag := int.from_bytes(data[at : at + 2], "big")):
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if tag in (2, 3):
            text = data[at + 8 : at + 4 + size].decode("utf-16-be", "replace")
            yield Block("text", text.encode(), "Comment" if tag == 2 else "Copyright")
        at += 4 + size


def _png(data: bytes) -> Iterator[Block]:
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, chunk = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"IEND":
            if data.find(b"IEND\xaeB`\x82", at + 12) >= 0:  # a second end: a program wrote over a longer file
                yield Block("rest")
            return
        if at + 12 + size > len(data):
            break
        at += 12 + size
        if kind == b"eXIf":
            yield Block("EXIF", chunk)
        elif kind == b"caBX":
            yield Block("C2PA", chunk)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _png_text(kind, chunk)
    yield Block("damage")


def _png_text(kind: bytes, chunk: bytes) -> Iterator[Block]:
    """A text chunk (PNG 3, section 11.3.3), or the block of another kind that ImageMagick hides in one."""
    keyword, _, rest = chunk.partition(b"\0")
    key = keyword.decode("latin-1")
    is_packed, is_whole = kind == b"zTXt", True
    if kind == b"iTXt":
        is_packed = rest[:1] == b"\1"
        _, _, rest = rest[2:].partition(b"\0")  # the language
        _, _, rest = rest.partition(b"\0")  # the keyword, translated
    elif is_packed:
        rest = rest[1:]
    if is_packed:
        rest, is_whole = _inflated(rest)
    profile = _PROFILES.get(key.removeprefix(_RAW_PROFILE)) if key.startswith(_RAW_PROFILE) else None
    if key == "XML:com.adobe.xmp":
        yield Block("XMP", rest)
    elif profile is None:
        yield Block("text", rest, key)
    else:
        try:
            _, _, digits = rest.decode("ascii").strip().split("\n", 2)  # after the profile's name and its length
            yield _profile(profile, bytes.fromhex("".join(digits.split())))
        except ValueError:
            is_whole = False
    if not is_whole:
        yield Block("damage", key="a text in it")


def _profile(kind: str, raw: bytes) -> Block:
    if raw.startswith(_XMP_HEAD):
        return Block("XMP", raw[len(_XMP_HEAD) :])
    if kind == "Photoshop" and not raw.startswith((b"8BIM", _PHOTOSHOP)):
        return Block("IPTC", raw)
    return Block(kind, raw.removeprefix(_PHOTOSHOP).removeprefix(b"Exif\0\0"))


def _inflated(packed: bytes) -> tuple[bytes, bool]:
    """What a zlib stream holds, up to a limit, and whether that is all of it: a bomb is cut off."""
    stream = zlib.decompressobj()
    try:
        return stream.decompress(packed, _MAX_INFLATED), stream.eof
    except zlib.error:
        return b"", False


def _webp(data: bytes) -> Iterator[Block]:
    if data[8:12] != b"WEBP":
        raise InputError(f"it is not a picture, or of a kind that is not read ({KINDS} are).")
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            yield Block("EXIF", chunk.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            yield Block("XMP", chunk)
        elif kind == b"C2PA":
            yield Block("C2PA", chunk)
        at += 8 + size + size % 2
    if at > len(data) + 1 or end < 8 + int.from_bytes(data[4:8], "little"):
        yield Block("damage")


def _gif(data: bytes) -> Iterator[Block]:
    at = 13 + colour_table(data, 10)
    while at < len(data):
        if data[at] == 0x3B:
            return
        if data[at] == 0x2C and at + 10 < len(data):
            _, at = _sub_blocks(data, at + 11 + colour_table(data, at + 9))
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


def colour_table(data: bytes, flags: int) -> int:
    """The size of the colour table that a byte of flags announces."""
    packed = data[flags] if flags < len(data) else 0
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The bytes of a chain of sub-blocks, as far as a text is read, and where it ends."""
    parts: list[bytes] = []
    while at < len(data) and data[at]:
        if len(parts) < _MAX_SUB_BLOCKS:
            parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts), at + 1


def _tiff(data: bytes) -> Iterator[Block]:
    yield Block("EXIF", data)


def _bare(_data: bytes) -> Iterator[Block]:
    """JPEG XL without its container: pixels alone."""
    return iter(())


_WALKS: dict[bytes, Callable[[bytes], Iterator[Block]]] = {
    b"\xff\xd8": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
    b"II+\0": _tiff,  # BigTIFF
    b"MM\0+": _tiff,
    b"IIU\0": _tiff,  # raw files of Panasonic and Olympus
    b"IIRO": _tiff,
    b"IIRS": _tiff,
    b"MMOR": _tiff,
    b"\xff\x0a": _bare,
}
