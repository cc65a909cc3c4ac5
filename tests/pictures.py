"""Pictures and clips made in code, and the blocks of metadata that they hold."""

import io
import struct
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

from checkpost.image.read import Picture, read

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def xmp(inner: str, attributes: str = "") -> bytes:
    spaces = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
        "MP": "http://ns.microsoft.com/photo/1.2/",
        "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
        "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}>'
        f'<rdf:Description rdf:about="" {declared} {attributes}>{inner}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def full_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Priya Sample"
    exif[ExifTags.Base.Copyright] = "(c) Sample Studio"
    exif[ExifTags.Base.Model] = "iPhone 15"
    exif[0x9C9E] = "apprentice;Ottilie".encode("utf-16-le")
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2026:05:14 10:12:00"
    inner[0xA430] = "Gareth Sample"
    inner[0xA431] = "SN-48213377"
    inner[ExifTags.Base.UserComment] = b"UNICODE\0" + "Zoë, gr\u0175p 3".encode("utf-16-le")
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (53.0, 22.0, 50.16)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "W", (1.0, 28.0, 12.72)
    return exif


def picture(path: Path, **options: Any) -> Path:
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(path.suffix[1:], path.suffix[1:].upper())
    Image.new("RGB", (16, 12), "teal").save(path, kind, **options)
    return path


def read_bytes(folder: Path, data: bytes, name: str = "picture.jpg") -> Picture:
    """What is read of a file with some bytes."""
    path = folder / name
    path.write_bytes(data)
    return read(path)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "JPEG")
    added = b"".join(struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in segments)
    return plain.getvalue()[:2] + added + plain.getvalue()[2:]


def tiff(*entries: tuple[int, int, int, bytes], order: str = "<", count: int | None = None) -> bytes:
    """A TIFF structure with one directory, the values after it."""
    start = 8 + 2 + 12 * len(entries) + 4
    head, tail = b"", b""
    for tag, kind, length, raw in entries:
        offset = struct.pack(f"{order}I", start + len(tail)) if len(raw) > 4 else raw.ljust(4, b"\0")
        head += struct.pack(f"{order}HHI", tag, kind, length) + offset
        tail += raw if len(raw) > 4 else b""
    mark = b"II" if order == "<" else b"MM"
    lead = mark + struct.pack(f"{order}HIH", 42, 8, len(entries) if count is None else count)
    return lead + head + b"\0" * 4 + tail


def iim(*datasets: tuple[int, bytes]) -> bytes:
    data = b"".join(struct.pack(">BBBH", 0x1C, 2, number, len(raw)) + raw for number, raw in datasets)
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)


def box(kind: bytes, *contents: bytes) -> bytes:
    """A box of HEIC, MP4 or MOV."""
    content = b"".join(contents)
    return struct.pack(">I", len(content) + 8) + kind + content


def heic(*items: tuple[bytes, bytes], in_box: bool = False) -> bytes:
    """A HEIC file of metadata items alone: the type of each (`Exif`, or `mime` for XMP) and its bytes."""
    brand = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    named = {b"Exif": b"\0", b"mime": b"\0application/rdf+xml\0"}
    infos = [
        box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), kind, named[kind])
        for number, (kind, _) in enumerate(items, start=1)
    ]
    stored = b"".join(raw for _, raw in items)

    def meta(start: int) -> bytes:
        places, at = b"", start
        for number, (_, raw) in enumerate(items, start=1):
            places += struct.pack(">HHHHII", number, 1 if in_box else 0, 0, 1, at, len(raw))
            at += len(raw)
        return box(
            b"meta",
            b"\0\0\0\0",
            box(b"hdlr", b"\0" * 8, b"pict", b"\0" * 13),
            box(b"iinf", b"\0\0\0\0", struct.pack(">H", len(items)), *infos),
            box(b"iloc", b"\1\0\0\0\x44\0", struct.pack(">H", len(items)), places),
            *([box(b"idat", stored)] if in_box else []),
        )

    if in_box:
        return brand + meta(0)
    return brand + meta(len(brand) + len(meta(0)) + 8) + box(b"mdat", stored)


def clip(*inside_moov: bytes, brand: bytes = b"qt  ", samples: bytes = b"\0" * 32) -> bytes:
    """A clip with some samples and what its header holds."""
    return box(b"ftyp", brand, b"\0\0\0\0", brand) + box(b"mdat", samples) + box(b"moov", *inside_moov)


def keys(**values: str) -> bytes:
    """QuickTime's keys and values, `__` standing for the dots of Apple's names."""
    names = [b"com.apple.quicktime." + name.replace("__", ".").encode() for name in values]
    listed = b"".join(box(b"mdta", name) for name in names)
    items = [
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0), value.encode()))
        for number, value in enumerate(values.values(), start=1)
    ]
    return box(
        b"meta",
        box(b"hdlr", b"\0" * 8, b"mdta", b"\0" * 13),
        box(b"keys", b"\0\0\0\0", struct.pack(">I", len(names)), listed),
        box(b"ilst", *items),
    )


def exif_of(*entries: tuple[int, int, int, bytes], make: bytes = b"", order: str = "<") -> bytes:
    """An EXIF block whose inner directory holds some entries; `make` goes into the first."""
    first = [(0x010F, 2, len(make) + 1, make + b"\0")] if make else []
    head = tiff(*first, (0x8769, 4, 1, b"\0\0\0\0"), order=order)
    inner = _moved(tiff(*entries, order=order)[8:], entries, len(head) - 8, order)
    pointer = 10 + 12 * len(first) + 8
    return head[:pointer] + struct.pack(f"{order}I", len(head)) + head[pointer + 4 :] + inner


def _moved(raw: bytes, entries: tuple[tuple[int, int, int, bytes], ...], by: int, order: str) -> bytes:
    """A directory whose offsets count from further off."""
    moved = bytearray(raw)
    for number, (_, _, _, value) in enumerate(entries):
        if len(value) > 4:
            at = 2 + 12 * number + 8
            struct.pack_into(f"{order}I", moved, at, struct.unpack_from(f"{order}I", moved, at)[0] + by)
    return bytes(moved)


def note(*entries: tuple[int, int, int, bytes], at: int, order: str = "<") -> bytes:
    """A maker's directory whose offsets count from `at` bytes before it."""
    return _moved(tiff(*entries, order=order)[8:], entries, at - 8, order)
