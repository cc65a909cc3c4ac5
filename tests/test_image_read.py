"""What a picture's file embeds is found, and what cannot be read is said. The pictures are made here."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, TiffImagePlugin

from checkpost.drafts.fields import record
from checkpost.errors import InputError
from checkpost.image.read import Picture, read
from tests.pictures import box, clip, full_exif, heic, iim, jpeg, keys, picture, read_bytes, tiff, xmp

FORMATS = ["jpg", "png", "webp", "tif"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_exif(tmp_path: Path, suffix: str) -> None:
    found = read(picture(tmp_path / f"a.{suffix}", exif=full_exif()))
    assert found.faults == ()
    expected = {
        "Artist": "Priya Sample",
        "Copyright": "(c) Sample Studio",
        "Model": "iPhone 15",
        "XPKeywords": "apprentice;Ottilie",
    }
    inner = {
        "DateTimeOriginal": "2026:05:14 10:12:00",
        "CameraOwnerName": "Gareth Sample",
        "BodySerialNumber": "SN-48213377",
        "UserComment": "Zoë, gr\u0175p 3",
        "GPSLatitude": 53.380600,
        "GPSLongitude": -1.470200,
    }
    assert found.metadata == (expected if suffix == "tif" else expected | inner)  # Pillow's TIFFs hold one directory


@pytest.mark.parametrize("suffix", FORMATS)
def test_xmp(tmp_path: Path, suffix: str) -> None:
    packet = xmp(
        "<dc:creator><rdf:Seq><rdf:li>Siân Sample</rdf:li></rdf:Seq></dc:creator>"
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada One</rdf:li><rdf:li>Bo Two</rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImage>"
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>'
        '<rdf:li><rdf:Description mwg-rs:Name="Cy Three" mwg-rs:Type="Face"/></rdf:li></rdf:Bag>'
        "</mwg-rs:RegionList></mwg-rs:Regions>"
        "<MP:RegionInfo><rdf:Description><MPRI:Regions><rdf:Bag>"
        '<rdf:li MPReg:PersonDisplayName="Di Four"/>'
        "</rdf:Bag></MPRI:Regions></rdf:Description></MP:RegionInfo>"
        '<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li Iptc4xmpExt:City="Matlock"/></rdf:Bag>'
        "</Iptc4xmpExt:LocationShown>",
        'photoshop:Credit="Sample Press" exif:GPSLatitude="53,28.848N" exif:GPSLongitude="2,14.556W"',
    )
    path = tmp_path / f"a.{suffix}"
    if suffix == "png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
        picture(path, pnginfo=info)
    elif suffix == "tif":
        picture(path, tiffinfo=_with_tag(700, packet))
    else:
        picture(path, xmp=packet)
    found = read(path)
    assert found.faults == ()
    assert found.metadata == {
        "Creator": "Siân Sample",
        "PersonInImage": ["Ada One", "Bo Two"],
        "RegionInfo": {"RegionList": [{"Name": "Cy Three", "Type": "Face"}]},
        "RegionInfoMP": {"Regions": [{"PersonDisplayName": "Di Four"}]},
        "LocationShown": [{"City": "Matlock"}],
        "Credit": "Sample Press",
        "GPSLatitude": 53.4808,
        "GPSLongitude": -2.2426,
    }


def _with_tag(tag: int, raw: bytes) -> TiffImagePlugin.ImageFileDirectory_v2:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[tag] = raw
    info.tagtype[tag] = 1
    return info


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_iptc_in_either_encoding_and_cut_in_two(tmp_path: Path, encoding: str) -> None:
    data = iim((80, "Zoë Sample".encode(encoding)), (25, b"drama"), (25, b"Year 9"), (92, b"South gate"))
    half = len(data) // 2
    segments = [(0xED, b"Photoshop 3.0\0" + part) for part in (data[:half], data[half:])]
    found = read_bytes(tmp_path, jpeg(*segments))
    assert found == Picture({"By-line": "Zoë Sample", "Keywords": ["drama", "Year 9"], "Sub-location": "South gate"})


def test_a_png_hides_iptc_and_exif_as_imagemagick_writes_them(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    for kind, raw in (
        ("iptc", iim((80, b"Hidden Byline"))),
        ("exif", b"Exif\0\0" + tiff((0x13B, 2, 12, b"Hidden Name\0"))),
    ):
        info.add_text(f"Raw profile type {kind}", f"\n{kind.upper()} profile\n{len(raw):8}\n{raw.hex()}\n", zip=True)
    found = read(picture(tmp_path / "a.png", pnginfo=info))
    assert found == Picture({"By-line": "Hidden Byline", "Artist": "Hidden Name"})


def test_png_text_in_all_three_kinds_of_chunk(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ffion Sample")
    info.add_text("Description", "Register of 9B", zip=True)
    info.add_itxt("Creation Time", "mañana", lang="es", tkey="hora")
    found = read(picture(tmp_path / "a.png", pnginfo=info))
    assert found == Picture({"Author": "Ffion Sample", "Description": "Register of 9B", "CreationTime": "mañana"})


def test_a_serial_number_in_the_text_segment_of_old_cameras(tmp_path: Path) -> None:
    segment = b"Agfa Gevaert   \0 721\r\n[picture info]\r\nFlash=0\r\nSerial#=#00000099\r\nZoom=2.1\r\n"
    assert read_bytes(tmp_path, jpeg((0xEC, segment))).metadata == {"SerialNumber": "#00000099"}


def test_comments_of_jpeg_and_gif(tmp_path: Path) -> None:
    assert read(picture(tmp_path / "a.jpg", comment="for Year 9 – draft")).metadata == {"Comment": "for Year 9 – draft"}
    Image.new("P", (8, 8)).save(tmp_path / "a.gif", comment="kept by Ottilie")
    assert read(tmp_path / "a.gif") == Picture({"Comment": "kept by Ottilie"})


def test_a_text_may_be_called_anything(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("\x1b[31m Author\n\xa0", "Ffion Sample")
    assert read(picture(tmp_path / "a.png", pnginfo=info)) == Picture({"[31mAuthor": "Ffion Sample"})


def test_xmp_in_a_gif(tmp_path: Path) -> None:
    plain = io.BytesIO()
    Image.new("P", (8, 8)).save(plain, "GIF")
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    packet = xmp('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sports day</rdf:li></rdf:Alt></dc:title>')
    data = plain.getvalue()
    data = data[:-1] + b"\x21\xff\x0bXMP DataXMP" + packet + trailer + data[-1:]
    assert read_bytes(tmp_path, data, "a.gif") == Picture({"Title": "Sports day"})


def test_extended_xmp_is_joined(tmp_path: Path) -> None:
    packet = xmp("<dc:subject><rdf:Bag><rdf:li>Extended Name</rdf:li></rdf:Bag></dc:subject>")
    half = len(packet) // 2
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">I", len(packet))
    second, first = (head + struct.pack(">I", at) + packet[at : at + half + 1] for at in (half + 1, 0))
    found = read_bytes(tmp_path, jpeg((0xE1, second), (0xE1, first)))
    assert found == Picture({"Subject": "Extended Name"})


def test_a_second_picture_after_the_end(tmp_path: Path) -> None:
    second = jpeg((0xE1, b"Exif\0\0" + tiff((0x13B, 2, 14, b"Appended Name\0"))))
    assert read_bytes(tmp_path, jpeg() + second) == Picture({"Artist": "Appended Name"})
    assert read_bytes(tmp_path, jpeg() + b"motion picture \xff\xd8\xff\xe1\0") == Picture({})


def test_utf_16_xmp(tmp_path: Path) -> None:
    packet = xmp("<dc:rights>Zoë Sample</dc:rights>").decode().encode("utf-16-le")
    found = read_bytes(tmp_path, jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)))
    assert found == Picture({"Rights": "Zoë Sample"})


@pytest.mark.parametrize(
    ("raw", "order"),
    [
        ("Zoë".encode("utf-16-be"), "<"),
        ("Zoë".encode("utf-16-le"), ">"),
        ("\ufeffZoë".encode("utf-16-be"), "<"),
    ],
)
def test_a_comment_in_the_other_byte_order(tmp_path: Path, raw: bytes, order: str) -> None:
    raw = b"UNICODE\0" + raw
    found = read_bytes(tmp_path, tiff((0x9286, 7, len(raw), raw), order=order), "a.tif")
    assert found.metadata == {"UserComment": "Zoë"}


def gps_of(tmp_path: Path, *entries: tuple[int, int, int, bytes]) -> Picture:
    inner = tiff(*entries)
    block = tiff((0x8825, 4, 1, struct.pack("<I", 26)), (0x13B, 2, 4, b"Ann\0"))
    # The position's directory is put behind the first one, its offsets moved by as much.
    moved = bytearray(inner[8:])
    shift = len(block) - 8
    for at in range(2, 2 + 12 * len(entries), 12):
        (offset,) = struct.unpack_from("<I", moved, at + 8)
        if entries[(at - 2) // 12][3][4:]:
            struct.pack_into("<I", moved, at + 8, offset + shift)
    pointed = bytearray(block)
    struct.pack_into("<I", pointed, 8 + 2 + 8, len(block))
    return read_bytes(tmp_path, bytes(pointed) + bytes(moved), "a.tif")


def rationals(*pairs: tuple[int, int]) -> bytes:
    return b"".join(struct.pack("<II", *pair) for pair in pairs)


def test_a_position_over_zero_is_blank(tmp_path: Path) -> None:
    found = gps_of(tmp_path, (1, 2, 2, b"N\0"), (2, 5, 3, rationals((0, 0), (0, 0), (0, 0))))
    assert found == Picture({"Artist": "Ann"})


def test_a_position_in_one_decimal_and_one_without_a_hemisphere(tmp_path: Path) -> None:
    decimal = rationals((515074, 10000), (0, 1), (0, 1))
    assert gps_of(tmp_path, (1, 2, 2, b"S\0"), (2, 5, 3, decimal)).metadata["GPSLatitude"] == -51.5074
    assert gps_of(tmp_path, (2, 5, 3, decimal)).metadata["GPSLatitude"] == 51.5074
    assert gps_of(tmp_path, (2, 5, 3, rationals((51, 1), (30, 1), (1, 0)))).metadata["GPSLatitude"] == 51.5


@pytest.mark.parametrize("raw", ["Siân Prôf".encode(), "Siân Prôf".encode("cp1252")])
def test_a_name_in_either_encoding(tmp_path: Path, raw: bytes) -> None:
    found = read_bytes(tmp_path, tiff((0x13B, 2, len(raw) + 1, raw + b"\0")), "a.tif")
    assert found.metadata == {"Artist": "Siân Prôf"}


def test_the_first_bytes_say_what_a_file_is(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", exif=full_exif())
    (tmp_path / "a.png").rename(tmp_path / "a.jpg")
    assert read(tmp_path / "a.jpg").metadata["Artist"] == "Priya Sample"


@pytest.mark.parametrize("data", [b"", b"\0" * 64, b"not a picture", b"RIFF\x04\0\0\0WAVE"])
def test_what_is_no_picture_is_an_input_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError):
        read_bytes(tmp_path, data)


def test_a_folder_or_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.jpg"):
        with pytest.raises(InputError):
            read(path)


def test_a_huge_picture_hides_nothing(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ffion Sample")
    data = bytearray(picture(tmp_path / "a.png", pnginfo=info).read_bytes())
    struct.pack_into(">II", data, 16, 200_000, 200_000)
    assert read_bytes(tmp_path, bytes(data), "a.png") == Picture({"Author": "Ffion Sample"})


def test_a_bomb_of_text_is_cut_and_said(tmp_path: Path) -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"a" * 64 * 1024 * 1024)
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    plain = picture(tmp_path / "a.png").read_bytes()
    found = read_bytes(tmp_path, plain[:33] + chunk + plain[33:], "a.png")
    assert len(str(found.metadata["Comment"])) <= 100_000
    assert found.faults


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize(
    "packet",
    [
        LAUGHS + xmp("<dc:title>&c;</dc:title><dc:creator>Plain Name</dc:creator>"),
        LAUGHS + xmp("<dc:title>&d;</dc:title><dc:creator>Plain Name</dc:creator>"),
        xmp("<dc:creator>Plain Name</dc:creator><dc:title>")[:-30],
        b"<x:xmpmeta>" * 50_000 + b"<a>Plain Name</a>",
    ],
    ids=["billion laughs", "external entity", "malformed", "deep"],
)
def test_hostile_xmp_gives_its_bare_texts_and_a_fault(tmp_path: Path, packet: bytes) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
    found = read(picture(tmp_path / "a.png", pnginfo=info))
    assert found.faults
    assert found.metadata == {"DamagedXMP": found.metadata["DamagedXMP"]}
    assert "Plain Name" in str(found.metadata["DamagedXMP"])
    assert "haha" not in str(found.metadata)


def test_zeros_in_xmp_do_not_spoil_it(tmp_path: Path) -> None:
    data = xmp("<dc:creator>Plain Name\0\0\x03</dc:creator>")
    assert read_bytes(tmp_path, tiff((700, 1, len(data), data)), "a.tif") == Picture({"Creator": "Plain Name"})


MANY = {
    "structures in structures": xmp("<dc:a rdf:parseType='Resource'>" * 30 + "x" + "</dc:a>" * 30),
    "a list without end": xmp("<dc:subject><rdf:Bag>" + "<rdf:li>x</rdf:li>" * 2000 + "</rdf:Bag></dc:subject>"),
    "tags without end": xmp("<dc:title>Plain Name</dc:title>" * 60_000),
}


@pytest.mark.parametrize("case", MANY)
def test_more_xmp_than_is_read_is_said(tmp_path: Path, case: str) -> None:
    data = MANY[case]
    assert read_bytes(tmp_path, tiff((700, 1, len(data), data)), "a.tif").faults


def test_more_iptc_than_is_read_is_said_and_the_first_is_kept(tmp_path: Path) -> None:
    data = iim((80, b"Zoe Sample"), *[(25, b"drama")] * 6000)[12:]
    found = read_bytes(tmp_path, tiff((33723, 7, len(data), data)), "a.tif")
    assert found.metadata["By-line"] == "Zoe Sample"
    assert found.faults


def test_values_that_overlap_are_no_gigabytes(tmp_path: Path) -> None:
    entries = [(tag, 2, 20_000_000, b"Ann Sample\0") for tag in (0x10E, 0x13B, 0x8298, 0x131, *range(0x9000, 0x9C00))]
    found = read_bytes(tmp_path, tiff(*entries) + b"A" * 20_000_000, "a.tif")
    assert sum(len(str(value)) for value in found.metadata.values()) <= 500_000
    assert found.faults


def test_a_packet_that_stands_anywhere_is_found(tmp_path: Path) -> None:
    packet = xmp("<dc:creator>Plain Name</dc:creator>")
    (tmp_path / "a.gif").write_bytes(b"")
    Image.new("P", (8, 8)).save(tmp_path / "a.gif")
    data = (tmp_path / "a.gif").read_bytes() + b"behind the end" + packet + b"<x:xmpmeta>" * 100_000
    assert read_bytes(tmp_path, data, "a.gif") == Picture({"Creator": "Plain Name"})


def test_more_pictures_behind_the_first_than_are_read_is_said(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, jpeg() + b"\xff\xd8\xff\xe1\0\2" * 100).faults


def test_a_directory_that_claims_too_much(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, tiff((0x13B, 2, 4, b"Ann\0"), count=0xFFFF), "a.tif")
    assert found.metadata["Artist"] == "Ann"
    assert found.faults


def test_an_entry_that_claims_four_gigabytes(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, tiff((0x13B, 2, 0xFFFFFFFF, b"Ann Sample\0"), (0x110, 2, 4, b"X1\0\0")), "a.tif")
    assert found.metadata == {"Artist": "Ann Sample", "Model": "X1"}
    assert found.faults


def test_a_directory_that_points_at_itself(tmp_path: Path) -> None:
    data = bytearray(tiff((0x13B, 2, 4, b"Ann\0")))
    struct.pack_into("<I", data, 8 + 2 + 12, 8)
    found = read_bytes(tmp_path, bytes(data), "a.tif")
    assert found.metadata == {"Artist": "Ann"}
    assert found.faults


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_breaks_off_is_said(tmp_path: Path, suffix: str, share: float) -> None:
    data = picture(tmp_path / f"a.{suffix}", exif=full_exif()).read_bytes()
    assert read_bytes(tmp_path, data[: int(len(data) * share)], f"a.{suffix}").faults


def test_iptc_that_breaks_off_is_said(tmp_path: Path) -> None:
    data = iim((80, b"Zoe Sample"))[:-4]
    assert read_bytes(tmp_path, jpeg((0xED, b"Photoshop 3.0\0" + data))).faults


SEEDS = {}
for _suffix in FORMATS:
    _buffer = io.BytesIO()
    _kind = {"jpg": "JPEG", "tif": "TIFF"}.get(_suffix, _suffix.upper())
    Image.new("RGB", (4, 4)).save(_buffer, _kind, exif=full_exif())
    SEEDS[_suffix] = _buffer.getvalue()
SEEDS["heic"] = heic(
    (b"Exif", b"\0\0\0\6Exif\0\0" + tiff((0x13B, 2, 13, b"Priya Sample\0"))),
    (b"mime", xmp("<dc:creator>Sion Sample</dc:creator>")),
)
SEEDS["mov"] = clip(keys(author="Owen Sample"), box(b"udta", box(b"\xa9xyz", b"\0\4\0\0test")))


@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=1000)
@given(
    suffix=st.sampled_from(list(SEEDS)),
    changes=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=12),
)
def test_no_damage_raises_anything_but_an_input_error(
    tmp_path: Path, suffix: str, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(SEEDS[suffix])
    for at, byte in changes:
        data[at % len(data)] = byte
    try:
        found = read_bytes(tmp_path, bytes(data))
    except InputError:
        return
    assert isinstance(found, Picture)


def test_a_fault_keeps_a_post_from_being_clear(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg()[:-40])
    post = record({"text": "Hello", "images": ["a.jpg"]}, "post", "post", tmp_path)
    assert [fault.what for fault in post.not_checked] == ["images[0].file"]


def test_padding_and_crowds_of_blocks_take_no_time(tmp_path: Path) -> None:
    padded = jpeg()
    padded = padded[:2] + b"\xff" * 20_000_000 + padded[2:]
    assert read_bytes(tmp_path, padded) == Picture({})
    info = PngImagePlugin.PngInfo()
    for number in range(1000):
        info.add_text("Author", f"Ffion {number}")
    found = read(picture(tmp_path / "a.png", pnginfo=info))
    assert found.faults
