"""Takes out of a picture or clip what it gives away, and leaves its pixels as they are.

No pixel is decoded or encoded again: JPEG, PNG, WebP and GIF get their containers written anew, TIFF, HEIC, AVIF, MP4
and MOV have what goes overwritten where it stands. What stays is in `strip_fields`. Own code: Pillow and pillow-heif
encode anew, exiftool and mat2 are no libraries, and none of them keeps credit and copyright alone.
"""

from collections.abc import Mapping

from checkpost.errors import InputError
from checkpost.image import boxes, exif, strip_boxes, strip_chunks, strip_jpeg, strip_tiff, tiff
from checkpost.image.block import Block
from checkpost.image.containers import KINDS, blocks
from checkpost.image.strip_fields import NAMES, kept

MAX_BYTES = 512 * 1024 * 1024
_SIGNATURES = {
    b"\xff\xd8": strip_jpeg.clean,
    b"\x89PNG\r\n\x1a\n": strip_chunks.png,
    b"RIFF": strip_chunks.webp,
    b"GIF8": strip_chunks.gif,
}
_TIFF = (b"II", b"MM")
_EXIF_IFD, _MAKER_NOTE = 0x8769, 0x927C
_HIDDEN = {"preview": "preview", "C2PA": "Content Credentials"}


def clean(data: bytes) -> bytes:
    """A file without what it gives away.

    Raises:
        InputError: It cannot be cleaned: it is damaged, or of a kind that is not.
    """
    for signature, write in _SIGNATURES.items():
        if data.startswith(signature):
            return write(data, kept(blocks(data)))
    if data[4:8] == b"JXL ":
        return strip_chunks.jpeg_xl(data, kept(blocks(data)))
    if data[4:8] in boxes.FIRST:
        return strip_boxes.clean(data)
    if data.startswith(_TIFF):
        return strip_tiff.clean(data)
    raise InputError(f"it is not a picture, or of a kind that cannot be cleaned ({KINDS} can).")


def hidden(data: bytes) -> frozenset[str]:
    """What else a file holds that no field shows: makers' notes, previews, Content Credentials."""
    found = {"preview"} if data[4:8] in boxes.FIRST and strip_boxes.has_previews(data) else set()
    for block in blocks(data):
        if block.kind == "EXIF":
            found |= _hidden_in(block)
        elif block.kind in _HIDDEN:
            found.add(_HIDDEN[block.kind])
    return frozenset(found)


def _hidden_in(block: Block) -> set[str]:
    found = {"preview"} if exif.read(block.data).previews else set()
    start = tiff.header(block.data)
    if start:
        first = tiff.directory(block.data, *start)
        inside = [tiff.directory(block.data, start[0], offset) for offset in first.pointers(_EXIF_IFD)]
        if any(_MAKER_NOTE in directory.entries for directory in (first, *inside)):
            found.add("maker's notes")
    return found


def left(metadata: Mapping[str, object]) -> tuple[str, ...]:
    """The fields read from a cleaned file that should have gone."""
    return tuple(name for name in metadata if name not in NAMES)
