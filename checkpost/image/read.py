"""Reads the metadata embedded in a picture, through Pillow, under the names that exiftool gives the fields.

A block that is there and cannot be read is a fault, so that the post is not taken for clear.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import ExifTags, Image, IptcImagePlugin, UnidentifiedImageError

from checkpost.errors import InputError

_MAX_BYTES = 256 * 1024 * 1024
# IPTC-IIM 4.2, record 2: the datasets that name people, places and rights.
_IPTC = {
    5: "ObjectName", 25: "Keywords", 40: "SpecialInstructions", 80: "By-line", 90: "City", 92: "Sub-location",
    95: "Province-State", 101: "Country-PrimaryLocationName", 105: "Headline", 110: "Credit", 115: "Source",
    116: "CopyrightNotice", 118: "Contact", 120: "Caption-Abstract", 122: "Writer-Editor",
}  # fmt: skip
_XP = {0x9C9B: "XPTitle", 0x9C9C: "XPComment", 0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject"}
_EXIF_NAMES = {0xA430: "CameraOwnerName", 0xA431: "BodySerialNumber", 0xA435: "LensSerialNumber"}
_NOISE = frozenset({"MakerNote", "PrintImageMatching", "ExifOffset", "GPSInfo", "ExifInteroperabilityOffset"})
_XMP_PREFIX = re.compile(r"\{[^}]*\}")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@dataclass(frozen=True, slots=True)
class Picture:
    """The fields that a file embeds, and what of it could not be read."""

    metadata: Mapping[str, object]
    faults: tuple[str, ...] = field(default=())


def read(path: Path) -> Picture:
    """Read a picture's metadata.

    Raises:
        InputError: The file is no picture that can be read.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise InputError(f"it is larger than {_MAX_BYTES // 1024 // 1024} MB.")
    faults: list[str] = []
    metadata: dict[str, object] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's warnings are about pixels, which are not decoded here
            with Image.open(path) as picture:
                for what, reader in (("EXIF", _exif), ("IPTC", _iptc), ("XMP", _xmp), ("text", _text)):
                    try:
                        metadata.update(reader(picture))
                    except Exception as error:  # noqa: BLE001  (each of Pillow's readers raises its own kinds)
                        faults.append(
                            f"its {what} block could not be read ({type(error).__name__}), so it was not checked."
                        )
    except UnidentifiedImageError as error:
        raise InputError("it is not a picture, or of a kind that cannot be read yet.") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(f"it is damaged ({type(error).__name__}).") from error
    return Picture({key: value for key, value in metadata.items() if value not in ("", (), [])}, tuple(faults))


def _exif(picture: Image.Image) -> Mapping[str, object]:
    exif = picture.getexif()
    found: dict[str, object] = {}
    for block in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        for tag, value in block.items():
            name = _EXIF_NAMES.get(tag) or _XP.get(tag) or ExifTags.TAGS.get(tag)
            if name and name not in _NOISE:
                found[name] = _value(value, utf16=tag in _XP)
    found.update(_gps(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    return found


def _gps(block: Mapping[int, Any]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for name, tag, ref_tag, negative in (
        ("GPSLatitude", ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S"),
        ("GPSLongitude", ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W"),
    ):
        if tag in block:
            ref = str(block.get(ref_tag, "")).strip("\0 ")
            degrees = _degrees(block[tag])
            found[name] = block[tag] if degrees is None else round(-degrees if ref == negative else degrees, 6)
    return found


def _degrees(value: Any) -> float | None:  # noqa: ANN401  (what a file holds may be anything)
    """Degrees from the three rationals of EXIF 2.3, table 66, or from one decimal; None where they make no sense."""
    try:
        parts = [float(part) for part in value] if isinstance(value, (tuple, list)) else [float(value)]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    total = sum(part / 60**power for power, part in enumerate(parts[:3]))
    return total if abs(total) <= 180 else None


def _iptc(picture: Image.Image) -> Mapping[str, object]:
    blocks = IptcImagePlugin.getiptcinfo(picture) or {}
    found: dict[str, object] = {}
    for (record, dataset), value in blocks.items():
        name = _IPTC.get(dataset) if record == 2 else None
        if name:
            values = [_value(item) for item in (value if isinstance(value, list) else [value])]
            found[name] = values if len(values) > 1 else values[0]
    return found


def _xmp(picture: Image.Image) -> Mapping[str, object]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if not packet:
        return {}
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    start, end = text.find("<"), text.rfind(">")
    try:
        tree = fromstring(text[start : end + 1].strip("\0"))
    except (ParseError, DefusedXmlException) as error:
        raise InputError("its XMP is damaged") from error
    found: dict[str, object] = {}
    for description in tree.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith(_RDF):
                found.setdefault(_XMP_PREFIX.sub("", name), value)
        for child in description:
            values = list(_leaf_texts(child))
            if values:
                found.setdefault(_XMP_PREFIX.sub("", child.tag), values if len(values) > 1 else values[0])
    return {_XMP_NAMES.get(name, name[:1].upper() + name[1:]): value for name, value in found.items()}


# XMP's own names of fields that also stand in EXIF or IPTC, as exiftool shows them.
_XMP_NAMES = {
    "title": "Title",
    "description": "Description",
    "creator": "Creator",
    "rights": "Rights",
    "subject": "Subject",
}


def _leaf_texts(element: Element) -> Iterator[str]:
    for node in element.iter():
        if node.text and node.text.strip() and not len(node):
            yield node.text.strip()


def _text(picture: Image.Image) -> Mapping[str, object]:
    """PNG text chunks and the comments of JPEG and GIF."""
    found: dict[str, object] = {}
    for key, value in {**getattr(picture, "text", {}), "comment": picture.info.get("comment")}.items():
        if value and key != "XML:com.adobe.xmp":
            found["Comment" if key == "comment" else key.replace(" ", "")] = _value(value)
    return found


def _value(value: Any, *, utf16: bool = False) -> object:  # noqa: ANN401  (as above)
    if isinstance(value, bytes):
        if utf16:
            return value.decode("utf-16-le", "replace").strip("\0 ")
        if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8):  # EXIF's UserComment names its own encoding
            encoding = "utf-16" if value[:7] == b"UNICODE" else "utf-8"
            value = value[8:] if encoding == "utf-8" else b"\xfe\xff" + value[8:]
            return value.decode(encoding, "replace").strip("\0 ")
        try:
            return value.decode("utf-8").strip("\0 ")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace").strip("\0 ")
    if isinstance(value, (tuple, list)):
        return [_value(item) for item in value]
    if isinstance(value, str):
        return value.strip("\0 ")
    if isinstance(value, (int, float)) or value is None:
        return value
    try:
        return float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return str(value)
