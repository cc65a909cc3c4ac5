"""Bytes to text, saying so where they were not UTF-8."""

import codecs

from checkpost.errors import InputError

_BOMS: tuple[tuple[bytes, str, str | None], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig", None),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a note where it had to be decoded from something else than UTF-8.

    UTF-16 is known by its byte-order mark, or by its zero bytes; what is no UTF-8 and holds no control characters is
    taken for Windows-1252, which older Word and Excel files on Windows are in.

    Raises:
        InputError: The bytes are not text.
    """
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), f"It was in {name}, and was decoded." if name else None
    if b"\0" in data:
        guess = _utf16_without_bom(data)
        if guess is None:
            raise InputError("this is not a text file (it holds binary data).")
        return _strict(data, guess), "It was in UTF-16, and was decoded."
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if sum(byte in _CONTROLS for byte in data) * 100 > len(data):
        raise InputError("this is not a text file (it holds binary data).")
    # Five of the 256 bytes mean nothing in Windows-1252; each shows as a replacement mark, so that nothing is dropped.
    return data.decode(
        "cp1252", "replace"
    ), "It was not UTF-8, and was decoded as Windows-1252: check accents and quotes."


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"this begins like {encoding.upper()} text but is damaged at byte {error.start}.") from error


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 holds a zero in nearly every other byte of Latin text; other binary data does not."""
    sample = data[:4096]
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if half and zeros.count(0) * 10 > half * 7:
            return encoding
    return None
