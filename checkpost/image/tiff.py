"""The TIFF structure of tagged values: directories of entries (TIFF 6.0, BigTIFF), as EXIF and makers' notes use it.

Own code rather than Pillow's or ExifRead's: both refuse a block for one bad entry, neither says what it passed
over, and ExifRead takes no directory from a bare block of bytes. Whatever a hostile or damaged block claims, no
entry is read beyond it.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

ASCII, _UNDEFINED = 2, 7
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_SIZES[129] = 1  # UTF-8 (EXIF 3.0, section 4.6.2)
_NUMBERS = {3: "H", 4: "I", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
MAX_TEXT = 100_000  # bytes
_MAX_ENTRIES = 4096
_CLASSIC, _BIG = 42, 43
_MAGICS = {_CLASSIC, _BIG, 0x55, 0x4F52, 0x5352}  # the last three: raw files of Panasonic and Olympus


@dataclass(frozen=True, slots=True)
class Layout:
    """How a structure is written. Offsets in it count from `base`, which lies in the block that holds it."""

    order: str  # "<" or ">"
    is_big: bool = False
    base: int = 0

    def turned(self) -> "Layout":
        """The same in the other byte order."""
        return replace(self, order={"<": ">", ">": "<"}[self.order])


@dataclass(frozen=True, slots=True)
class Entry:
    """A tagged value: where in the block its bytes stand. They are cut out when asked for: values may overlap."""

    tag: int
    kind: int
    data: bytes = field(repr=False)
    offset: int
    size: int
    order: str

    @property
    def raw(self) -> bytes:
        """The value's bytes."""
        return self.data[self.offset : self.offset + self.size]

    @property
    def is_long(self) -> bool:
        """Whether a text is longer than what is read of one."""
        return self.size > MAX_TEXT

    @property
    def text(self) -> bytes:
        """The bytes of a text, at most so many as are read."""
        return self.data[self.offset : self.offset + min(self.size, MAX_TEXT)]

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self.raw) // _SIZES[self.kind]

    @property
    def is_text(self) -> bool:
        """Whether the value is declared to be text."""
        return self.kind in (ASCII, 129)

    def numbers(self, most: int = 3) -> tuple[float, ...]:
        """The value's numbers, at most so many; a rational over 0 is not a number (NaN). Text has none."""
        size = _SIZES[self.kind]
        whole = self.data[self.offset : self.offset + min(self.size, most * size)]
        raw = [whole[at : at + size] for at in range(0, len(whole) - size + 1, size)]
        if self.kind in (5, 10):
            pairs = [struct.unpack(f"{self.order}{'II' if self.kind == 5 else 'ii'}", part) for part in raw]
            return tuple(above / below if below else float("nan") for above, below in pairs)
        if self.kind in _NUMBERS:
            return tuple(struct.unpack(f"{self.order}{_NUMBERS[self.kind]}", part)[0] for part in raw)
        if self.is_text or self.kind == _UNDEFINED:
            return ()
        return tuple(part[0] for part in raw)


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries of one directory by tag, where the next one is (0: nowhere), and whether it is damaged."""

    entries: Mapping[int, Entry]
    following: int = 0
    is_damaged: bool = False

    def pointers(self, tag: int, most: int = 1) -> Iterator[int]:
        """Offsets of the directories or data that an entry points at."""
        if tag in self.entries:
            yield from (int(number) for number in self.entries[tag].numbers(most) if number == number and number > 0)  # noqa: PLR0124  (not a number)


def header(data: bytes, at: int = 0) -> tuple[Layout, int] | None:
    """How a structure is written and where its first directory is, or None if this is no such structure."""
    order = {b"II": "<", b"MM": ">"}.get(data[at : at + 2])
    if order is None or len(data) < at + 8:
        return None
    (magic,) = struct.unpack_from(f"{order}H", data, at + 2)
    if magic not in _MAGICS:
        return None
    is_big = magic == _BIG
    if is_big and len(data) < at + 16:
        return None
    (first,) = struct.unpack_from(f"{order}{'Q' if is_big else 'I'}", data, at + (8 if is_big else 4))
    return Layout(order, is_big, at), first


def directory(data: bytes, layout: Layout, offset: int) -> Directory:
    """Read the directory at an offset from the layout's base. Damage costs what it hides, and is said."""
    order, start = layout.order, layout.base + offset
    count_size, entry_size, pointer = (8, 20, "Q") if layout.is_big else (2, 12, "I")
    body = start + count_size
    if body > len(data):
        return Directory({}, is_damaged=True)
    (count,) = struct.unpack_from(f"{order}{'Q' if layout.is_big else 'H'}", data, start)
    fitting = min(count, _MAX_ENTRIES, (len(data) - body) // entry_size)
    entries: dict[int, Entry] = {}
    is_damaged = fitting < count
    for at in range(body, body + fitting * entry_size, entry_size):
        entry, is_whole = _entry(data, layout, at)
        is_damaged = is_damaged or not is_whole
        if entry:
            entries.setdefault(entry.tag, entry)
    end = body + count * entry_size
    size = struct.calcsize(pointer)
    following = struct.unpack_from(f"{order}{pointer}", data, end)[0] if end + size <= len(data) else 0
    return Directory(entries, following, is_damaged)


def _entry(data: bytes, layout: Layout, at: int) -> tuple[Entry | None, bool]:
    """One entry, and whether its value is there whole."""
    tag, kind = struct.unpack_from(f"{layout.order}HH", data, at)
    pointer, inline = ("Q", 8) if layout.is_big else ("I", 4)
    length, offset = struct.unpack_from(f"{layout.order}{pointer}{pointer}", data, at + 4)
    size = _SIZES.get(kind, 0) * length
    if not size:
        return None, True
    start = at + 4 + inline if size <= inline else layout.base + offset
    is_whole = start + size <= len(data)
    if not is_whole:
        size = max(len(data) - start, 0) if kind == ASCII else 0
    return (Entry(tag, kind, data, start, size, layout.order) if size else None), is_whole
