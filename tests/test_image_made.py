"""Previews that show more than the picture, and Content Credentials. The pictures are made here."""

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from checkpost.image.fields import PREVIEW, REST
from checkpost.image.preview import DIFFERENT, NotComparedError, difference
from checkpost.image.read import Picture, read
from tests.pictures import box, jpeg, picture, tiff


def scene(size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Two people and a certificate, in flat colours."""
    image = Image.new("RGB", size, "#9fd3f0")
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.rectangle((0, height * 2 // 3, width, height), fill="#305030")
    pen.ellipse((width // 8, height // 4, width // 4, height // 2), fill="#402010")
    pen.rectangle((width // 2, height // 3, width * 3 // 4, height * 2 // 3), fill="white")
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def small(image: Image.Image) -> bytes:
    copy = image.copy()
    copy.thumbnail((160, 120))
    return saved(copy)


def with_bars(image: Image.Image) -> bytes:
    """As cameras do it: always 160 by 120, black above and below."""
    copy = image.copy()
    copy.thumbnail((160, 120))
    framed = Image.new("RGB", (160, 120))
    framed.paste(copy, ((160 - copy.width) // 2, (120 - copy.height) // 2))
    return saved(framed)


WIDE = scene().crop((0, 60, 480, 330))
SAME = {
    "smaller": (scene(), small(scene())),
    "with bars": (WIDE, with_bars(WIDE)),
    "turned": (scene().transpose(Image.Transpose.ROTATE_90), small(scene())),
    "brightened": (ImageEnhance.Brightness(scene()).enhance(1.25), small(scene())),
    "grey": (scene().convert("L").convert("RGB"), small(scene())),
    "flat": (Image.new("RGB", (300, 200), "teal"), small(Image.new("RGB", (300, 200), "teal"))),
}
MORE = {
    "cropped to the certificate": (scene().crop((230, 110, 370, 250)), small(scene())),
    "cut in half": (scene().crop((240, 0, 480, 360)), small(scene())),
    "painted over": (Image.new("RGB", (480, 360), "black"), small(scene())),
    "another picture": (Image.radial_gradient("L").convert("RGB"), small(scene())),
}


@pytest.mark.parametrize("case", SAME)
def test_a_preview_of_the_same(case: str) -> None:
    image, preview = SAME[case]
    assert difference(saved(image), [preview]) < DIFFERENT


@pytest.mark.parametrize("case", MORE)
def test_a_preview_that_shows_more(case: str) -> None:
    image, preview = MORE[case]
    assert difference(saved(image), [small(image), preview]) >= DIFFERENT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF"])
def test_every_kind_of_picture_is_compared(kind: str) -> None:
    assert difference(saved(scene(), kind), [small(scene())]) < DIFFERENT
    assert difference(saved(scene().crop((230, 110, 370, 250)), kind), [small(scene())]) >= DIFFERENT


def test_a_preview_that_would_start_another_program_is_not_opened() -> None:
    with pytest.raises(NotComparedError):
        difference(saved(scene()), [saved(scene(), "EPS")])


def test_a_picture_too_large_to_decode_is_not_compared() -> None:
    data = bytearray(saved(scene(), "PNG"))
    struct.pack_into(">II", data, 16, 100_000, 100_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    for whole in (bytes(data), saved(scene())[:300], b"no picture"):
        with pytest.raises(NotComparedError):
            difference(whole, [small(scene())])


def exif_with(preview: bytes) -> bytes:
    """EXIF whose second directory holds a preview."""
    first = tiff((0x110, 2, 4, b"X1\0\0"))
    second = struct.pack("<H", 2)
    start = len(first) + 2 + 24 + 4
    second += struct.pack("<HHII", 0x201, 4, 1, start) + struct.pack("<HHII", 0x202, 4, 1, len(preview)) + b"\0" * 4
    at = 8 + 2 + 12
    return first[:at] + struct.pack("<I", len(first)) + first[at + 4 :] + second + preview


@pytest.mark.parametrize(("crop", "found"), [((0, 0, 480, 360), False), ((230, 110, 370, 250), True)])
@pytest.mark.parametrize("kind", ["exif", "photoshop"])
def test_the_preview_of_a_file(tmp_path: Path, kind: str, crop: tuple[int, int, int, int], *, found: bool) -> None:
    preview = small(scene())
    resource = b"8BIM\x04\x0c\0\0" + struct.pack(">I", len(preview) + 28) + b"\0" * 28 + preview + b"\0"
    segment = {"exif": (0xE1, b"Exif\0\0" + exif_with(preview)), "photoshop": (0xED, b"Photoshop 3.0\0" + resource)}
    marker, raw = segment[kind]
    data = saved(scene().crop(crop), quality=90)
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:2] + struct.pack(">BBH", 0xFF, marker, len(raw) + 2) + raw + data[2:])
    read_back = read(path)
    assert read_back.faults == ()
    assert (PREVIEW in read_back.metadata) is found


def test_a_preview_that_cannot_be_compared_is_said(tmp_path: Path) -> None:
    raw = b"Exif\0\0" + exif_with(b"\xff\xd8 no picture at all")
    (tmp_path / "a.jpg").write_bytes(jpeg((0xE1, raw)))
    assert any("preview" in fault for fault in read(tmp_path / "a.jpg").faults)


def test_what_a_shortened_file_left_behind(tmp_path: Path) -> None:
    long, short = (picture(tmp_path / name).read_bytes() for name in ("a.png", "b.png"))
    (tmp_path / "a.png").write_bytes(short + b"left over" + long[-60:])
    assert read(tmp_path / "a.png").metadata == {REST: "yes"}
    (tmp_path / "b.png").write_bytes(short + b"\n")
    assert read(tmp_path / "b.png") == Picture({})


def credentials(**assertions: object) -> bytes:
    """A manifest store with some assertions in JSON, and an action in CBOR."""
    boxes = [
        box(b"jumb", box(b"jumd", b"json" + b"\0" * 12 + b"\3" + label.replace("__", ".").encode() + b"\0"), raw)
        for label, content in assertions.items()
        for raw in [box(b"json", json.dumps(content).encode())]
    ]
    action = b"\xa1qdigitalSourceTypexFhttp://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    boxes.append(box(b"jumb", box(b"jumd", b"cbor" + b"\0" * 12 + b"\3c2pa.actions\0"), box(b"cbor", action)))
    return box(b"jumb", box(b"jumd", b"c2pa" + b"\0" * 12 + b"\3c2pa\0"), box(b"jumb", *boxes))


SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
WORK = {"@type": "CreativeWork", "author": [{"@type": "Person", "name": "Siân Sample"}]}
PEOPLE = {"@context": {}, "Iptc4xmpExt:PersonInImage": ["Ada One"]}


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_content_credentials(tmp_path: Path, suffix: str) -> None:
    store = credentials(stds__schema_org=WORK, cawg__metadata=PEOPLE)
    plain = picture(tmp_path / f"a.{suffix}").read_bytes()
    if suffix == "jpg":
        half = len(store) // 2
        parts = [store[:half], store[:8] + store[half:]]  # the box's head stands in every segment
        segments = b"".join(
            struct.pack(">BBH2sHI", 0xFF, 0xEB, len(part) + 10, b"JP", 1, number) + part
            for number, part in enumerate(parts, start=1)
        )
        data = plain[:2] + segments + plain[2:]
    elif suffix == "png":
        chunk = struct.pack(">I", len(store)) + b"caBX" + store + struct.pack(">I", zlib.crc32(b"caBX" + store))
        data = plain[:33] + chunk + plain[33:]
    else:
        chunk = b"C2PA" + struct.pack("<I", len(store)) + store + b"\0" * (len(store) % 2)
        data = b"RIFF" + struct.pack("<I", len(plain) - 8 + len(chunk)) + plain[8:] + chunk
    (tmp_path / f"a.{suffix}").write_bytes(data)
    assert read(tmp_path / f"a.{suffix}") == Picture(
        {"DigitalSourceType": [SOURCE], "Author": ["Siân Sample"], "PersonInImage": ["Ada One"]}
    )


def test_credentials_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    store = box(b"jumb", box(b"jumd", b"json" + b"\0" * 12 + b"\3x\0"), box(b"json", b"{broken"))
    (tmp_path / "a.jpg").write_bytes(jpeg((0xEB, b"JP\0\1\0\0\0\1" + store)))
    assert any("C2PA" in fault for fault in read(tmp_path / "a.jpg").faults)


def test_the_picture_that_credentials_keep_of_what_it_was_made_from(tmp_path: Path) -> None:
    label = box(b"jumd", b"bidb" + b"\0" * 12 + b"\3c2pa.thumbnail.ingredient.jpeg\0")
    store = box(b"jumb", box(b"jumb", label, box(b"bfdb", b"\0image/jpeg\0"), box(b"bidb", small(scene()))))
    data = saved(scene().crop((230, 110, 370, 250)))
    segment = struct.pack(">BBH2sHI", 0xFF, 0xEB, len(store) + 10, b"JP", 1, 1) + store
    (tmp_path / "a.jpg").write_bytes(data[:2] + segment + data[2:])
    assert PREVIEW in read(tmp_path / "a.jpg").metadata
