"""EXIF: a TIFF structure of tagged values (EXIF 2.3, CIPA DC-008), as it stands in JPEG, PNG, WebP and TIFF.

Kept are the fields that are text, the position, and serial numbers: what a lens was set to says nothing about
people. Whatever a hostile or damaged block claims, no entry is read beyond it, and no directory twice.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PIL import ExifTags

from checkpost.image.decode import comment_of, text_of, utf16_of

XMP, IPTC, PHOTOSHOP = 700, 33723, 34377  # whole blocks of other kinds that a TIFF holds
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_ASCII, _UNDEFINED = 2, 7
_NUMBERS = {3: "H", 4: "I", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q"}
_MAX_ENTRIES = 4096
_MAX_DIRECTORIES = 32
_NAMES = {
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xC62F: "CameraSerialNumber",
    0xFDE8: "OwnerName",
    0xFDE9: "SerialNumber",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
}
_UTF16 = range(0x9C9B, 0x9CA0)
_COMMENTS = {0x9286: "UserComment"}
_GPS_COMMENTS = {27: "GPSProcessingMethod", 28: "GPSAreaInformation"}
_POSITIONS = {2: ("GPSLatitude", 1, "S"), 4: ("GPSLongitude", 3, "W")}
_POSITIONS |= {20: ("GPSDestLatitude", 19, "S"), 22: ("GPSDestLongitude", 21, "W")}


@dataclass(slots=True)
class Exif:
    """What a block holds: fields by name, blocks of other kinds by tag, and what could not be read."""

    fields: dict[str, object] = field(default_factory=dict)
    blocks: dict[int, bytes] = field(default_factory=dict)
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    raw: bytes


def read(data: bytes) -> Exif:
    """Read a block. Damage costs what it hides, and is said."""
    found = Exif()
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8 or struct.unpack_from(f"{order}H", data, 2)[0] not in (42, 43):
        found.is_damaged = True
        return found
    queue = [(struct.unpack_from(f"{order}I", data, 4)[0], 0)]
    seen: set[int] = set()
    while queue and len(seen) < _MAX_DIRECTORIES:
        offset, kind = queue.pop(0)
        if offset in seen:
            found.is_damaged = True
            continue
        seen.add(offset)
        entries = {entry.tag: entry for entry in _entries(data, order, offset, found)}
        if kind == _GPS_IFD:
            _add(found, _gps(entries, order))
            continue
        _add(found, _fields(entries, order, found))
        for tag in (_EXIF_IFD, _GPS_IFD):
            pointers = _numbers(entries[tag], order) if tag in entries else ()
            queue.extend((int(pointer), tag) for pointer in pointers[:1] if pointer)
        if kind == 0 and (following := _next(data, order, offset)):
            queue.append((following, 0))
    return found


def _add(found: Exif, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        found.fields.setdefault(name, value)  # the main picture's directory comes before its preview's


def _entries(data: bytes, order: str, offset: int, found: Exif) -> Iterator[_Entry]:
    if offset + 2 > len(data):
        found.is_damaged = True
        return
    (count,) = struct.unpack_from(f"{order}H", data, offset)
    if count > _MAX_ENTRIES or offset + 2 + count * 12 > len(data):
        found.is_damaged = True
    for at in range(offset + 2, min(offset + 2 + min(count, _MAX_ENTRIES) * 12, len(data) - 11), 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", data, at)
        size = _SIZES.get(kind, 0) * length
        if not size:
            continue
        start = at + 8 if size <= 4 else struct.unpack_from(f"{order}I", data, at + 8)[0]
        if start + size > len(data):
            found.is_damaged = True
            size = max(len(data) - start, 0) if kind == _ASCII else 0
        if size:
            yield _Entry(tag, kind, data[start : start + size])


def _next(data: bytes, order: str, offset: int) -> int:
    (count,) = struct.unpack_from(f"{order}H", data, offset) if offset + 2 <= len(data) else (0,)
    at = offset + 2 + count * 12
    return int(struct.unpack_from(f"{order}I", data, at)[0]) if at + 4 <= len(data) else 0


def _fields(entries: Mapping[int, _Entry], order: str, found: Exif) -> Mapping[str, object]:
    fields: dict[str, object] = {}
    for tag, entry in entries.items():
        name = _NAMES.get(tag) or _COMMENTS.get(tag) or ExifTags.TAGS.get(tag)
        if tag in (XMP, IPTC, PHOTOSHOP):
            found.blocks.setdefault(tag, entry.raw)
        elif not name:
            continue
        elif tag in _UTF16:
            fields[name] = utf16_of(entry.raw)
        elif tag in _COMMENTS:
            fields[name] = comment_of(entry.raw, big_endian=order == ">")
        elif entry.kind == _ASCII:
            fields[name] = text_of(entry.raw)
        elif "SerialNumber" in name:
            fields[name] = str(int(next(iter(_numbers(entry, order)), 0)))
    return fields


def _gps(entries: Mapping[int, _Entry], order: str) -> Mapping[str, object]:
    fields: dict[str, object] = {}
    for tag, (name, ref, negative) in _POSITIONS.items():
        degrees = _degrees(_numbers(entries[tag], order)) if tag in entries else None
        if degrees is not None:
            is_negative = ref in entries and text_of(entries[ref].raw).upper().startswith(negative)
            fields[name] = -degrees if is_negative else degrees
    for tag, name in _GPS_COMMENTS.items():
        if tag in entries:
            fields[name] = comment_of(entries[tag].raw, big_endian=order == ">")
    return fields


def _degrees(parts: tuple[float, ...]) -> float | None:
    """Degrees from degrees, minutes and seconds (EXIF 2.3, table 66), or from one decimal. 0/0 is a blank."""
    if not parts or any(part != part for part in parts[:1]):  # noqa: PLR0124  (not a number)
        return None
    return round(sum(part / 60.0**power for power, part in enumerate(parts[:3]) if part == part), 6)  # noqa: PLR0124


def _numbers(entry: _Entry, order: str) -> tuple[float, ...]:
    """The numbers of an entry, at most three; a rational over 0 is not a number."""
    size = _SIZES[entry.kind]
    raw = [entry.raw[at : at + size] for at in range(0, min(len(entry.raw), 3 * size), size)]
    if entry.kind in (5, 10):
        pairs = [struct.unpack(f"{order}{'II' if entry.kind == 5 else 'ii'}", part) for part in raw]
        return tuple(above / below if below else float("nan") for above, below in pairs)
    if entry.kind in _NUMBERS:
        return tuple(struct.unpack(f"{order}{_NUMBERS[entry.kind]}", part)[0] for part in raw)
    if entry.kind in (_ASCII, _UNDEFINED):
        return ()
    return tuple(part[0] for part in raw)
