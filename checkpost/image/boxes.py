"""Boxes within boxes: HEIC and AVIF (ISO 23008-12), MP4 (ISO 14496-12), QuickTime's MOV, and JPEG XL's container.

Own code: Pillow opens neither HEIC nor clips, pillow-heif brings 26 MB to read two boxes, and no library of a
free licence that reads clips is kept up. No sample of a clip is read, so their size costs nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpost.image import quicktime
from checkpost.image.block import Block

FIRST = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"JXL "})  # a file begins with one
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"udta", b"moof", b"traf"})
_SAMPLES = frozenset({b"mdat", b"free", b"skip", b"wide"})
_HEADS = frozenset({b"meta", b"moov", b"moof", b"jxlc", b"jxlp"})  # without one of them there is no picture
XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_C2PA_ID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_MAX_BOXES = 20_000
_MAX_DEPTH = 10
_MAX_ITEMS = 20_000  # the tiles of a large picture are items too
_MAX_HEAD = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Box:
    """A box's type and where in the file its content stands; `is_whole` is false where the file ends first."""

    kind: bytes
    start: int
    end: int
    is_whole: bool = True


def boxed(kind: bytes, content: bytes) -> bytes:
    """A box as it is written: its size in four bytes, its kind, its content (ISO 14496-12, section 4.2)."""
    return struct.pack(">I", len(content) + 8) + kind + content


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes that stand between two places, one after the other."""
    at = start
    for _ in range(_MAX_BOXES):
        if at + 8 > end:
            return
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:  # it is written behind the type, in 64 bits
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            if not kind.strip(b"\0"):  # QuickTime ends a list of user data with four zero bytes
                return
            size = end - at
        if size < head:
            yield Box(kind, at + head, at + head, is_whole=False)
            return
        yield Box(kind, at + head, min(at + size, end), is_whole=at + size <= end)
        at += size
    yield Box(b"", at, at, is_whole=False)


def walk(data: bytes, start: int = 0) -> Iterator[Block]:
    """Every block of a file of boxes that begins at a place of the data."""
    if _HEADS.isdisjoint(box.kind for box in boxes(data, start, len(data))):
        yield Block("damage")
    yield from _walk(data, start, len(data), 0)


def head_of(path: Path) -> bytes:
    """What a large clip holds besides its samples: the boxes at the top, so that it need not be read whole."""
    parts: list[bytes] = []
    held = 0
    with path.open("rb") as file:
        total = path.stat().st_size
        at = 0
        while at + 8 <= total and len(parts) < _MAX_BOXES:
            file.seek(at)
            lead = file.read(16)
            box = next(boxes(lead + b"\0", 0, total - at), None)
            if box is None or box.end <= box.start:
                break
            if box.kind not in _SAMPLES:
                held += box.end
                if held > _MAX_HEAD:
                    parts.append(b"\xff\xff\xff\xffmoov")  # claims more than is there: said to be damaged
                    break
                file.seek(at)
                parts.append(file.read(box.end))
            at += box.end
    return b"".join(parts)


def _walk(data: bytes, start: int, end: int, depth: int) -> Iterator[Block]:
    if depth > _MAX_DEPTH:
        yield Block("damage")
        return
    for box in boxes(data, start, end):
        if not box.is_whole:
            yield Block("damage")
        yield from _blocks_of(data, box, depth)


def _blocks_of(data: bytes, box: Box, depth: int) -> Iterator[Block]:
    content = box.start, box.end
    if box.kind == b"udta":
        yield from quicktime.user_data(data, *content)
    if box.kind in _HOLDERS:
        yield from _walk(data, *content, depth + 1)
    elif box.kind == b"meta":
        yield from _meta(data, *content)
    elif box.kind == b"uuid":
        yield from _labelled(data, *content)
    elif box.kind in (b"XMP_", b"xml "):
        yield Block("XMP", data[slice(*content)])
    elif box.kind == b"Exif":  # JPEG XL
        yield _exif(data[slice(*content)])
    elif box.kind == b"jumb":
        yield Block("C2PA", data[box.start - 8 : box.end])
    elif box.kind == b"brob":  # JPEG XL: another box, packed with Brotli
        yield Block("unread", key="a packed block")


def _labelled(data: bytes, start: int, end: int) -> Iterator[Block]:
    """The content of a box whose type is a label of 16 bytes."""
    label, rest = data[start : start + 16], data[start + 16 : end]
    if label == XMP_ID:
        yield Block("XMP", rest)
    elif label == _C2PA_ID:  # version, purpose as text that a zero ends, and an offset stand before it
        purpose_end = rest.find(b"\0", 4)
        yield Block("C2PA", rest[purpose_end + 9 :])


def _exif(raw: bytes) -> Block:
    """EXIF behind four bytes that say how far in its TIFF header stands (ISO 23008-12, annex A.2.1)."""
    at = 4 + int.from_bytes(raw[:4], "big")
    if raw[at : at + 2] not in (b"II", b"MM"):  # some write the offset and mean it from elsewhere
        at = next((found for mark in (b"II*\0", b"MM\0*") if (found := raw.find(mark, 0, 64)) >= 0), at)
    return Block("EXIF", raw[at:])


def _meta(data: bytes, start: int, end: int) -> Iterator[Block]:
    """A box of metadata: items with their places (HEIC), or QuickTime's keys and values."""
    if data[start + 4 : start + 8] != b"hdlr":
        start += 4  # version and flags, which QuickTime leaves out
    inside = {box.kind: box for box in boxes(data, start, end)}
    if any(not box.is_whole for box in inside.values()):
        yield Block("damage")
    if b"iinf" in inside and b"iloc" in inside:
        stored = inside.get(b"idat")
        yield from _items(data, inside[b"iinf"], inside[b"iloc"], stored.start if stored else 0)
    if b"ilst" in inside:
        yield from quicktime.values(data, inside.get(b"keys"), inside[b"ilst"])
    for kind in (b"uuid", b"XMP_", b"xml ", b"jumb"):
        if kind in inside:
            yield from _blocks_of(data, inside[kind], _MAX_DEPTH)


def _items(data: bytes, infos: Box, places: Box, stored: int) -> Iterator[Block]:
    """The items that are EXIF or XMP, at the places that the other box tells."""
    wanted = dict(item_kinds(data, infos))
    room = _MAX_HEAD  # stretches may overlap, so that a small file could claim to hold any amount
    for number, extents in item_places(data, places, stored):
        if number not in wanted:
            continue
        claimed = sum(size for _, size in extents)
        raw = b"".join(data[at : at + size] for at, size in extents) if claimed <= room else b""
        room -= len(raw)
        if len(raw) < claimed or not extents:
            yield Block("damage", key=f"its {wanted[number]} block")
        if raw:
            yield _exif(raw) if wanted[number] == "EXIF" else Block("XMP", raw)


def item_kinds(data: bytes, infos: Box) -> Iterator[tuple[int, str]]:
    """Numbers of the items that hold EXIF or XMP (ISO 14496-12, section 8.11.6)."""
    first = infos.start + (6 if data[infos.start] == 0 else 8)
    for box in boxes(data, first, infos.end):
        version = data[box.start] if box.start < box.end else 0
        if box.kind != b"infe" or version < 2:
            continue
        size = 2 if version == 2 else 4
        number = int.from_bytes(data[box.start + 4 : box.start + 4 + size], "big")
        kind_at = box.start + 4 + size + 2
        kind, rest = data[kind_at : kind_at + 4], data[kind_at + 4 : box.end]
        if kind == b"Exif":
            yield number, "EXIF"
        elif kind == b"mime" and b"rdf+xml" in rest:
            yield number, "XMP"


def item_places(data: bytes, places: Box, stored: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Items and the stretches of the file that they are made of: offset and size (ISO 14496-12, section 8.11.3)."""
    reader = _Reader(data, places.start, places.end)
    version = reader.number(1)
    reader.number(3)
    sizes = reader.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _ in range(min(reader.number(4 if version == 2 else 2), _MAX_ITEMS)):
        number = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)  # whether it is in another file
        base = reader.number(base_size) + (stored if method == 1 else 0)
        extents = []
        for _ in range(min(reader.number(2), _MAX_ITEMS)):
            if version:
                reader.number(index_size)
            offset = reader.number(offset_size)
            extents.append((base + offset, reader.number(length_size)))
        yield number, [] if method > 1 else extents


class _Reader:
    """Reads numbers one after the other; beyond the end they are 0."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data, self._at, self._end = data, at, end

    def number(self, size: int) -> int:
        raw = self._data[self._at : min(self._at + size, self._end)]
        self._at += size
        return int.from_bytes(raw, "big")
