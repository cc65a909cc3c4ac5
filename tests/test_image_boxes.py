"""What HEIC, AVIF and clips embed is found. The files are made here."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from checkpost.errors import InputError
from checkpost.image import read as reading
from checkpost.image.read import Picture, read
from tests.pictures import box, clip, full_exif, heic, jpeg, keys, read_bytes, tiff, xmp

NAMED = tiff((0x13B, 2, 13, b"Priya Sample\0"))
CREATOR = xmp("<dc:creator>Sion Sample</dc:creator>")
POSITION = "+52.4862-001.8904+100.000/"


@pytest.mark.parametrize("in_box", [False, True])
@pytest.mark.parametrize("lead", [b"\0\0\0\6Exif\0\0", b"\0\0\0\0"])
def test_exif_and_xmp_of_heic(tmp_path: Path, lead: bytes, *, in_box: bool) -> None:
    data = heic((b"Exif", lead + NAMED), (b"mime", CREATOR), in_box=in_box)
    assert read_bytes(tmp_path, data) == Picture({"Artist": "Priya Sample", "Creator": "Sion Sample"})


def test_exif_and_xmp_of_avif_as_pillow_writes_it(tmp_path: Path) -> None:
    Image.new("RGB", (16, 12)).save(tmp_path / "a.avif", exif=full_exif(), xmp=CREATOR)
    found = read(tmp_path / "a.avif")
    assert found.faults == ()
    assert found.metadata["CameraOwnerName"] == "Gareth Sample"
    assert (found.metadata["GPSLatitude"], found.metadata["GPSLongitude"]) == (53.3806, -1.4702)
    assert found.metadata["Creator"] == "Sion Sample"


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        (
            box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(POSITION), 0x15C7), POSITION.encode())),
            "GPSCoordinates",
            POSITION,
        ),
        (keys(location__ISO6709=POSITION), "GPSCoordinates", POSITION),
        (keys(location__name="Hazelbrook Academy"), "LocationName", "Hazelbrook Academy"),
        (keys(author="Owen Sample"), "Author", "Owen Sample"),
        (box(b"udta", keys(make="Apple")), "Make", "Apple"),
        (box(b"trak", box(b"udta", box(b"\xa9cmt", struct.pack(">HH", 5, 0), b"draft"))), "Comment", "draft"),
        (box(b"udta", box(b"XMP_", CREATOR)), "Creator", "Sion Sample"),
        (box(b"udta", box(b"auth", b"\0\0\0\0\x15\xc7Owen Sample\0")), "Author", "Owen Sample"),
        (
            box(b"udta", box(b"titl", b"\0\0\0\0\x15\xc7\xfe\xff", "Gr\u0175p 3\0".encode("utf-16-be"))),
            "Title",
            "Gr\u0175p 3",
        ),
        (
            box(b"udta", box(b"loci", b"\0\0\0\0\x15\xc7South gate\0\0", struct.pack(">iii", -96347, 3498384, 0))),
            "GPSCoordinates",
            "+53.38110-1.47014/",
        ),
        (
            box(b"udta", box(b"meta", b"\0\0\0\0", box(b"hdlr", b"\0" * 25), box(b"ilst", box(
                b"\xa9ART", box(b"data", struct.pack(">II", 1, 0), b"Owen Sample"))))),
            "Artist",
            "Owen Sample",
        ),
    ],
)  # fmt: skip
def test_a_clip(tmp_path: Path, inside: bytes, field: str, value: str) -> None:
    found = read_bytes(tmp_path, clip(inside), "a.mov")
    assert found.faults == ()
    assert found.metadata[field] == value


def test_xmp_of_mp4_stands_in_a_box_of_its_own(tmp_path: Path) -> None:
    label = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    data = clip(brand=b"isom") + box(b"uuid", label, CREATOR)
    assert read_bytes(tmp_path, data, "a.mp4") == Picture({"Creator": "Sion Sample"})


def test_a_clip_behind_a_picture_that_moves(tmp_path: Path) -> None:
    data = jpeg() + clip(keys(location__ISO6709=POSITION))
    assert read_bytes(tmp_path, data, "a.jpg") == Picture({"GPSCoordinates": POSITION})


def test_a_large_clip_is_read_without_its_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 4096)
    data = clip(keys(author="Owen Sample"), samples=b"\1" * 100_000)
    assert read_bytes(tmp_path, data, "a.mov") == Picture({"Author": "Owen Sample"})
    assert read_bytes(tmp_path, data[:-8], "a.mov").faults
    with pytest.raises(InputError, match="larger than"):
        read_bytes(tmp_path, jpeg() + b"\0" * 4096, "a.jpg")


@pytest.mark.parametrize(
    "data",
    [
        heic((b"Exif", b"\0\0\0\0" + NAMED))[:-6],
        heic()[:40],
        clip(keys(author="Owen Sample"))[:-4],
        box(b"ftyp", b"heic\0\0\0\0") + b"\0" * 40,
        box(b"ftyp", b"qt  \0\0\0\0") + struct.pack(">I", 4) + b"moov",
    ],
    ids=["item", "box", "clip", "nothing in it", "a box smaller than its head"],
)
def test_what_breaks_off_is_said(tmp_path: Path, data: bytes) -> None:
    assert read_bytes(tmp_path, data).faults


def test_boxes_without_end_take_no_time(tmp_path: Path) -> None:
    deep = b""
    for _ in range(200):
        deep = box(b"moov", deep)
    assert read_bytes(tmp_path, box(b"ftyp", b"qt  ") + deep, "a.mov").faults
    many = box(b"ftyp", b"qt  ") + box(b"moov", box(b"free") * 500_000)
    assert read_bytes(tmp_path, many, "a.mov").faults


def test_a_big_endian_tiff_and_a_big_tiff(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, tiff((0x13B, 2, 4, b"Ann\0"), order=">"), "a.tif") == Picture({"Artist": "Ann"})
    big = b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 1) + struct.pack("<HHQ", 0x13B, 2, 13)
    big += struct.pack("<QQ", 52, 0) + b"Priya Sample\0"
    assert read_bytes(tmp_path, big, "a.tif") == Picture({"Artist": "Priya Sample"})


def test_boxes_are_told_by_their_content(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "AVIF", xmp=CREATOR)
    assert read_bytes(tmp_path, buffer.getvalue(), "a.jpg") == Picture({"Creator": "Sion Sample"})
