"""Makers' own notes in EXIF: whose camera it is, its serial numbers, and the names and places that some cameras add.

Every maker writes a directory of its own kind: where it begins and what its offsets count from is in `_STYLES`,
the few tags that concern people in `_TAGS`. Own code rather than ExifRead: of its thousands of settings a dozen
tags concern people, it has no notes of HEIC or WebP, and nothing of Panasonic's names and places. Tags after
ExifTool's documentation of tag names. Apple's notes hold neither an owner nor a serial number, so they are left.
Values that newer Nikons encipher are not read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from checkpost.image import sony, tiff
from checkpost.image.decode import text_of

_MAX_FACES = 3  # Panasonic's table has room for three
_OWN, _WHOLE = "note", "block"  # what offsets count from: the note's first byte, or that of the block it lies in


@dataclass(frozen=True, slots=True)
class _Style:
    """How a note that begins with `mark` is laid out: `start` is where its directory begins."""

    mark: bytes
    maker: str
    start: int
    counted_from: str = _WHOLE
    order: str | None = None  # None: the block's own


_STYLES = (
    _Style(b"Nikon\0\1", "Nikon", 8),
    _Style(b"SONY", "Sony", 12),
    _Style(b"Panasonic\0", "Panasonic", 12),
    _Style(b"LEICA\0\0\0", "Panasonic", 8),
    _Style(b"LEICA\0", "Leica", 8, _OWN),
    _Style(b"OLYMPUS\0II", "Olympus", 12, _OWN, "<"),
    _Style(b"OLYMPUS\0MM", "Olympus", 12, _OWN, ">"),
    _Style(b"OM SYSTEM\0\0\0II", "Olympus", 16, _OWN, "<"),
    _Style(b"OLYMP\0", "Olympus", 8),
    _Style(b"EPSON\0", "Olympus", 8),
    _Style(b"PENTAX \0II", "Pentax", 10, _OWN, "<"),
    _Style(b"PENTAX \0MM", "Pentax", 10, _OWN, ">"),
    _Style(b"AOC\0II", "Pentax", 6, _WHOLE, "<"),
    _Style(b"AOC\0MM", "Pentax", 6, _WHOLE, ">"),
    _Style(b"AOC\0", "Pentax", 6),
    _Style(b"RICOH\0II", "Pentax", 10, _OWN, "<"),
    _Style(b"RICOH\0MM", "Pentax", 10, _OWN, ">"),
    _Style(b"RICOH", "Ricoh", 8),
    _Style(b"Ricoh", "Ricoh", 8),
    _Style(b"MOT\0", "Motorola", 8, _OWN),
    _Style(b"QVC\0\0\0", "Casio", 6, _WHOLE, ">"),
    _Style(b"SIGMA\0\0\0", "Sigma", 10),
    _Style(b"FOVEON\0\0", "Sigma", 10),
)
# The directory of these begins at once.
_NO_MARK = {"canon": "Canon", "nikon": "Nikon", "samsung": "Samsung", "nintendo": "Nintendo"}
_TAGS: Mapping[str, Mapping[int, str]] = {
    "Canon": {0x09: "OwnerName", 0x0C: "SerialNumber", 0x96: "InternalSerialNumber"},
    "Nikon": {0x1D: "SerialNumber", 0xA0: "SerialNumber"},
    "Sony": {0x2031: "SerialNumber"},
    "Panasonic": {
        0x25: "InternalSerialNumber",
        0x52: "LensSerialNumber",
        0x65: "Title",
        0x66: "BabyName",
        0x67: "Location",
        0x69: "Country",
        0x6B: "State",
        0x6D: "City",
        0x6F: "Landmark",
    },
    "Olympus": {0x0404: "SerialNumber", 0x101A: "SerialNumber"},
    "Olympus equipment": {0x0101: "SerialNumber", 0x0102: "InternalSerialNumber", 0x0202: "LensSerialNumber"},
    "Pentax": {0x0229: "SerialNumber", 0x022E: "Artist", 0x022F: "Copyright"},
    "Fujifilm": {0x10: "InternalSerialNumber"},
    "Leica": {0x0305: "SerialNumber"},
    "Casio": {0x3006: "HometownCity"},
    "Sigma": {0x02: "SerialNumber"},
    "Samsung": {0xA002: "SerialNumber"},
    "Motorola": {0x5501: "SerialNumber"},
    "Ricoh": {0x05: "InternalSerialNumber"},
    "Nintendo": {},
}
_OLYMPUS_EQUIPMENT = 0x2010
_PANASONIC_FACES = 0x61
_BYTES = {("Olympus", 0x101A), ("Ricoh", 0x05)}  # serial numbers that are no text, shown in hexadecimal
_PENTAX_CAMERA, _PENTAX_CITY = 0x0215, 0x23
_NINTENDO_CAMERA = 0x1101
_SONY_TABLE = 0x9050
_MAKE, _MODEL = 0x010F, 0x0110
_PENTAX_CITIES = (  # by the number that the camera's clock is set to
    "Pago Pago|Honolulu|Anchorage|Vancouver|San Francisco|Los Angeles|Calgary|Denver|Mexico City|Chicago|Miami|Toronto"
    "|New York|Santiago|Caracas|Halifax|Buenos Aires|São Paulo|Rio de Janeiro|Madrid|London|Paris|Milan|Rome|Berlin"
    "|Johannesburg|Istanbul|Cairo|Jerusalem|Moscow|Jeddah|Tehran|Dubai|Karachi|Kabul|Malé|Delhi|Colombo|Kathmandu"
    "|Dhaka|Yangon|Bangkok|Kuala Lumpur|Vientiane|Singapore|Phnom Penh|Ho Chi Minh City|Jakarta|Hong Kong|Perth"
    "|Beijing|Shanghai|Manila|Taipei|Seoul|Adelaide|Tokyo|Guam|Sydney|Nouméa|Wellington|Auckland|Lima|Dakar|Algiers"
    "|Helsinki|Athens|Nairobi|Amsterdam|Stockholm|Lisbon|Copenhagen|Warsaw|Prague|Budapest"
).split("|")
_HEAD = 32  # bytes that tell a note's style; also the longest serial number
_END = re.compile(rb"[\0-\x1f]")  # of a text: makers leave control bytes behind it
_Found = Iterator[tuple[str, str]]
_FACE_NAME, _FACE_STEP, _FACE_LENGTH = 4, 48, 20  # of each recognised face, in bytes


def read(data: bytes, offset: int, size: int, layout: tiff.Layout) -> Mapping[str, str]:
    """The fields of the note that stands at an offset of an EXIF block; none, where the maker's style isn't known."""
    note = data[offset : offset + min(size, _HEAD)]
    found: dict[str, str] = {}
    for maker, directory in _directories(data, note, offset, layout):
        for tag, name in _TAGS[maker].items():
            value = _value(directory.entries[tag]) if tag in directory.entries else ""
            if (maker, tag) in _BYTES and tag in directory.entries and not (value and value.isascii()):
                value = _hexadecimal(directory.entries[tag].raw)
            if value:
                found.setdefault(name, value)
        for name, value in _TABLES[maker](directory, data, layout) if maker in _TABLES else ():
            if value:
                found.setdefault(name, value)
    return found


def _directories(data: bytes, note: bytes, offset: int, layout: tiff.Layout) -> Iterator[tuple[str, tiff.Directory]]:
    """The directories of a note that concern people, with the table that names their tags."""
    if note.startswith(b"FUJIFILM"):
        start = int.from_bytes(note[8:12], "little")
        yield "Fujifilm", tiff.directory(data, tiff.Layout("<", base=offset), start)
        return
    if note.startswith(b"Nikon\0\2"):  # a whole TIFF structure of its own
        inner = tiff.header(data, offset + 10)
        if inner:
            yield "Nikon", tiff.directory(data, *inner)
        return
    style = next((style for style in _STYLES if note.startswith(style.mark)), None) or _unmarked(data, note, layout)
    if style is None:
        return
    inside = tiff.Layout(style.order or layout.order, base=offset if style.counted_from == _OWN else layout.base)
    if _count(data, inside.turned(), offset + style.start) < _count(data, inside, offset + style.start):
        inside = inside.turned()  # programs that turn a block's byte order leave the note as it is
    directory = tiff.directory(data, inside, offset + style.start - inside.base)
    yield style.maker, directory
    if style.maker == "Olympus" and _OLYMPUS_EQUIPMENT in directory.entries:
        equipment = directory.entries[_OLYMPUS_EQUIPMENT]
        # Newer cameras point at the directory; older ones keep it in the entry's value.
        at = next(directory.pointers(_OLYMPUS_EQUIPMENT), equipment.offset - inside.base)
        yield "Olympus equipment", tiff.directory(data, inside, at)


def _count(data: bytes, layout: tiff.Layout, at: int) -> int:
    """How many entries a directory has, which in the wrong byte order is at least 256."""
    return int.from_bytes(data[at : at + 2], "little" if layout.order == "<" else "big")


def _unmarked(data: bytes, note: bytes, layout: tiff.Layout) -> _Style | None:
    """The style of a note without a mark, by the maker that the block's first directory names."""
    word = _said(data, layout, _MAKE).casefold().partition(" ")[0]
    return _Style(b"", _NO_MARK[word], 0) if word in _NO_MARK and len(note) > 12 else None


def _said(data: bytes, layout: tiff.Layout, tag: int) -> str:
    """A text of the block's first directory."""
    start = tiff.header(data, layout.base)
    entry = tiff.directory(data, *start).entries.get(tag) if start else None
    return text_of(entry.text) if entry else ""


def _value(entry: tiff.Entry) -> str:
    """A value as text. A note that a program has moved points at anything: what isn't printable is no value."""
    for number in entry.numbers(1):
        return str(int(number)) if number > 0 else ""
    text = text_of(_END.split(entry.text.lstrip(b"\0"), maxsplit=1)[0])
    return text if len(text) > 1 and text.isprintable() and "\ufffd" not in text else ""


def _hexadecimal(raw: bytes) -> str:
    return raw[:_HEAD].hex() if any(raw[:_HEAD]) else ""


def _panasonic(directory: tiff.Directory, _data: bytes, _layout: tiff.Layout) -> _Found:
    if _PANASONIC_FACES in directory.entries:
        yield from _faces(directory.entries[_PANASONIC_FACES].text).items()


def _pentax(directory: tiff.Directory, _data: bytes, _layout: tiff.Layout) -> _Found:
    if _PENTAX_CAMERA in directory.entries:  # five numbers
        camera = directory.entries[_PENTAX_CAMERA]
        number = int.from_bytes(camera.raw[16:20], "little" if camera.order == "<" else "big")
        yield "SerialNumber", str(number or "")
    for city in directory.pointers(_PENTAX_CITY):
        yield "HometownCity", _PENTAX_CITIES[city] if city < len(_PENTAX_CITIES) else ""


def _nintendo(directory: tiff.Directory, _data: bytes, _layout: tiff.Layout) -> _Found:
    if _NINTENDO_CAMERA in directory.entries:
        number = int.from_bytes(directory.entries[_NINTENDO_CAMERA].raw[0x18:0x1C], "big")
        yield "InternalSerialNumber", f"0x{number:08x}" if number else ""


def _sony(directory: tiff.Directory, data: bytes, layout: tiff.Layout) -> _Found:
    if _SONY_TABLE in directory.entries:
        yield "InternalSerialNumber", sony.serial(directory.entries[_SONY_TABLE].raw, _said(data, layout, _MODEL))


def _faces(raw: bytes) -> Mapping[str, str]:
    """The names that the camera gave the faces it knows: `RecognizedFace1Name` and so on."""
    names = {}
    for number in range(min(int.from_bytes(raw[:2], "little"), _MAX_FACES)):
        at = _FACE_NAME + number * _FACE_STEP
        name = text_of(raw[at : at + _FACE_LENGTH].partition(b"\0")[0])
        if name.isprintable() and name:
            names[f"RecognizedFace{number + 1}Name"] = name
    return names


_TABLES: Mapping[str, Callable[[tiff.Directory, bytes, tiff.Layout], _Found]] = {  # what else stands in a table
    "Panasonic": _panasonic,
    "Pentax": _pentax,
    "Nintendo": _nintendo,
    "Sony": _sony,
}
