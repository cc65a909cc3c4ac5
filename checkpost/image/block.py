"""What the walkers of the file formats hand out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A block of metadata.

    `kind` is EXIF, IPTC, XMP, Photoshop, C2PA, text (with a `key`), preview (a smaller picture of the whole), "rest"
    (what a shortened file left behind), unread (`key` says what it is), or damage.
    """

    kind: str
    data: bytes = b""
    key: str = ""
