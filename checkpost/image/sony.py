"""The serial number in Sony's enciphered notes, of the camera models whose layout is known.

The cipher is a table that stands for the cube modulo 249, and where the number stands differs by model: both after
ExifTool's documentation of tag names. Of a model that is not listed nothing is read: a wrong place would give noise.
"""

import re

_MODULUS = 249
_PLAIN = bytes.maketrans(bytes(plain**3 % _MODULUS for plain in range(_MODULUS)), bytes(range(_MODULUS)))
_PLACES = (  # models, where the number begins, its length
    (r"ILCE-1", 0x8A, 6),
    (r"(?:ILCE-(?:6[1346]00|6500|7C|7M[34]|7RM[2345]A?|7SM[23]|9|9M2)|ILCA-99M2|ZV-E10|ILME-FX3)", 0x88, 6),
    (r"(?:SLT-.*|HV|ILCA-(?:68|77M2))", 0xF0, 5),
    (r"(?:ILCE-(?:[35][0-9]00|QX1|6000|7|7R|7S|7M2)|NEX-(?:3N|5[RT]|6|F3))", 0x7C, 4),
)


def serial(table: bytes, model: str) -> str:
    """The serial number in the enciphered table of a model, in hexadecimal; empty where its place is not known."""
    for models, start, length in _PLACES:
        if re.fullmatch(models, model):
            number = table[start : start + length].translate(_PLAIN)
            return number.hex() if len(number) == length and any(number) else ""
    return ""
