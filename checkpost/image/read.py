"""Reads the metadata embedded in a picture or a clip, under the names that exiftool gives the fields.

Pixels are decoded for one purpose only, to compare them with a preview. A block that is there and cannot be read
whole is a fault, so that the post is not taken for clear.
"""

import base64
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkpost.errors import InputError
from checkpost.image import boxes, c2pa, exif, iptc, xmp
from checkpost.image.block import Block
from checkpost.image.containers import blocks
from checkpost.image.decode import text_of
from checkpost.image.fields import PREVIEW, REST

MAX_BYTES = 128 * 1024 * 1024  # of a picture; of a longer clip, the samples are passed over
_MAX_TEXT = 100_000  # characters of one field
_MAX_TEXTS = 500_000  # and of all
_MAX_VALUES = 1000  # of one field
_MAX_SECONDS = 5.0
_MAX_BLOCKS = 500
_MAX_HELD = 32 * 1024 * 1024  # bytes of text in all
_MAX_PREVIEWS = 8
_RECOGNISED = 512  # bytes by which a packet is known again
_TIFF_BLOCKS = {exif.XMP: "XMP", exif.IPTC: "IPTC", exif.PHOTOSHOP: "Photoshop"}
_FAULTS = {
    "damage": "breaks off or is damaged, so not all that it may embed was checked.",
    "unread": "in it is of a kind that is not read, so it was not checked.",
}
_TOO_MUCH = "it holds more metadata than is read, so not all of it was checked."
_PACKET = re.compile(rb"<x:xmpmeta\b|<x:xapmeta\b")
_PACKET_END = re.compile(rb"</x:x[am]pmeta>")
_MAX_PACKETS = 50  # that stand elsewhere
_MAX_KEY = 80  # characters of the name that a PNG gives a text
_EMPTY: tuple[object, ...] = (None, "", [], {})


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
    for block in _all_blocks(data):
        if reading.is_full:
            reading.faults.append(_TOO_MUCH)
            break
        reading.add(block)
    reading.compare(data)
    room = _Room(reading.faults)
    kept = {name: room.fit(value) for name, value in reading.fields.items() if value not in _EMPTY}
    return Picture(kept, tuple(dict.fromkeys(reading.faults)))


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
        if block.kind == "XMP":
            packets.append(block.data)
        yield block
    at = 0
    for _ in range(_MAX_PACKETS):
        start = _PACKET.search(data, at)
        end = _PACKET_END.search(data, start.end()) if start else None
        if not start or not end:
            return
        at = end.end()
        packet = data[start.start() : at]
        if not any(packet[:_RECOGNISED] in known for known in packets):  # one may be cut into segments
            yield Block("XMP", packet)


class _Reading:
    """What has been read of one file so far."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.faults: list[str] = []
        self.previews: list[bytes] = []
        self._held = 0
        self._blocks = 0
        self._deadline = time.monotonic() + _MAX_SECONDS

    @property
    def is_full(self) -> bool:
        """Whether as much has been read of the file as may be, in blocks, bytes or time."""
        return self._blocks >= _MAX_BLOCKS or self._held > _MAX_HELD or time.monotonic() > self._deadline

    def add(self, block: Block) -> None:
        """Add one block's fields, and those of the blocks inside it. What goes wrong costs this block only."""
        self._blocks += 1
        if block.kind not in ("EXIF", "preview"):  # a TIFF's EXIF is the whole file, pixels included
            self._held += len(block.data)
        if self.is_full:
            self.faults.append(_TOO_MUCH)
            return
        try:
            self._add(block)
        except Exception as error:  # noqa: BLE001  (a hostile file must cost no more than its own check)
            why = type(error).__name__
            self.faults.append(f"its {block.kind} block could not be read ({why}), so it was not checked.")

    def _add(self, block: Block) -> None:
        if block.kind in _FAULTS:
            self.faults.append(f"{block.key or 'it'} {_FAULTS[block.kind]}")
        elif block.kind == "preview":
            self.previews.append(block.data)
        elif block.kind == "rest":
            self.fields[REST] = "yes"
        elif block.kind == "text":
            self._join({_key(block.key): text_of(block.data)})
        elif block.kind == "IPTC":
            fields, is_damaged = iptc.read(block.data)
            self._join(fields)
            self._say(block.kind, is_damaged=is_damaged)
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
                self._join(found)

    def _add_exif(self, data: bytes) -> None:
        found = exif.read(data)
        self._join(found.fields)
        self.previews.extend(found.previews)
        self._say("EXIF", is_damaged=found.is_damaged)
        for tag, raw in found.blocks.items():
            self.add(Block(_TIFF_BLOCKS[tag], raw))

    def _add_xmp(self, data: bytes) -> None:
        fields, is_damaged = xmp.read(data)
        self._join({name: value for name, value in fields.items() if name != "Thumbnails"})
        self._say("XMP", is_damaged=is_damaged)
        self.previews.extend(_previews(fields.get("Thumbnails")))

    def _say(self, kind: str, *, is_damaged: bool) -> None:
        if is_damaged:
            self.faults.append(f"its {kind} block is damaged or too large, so not all of it was checked.")

    def _join(self, fields: Mapping[str, object]) -> None:
        """Add fields. One that says something new under a name already taken joins it as a list."""
        for name, value in fields.items():
            values = value if isinstance(value, list) else [value]
            known = self.fields.get(name, [])
            before = known if isinstance(known, list) else [known]
            if len(before) > _MAX_VALUES:
                self.faults.append(_TOO_MUCH)
                continue
            new = [item for item in values[: _MAX_VALUES + 1] if item not in before]
            if name not in self.fields:
                self.fields[name] = value
            elif new and not isinstance(before[0], float):  # a position in two notations differs in its last digits
                self.fields[name] = [*before, *new]

    def compare(self, data: bytes) -> None:
        """Compare the previews with the picture, if there are any."""
        if not self.previews:
            return
        from checkpost.image import preview  # noqa: PLC0415  (Pillow's decoders take time to load)

        if len(self.previews) > _MAX_PREVIEWS:
            self.faults.append(_TOO_MUCH)
        try:
            levels = preview.difference(data, self.previews[:_MAX_PREVIEWS])
        except preview.NotComparedError:
            self.faults.append("the preview in it could not be compared with the picture: it may show more.")
        else:
            if levels >= preview.DIFFERENT:
                self.fields[PREVIEW] = round(levels)


def _key(name: str) -> str:
    """The name of a text as a field's: whatever a file calls it, it is printed."""
    return "".join(char for char in name if char.isprintable() and not char.isspace())[:_MAX_KEY] or "Text"


def _previews(thumbnails: object) -> Iterator[bytes]:
    """The pictures of XMP's property of that name, in Base64 (ISO 16684-1, section 8.6)."""
    for item in thumbnails if isinstance(thumbnails, list) else [thumbnails]:
        text = item.get("Image") if isinstance(item, dict) else None
        if isinstance(text, str):
            yield base64.b64decode(text)


class _Room:
    """Cuts texts to a length, each and all together: every check reads them, which takes time."""

    def __init__(self, faults: list[str]) -> None:
        self._faults = faults
        self._left = _MAX_TEXTS

    def fit(self, value: object) -> object:
        """A value whose texts have room, those in lists and structures included."""
        if isinstance(value, str):
            room = min(_MAX_TEXT, self._left)
            if len(value) > room:
                self._faults.append("its texts are longer than what is read of them, so not all of it was checked.")
            self._left -= min(len(value), room)
            return value[:room]
        if isinstance(value, list):
            return [self.fit(item) for item in value]
        if isinstance(value, dict):
            return {name: self.fit(item) for name, item in value.items()}
        return value
