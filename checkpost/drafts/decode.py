"""Bytes to text and back, saying so where they were not UTF-8."""

import codecs
from dataclasses import dataclass

from checkpost.errors import InputError

_BOMS: tuple[tuple[bytes, str, str | None], ...] = (
    (codecs.BOM_UTF8, "utf-8", None),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's text is written: the codec, the byte-order mark before it, and what to tell about it."""

    codec: str
    bom: bytes = b""
    note: str | None = None

    def decode(self, data: bytes) -> str:
        """The text of a file in this encoding.

        Raises:
            InputError: It is damaged.
        """
        # Five of the 256 bytes mean nothing in Windows-1252; each shows as a replacement mark, so that nothing is
        # dropped.
        errors = "replace" if self.codec == "cp1252" else "strict"
        try:
            return data[len(self.bom) :].decode(self.codec, errors)
        except UnicodeDecodeError as error:
            at = error.start + len(self.bom)
            raise InputError(f"this begins like {self.codec.upper()} text but is damaged at byte {at}.") from error

    def encode(self, text: str) -> bytes:
        """A file's bytes with this text.

        Raises:
            UnicodeEncodeError: The encoding has no sign for a character of it.
        """
        return self.bom + text.encode(self.codec)


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a note where it had to be decoded from something else than UTF-8.

    Raises:
        InputError: The bytes are not text.
    """
    encoding = encoding_of(data)
    return encoding.decode(data), encoding.note


def encoding_of(data: bytes) -> Encoding:
    """The encoding of a file.

    UTF-16 is known by its byte-order mark, or by its zero bytes; what is no UTF-8 and holds no control characters is
    taken for Windows-1252, which older Word and Excel files on Windows are in.

    Raises:
        InputError: The bytes are not text.
    """
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return Encoding(codec, bom, f"It was in {name}, and was decoded." if name else None)
    if b"\0" in data:
        guess = _utf16_without_bom(data)
        if guess is None:
            raise InputError("this is not a text file (it holds binary data).")
        return Encoding(guess, note="It was in UTF-16, and was decoded.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Encoding("utf-8")
    if sum(byte in _CONTROLS for byte in data) * 100 > len(data):
        raise InputError("this is not a text file (it holds binary data).")
    return Encoding("cp1252", note="It was not UTF-8, and was decoded as Windows-1252: check accents and quotes.")


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 holds a zero in nearly every other byte of Latin text; other binary data does not."""
    sample = data[:4096]
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if half and zeros.count(0) * 10 > half * 7:
            return encoding
    return None
