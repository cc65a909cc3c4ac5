"""Cleaning pictures: what goes is nowhere in the file any more, what stays is there, and no pixel changes."""

import io
import json
import os
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageSequence
from PIL.PngImagePlugin import PngInfo

from checkpost.errors import InputError
from checkpost.image import strip
from checkpost.image.read import read
from checkpost.image.strip_fields import datasets_of, xmp_of
from tests.pictures import box, clip, exif_of, full_exif, heic, iim, jpeg, keys, tiff, xmp

SECRETS = (b"Gareth", b"SN-48213377", b"Ottilie", b"Hazelbrook", b"Megan", b"26.0", b"Nikon\0", b"maker-secret")
LIKENESS = xmp(
    "<dc:creator><rdf:Seq><rdf:li>Priya Sample</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Sample Studio</rdf:li></rdf:Alt></dc:rights>'
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Megan Rowntree</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
    "<dc:subject><rdf:Bag><rdf:li>Megan</rdf:li></rdf:Bag></dc:subject>",
    'exif:GPSLatitude="53,26.0N" photoshop:City="Hazelbrook" photoshop:Credit="Sample Press"',
)
DATASETS = iim((80, b"Priya Sample"), (116, b"(c) Sample Studio"), (25, b"Megan"), (120, b"Megan at Hazelbrook"))


def exif_with_everything() -> bytes:
    exif = full_exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[0x927C] = b"Nikon\0maker-secret" + bytes(40)
    return exif.tobytes()


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def pixels() -> Image.Image:
    """Pixels that end in zeros, so that a file cut short by its last bytes is noticed."""
    made = Image.linear_gradient("L").resize((40, 30)).convert("RGB")
    made.paste((0, 0, 0), (0, 20, 40, 30))
    return made


def made(kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    common = {"exif": exif_with_everything(), "icc_profile": profile()} if kind != "GIF" else {}
    pixels().save(file, kind, xmp=LIKENESS, **{**common, **options})
    return file.getvalue()


def with_segments(data: bytes, *segments: tuple[int, bytes]) -> bytes:
    added = b"".join(struct.pack(">BBH", 0xFF, marker, len(raw) + 2) + raw for marker, raw in segments)
    return data[:2] + added + data[2:]


def full_jpeg(**options: Any) -> bytes:
    data = with_segments(
        made("JPEG", **options),
        (0xED, b"Photoshop 3.0\0" + DATASETS),
        (0xFE, b"Megan at Hazelbrook"),
        (0xE0, b"JFXX\0\x10" + b"Megan"),
        (0xE2, b"MPF\0Megan"),
        (0xEC, b"Ducky\0\2\0\5Megan\0\0"),
    )
    return data + jpeg((0xFE, b"Megan behind the picture"))


def full_png() -> bytes:
    info = PngInfo()
    info.add_text("Author", "Priya Sample")
    info.add_text("Copyright", "(c) Sample Studio")
    info.add_text("Comment", "Megan at Hazelbrook", zip=True)
    info.add_itxt("XML:com.adobe.xmp", LIKENESS.decode())
    file = io.BytesIO()
    pixels().save(file, "PNG", exif=exif_with_everything(), icc_profile=profile(), pnginfo=info)
    return file.getvalue() + b"Megan behind the picture"


def full_gif() -> bytes:
    frames = [Image.new("P", (8, 8), number) for number in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"Megan at Hazelbrook")
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return file.getvalue()[:-1] + b"\x21\xff\x0bXMP DataXMP" + LIKENESS + trailer + b"\x3b" + b"Megan"


def full_tiff() -> bytes:
    file = io.BytesIO()
    exif = full_exif()
    exif[ExifTags.Base.ImageDescription] = "Megan at Hazelbrook"
    exif[700], exif[33723] = LIKENESS, DATASETS[12:]
    page = pixels()
    page.save(file, "TIFF", exif=exif, icc_profile=profile(), save_all=True, append_images=[page.rotate(90)])
    return file.getvalue()


PICTURES = {
    "jpg": full_jpeg(),
    "progressive.jpg": full_jpeg(progressive=True, quality=90),
    "png": full_png(),
    "webp": made("WEBP", lossless=True),
    "gif": full_gif(),
    "tif": full_tiff(),
    "big.tif": made("TIFF", big_tiff=True),
    "avif": made("AVIF"),
}


def fields(path: Path, data: bytes) -> dict[str, object]:
    path.write_bytes(data)
    picture = read(path)
    assert picture.faults == ()
    return dict(picture.metadata)


@pytest.mark.parametrize("name", PICTURES)
def test_what_gives_people_away_goes_and_whose_work_it_is_stays(name: str, tmp_path: Path) -> None:
    data = PICTURES[name]
    cleaned = strip.clean(data)
    assert any(secret in data for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in cleaned] == []
    assert strip.left(fields(tmp_path / f"a.{name}", cleaned)) == ()
    assert b"Priya Sample" in cleaned
    assert b"(c) Sample Studio" in cleaned
    assert strip.clean(cleaned) == cleaned
    assert strip.hidden(cleaned) == frozenset()


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")  # of the original
@pytest.mark.parametrize("name", PICTURES)
def test_every_pixel_the_profile_and_the_turn_stay(name: str) -> None:
    before, after = (Image.open(io.BytesIO(data)) for data in (PICTURES[name], strip.clean(PICTURES[name])))
    assert (after.mode, after.size) == (before.mode, before.size)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    frames = [[frame.tobytes() for frame in ImageSequence.Iterator(picture)] for picture in (before, after)]
    assert frames[0] == frames[1]
    if name in ("jpg", "png", "webp"):
        assert after.getexif()[ExifTags.Base.Orientation] == 6
    if name == "gif":
        assert after.info["loop"] == before.info["loop"]


@pytest.mark.skipif(
    not (shutil.which("exiftool") or os.environ.get("CHECKPOST_CLIENTS")), reason="exiftool is not installed"
)
@pytest.mark.parametrize("name", PICTURES)
def test_exiftool_finds_none_of_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(strip.clean(PICTURES[name]))
    command = ["exiftool", "-json", "-G1", "-a", "-u", "-struct", str(path)]
    (found,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    theirs = {tag for tag in found if tag.partition(":")[0] not in ("SourceFile", "System", "File", "Composite")}
    assert not {tag for tag in theirs if any(word in tag for word in ("GPS", "Person", "Serial", "Owner", "Keyword"))}
    assert not {tag for tag in theirs if any(word in tag for word in ("Thumbnail", "MakerNote", "City", "Comment"))}
    assert "ExifTool:Warning" not in found
    assert {"Priya Sample", "['Priya Sample']"} & {str(found[tag]) for tag in theirs}


def test_a_picture_with_nothing_to_hide_is_left_byte_for_byte() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        file = io.BytesIO()
        pixels().save(file, kind)
        assert strip.clean(file.getvalue()) == file.getvalue()


def test_a_heic_picture_keeps_its_size_and_its_other_bytes(tmp_path: Path) -> None:
    exif = b"\0\0\0\6Exif\0\0" + exif_with_everything()[6:]
    data = heic((b"Exif", exif), (b"mime", LIKENESS)) + box(b"mdat", b"pixels" * 20)
    cleaned = strip.clean(data)
    assert len(cleaned) == len(data)
    assert cleaned[-128:] == data[-128:]
    assert [secret for secret in SECRETS if secret in cleaned] == []
    kept = fields(tmp_path / "a.heic", cleaned)
    assert strip.left(kept) == ()
    assert kept["Artist"] == kept["Creator"] == "Priya Sample"
    nothing = strip.clean(heic((b"Exif", b"\0\0\0\0" + exif_of((0xA430, 2, 7, b"Gareth\0"))), (b"mime", b"x" * 60)))
    assert fields(tmp_path / "b.heic", nothing) == {}


def heic_with_preview() -> bytes:
    """Picture 1, its preview 2 with the mask 3 of that, and picture 4 made of 1: every list names all of them."""
    brand = box(b"ftyp", b"heic", b"\0\0\0\0", b"heic")
    stored = {1: b"whole picture---", 2: b"Megan's preview-", 3: b"preview's mask--"}

    def meta(start: int) -> bytes:
        places = b"".join(struct.pack(">HHHII", number, 0, 1, start + 16 * at, 16) for at, number in enumerate(stored))
        infos = [box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), b"hvc1", b"\0") for number in (1, 2, 3, 4)]
        links = [(b"thmb", 2, 1), (b"auxl", 3, 2), (b"dimg", 4, 1)]
        refs = [box(kind, struct.pack(">HHH", source, 1, target)) for kind, source, target in links]
        owned = b"".join(struct.pack(">HBB", number, 1, 0x81) for number in (1, 2, 3, 4))
        return box(
            b"meta",
            bytes(4),
            box(b"hdlr", bytes(8), b"pict", bytes(13)),
            box(b"pitm", bytes(4), b"\0\1"),
            box(b"iloc", b"\0\0\0\0\x44\0", b"\0\3", places),
            box(b"iinf", bytes(4), b"\0\4", *infos),
            box(b"iref", bytes(4), *refs),
            box(b"iprp", box(b"ipco", box(b"udes", b"Megan\0")), box(b"ipma", bytes(4), bytes(3) + b"\4", owned)),
        )

    return brand + meta(len(brand) + len(meta(0)) + 8) + box(b"mdat", *stored.values())


def test_the_preview_of_a_heic_picture_goes_from_every_list() -> None:
    data = heic_with_preview()
    cleaned = strip.clean(data)
    assert len(cleaned) == len(data)
    assert "preview" in strip.hidden(data)
    assert not strip.hidden(cleaned)
    assert cleaned.index(b"whole picture---") == data.index(b"whole picture---")
    assert b"preview" not in cleaned
    assert b"Megan" not in cleaned
    assert cleaned.count(b"infe") == 2
    assert b"thmb" not in cleaned
    assert b"auxl" not in cleaned
    assert b"dimg" in cleaned
    assert strip.clean(cleaned) == cleaned


def test_a_clip_loses_places_names_and_timed_positions_in_place(tmp_path: Path) -> None:
    samples = b"video---" + b"+53.38-001.46/  " + b"video---" + b"+53.39-001.47/  "

    def track(handler: bytes, *chunks: int) -> bytes:
        table = box(
            b"stbl",
            box(b"stsz", struct.pack(">III", 0, 16, len(chunks))),
            box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
            box(b"stco", struct.pack(">II", 0, len(chunks)), b"".join(struct.pack(">I", at) for at in chunks)),
        )
        return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", table)))

    first = len(box(b"ftyp", b"qt  ", b"\0\0\0\0", b"qt  ")) + 8
    text = struct.pack(">HH", 6, 0)
    data = clip(
        track(b"vide", first, first + 24),
        track(b"meta", first + 8, first + 32),
        keys(location__ISO6709="+53.3800-001.4700/", author="Priya Sample", model="Megan's phone"),
        box(b"Xtra", b"Megan"),
        box(b"udta", box(b"\xa9xyz", text, b"+53.38"), box(b"\xa9cpy", text, b"Sample"), box(b"XMP_", LIKENESS)),
        box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), LIKENESS),
        samples=samples,
    )
    cleaned = strip.clean(data)
    assert len(cleaned) == len(data)
    assert b"53.3" not in cleaned
    assert b"Megan" not in cleaned
    assert cleaned.count(b"video---") == 2
    kept = fields(tmp_path / "a.mov", cleaned)
    assert strip.left(kept) == ()
    assert kept["Author"] == "Priya Sample"
    assert kept["Copyright"] == "Sample"
    assert kept["Credit"] == "Sample Press"
    assert strip.clean(cleaned) == cleaned


def test_the_preview_page_of_a_tiff_goes() -> None:
    file = io.BytesIO()
    preview = Image.new("RGB", (4, 4), (77, 88, 99))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    pixels().save(file, "TIFF", save_all=True, append_images=[preview])
    cleaned = strip.clean(file.getvalue())
    assert bytes((77, 88, 99)) in file.getvalue()
    assert bytes((77, 88, 99)) not in cleaned
    assert getattr(Image.open(io.BytesIO(cleaned)), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        full_jpeg()[:400],
        full_png()[:400],
        full_gif()[:60],
        full_tiff()[:400],
        made("WEBP")[:400],
        made("AVIF")[:400],
        tiff((0xC612, 1, 4, b"\1\4\0\0")),
        clip(box(b"cmov", b"packed")),
    ],
)
def test_what_cannot_be_cleaned_whole_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        strip.clean(data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*PICTURES.values(), heic_with_preview()]), st.data())
def test_a_damaged_picture_is_refused_or_cleaned(whole: bytes, data: st.DataObject) -> None:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    try:
        cleaned = strip.clean(bytes(raw))
        assert len(cleaned) <= len(raw) + 4096
    except InputError:
        pass


def test_blocks_keep_nothing_that_is_not_asked_for() -> None:
    assert xmp_of(xmp("<dc:subject>Megan</dc:subject>")) == b""
    assert xmp_of(b"<x:xmpmeta broken") == b""
    assert datasets_of(DATASETS[12:]).count(b"\x1c") == 2
    assert datasets_of(b"\x1c\x02\x19\0\5Megan") == b""
