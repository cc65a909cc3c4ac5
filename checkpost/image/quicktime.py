"""What clips say of themselves: QuickTime's user data, its keys, iTunes' list, and 3GPP's texts.

Names are those that exiftool gives (QuickTime File Format Specification; 3GPP TS 26.244, section 8). Positions
stay in ISO 6709's form, `+52.4862-001.8904+100/`. Positions in timed tracks, as action cameras write, are not read.
"""

import struct
from collections.abc import Iterator
from typing import Protocol

from checkpost.image.block import Block
from checkpost.image.decode import text_of

_MAX_VALUES = 1000
_MAX_VALUE = 1024 * 1024
_NAMES = {
    b"xyz": "GPSCoordinates",
    b"nam": "Title",
    b"ART": "Artist",
    b"art": "Artist",
    b"aut": "Author",
    b"cmt": "Comment",
    b"des": "Description",
    b"inf": "Information",
    b"cpy": "Copyright",
    b"day": "ContentCreateDate",
    b"dir": "Director",
    b"prd": "Producer",
    b"prf": "Performers",
    b"src": "Source",
    b"key": "Keywords",
    b"mak": "Make",
    b"mod": "Model",
    b"swr": "SoftwareVersion",
    b"too": "Encoder",
    b"wrt": "Composer",
    b"alb": "Album",
    b"grp": "Grouping",
    b"url": "URL",
}
_PLAIN = {
    b"desc": "Description",
    b"ldes": "LongDescription",
    b"cprt": "Copyright",
    b"keyw": "Keyword",
    b"ownr": "Owner",
    b"titl": "Title",
    b"auth": "Author",
    b"perf": "Performer",
    b"dscp": "Description",
    b"kywd": "Keywords",
    b"albm": "Album",
    b"aART": "AlbumArtist",
    b"CAME": "SerialNumberHash",  # GoPro
}
_3GPP = frozenset({b"titl", b"auth", b"perf", b"dscp", b"cprt", b"albm"})
_KEYS = {
    "location.ISO6709": "GPSCoordinates",
    "location.name": "LocationName",
    "location.body": "LocationBody",
    "location.note": "LocationNote",
    "location.role": "LocationRole",
    "creationdate": "CreationDate",
    "displayname": "DisplayName",
    "camera.identifier": "CameraID",
    "camera.owner": "OwnerName",
    "full-frame-rate-playback-intent": "",
    "content.identifier": "",
}
_UTF8, _UTF16 = (1, 4), (2, 5)
_COVER = (13, 14)


class Place(Protocol):
    """Where a box's content stands."""

    @property
    def kind(self) -> bytes: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


def _each(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Small boxes, without the sizes of 64 bits that no text needs: type, start and end of the content."""
    at = start
    for _ in range(_MAX_VALUES):
        size = int.from_bytes(data[at : at + 4], "big")
        if at + 8 > end or size < 8 or at + size > end:
            return
        yield data[at + 4 : at + 8], at + 8, at + size
        at += size


def user_data(data: bytes, start: int, end: int) -> Iterator[Block]:
    """The texts of a `udta` box."""
    for kind, first, after in _each(data, start, end):
        raw = data[first : min(after, first + _MAX_VALUE)]
        if kind[:1] == b"\xa9":
            name = _NAMES.get(kind[1:].rstrip(), "")
            for text in _international(raw) if name else ():
                yield Block("text", text, name)
        elif kind == b"loci":
            yield from _location(raw)
        elif kind in _3GPP:
            yield Block("text", _text(raw[6:]), _PLAIN[kind])
        elif kind == b"CAME":
            yield Block("text", raw.hex().encode(), _PLAIN[kind])
        elif kind == b"name":
            yield Block("text", raw, "TrackName")


def _international(raw: bytes) -> Iterator[bytes]:
    """Texts with their size and language; some programs write the bare text."""
    size = int.from_bytes(raw[:2], "big")
    if size + 4 > len(raw):
        yield raw
        return
    at = 0
    while at + 4 <= len(raw):
        size = int.from_bytes(raw[at : at + 2], "big")
        if text := raw[at + 4 : at + 4 + size]:
            yield text
        at += 4 + size


def _text(raw: bytes) -> bytes:
    """A text that a zero ends, in UTF-8 or, after its mark, in UTF-16."""
    if raw[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return raw[: len(raw) // 2 * 2].decode("utf-16", "replace").strip("\0").encode()
    return raw.partition(b"\0")[0]


def _location(raw: bytes) -> Iterator[Block]:
    """3GPP's box of a place: its name, then longitude and latitude in 1/65536 degrees."""
    name, _, rest = raw[6:].partition(b"\0")
    if name:
        yield Block("text", name, "LocationName")
    if len(rest) >= 13:
        longitude, latitude = struct.unpack(">ii", rest[1:9])
        if longitude or latitude:
            yield Block("text", f"{latitude / 65536:+.5f}{longitude / 65536:+.5f}/".encode(), "GPSCoordinates")


def values(data: bytes, keys: Place | None, values_at: Place) -> Iterator[Block]:
    """The values of an `ilst` box, named by its types or by the keys of the `keys` box."""
    names = tuple(key_names(data, keys)) if keys else ()
    for kind, start, end in _each(data, values_at.start, values_at.end):
        number = int.from_bytes(kind, "big")
        name = names[number - 1] if 0 < number <= len(names) else _NAMES.get(kind[1:]) or _PLAIN.get(kind, "")
        if kind == b"----":
            name = next(
                (text_of(data[at + 4 : to]) for inner, at, to in _each(data, start, end) if inner == b"name"), ""
            )
        for inner, at, to in _each(data, start, end):
            if inner == b"data":
                yield from _value(
                    name, int.from_bytes(data[at : at + 4], "big"), data[at + 8 : min(to, at + _MAX_VALUE)]
                )


def _value(name: str, kind: int, raw: bytes) -> Iterator[Block]:
    if kind in _COVER:
        yield Block("preview", raw)
    elif name and kind in _UTF16:
        yield Block("text", raw.decode("utf-16-be", "replace").encode(), name)
    elif name and (kind in _UTF8 or (kind == 0 and raw.isascii())):
        yield Block("text", raw, name)


def key_names(data: bytes, keys: Place) -> Iterator[str]:
    """Names of the numbered keys; those of Apple and Android without their makers' prefix."""
    for _, start, end in _each(data, keys.start + 8, keys.end):
        key = text_of(data[start:end])
        short = key.removeprefix("com.apple.quicktime.").removeprefix("com.android.")
        if short in _KEYS:
            yield _KEYS[short]
        else:
            yield "".join(word[:1].upper() + word[1:] for word in short.replace("-", ".").split("."))
