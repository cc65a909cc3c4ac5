"""XMP: properties of a picture in RDF (ISO 16684-1), under the names and structures that exiftool gives.

A packet is parsed without entities and document types. From a damaged packet the bare texts are saved, so
that a name in it is still found.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from checkpost.image.decode import utf16_of

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LISTS = frozenset({f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt"})
_NAMES = {  # where exiftool's name is not the property's own
    "{http://www.metadataworkinggroup.com/schemas/regions/}Regions": "RegionInfo",
    "{http://ns.microsoft.com/photo/1.2/}RegionInfo": "RegionInfoMP",
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}Location": "Location",
}
_SETTINGS = "{http://ns.adobe.com/camera-raw-settings/1.0/}"  # hundreds of sliders
_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])")
_PACKET = re.compile(r"<(?:x:xmpmeta|x:xapmeta|rdf:RDF)\b")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what cameras fill fields up with, against XML
_TEXT = re.compile(r">([^<>]{1,4000})<")
_ATTRIBUTE = re.compile(r"\s[\w.-]{1,40}:[\w.-]{1,60}=\"([^\"<>]{1,4000})\"")
FAULTS = (ParseError, DefusedXmlException, ValueError)  # of what is no XML
_MAX_DEPTH = 12
_MAX_SAVED = 500
_MAX_MARKS = 100_000  # tags of a packet that is parsed: a library's whole history has some thousands
_MAX_SEARCHED = 4_000_000  # characters of one that is not
_MAX_ITEMS = 1000


def read(packet: bytes) -> tuple[Mapping[str, object], bool]:
    """The properties of a packet, and whether it is damaged."""
    text = _NO_XML.sub("", decoded(packet))
    if text.count("<") > _MAX_MARKS:
        return _saved(text[:_MAX_SEARCHED]), True
    try:
        tree = tree_of(text)
        described = [_struct(description, 0) for description in descriptions(tree)]
    except (*FAULTS, RecursionError):
        return _saved(text[:_MAX_SEARCHED]), True
    found: dict[str, object] = {}
    for properties in described:
        for name, value in properties.items():
            found.setdefault(name, value)
    return found, any(len(element) > _MAX_ITEMS for element in tree.iter())


def decoded(packet: bytes) -> str:
    """A packet's text: UTF-8, or UTF-16 of either order."""
    if b"<\0" in packet[:64] or b"\0<" in packet[:64]:
        return utf16_of(packet[: len(packet) // 2 * 2])
    return packet.decode("utf-8", "replace").strip("\0\ufeff ")


def _saved(text: str) -> Mapping[str, object]:
    """The bare texts of a packet that is no XML."""
    texts = [found.strip() for pattern in (_TEXT, _ATTRIBUTE) for found in pattern.findall(text)]
    kept = [found for found in dict.fromkeys(texts) if found and "://" not in found]
    return {"DamagedXMP": kept[:_MAX_SAVED]} if kept else {}


def tree_of(text: str) -> Element:
    """The XML of a packet, whatever stands around it.

    Raises:
        FAULTS: It is no XML, or declares what no packet needs.
    """
    start = _PACKET.search(text)
    return fromstring(text[start.start() if start else 0 : text.rfind(">") + 1], forbid_dtd=True)


def descriptions(tree: Element) -> Iterator[Element]:
    """The descriptions that stand at the top, not those inside of a property."""
    for rdf in [tree] if tree.tag == f"{_RDF}RDF" else tree.findall(f"{_RDF}RDF"):
        yield from rdf.findall(f"{_RDF}Description")


def _struct(element: Element, depth: int) -> dict[str, object]:
    """A description's properties, whether they are written as attributes or as elements."""
    found: dict[str, object] = {}
    for name, text in element.attrib.items():
        if not name.startswith((_RDF, "{http://www.w3.org/XML", _SETTINGS)) and text.strip():
            found[_name(name)] = _plain(text)
    for child in element:
        if not child.tag.startswith(_SETTINGS):
            value = _value(child, depth + 1)
            if value not in (None, "", [], {}):
                found[_name(child.tag)] = value
    return found


def _value(element: Element, depth: int) -> object:
    if depth > _MAX_DEPTH:
        raise ValueError
    for child in element:
        if child.tag in _LISTS:
            items = [_value(item, depth + 1) for item in child[:_MAX_ITEMS]]
            kept = [item for item in items if item not in (None, "", [], {})]
            return kept[0] if len(kept) == 1 and not isinstance(kept[0], dict) else kept
        if child.tag == f"{_RDF}Description":
            return _struct(child, depth)
        if child.tag == f"{_RDF}value":
            return _plain(child.text or "")
    if len(element) or any(not name.startswith(("{http://www.w3.org/XML", _RDF)) for name in element.attrib):
        return _struct(element, depth)
    return _plain(element.text or element.get(f"{_RDF}resource") or "")


def _name(tag: str) -> str:
    local = tag.rpartition("}")[2]
    return _NAMES.get(tag) or local[:1].upper() + local[1:]


def _plain(value: str) -> object:
    """A text, or the decimal degrees of a coordinate (`53,28.848N`)."""
    match = _COORDINATE.fullmatch(value.strip())
    if not match:
        return value.strip()
    degrees = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return round(-degrees if match[4] in "SW" else degrees, 6)
