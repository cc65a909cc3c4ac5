"""EXIF: a TIFF structure of tagged values (EXIF 3.0, CIPA DC-008), as it stands in JPEG, PNG, WebP, HEIC and TIFF.

Kept are the fields that are text, the position, serial numbers, and the preview: what a lens was set to says
nothing about people. No directory is read twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import ExifTags

from checkpost.image import makernote, tiff
from checkpost.image.decode import comment_of, text_of, utf16_of

XMP, IPTC, PHOTOSHOP = 700, 33723, 34377  # whole blocks of other kinds that a TIFF holds
_EXIF_IFD, _GPS_IFD, _SUB_IFDS, _MAKER_NOTE, _MAKE = 0x8769, 0x8825, 0x014A, 0x927C, 0x010F
_PREVIEW, _PREVIEW_SIZE = 0x0201, 0x0202
_MAX_DIRECTORIES = 32
_MAX_SUB_IFDS = 8
_MAX_BLOCK = 16 * 1024 * 1024  # bytes of a block or preview inside this one
_MAX_PREVIEWS = 4
_NAMES = {
    0x000B: "ProcessingSoftware",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA438: "ImageEditor",
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
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,12})?")
_POSITIONS |= {20: ("GPSDestLatitude", 19, "S"), 22: ("GPSDestLongitude", 21, "W")}


@dataclass(slots=True)
class Exif:
    """What a block holds: fields by name, blocks of other kinds by tag, previews, and whether all could be read."""

    fields: dict[str, object] = field(default_factory=dict)
    blocks: dict[int, bytes] = field(default_factory=dict)
    previews: list[bytes] = field(default_factory=list)
    is_damaged: bool = False


def read(data: bytes) -> Exif:
    """Read a block. Damage costs what it hides, and is said."""
    found = Exif()
    start = tiff.header(data)
    if start is None:
        found.is_damaged = True
        return found
    layout, first = start
    queue = [(first, 0)]
    seen: set[int] = set()
    while queue and len(seen) < _MAX_DIRECTORIES:
        offset, kind = queue.pop(0)
        if offset in seen:
            found.is_damaged = True
            continue
        seen.add(offset)
        directory = tiff.directory(data, layout, offset)
        found.is_damaged = found.is_damaged or directory.is_damaged
        if kind == _GPS_IFD:
            _add(found, _gps(directory.entries))
            continue
        _add(found, _fields(directory.entries, found))
        _add_note(found, data, directory, layout)
        _add_preview(found, data, directory)
        for tag, most in ((_EXIF_IFD, 1), (_GPS_IFD, 1), (_SUB_IFDS, _MAX_SUB_IFDS)):
            queue.extend((pointer, tag) for pointer in directory.pointers(tag, most))
        if kind == 0 and directory.following:
            queue.append((directory.following, 0))
    return found


def _add(found: Exif, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        found.fields.setdefault(name, value)  # the main picture's directory comes before its preview's


def _add_note(found: Exif, data: bytes, directory: tiff.Directory, layout: tiff.Layout) -> None:
    if _MAKER_NOTE in directory.entries:
        note = directory.entries[_MAKER_NOTE]
        _add(found, makernote.read(data, note.offset, note.size, layout))


def _add_preview(found: Exif, data: bytes, directory: tiff.Directory) -> None:
    for offset, size in zip(directory.pointers(_PREVIEW), directory.pointers(_PREVIEW_SIZE), strict=False):
        if data[offset : offset + 2] != b"\xff\xd8":
            continue
        if size > _MAX_BLOCK or len(found.previews) == _MAX_PREVIEWS:
            found.is_damaged = True
        else:
            found.previews.append(data[offset : offset + size])


def _fields(entries: Mapping[int, tiff.Entry], found: Exif) -> Mapping[str, object]:
    fields: dict[str, object] = {}
    for tag, entry in entries.items():
        name = _NAMES.get(tag) or _COMMENTS.get(tag) or ExifTags.TAGS.get(tag)
        if tag in (XMP, IPTC, PHOTOSHOP):
            found.is_damaged = found.is_damaged or entry.size > _MAX_BLOCK
            found.blocks.setdefault(tag, entry.raw if entry.size <= _MAX_BLOCK else b"")
        elif name and (text := _text(tag, name, entry)) is not None:
            fields[name] = text
            found.is_damaged = found.is_damaged or entry.is_long
    return fields


def _text(tag: int, name: str, entry: tiff.Entry) -> str | None:
    """The text of a field that is kept."""
    if tag in _UTF16:
        return utf16_of(entry.text)
    if tag in _COMMENTS:
        return comment_of(entry.text, big_endian=entry.order == ">")
    if entry.is_text:
        return text_of(entry.text)
    return str(int(next(iter(entry.numbers()), 0))) if "SerialNumber" in name else None


def _gps(entries: Mapping[int, tiff.Entry]) -> Mapping[str, object]:
    fields: dict[str, object] = {}
    for tag, (name, ref, negative) in _POSITIONS.items():
        degrees = _degrees(entries[tag]) if tag in entries else None
        if degrees is not None:
            is_negative = ref in entries and text_of(entries[ref].text).upper().startswith(negative)
            fields[name] = -degrees if is_negative else degrees
    for tag, name in _GPS_COMMENTS.items():
        if tag in entries:
            fields[name] = comment_of(entries[tag].text, big_endian=entries[tag].order == ">")
    return fields


def _degrees(entry: tiff.Entry) -> float | None:
    """Degrees from degrees, minutes and seconds (EXIF 2.3, table 66), or from one decimal. 0/0 is a blank."""
    parts = entry.numbers()
    if entry.is_text:  # against the standard: "52,00.83" or "52.0138"
        parts = tuple(float(number) for number in _NUMBER.findall(text_of(entry.text))[:3])
    if not parts or any(part != part for part in parts[:1]):  # noqa: PLR0124  (not a number)
        return None
    return round(sum(part / 60.0**power for power, part in enumerate(parts[:3]) if part == part), 6)  # noqa: PLR0124
