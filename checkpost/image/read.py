"""Reads the metadata embedded in a picture or a clip, under the names that exiftool gives the fields.

Pixels are decoded for one purpose only, to compare them with a preview. A block that is there and cannot be read
whole is a fault, so that the post is not taken for clear.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkpost.errors import InputError
from checkpost.image import boxes, c2pa, exif, iptc, xmp
from checkpost.image.block import Block
from checkpost.image.containers import blocks
from checkpost.image.decode import text_of

MAX_BYTES = 128 * 1024 * 1024  # of a picture; of a longer clip, the samples are passed over
PREVIEW = "PreviewDifference"  # a field of our own: how far the preview is from the picture, in grey levels
REST = "DataBehindPicture"  # a field of our own: a shorter picture was written over a longer one
_MAX_TEXT = 100_000
_MAX_BLOCKS = 500
_MAX_HELD = 32 * 1024 * 1024  # bytes of text in all
_MAX_PREVIEWS = 8
_RECOGNISED = 512  # bytes by which a packet is known again
_TIFF_BLOCKS = {exif.XMP: "XMP", exif.IPTC: "IPTC", exif.PHOTOSHOP: "Photoshop"}
_FAULTS = {
    "damage": "breaks off or is damaged, so not all that it may embed was checked.",
    "unread": "in it is of a kind that is not read, so it was not checked.",
}
_PACKET = re.compile(rb"<x:xmpmeta\b|<x:xapmeta\b")
_PACKET_ENDS = (b"</x:xmpmeta>", b"</x:xapmeta>")


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
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise InputError(f"{(error.strerror or 'it cannot be opened').lower()}.") from error
    reading = _Reading()
    for number, block in enumerate(_all_blocks(data)):
        if number == _MAX_BLOCKS or reading.held > _MAX_HELD:
            reading.faults.append("it holds more metadata than is read, so not all of it was checked.")
            break
        reading.add(block)
    reading.compare(data)
    kept = {name: _cut(value, reading.faults) for name, value in reading.fields.items() if value not in _EMPTY}
    return Picture(kept, tuple(dict.fromkeys(reading.faults)))


_EMPTY: tuple[object, ...] = (None, "", [], {})


def _bytes_of(path: Path) -> bytes:
    if path.stat().st_size <= MAX_BYTES:
        return path.read_bytes()
    with path.open("rb") as file:
        is_clip = file.read(8)[4:] in boxes.FIRST
    if not is_clip:
        raise InputError(f"it is larger than {MAX_BYTES // 1024 // 1024} MB.")
    return boxes.head_of(path)


def _all_blocks(data: bytes) -> Iterator[Block]:
    """The blocks where the format keeps them, then any packet of XMP that stands elsewhere in the file."""
    packets: list[bytes] = []
    for block in blocks(data):
        if block.kind in ("XMP", "EXIF"):
            packets.append(block.data)
        yield block
    for match in _PACKET.finditer(data):
        ends = [at + len(mark) for mark in _PACKET_ENDS if (at := data.find(mark, match.start())) >= 0]
        packet = data[match.start() : min(ends)] if ends else b""
        if packet and not any(packet[:_RECOGNISED] in known for known in packets):  # one may be cut into segments
            packets.append(packet)
            yield Block("XMP", packet)


class _Reading:
    """What has been read of one file so far."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.faults: list[str] = []
        self.previews: list[bytes] = []
        self.held = 0

    def add(self, block: Block) -> None:
        """Add one block's fields, and those of the blocks inside it. What goes wrong costs this block only."""
        if block.kind in ("text", "XMP", "IPTC"):
            self.held += len(block.data)
        try:
            self._add(block)
        except Exception as error:  # noqa: BLE001  (a hostile file must cost no more than its own check)
            why = f" ({type(error).__name__})" if not isinstance(error, iptc.DamagedError) else ""
            self.faults.append(f"its {block.kind} block could not be read{why}, so it was not checked.")

    def _add(self, block: Block) -> None:
        if block.kind in _FAULTS:
            self.faults.append(f"{block.key or 'it'} {_FAULTS[block.kind]}")
        elif block.kind == "preview":
            self.previews.append(block.data)
        elif block.kind == "rest":
            self.fields[REST] = "yes"
        elif block.kind == "text":
            _join(self.fields, {block.key.replace(" ", ""): text_of(block.data)})
        elif block.kind == "IPTC":
            _join(self.fields, iptc.read(block.data))
        else:
            {"EXIF": self._add_exif, "XMP": self._add_xmp, "Photoshop": self._add_photoshop, "C2PA": self._add_c2pa}[
                block.kind
            ](block.data)

    def _add_photoshop(self, data: bytes) -> None:
        for kind, raw in iptc.resources(data):
            self.add(Block(kind, raw))

    def _add_c2pa(self, data: bytes) -> None:
        for found in c2pa.read(data):
            if isinstance(found, Block):
                self.add(found)
            else:
                _join(self.fields, found)

    def _add_exif(self, data: bytes) -> None:
        found = exif.read(data)
        _join(self.fields, found.fields)
        self.previews.extend(found.previews)
        if found.is_damaged:
            self.faults.append("its EXIF block is damaged, so not all of it was checked.")
        for tag, raw in found.blocks.items():
            self.add(Block(_TIFF_BLOCKS[tag], raw))

    def _add_xmp(self, data: bytes) -> None:
        fields, is_damaged = xmp.read(data)
        self.previews.extend(_previews(fields.get("Thumbnails")))
        _join(self.fields, {name: value for name, value in fields.items() if name != "Thumbnails"})
        if is_damaged:
            self.faults.append("its XMP block is damaged, so not all of it was checked.")

    def compare(self, data: bytes) -> None:
        """Compare the previews with the picture, if there are any."""
        if not self.previews:
            return
        from checkpost.image import preview  # noqa: PLC0415  (Pillow's decoders take time to load)

        try:
            levels = preview.difference(data, self.previews[:_MAX_PREVIEWS])
        except preview.NotComparedError:
            self.faults.append("the preview in it could not be compared with the picture: it may show more.")
        else:
            if levels >= preview.DIFFERENT:
                self.fields[PREVIEW] = round(levels)


def _previews(thumbnails: object) -> Iterator[bytes]:
    """The pictures of XMP's property of that name, in Base64 (ISO 16684-1, section 8.6)."""
    for item in thumbnails if isinstance(thumbnails, list) else [thumbnails]:
        text = item.get("Image") if isinstance(item, dict) else None
        if isinstance(text, str):
            yield base64.b64decode(text)


def _cut(value: object, faults: list[str]) -> object:
    """A value whose texts are at most so long, lists and structures included."""
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        faults.append(f"a field of it is longer than {_MAX_TEXT} characters, so not all of it was checked.")
        return value[:_MAX_TEXT]
    if isinstance(value, list):
        return [_cut(item, faults) for item in value]
    if isinstance(value, dict):
        return {name: _cut(item, faults) for name, item in value.items()}
    return value


def _join(metadata: dict[str, object], fields: Mapping[str, object]) -> None:
    """Add a block's fields. One that says something new under a name already taken joins it as a list."""
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        known = metadata.get(name, [])
        before = known if isinstance(known, list) else [known]
        new = [item for item in values if item not in before]
        if name not in metadata:
            metadata[name] = value
        elif new and not isinstance(before[0], float):  # a position in two notations differs in its last digits
            metadata[name] = [*before, *new]
