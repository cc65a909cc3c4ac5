"""IPTC-IIM 4.2, record 2: captions, keywords, places and rights, as Photoshop's resources carry it."""

from collections.abc import Iterator, Mapping

from checkpost.image.decode import text_of

_DATASETS = {
    5: "ObjectName",
    7: "EditStatus",
    25: "Keywords",
    26: "ContentLocationCode",
    27: "ContentLocationName",
    40: "SpecialInstructions",
    80: "By-line",
    85: "By-lineTitle",
    90: "City",
    92: "Sub-location",
    95: "Province-State",
    101: "Country-PrimaryLocationName",
    103: "OriginalTransmissionReference",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "CopyrightNotice",
    118: "Contact",
    120: "Caption-Abstract",
    122: "Writer-Editor",
}
_IPTC_RESOURCE, _XMP_RESOURCE, _EXIF_RESOURCE = 0x0404, 0x0424, 0x0422
_KINDS = {_IPTC_RESOURCE: "IPTC", _XMP_RESOURCE: "XMP", _EXIF_RESOURCE: "EXIF"}
_KINDS |= {0x0409: "preview", 0x040C: "preview"}
_MAX_DATASETS = 5000
_PREVIEW_HEAD = 28  # bytes before a preview's JPEG (Adobe Photoshop File Formats Specification)


def resources(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The metadata blocks among Photoshop's image resources (`8BIM`), with their kinds."""
    at = 0
    while data[at : at + 4] == b"8BIM":
        name_length = data[at + 6] if at + 6 < len(data) else 0
        size_at = at + 6 + (name_length + 2) // 2 * 2
        size = int.from_bytes(data[size_at : size_at + 4], "big")
        start = size_at + 4
        kind = _KINDS.get(int.from_bytes(data[at + 4 : at + 6], "big"))
        if kind == "preview":
            yield kind, data[start + _PREVIEW_HEAD : start + size]
        elif kind:
            yield kind, data[start : start + size]
        at = start + (size + 1) // 2 * 2


def read(data: bytes) -> tuple[Mapping[str, object], bool]:
    """The datasets of a block, one that is repeated (keywords) as a list, and whether it breaks off or goes on."""
    found: dict[str, list[str]] = {}
    at = count = 0
    is_damaged = False
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, dataset = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        start = at + 5
        if size & 0x8000:  # an extended size, itself so many bytes long
            length = min(size & 0x7FFF, 8)
            size = int.from_bytes(data[start : start + length], "big")
            start += length
        count += 1
        if start + size > len(data) or count > _MAX_DATASETS:
            is_damaged = True
            break
        if record == 2 and dataset in _DATASETS:
            found.setdefault(_DATASETS[dataset], []).append(text_of(data[start : start + size]))
        at = start + size
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}, is_damaged
