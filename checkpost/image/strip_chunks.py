"""Cleans PNG, WebP, GIF and JPEG XL: writes the chunks that make the picture, and what is kept beside them."""

import struct
import zlib
from collections.abc import Iterator

from checkpost.errors import InputError
from checkpost.image.boxes import boxed
from checkpost.image.containers import colour_table
from checkpost.image.strip_fields import Kept

# PNG 3, section 11, and the extension for high dynamic range: what changes how the picture looks.
_PNG = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT".split()
) | {b"acTL", b"fcTL", b"fdAT"}
_WEBP = frozenset({b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"})
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_XMP_APP = b"XMP DataXMP"
_MAGIC_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
_JXL = frozenset({b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp", b"jxli"})
_DAMAGED = "it breaks off or is damaged."


def png(data: bytes, kept: Kept) -> bytes:
    """A PNG with its own chunks and what is kept, ending where it says that it ends.

    Raises:
        InputError: It is damaged.
    """
    written = [data[:8]]
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, whole = data[at + 4 : at + 8], data[at : at + 12 + size]
        if len(whole) < 12 + size:
            break
        if kind in _PNG:
            written.append(whole)
        if kind == b"IHDR":
            written.extend(_png_kept(kept))
        if kind == b"IEND":
            return b"".join(written)
        at += 12 + size
    raise InputError(_DAMAGED)


def _png_kept(kept: Kept) -> Iterator[bytes]:
    if kept.exif:
        yield _chunk(b"eXIf", kept.exif)
    if kept.xmp:
        yield _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + kept.xmp)
    if kept.iptc:  # as ImageMagick writes it, and others read it: PNG has no chunk of its own for it
        digits = kept.iptc.hex()
        rows = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
        profile = f"\niptc\n{len(kept.iptc):8d}\n{rows}\n".encode()
        yield _chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(profile))
    for key, text in kept.texts:
        yield _chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text.decode("utf-8", "replace").encode())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def webp(data: bytes, kept: Kept) -> bytes:
    """A WebP with its own chunks and what is kept (RFC 9649, section 2.7).

    Raises:
        InputError: It is damaged.
    """
    end = 8 + int.from_bytes(data[4:8], "little")
    if data[8:12] != b"WEBP" or end > len(data) + 1:
        raise InputError(_DAMAGED)
    written, at = [], 12
    is_extended = False
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + size]
        if len(content) < size or (kind == b"VP8X" and size < 10):
            raise InputError(_DAMAGED)
        if kind == b"VP8X":
            is_extended = True
            flags = content[0] & ~0x0C | (0x08 if kept.exif else 0) | (0x04 if kept.xmp else 0)
            written.append(_riff(kind, bytes([flags]) + content[1:]))
        elif kind in _WEBP:
            written.append(_riff(kind, content))
        at += 8 + size + size % 2
    if is_extended:  # without that chunk there is no metadata to keep
        written += [_riff(kind, block) for kind, block in ((b"EXIF", kept.exif), (b"XMP ", kept.xmp)) if block]
    body = b"WEBP" + b"".join(written)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def gif(data: bytes, kept: Kept) -> bytes:
    """A GIF without comments and foreign extensions, ending at its trailer (GIF89a, sections 15 to 27).

    Raises:
        InputError: It is damaged.
    """
    at = 13 + colour_table(data, 10)
    written = [data[:at]]
    while at < len(data):
        end, is_needed = _gif_block(data, at)
        if data[at] == 0x3B:
            if kept.xmp:
                written.append(b"\x21\xff\x0b" + _XMP_APP + kept.xmp + _MAGIC_TRAILER)
            return b"".join([*written, b"\x3b"])
        if is_needed:
            written.append(data[at:end])
        at = end
    raise InputError(_DAMAGED)


def _gif_block(data: bytes, at: int) -> tuple[int, bool]:
    """Where a block ends, and whether the picture needs it."""
    if data[at] == 0x3B:
        return at + 1, True
    if data[at] == 0x2C and at + 10 < len(data):
        return _sub_blocks_end(data, at + 11 + colour_table(data, at + 9)), True
    if data[at] != 0x21 or at + 2 >= len(data):
        raise InputError(_DAMAGED)
    label, name = data[at + 1], data[at + 3 : at + 14]
    if label == 0xFF and name == _XMP_APP:
        end = data.find(b"\x01\xff\xfe\xfd", at + 14)
        if end < 0:
            raise InputError(_DAMAGED)
        return end + len(_MAGIC_TRAILER), False
    return _sub_blocks_end(data, at + 2), label in (0xF9, 0x01) or (label == 0xFF and name in _GIF_LOOPS)


def _sub_blocks_end(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    if at >= len(data):
        raise InputError(_DAMAGED)
    return at + 1


def jpeg_xl(data: bytes, kept: Kept) -> bytes:
    """A JPEG XL container with the boxes of its picture and what is kept (ISO 18181-2): no box points at another.

    Raises:
        InputError: It is damaged.
    """
    written, at = [], 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        size = int.from_bytes(data[at + 8 : at + 16], "big") if size == 1 else size or len(data) - at
        if size < 8 or at + size > len(data):
            raise InputError(_DAMAGED)
        if kind in _JXL:
            written.append(data[at : at + size])
        if kind == b"ftyp":
            written += [boxed(b"Exif", b"\0" * 4 + kept.exif)] if kept.exif else []
            written += [boxed(b"xml ", kept.xmp)] if kept.xmp else []
        at += size
    return b"".join(written)
