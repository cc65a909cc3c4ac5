"""What a cleaned picture keeps of its metadata: how to show it, and whose work it is. Everything else goes.

An allowlist, as nobody can list all fields that name a person. Whoever made a picture has the right to be named
(Copyright, Designs and Patents Act 1988, section 77; section 296ZG forbids to take such information out), so creator,
credit and copyright stay, and so does the mark of a generated picture.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from checkpost.image import iptc, tiff, xmp
from checkpost.image.block import Block

NAMES = frozenset(  # under which the reader shows what stays
    "Artist Copyright Creator Rights Credit Source Marked WebStatement UsageTerms License DigitalSourceType "
    "By-line By-lineTitle CopyrightNotice Author Orientation".split()
)
TEXTS = frozenset({"Copyright", "Author"})  # PNG's keywords

_FIRST = frozenset({0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x013B, 0x013E, 0x013F, 0x0211, 0x0214, 0x8298})
INNER = frozenset({0x9000, 0x9101, 0xA000, 0xA001, 0xA500})  # of EXIF: versions, colour space, gamma
_WRITTEN = frozenset({0x013B, 0x8298})  # Artist, Copyright
_EXIF_IFD = 0x8769
_CHARSET, _DATASETS = (1, 90), frozenset({(2, 0), (2, 80), (2, 85), (2, 110), (2, 115), (2, 116)})
_WORKS = frozenset({(2, 80), (2, 110), (2, 115), (2, 116)})

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "x": "adobe:ns:meta/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "cc": "http://creativecommons.org/ns#",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
for _prefix, _uri in _SPACES.items():
    register_namespace(_prefix, _uri)
_PROPERTIES = tuple(
    f"{{{_SPACES[space]}}}{name}"
    for space, name in (
        ("dc", "creator"),
        ("dc", "rights"),
        ("photoshop", "Credit"),
        ("photoshop", "Source"),
        ("xmpRights", "Marked"),
        ("xmpRights", "WebStatement"),
        ("xmpRights", "UsageTerms"),
        ("tiff", "Orientation"),
        ("tiff", "Artist"),
        ("tiff", "Copyright"),
        ("cc", "license"),
        ("Iptc4xmpExt", "DigitalSourceType"),
    )
)
_RDF = f"{{{_SPACES['rdf']}}}"
_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{}<?xpacket end="w"?>'


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays, as blocks to write: empty where there is none. `iptc` are bare datasets."""

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    texts: tuple[tuple[str, bytes], ...] = ()

    @property
    def photoshop(self) -> bytes:
        """The datasets as a Photoshop resource, padded to an even size."""
        if not self.iptc:
            return b""
        return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(self.iptc)) + self.iptc + b"\0" * (len(self.iptc) % 2)


def kept(blocks: Iterable[Block]) -> Kept:
    """Gather what stays from all blocks of a file. Of two that say the same, the first counts."""
    exif, datasets = b"", b""
    properties: dict[str, Element] = {}
    texts: dict[str, bytes] = {}
    for block in _spread(blocks):
        if block.kind == "EXIF":
            exif = exif or exif_of(block.data)
        elif block.kind == "XMP":
            for element in _properties(block.data):
                properties.setdefault(element.tag, element)
        elif block.kind == "IPTC":
            datasets = datasets or datasets_of(block.data)
        elif block.kind == "text" and block.key in TEXTS:
            texts.setdefault(block.key, block.data)
    return Kept(exif, _packet(properties.values()), datasets, tuple(texts.items()))


def _spread(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those inside of Photoshop's too."""
    for block in blocks:
        if block.kind == "Photoshop":
            yield from (Block(kind, raw) for kind, raw in iptc.resources(block.data))
        else:
            yield block


def exif_of(data: bytes) -> bytes:
    """An EXIF block with what stays of another; nothing where nothing does."""
    start = tiff.header(data)
    if start is None or start[0].is_big:
        return b""
    layout, first = start
    directory = tiff.directory(data, layout, first)
    entries = [entry for tag, entry in directory.entries.items() if tag in _FIRST and is_as_declared(entry)]
    inner: list[tiff.Entry] = []
    for offset in directory.pointers(_EXIF_IFD):
        inside = tiff.directory(data, layout, offset).entries
        inner = [entry for tag, entry in inside.items() if tag in INNER and is_as_declared(entry)]
    return _exif(layout.order, entries, inner) if entries else b""


def is_as_declared(entry: tiff.Entry) -> bool:
    """Whether a value is of the kind that its tag asks for: what should be a number could hide a name."""
    return entry.is_text == (entry.tag in _WRITTEN)


def _exif(order: str, entries: list[tiff.Entry], inner: list[tiff.Entry]) -> bytes:
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    if not inner:
        return head + _directory(order, entries, [], 8)
    size = len(_directory(order, entries, [(_EXIF_IFD, 0)], 8))
    first = _directory(order, entries, [(_EXIF_IFD, 8 + size)], 8)
    return head + first + _directory(order, inner, [], 8 + size)


def _directory(order: str, entries: list[tiff.Entry], pointers: list[tuple[int, int]], start: int) -> bytes:
    """A directory at a place, its values behind it (TIFF 6.0, section 2)."""
    rows = [(entry.tag, entry.kind, entry.count, entry.raw) for entry in entries]
    rows += [(tag, 4, 1, struct.pack(f"{order}I", offset)) for tag, offset in pointers]
    head, tail = struct.pack(f"{order}H", len(rows)), b""
    behind = start + 2 + 12 * len(rows) + 4
    for tag, kind, count, raw in sorted(rows):
        place = raw.ljust(4, b"\0")
        if len(raw) > 4:
            place = struct.pack(f"{order}I", behind + len(tail))
            tail += raw + b"\0" * (len(raw) % 2)
        head += struct.pack(f"{order}HHI", tag, kind, count) + place
    return head + b"\0" * 4 + tail


def datasets_of(data: bytes) -> bytes:
    """The IPTC datasets that stay, as they are; nothing where none of them says whose work it is."""
    found, says_whose = b"", False
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        number = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        if size & 0x8000 or at + 5 + size > len(data):
            break
        if number == _CHARSET or number in _DATASETS:
            found += data[at : at + 5 + size]
            says_whose = says_whose or (number in _WORKS and size > 0)
        at += 5 + size
    return found if says_whose else b""


def xmp_of(packet: bytes) -> bytes:
    """A packet with the properties that stay of another; nothing where none does, or it is no XML."""
    return _packet({element.tag: element for element in _properties(packet)}.values())


def _properties(packet: bytes) -> Iterator[Element]:
    try:
        tree = xmp.tree_of(xmp.decoded(packet))
    except xmp.FAULTS:
        return
    for description in xmp.descriptions(tree):
        for name in _PROPERTIES:
            if description.get(name, "").strip():
                element = Element(name)
                element.text = description.get(name)
                yield element
            yield from description.findall(name)


def _packet(properties: Iterable[Element]) -> bytes:
    elements = sorted(properties, key=lambda element: _PROPERTIES.index(element.tag))
    if not elements:
        return b""
    meta = Element(f"{{{_SPACES['x']}}}xmpmeta")
    description = SubElement(SubElement(meta, f"{_RDF}RDF"), f"{_RDF}Description", {f"{_RDF}about": ""})
    for element in elements:
        element.tail = None
        description.append(element)
    return _PACKET.format(tostring(meta, encoding="unicode")).encode()
