"""Owners and serial numbers in makers' own notes are found, whatever the maker's way of writing them."""

import struct

import pytest

from checkpost.image.exif import read
from tests.pictures import exif_of, note, tiff

MAKER_NOTE = 0x927C
LONG, ASCII, UNDEFINED = 4, 2, 7


def text(tag: int, value: str) -> tuple[int, int, int, bytes]:
    raw = value.encode() + b"\0"
    return tag, ASCII, len(raw), raw


def number(tag: int, value: int, order: str = "<") -> tuple[int, int, int, bytes]:
    return tag, LONG, 1, struct.pack(f"{order}I", value)


def with_note(raw: bytes, make: str = "", order: str = "<") -> bytes:
    return exif_of((MAKER_NOTE, UNDEFINED, len(raw), raw), make=make.encode(), order=order)


def start(make: str = "", order: str = "<") -> int:
    """Where in the block a note begins."""
    probe = b"probe of a note"
    return with_note(probe, make, order).index(probe)


def nikon(*entries: tuple[int, int, int, bytes]) -> bytes:
    return b"Nikon\0\2\x10\0\0II*\0\x08\0\0\0" + note(*entries, at=8)


CASES = {
    "Canon": (
        note(text(9, "Gareth Sample"), number(12, 42019900), at=start("Canon")),
        "Canon",
        {"OwnerName": "Gareth Sample", "SerialNumber": "42019900"},
    ),
    "Nikon": (nikon(text(0x1D, "20025585")), "NIKON CORPORATION", {"SerialNumber": "20025585"}),
    "Nikon's older way": (nikon(text(0xA0, "NO= 100005e5  ")), "NIKON", {"SerialNumber": "NO= 100005e5"}),
    "Nikon, the first of two left blank": (
        nikon((0x1D, ASCII, 8, b"        "), text(0xA0, "NO= 100005e5")),
        "NIKON",
        {"SerialNumber": "NO= 100005e5"},
    ),
    "Olympus, a text": (
        b"OLYMP\0\1\0" + note(text(0x101A, "213034599"), at=start("OLYMPUS") + 8),
        "OLYMPUS",
        {"SerialNumber": "213034599"},
    ),
    "Sony": (
        b"SONY DSC \0\0\0" + note(text(0x2031, "03811234"), at=start("SONY") + 12),
        "SONY",
        {"SerialNumber": "03811234"},
    ),
    "Panasonic": (
        b"Panasonic\0\0\0"
        + note(
            (0x25, UNDEFINED, 16, b"F541005110191\x08\0\0"),
            (0x66, UNDEFINED, 16, b"Ottilie Sample\0\0"),
            (0x6F, UNDEFINED, 16, b"\0\0South gate\0\0\0\0"),
            (0x61, UNDEFINED, 52, b"\1\0\0\0" + b"Ada One".ljust(20, b"\0") + b"\0" * 28),
            at=start("Panasonic") + 12,
        ),
        "Panasonic",
        {
            "InternalSerialNumber": "F541005110191",
            "BabyName": "Ottilie Sample",
            "Landmark": "South gate",
            "RecognizedFace1Name": "Ada One",
        },
    ),
    "Olympus": (
        b"OLYMPUS\0II\3\0"
        + note((0x2010, 13, 1, struct.pack("<I", 30)), at=12)
        + note(text(0x101, "BCS512345"), text(0x202, "ABC987654"), at=30),
        "OLYMPUS CORPORATION",
        {"SerialNumber": "BCS512345", "LensSerialNumber": "ABC987654"},
    ),
    "Fujifilm": (
        b"FUJIFILM\x0c\0\0\0" + note(text(0x10, "FPX 12345678"), at=12),
        "FUJIFILM",
        {"InternalSerialNumber": "FPX 12345678"},
    ),
    "Pentax": (
        b"PENTAX \0II" + note(text(0x229, "7654321"), text(0x22E, "Gareth Sample"), at=10),
        "PENTAX",
        {"SerialNumber": "7654321", "Artist": "Gareth Sample"},
    ),
    "Pentax's table": (
        b"AOC\0II" + note((0x215, UNDEFINED, 20, struct.pack("<5I", 76570, 0, 2, 1, 6322060)), at=start("PENTAX") + 6),
        "PENTAX",
        {"SerialNumber": "6322060"},
    ),
    "Casio, big-endian in a little-endian file": (
        b"QVC\0\0\0" + note(text(0x3006, "Matlock"), at=start("CASIO") + 6, order=">"),
        "CASIO",
        {"HometownCity": "Matlock"},
    ),
    "Pentax's home town": (
        b"AOC\0  " + note((0x23, 3, 1, struct.pack(">H", 20)), at=start("Asahi") + 6, order=">"),
        "Asahi",
        {"HometownCity": "London"},
    ),
    "a home town that no table has": (
        b"AOC\0  " + note((0x23, 3, 1, struct.pack("<H", 900)), at=start("Asahi") + 6),
        "Asahi",
        {},
    ),
    "Motorola": (
        b"MOT\0\1\1\1\1" + note(text(0x5501, "NX0A3S0099"), at=8),
        "Motorola",
        {"SerialNumber": "NX0A3S0099"},
    ),
    "Ricoh": (
        b"Ricoh\xcf\0\0"
        + note((5, UNDEFINED, 16, bytes.fromhex("00000000000000012207000003100099")), at=start("R") + 8),
        "R",
        {"InternalSerialNumber": "00000000000000012207000003100099"},
    ),
    "Nintendo": (
        note((0x1101, UNDEFINED, 28, b"3DS1" + b"\0" * 20 + b"\x57\x5b\0\x99"), at=start("Nintendo")),
        "Nintendo",
        {"InternalSerialNumber": "0x575b0099"},
    ),
    "Olympus, bytes in place of a text": (
        b"OLYMP\0\1\0" + note((0x101A, ASCII, 8, b"\xc9\xfa\xd5\0\xb5\x9b\x92\xd8"), at=start("OLYMPUS") + 8),
        "OLYMPUS",
        {"SerialNumber": "c9fad500b59b92d8"},
    ),
}


@pytest.mark.parametrize("maker", CASES)
def test_a_note(maker: str) -> None:
    raw, make, expected = CASES[maker]
    found = read(with_note(raw, make))
    assert not found.is_damaged
    assert found.fields == {"Make": make} | expected


@pytest.mark.parametrize(
    ("model", "place", "expected"),
    [
        ("ILCE-1", 0x8A, "00006a0d7099"),
        ("ILCE-7SM3", 0x88, "00006a0d7099"),
        ("ILCE-6400", 0x88, "00006a0d7099"),
        ("ILCA-77M2", 0xF0, "00006a0d70"),
        ("ILCE-6000", 0x7C, "00006a0d"),
        ("DSC-RX100", 0x88, None),
    ],
)
def test_what_sony_enciphers(model: str, place: int, expected: str | None) -> None:
    number = bytes.fromhex("00006a0d7099")
    table = bytearray(300)
    table[place : place + 6] = bytes(byte**3 % 249 for byte in number)
    table_entry = (0x9050, UNDEFINED, len(table), bytes(table))

    def block(raw: bytes) -> bytes:
        first = ((0x0110, ASCII, len(model) + 1, model.encode() + b"\0"), (MAKER_NOTE, UNDEFINED, len(raw), raw))
        return tiff(*first)

    begin = block(b"probe of a note").index(b"probe of a note")
    raw = b"SONY DSC \0\0\0" + note(table_entry, at=begin + 12)
    assert read(block(raw)).fields.get("InternalSerialNumber") == expected


def test_a_big_endian_note() -> None:
    raw = note(text(9, "Gareth Sample"), at=start("Canon", ">"), order=">")
    assert read(with_note(raw, "Canon", ">")).fields["OwnerName"] == "Gareth Sample"


def test_a_note_whose_block_was_turned_into_the_other_byte_order() -> None:
    raw = b"AOC\0MM" + note(text(0x229, "7654321"), at=start("PENTAX") + 6)
    assert read(with_note(raw, "PENTAX")).fields["SerialNumber"] == "7654321"


@pytest.mark.parametrize(
    ("raw", "make"),
    [
        (b"Apple iOS\0\0\1MM" + b"\xff" * 40, "Apple"),
        (b"\xff" * 64, "Canon"),
        (b"FUJIFILM\xff\xff\xff\xff", "FUJIFILM"),
        (b"Nikon\0\2\x10\0\0broken", "NIKON"),
        (note((9, ASCII, 20, b"\1\2\3\x80 no text at all \0"), at=start("Canon")), "Canon"),
        (note(number(12, 0), at=start("Canon")), "Canon"),
    ],
)
def test_a_note_that_says_nothing_or_is_broken_yields_nothing(raw: bytes, make: str) -> None:
    assert read(with_note(raw, make)).fields == {"Make": make}
