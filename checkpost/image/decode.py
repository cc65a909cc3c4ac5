"""Text from the bytes of a metadata field, whose encoding is often not what the standards say."""

_REPLACED = "replace"


def text_of(raw: bytes) -> str:
    """UTF-8, which cameras and programs write whatever the standard says, or else Windows' Western encoding.

    >>> text_of("Siân".encode()), text_of("Siân".encode("cp1252"))
    ('Siân', 'Siân')
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", _REPLACED)
    parts = (part.strip() for part in text.split("\0"))
    return "; ".join(part for part in parts if part)  # EXIF's Copyright: photographer, NUL, editor


def utf16_of(raw: bytes, *, big_endian: bool = False) -> str:
    """UTF-16 of either byte order: a mark decides, or else which order reads as Latin text.

    >>> utf16_of("Zoë".encode("utf-16-be"))
    'Zoë'
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", _REPLACED).strip("\0 ")
    orders = ("utf-16-be", "utf-16-le") if big_endian else ("utf-16-le", "utf-16-be")
    readings = [raw.decode(order, _REPLACED).strip("\0 ") for order in orders]
    return max(readings, key=lambda text: sum(char < "\u0250" for char in text))


def comment_of(raw: bytes, *, big_endian: bool = False) -> str:
    """EXIF's UserComment and its like, whose first eight bytes name the encoding (EXIF 2.3, table 9)."""
    code, rest = raw[:8], raw[8:]
    if code == b"UNICODE\0":
        return utf16_of(rest, big_endian=big_endian)
    if code == b"JIS\0\0\0\0\0":
        return rest.decode("iso2022_jp", _REPLACED).strip("\0 ")
    if code in (b"ASCII\0\0\0", b"\0" * 8):
        return text_of(rest)
    return text_of(raw)
