"""Cleans TIFF in place: all that its pictures do not need is overwritten with zeros, so that offsets stay valid.

Raw files of cameras are refused: their makers' notes hold what is needed to develop them.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from checkpost.errors import InputError
from checkpost.image import tiff
from checkpost.image.strip_fields import INNER, datasets_of, is_as_declared, xmp_of

_XMP, _IPTC, _EXIF_IFD, _SUB_IFDS = 700, 33723, 34665, 330
_STORED = ((273, 279), (324, 325), (513, 514))  # offsets and sizes of strips, tiles and a JPEG stream
# What describes pixels (TIFF 6.0, and Adobe's supplements), the colour profile, artist and copyright.
_KEPT = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287, 290, 291}
    | {292, 293, 296, 297, 301, 315, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341}
    | {342, 343, 344, 345, 346, 347, 513, 514, 529, 530, 531, 532, 33432, 34675}
)
_DNG, _PATTERN, _OLD_JPEG = 0xC612, 0x828E, 6
_MAX_DIRECTORIES = 1000


@dataclass(frozen=True, slots=True)
class _Row:
    """A directory's entry as it is written anew."""

    tag: int
    kind: int
    count: int
    value: bytes  # inline, or an offset


class _Wiper:
    """Finds out which stretches a TIFF needs, and writes its directories without the rest."""

    def __init__(self, data: bytes, layout: tiff.Layout) -> None:
        self._data = data
        self._layout = layout
        self._big = layout.is_big
        self._out = bytearray(len(data))
        self._seen: set[int] = set()
        self._end = 0  # of what is needed
        self._hold(0, 16 if self._big else 8)

    def run(self, first: int) -> bytes:
        pages: list[tuple[int, tiff.Directory]] = []
        offset = first
        while offset:
            directory = self._read(offset)
            if not pages or not self._is_preview(directory):
                pages.append((offset, directory))
            offset = directory.following
        for at, (offset, directory) in enumerate(pages):
            self._page(offset, directory, pages[at + 1][0] if at + 1 < len(pages) else 0)
        return bytes(self._out[: self._end])

    def _read(self, offset: int) -> tiff.Directory:
        if offset in self._seen or len(self._seen) > _MAX_DIRECTORIES:
            raise InputError("its directories lead in a circle.")
        self._seen.add(offset)
        directory = tiff.directory(self._data, self._layout, offset)
        if directory.is_damaged:
            raise InputError("it breaks off or is damaged.")
        if {_DNG, _PATTERN} & directory.entries.keys() or self._first(directory, 259) == _OLD_JPEG:
            raise InputError("raw files and TIFF files with JPEG of the old kind cannot be cleaned without loss.")
        return directory

    def _first(self, directory: tiff.Directory, tag: int) -> int:
        return next((int(number) for number in directory.pointers(tag)), 0)

    def _is_preview(self, directory: tiff.Directory) -> bool:
        """Whether a page is a smaller copy of another one (NewSubfileType, SubfileType)."""
        return bool(self._first(directory, 254) & 1) or self._first(directory, 255) == 2

    def _page(self, offset: int, directory: tiff.Directory, following: int) -> None:
        rows: list[_Row] = []
        for tag, entry in directory.entries.items():
            if tag in _KEPT and is_as_declared(entry):
                rows.append(self._kept(entry))
            elif tag in (_XMP, _IPTC):
                block = xmp_of(entry.raw) if tag == _XMP else datasets_of(entry.raw)
                if block:
                    rows.append(_Row(tag, 1 if tag == _XMP else 7, len(block), self._placed(block, entry)))
            elif tag == _EXIF_IFD:
                rows.extend(self._inside(entry))
            elif tag == _SUB_IFDS:
                rows.extend(self._pages_inside(entry))
        self._hold_pixels(directory)
        self._write(offset, rows, following)

    def _inside(self, entry: tiff.Entry) -> Iterator[_Row]:
        """EXIF's own directory, if it says anything of the colours."""
        for offset in map(int, entry.numbers(1)):
            rows = [self._kept(e) for tag, e in self._read(offset).entries.items() if tag in INNER]
            if rows:
                self._write(offset, rows, 0)
                yield self._kept(entry)

    def _pages_inside(self, entry: tiff.Entry) -> Iterator[_Row]:
        """Further pages, unless they are smaller copies."""
        inside = [(int(offset), self._read(int(offset))) for offset in entry.numbers(entry.count)]
        if inside and not any(self._is_preview(directory) for _, directory in inside):
            for offset, directory in inside:
                self._page(offset, directory, 0)
            yield self._kept(entry)

    def _kept(self, entry: tiff.Entry) -> _Row:
        inline = 8 if self._big else 4
        if len(entry.raw) <= inline:
            return _Row(entry.tag, entry.kind, entry.count, entry.raw.ljust(inline, b"\0"))
        self._hold(entry.offset, len(entry.raw))
        return _Row(entry.tag, entry.kind, entry.count, self._number(entry.offset - self._layout.base))

    def _hold_pixels(self, directory: tiff.Directory) -> None:
        for offsets_tag, sizes_tag in _STORED:
            if offsets_tag not in directory.entries:
                continue
            if sizes_tag not in directory.entries:
                raise InputError("it does not say how long its stored pixels are, so it cannot be cleaned.")
            offsets, sizes = directory.entries[offsets_tag], directory.entries[sizes_tag]
            for offset, size in zip(offsets.numbers(offsets.count), sizes.numbers(sizes.count), strict=False):
                if offset + size > len(self._data):
                    raise InputError("it breaks off or is damaged.")
                self._hold(int(offset), int(size))

    def _hold(self, start: int, size: int) -> None:
        self._put(start, self._data[start : start + size])

    def _placed(self, block: bytes, entry: tiff.Entry) -> bytes:
        """Write a block where it stood, if it fits, or else behind everything; returns its offset."""
        if len(block) <= len(entry.raw):
            self._put(entry.offset, block)
            return self._number(entry.offset - self._layout.base)
        self._out.extend(b"\0" * (len(self._out) % 2))
        at = len(self._out)
        self._put(at, block)
        return self._number(at)

    def _put(self, at: int, raw: bytes) -> None:
        self._out[at : at + len(raw)] = raw
        self._end = max(self._end, at + len(raw))

    def _number(self, value: int) -> bytes:
        return struct.pack(f"{self._layout.order}{'Q' if self._big else 'I'}", value)

    def _write(self, offset: int, rows: list[_Row], following: int) -> None:
        order, big = self._layout.order, self._big
        raw = struct.pack(f"{order}{'Q' if big else 'H'}", len(rows))
        for row in sorted(rows, key=lambda row: row.tag):
            raw += struct.pack(f"{order}HH{'Q' if big else 'I'}", row.tag, row.kind, row.count) + row.value
        raw += self._number(following)
        self._put(self._layout.base + offset, raw)


def clean(data: bytes) -> bytes:
    """A TIFF with all its pages, and with no metadata but what is kept.

    Raises:
        InputError: It is damaged, or a camera's raw file.
    """
    start = tiff.header(data)
    if start is None or data[2:4] not in (b"*\0", b"\0*", b"+\0", b"\0+"):
        raise InputError("raw files and TIFF files with JPEG of the old kind cannot be cleaned without loss.")
    layout, first = start
    return _Wiper(data, layout).run(first)
