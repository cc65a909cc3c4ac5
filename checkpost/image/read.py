"""Reads the metadata embedded in a picture, under the names that exiftool gives the fields.

No pixel is decoded. A block that is there and cannot be read whole is a fault, so that the post is not taken
for clear. Not read yet: makers' own notes, HEIC and AVIF, clips, previews, Content Credentials.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkpost.errors import InputError
from checkpost.image import exif, iptc, xmp
from checkpost.image.containers import Block, blocks
from checkpost.image.decode import text_of

_MAX_BYTES = 128 * 1024 * 1024
_MAX_TEXT = 100_000
_MAX_BLOCKS = 500
_TIFF_BLOCKS = {exif.XMP: "XMP", exif.IPTC: "IPTC", exif.PHOTOSHOP: "Photoshop"}


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
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"it is larger than {_MAX_BYTES // 1024 // 1024} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{(error.strerror or 'it cannot be opened').lower()}.") from error
    metadata: dict[str, object] = {}
    faults: list[str] = []
    for number, block in enumerate(blocks(data)):
        if number == _MAX_BLOCKS:
            faults.append(f"it holds more than {_MAX_BLOCKS} blocks, so not all of them were checked.")
            break
        if block.kind == "damage":
            faults.append("it breaks off or is damaged, so not all that it may embed was checked.")
        else:
            _add(metadata, _fields(block, faults))
    for name, value in metadata.items():
        if isinstance(value, str) and len(value) > _MAX_TEXT:
            metadata[name] = value[:_MAX_TEXT]
            faults.append(f"a field of it is longer than {_MAX_TEXT} characters, so not all of it was checked.")
    kept = {name: value for name, value in metadata.items() if value not in (None, "", [], {})}
    return Picture(kept, tuple(dict.fromkeys(faults)))


def _fields(block: Block, faults: list[str]) -> Mapping[str, object]:
    """The fields of one block, and of those inside it. What goes wrong costs this block only."""
    found: dict[str, object] = {}
    try:
        for fields, is_damaged in _read(block, faults):
            _add(found, fields)
            if is_damaged:
                faults.append(f"its {block.kind} block is damaged, so not all of it was checked.")
    except Exception as error:  # noqa: BLE001  (a hostile file must cost no more than its own check)
        why = f" ({type(error).__name__})" if not isinstance(error, iptc.DamagedError) else ""
        faults.append(f"its {block.kind} block could not be read{why}, so it was not checked.")
    return found


def _read(block: Block, faults: list[str]) -> Iterator[tuple[Mapping[str, object], bool]]:
    if block.kind == "EXIF":
        found = exif.read(block.data)
        yield found.fields, found.is_damaged
        for tag, raw in found.blocks.items():
            yield _fields(Block(_TIFF_BLOCKS[tag], raw), faults), False
    elif block.kind == "Photoshop":
        for kind, raw in iptc.resources(block.data):
            yield _fields(Block(kind, raw), faults), False
    elif block.kind == "IPTC":
        yield iptc.read(block.data), False
    elif block.kind == "XMP":
        yield xmp.read(block.data)
    elif block.kind == "text":
        yield {block.key.replace(" ", ""): text_of(block.data)}, False


def _add(metadata: dict[str, object], fields: Mapping[str, object]) -> None:
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
