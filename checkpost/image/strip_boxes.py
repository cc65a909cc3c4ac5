"""Cleans HEIC, AVIF, MP4 and MOV in place: boxes of metadata become free space of the same size.

So every offset into the file stays valid, and no picture or sample is touched. Tracks of timed metadata, in which
phones and action cameras write where each second was filmed, go with their samples.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from checkpost.errors import InputError
from checkpost.image.boxes import XMP_ID, Box, boxes, item_kinds, item_places
from checkpost.image.quicktime import key_names
from checkpost.image.strip_fields import exif_of, xmp_of
from checkpost.image.strip_items import previews, without

_TOP = frozenset({b"ftyp", b"styp", b"mdat", b"wide", b"moov", b"meta", b"moof", b"mfra", b"sidx", b"ssix", b"pdin"})
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"iprp", b"ipco"})
_HEADERS = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_KNOWN = {  # what a clip's header, and each of its tracks, may hold: anything else goes
    b"moov": frozenset({b"mvhd", b"trak", b"mvex", b"iods", b"udta", b"meta", b"pssh", b"ctab"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"trgr", b"mdia", b"udta", b"meta", b"load", b"tapt", b"txas"}),
}
_FOREIGN = frozenset({b"uuid", b"XMP_", b"xml ", b"bxml", b"jumb", b"ID32", b"udes", b"altt", b"free", b"skip"})
_WORKS = frozenset({b"\xa9cpy", b"cprt", b"\xa9ART", b"\xa9aut", b"auth", b"aART"})
_WORK_NAMES = frozenset({"Copyright", "Artist", "Author"})
_EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08" + b"\0" * 6
_EMPTY_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_MAX_DEPTH = 10


def clean(data: bytes) -> bytes:
    """A file of boxes with no metadata but what is kept, each byte of the rest where it was.

    Raises:
        InputError: It is damaged.
    """
    out = bytearray(data)
    for box in _whole(data, 0, len(data)):
        if box.kind in _TOP:
            _inside(data, out, box, 0)
        else:
            _free_or_filter(out, box)
    return bytes(out)


def has_previews(data: bytes) -> bool:
    """Whether a file of boxes holds previews of its pictures."""
    metas = [box for box in boxes(data, 0, len(data)) if box.kind == b"meta"]
    return any(previews(data, {box.kind: box for box in boxes(data, meta.start + 4, meta.end)}) for meta in metas)


def _whole(data: bytes, start: int, end: int) -> Iterator[Box]:
    for box in boxes(data, start, end):
        if not box.is_whole:
            raise InputError("it breaks off or is damaged.")
        yield box


def _free(out: bytearray, box: Box) -> None:
    """Make a box free space (ISO 14496-12, section 8.1.2)."""
    at = box.start - (4 if out[box.start - 4 : box.start] == box.kind else 12)  # a size of 64 bits stands between
    out[at : at + 4] = b"free"
    out[box.start : box.end] = bytes(box.end - box.start)


def _free_or_filter(out: bytearray, box: Box) -> None:
    """Make a box free space; one of XMP keeps what stays of its packet, padded to its size."""
    start = box.start + (len(XMP_ID) if box.kind == b"uuid" else 0)
    is_xmp = box.kind == b"XMP_" or (box.kind == b"uuid" and out[box.start : start] == XMP_ID)
    packet = xmp_of(bytes(out[start : box.end])) if is_xmp else b""
    if packet and len(packet) <= box.end - start:
        out[start : box.end] = packet.ljust(box.end - start)
    else:
        _free(out, box)


def _inside(data: bytes, out: bytearray, box: Box, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise InputError("its boxes are nested too deep.")
    if box.kind == b"udta":
        _user_data(data, out, box, depth)
    elif box.kind == b"meta":
        _meta(data, out, box, depth)
    elif box.kind == b"trak" and _handler(data, box) == b"meta":
        for start, size in _samples(data, box):
            out[start : start + size] = bytes(min(size, max(len(out) - start, 0)))
        _free(out, box)
    elif box.kind in _HEADERS:
        start = box.start + 4  # when it was made and changed, in 64 bits or 32; 0 is unknown
        end = min(start + (16 if data[box.start : box.start + 1] == b"\1" else 8), box.end)
        out[start:end] = bytes(max(end - start, 0))
    elif box.kind in _HOLDERS:
        _children(data, out, box, depth)


def _children(data: bytes, out: bytearray, box: Box, depth: int) -> None:
    for inner in _whole(data, box.start, box.end):
        if inner.kind == b"cmov":
            raise InputError("its header is packed, so it cannot be cleaned.")
        if inner.kind in _FOREIGN or inner.kind not in _KNOWN.get(box.kind, {inner.kind}):
            _free_or_filter(out, inner)
        else:
            _inside(data, out, inner, depth + 1)


def _user_data(data: bytes, out: bytearray, box: Box, depth: int) -> None:
    for inner in _whole(data, box.start, box.end):
        if inner.kind == b"meta":
            _meta(data, out, inner, depth + 1)
        elif inner.kind not in _WORKS:
            _free_or_filter(out, inner)


def _meta(data: bytes, out: bytearray, box: Box, depth: int) -> None:
    start = box.start + (0 if data[box.start + 4 : box.start + 8] == b"hdlr" else 4)
    inside = {inner.kind: inner for inner in _whole(data, start, box.end)}
    for inner in _whole(data, start, box.end):
        if inner.kind in _FOREIGN:
            _free_or_filter(out, inner)
        elif inner.kind == b"ilst":
            _values(data, out, inner, inside.get(b"keys"))
        else:
            _inside(data, out, inner, depth + 1)
    if b"iinf" in inside and b"iloc" in inside:
        stored = inside.get(b"idat")
        places = dict(item_places(data, inside[b"iloc"], stored.start if stored else 0))
        _items(data, out, inside[b"iinf"], places)
        gone = previews(data, inside)
        if gone:
            _take_out(out, places, gone)
            out[start : box.end] = without(bytes(out), start, box.end, gone)


def _take_out(out: bytearray, places: Mapping[int, Sequence[tuple[int, int]]], gone: frozenset[int]) -> None:
    """Overwrite the pixels of some items, where no other item shares them."""
    needed = [extent for number, extents in places.items() if number not in gone for extent in extents]
    for at, size in (extent for number in gone for extent in places.get(number, ())):
        shared = any(at < other + length and other < at + size for other, length in needed)
        if not shared and at + size <= len(out):
            out[at : at + size] = bytes(size)


def _values(data: bytes, out: bytearray, box: Box, keys: Box | None) -> None:
    names = tuple(key_names(data, keys)) if keys else ()
    for item in _whole(data, box.start, box.end):
        number = int.from_bytes(item.kind, "big")
        name = names[number - 1] if 0 < number <= len(names) else ""
        if item.kind not in _WORKS and name not in _WORK_NAMES:
            _free(out, item)


def _items(data: bytes, out: bytearray, infos: Box, places: Mapping[int, Sequence[tuple[int, int]]]) -> None:
    """Overwrite the items of metadata with what is kept of them, padded to their size."""
    kinds = dict(item_kinds(data, infos))
    for number, extents in places.items():
        if number not in kinds:
            continue
        raw = b"".join(data[at : at + size] for at, size in extents)
        if not extents or len(raw) < sum(size for _, size in extents):
            raise InputError("it breaks off or is damaged.")
        if kinds[number] == "EXIF":
            start = 4 + int.from_bytes(raw[:4], "big")
            kept = exif_of(raw[start:])
            written = _fitted(b"\0\0\0\0" + kept if kept else b"", _EMPTY_EXIF, len(raw), b"\0")
        else:
            written = _fitted(xmp_of(raw), _EMPTY_XMP, len(raw), b" ")
        for (at, size), done in zip(extents, accumulate((size for _, size in extents), initial=0), strict=False):
            out[at : at + size] = written[done : done + size]


def _fitted(block: bytes, otherwise: bytes, size: int, padding: bytes) -> bytes:
    """A block padded to a size; an empty one of its kind where it does not fit, or holds nothing."""
    fitting = next((each for each in (block, otherwise) if each and len(each) <= size), b"")
    return fitting.ljust(size, padding)


def _find(data: bytes, box: Box, *path: bytes) -> Box | None:
    for kind in path:
        found = next((inner for inner in _whole(data, box.start, box.end) if inner.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def _handler(data: bytes, track: Box) -> bytes:
    """What a track's samples are (ISO 14496-12, section 8.4.3)."""
    box = _find(data, track, b"mdia", b"hdlr")
    return data[box.start + 8 : box.start + 12] if box else b""


def _samples(data: bytes, track: Box) -> Iterator[tuple[int, int]]:
    """Where a track's samples stand: offset and size of each chunk (ISO 14496-12, section 8.7)."""
    table = _find(data, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return
    offsets, width = _find(data, table, b"stco"), 4
    if offsets is None:
        offsets, width = _find(data, table, b"co64"), 8
    sizes, runs = _find(data, table, b"stsz"), _find(data, table, b"stsc")
    if not (offsets and sizes and runs):
        return
    chunks = _numbers(data, offsets.start + 4, offsets.end, width, 1)
    each = int.from_bytes(data[sizes.start + 4 : sizes.start + 8], "big")
    count = int.from_bytes(data[sizes.start + 8 : sizes.start + 12], "big")
    lengths = iter([each] * min(count, len(data)) if each else _numbers(data, sizes.start + 8, sizes.end, 4, 1))
    fields = _numbers(data, runs.start + 4, runs.end, 4, 3)
    starts = [(fields[at], fields[at + 1]) for at in range(0, len(fields) - 2, 3)]
    for number, offset in enumerate(chunks, start=1):
        held = next((samples for first, samples in reversed(starts) if first <= number), 0)
        yield offset, sum(next(lengths, 0) for _ in range(min(held, count)))


def _numbers(data: bytes, at: int, end: int, width: int, fields: int) -> list[int]:
    """The numbers of a table that begins with how many rows it has."""
    count = int.from_bytes(data[at : at + 4], "big") * fields
    last = min(end, at + 4 + count * width)
    return [int.from_bytes(data[start : start + width], "big") for start in range(at + 4, last - width + 1, width)]
