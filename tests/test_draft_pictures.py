"""Pictures reach a post by front matter, links, folders and by themselves; what exiftool wrote is taken as metadata."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpost import api
from checkpost.config import Config
from checkpost.drafts import exiftool
from checkpost.drafts.formats import read_file
from checkpost.drafts.pictures import without_groups
from checkpost.model import Post
from tests.organisation import config, engine
from tests.pictures import full_exif, jpeg, picture, tiff


def draft(folder: Path, text: str, name: str = "a.md") -> Post:
    (folder / name).write_text(text, encoding="utf-8")
    (post,) = read_file(folder / name)
    return post


def faults(post: Post) -> dict[str, str]:
    return {item.what: item.why for item in post.not_checked}


def named(folder: Path, name: str, who: bytes = b"Priya Sample") -> Path:
    path = folder / name
    path.write_bytes(jpeg((0xE1, b"Exif\0\0" + tiff((0x13B, 2, len(who) + 1, who + b"\0")))))
    return path


@pytest.mark.parametrize(
    ("text", "alt"),
    [
        ("Look: ![A stall](photo%20one.jpg)", "A stall"),
        ('![](<photo one.jpg> "a title")', None),
        ('Look: <img alt="A stall" src="photo one.jpg">', "A stall"),
        ("![A stall][one]\n\n[one]: photo%20one.jpg", "A stall"),
        ("![A stall]\n\n[a stall]: <photo%20one.jpg>", "A stall"),
        ("![[photo one.jpg|A stall]]", "A stall"),
        ("<p><IMG SRC='photo%20one.jpg' /></p>", None),
        ("[![A stall](photo%20one.jpg)](https://larkfieldlearning.example)", "A stall"),
        ("---\nimages: [photo one.jpg]\n---\n![A stall](photo%20one.jpg)", "A stall"),
        ("---\nimages: [{file: photo one.jpg, alt: A cake}]\n---\n![A stall](photo%20one.jpg)", "A cake"),
    ],
)
def test_a_picture_that_the_text_links_to(tmp_path: Path, text: str, alt: str | None) -> None:
    path = named(tmp_path, "photo one.jpg")
    post = draft(tmp_path, text)
    assert faults(post) == {}
    (image,) = post.images
    assert (image.path, image.alt, image.metadata["Artist"]) == (path, alt, "Priya Sample")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("![x](https://larkfieldlearning.example/a.jpg)", "on the web"),
        ("![x](//larkfieldlearning.example/a.jpg)", "on the web"),
        ('<img src="\\\\server\\share\\a.jpg">', "on the web"),
        ("![x](file:////server/share/a.jpg)", "on the web"),
        ('<img src="data:image/png;base64,iVBORw0K">', "save it as a file"),
        ("![x](none.jpg)", "no picture"),
    ],
)
def test_a_picture_elsewhere_is_not_checked(tmp_path: Path, text: str, why: str) -> None:
    post = draft(tmp_path, text)
    assert why in faults(post)["images[0].file"]
    assert engine().check_post(post).verdict != "clear"


@pytest.mark.parametrize("text", ["`![x](a.jpg)`", "```\n<img src='a.jpg'>\n```", "[a picture](a.jpg)"])
def test_a_link_to_no_picture(tmp_path: Path, text: str) -> None:
    assert draft(tmp_path, text).images == ()


def test_plain_text_links_to_nothing(tmp_path: Path) -> None:
    assert draft(tmp_path, "![x](a.jpg)", "a.txt").images == ()


@pytest.mark.parametrize("name", ["a.jpg", "a.JPG", "scan"])
def test_a_picture_alone_is_a_post(tmp_path: Path, name: str) -> None:
    (post,) = read_file(named(tmp_path, name))
    assert faults(post) == {}
    assert [part.name for part in post.parts] == ["text", "images[0].file", "images[0].metadata.Artist"]


def test_a_picture_alone_lacks_nothing_that_a_draft_should_have(tmp_path: Path) -> None:
    comment = "Year 9 at Hazelbrook Academy, where I teach"
    picture(tmp_path / "a.jpg", comment=comment)
    (report,) = api.check([tmp_path / "a.jpg"], config()).posts
    found = {finding.concern for finding in report.findings}
    assert "identity/affiliation" in found or "identity/organisation-discussed" in found
    assert not found & {"image/alt-text-missing", "identity/disclaimer-missing"}
    (tmp_path / "a.md").write_text("---\nimages: [a.jpg]\n---\n")
    (report,) = api.check([tmp_path / "a.md"], config()).posts
    assert {"image/alt-text-missing", "identity/disclaimer-missing"} <= {finding.concern for finding in report.findings}


def test_a_folder_of_pictures_and_drafts(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.png.jpg", "c.jpg", ".hidden.jpg"):
        named(tmp_path, name)
    (tmp_path / "d.jpg").write_bytes(b"broken")
    draft(tmp_path, "![A stall](b.png.jpg) ![Another](d.jpg)")
    found = [Path(post.name).name for post in api.posts_of(tmp_path)]
    assert found == ["a.md", "c.jpg"], "a picture that a draft names, or that has its name, is checked with it"


TOLD = {"SourceFile": "./a.jpg", "System:Directory": "/home/o.rashid", "IFD0:Artist": "Priya Sample",
        "XMP-dc:Creator": ["Priya Sample"], "XMP-iptcExt:PersonInImage": ["Ada One"]}  # fmt: skip


@pytest.mark.parametrize("beside", ["a.jpg.json", "a.json"])
def test_what_exiftool_wrote_beside_a_picture(tmp_path: Path, beside: str) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    (tmp_path / beside).write_text(json.dumps([TOLD]))
    post = draft(tmp_path, "![A stall](a.jpg)")
    assert post.images[0].metadata == {
        "Artist": "Priya Sample", "Creator": ["Priya Sample"], "PersonInImage": ["Ada One"],
    }  # fmt: skip


def test_what_exiftool_wrote_named_in_front_matter(tmp_path: Path) -> None:
    (tmp_path / "told.json").write_text(json.dumps([{"SourceFile": "b.jpg"}, TOLD]))
    post = draft(tmp_path, "---\nimages: [{file: a.jpg, metadata: told.json}]\n---\nHello")
    assert faults(post) == {}
    assert post.images[0].metadata["PersonInImage"] == ["Ada One"]
    for metadata, why in (("none.json", "no file"), ("a.md", "not what exiftool"), ("3", "must be fields")):
        post = draft(tmp_path, f"---\nimages: [{{alt: x, metadata: {metadata}}}]\n---\nHello")
        assert why in faults(post)["images[0].metadata"]


def test_what_exiftool_wrote_as_an_argument(tmp_path: Path) -> None:
    named(tmp_path, "a.jpg", b"Gareth Sample")
    items: list[dict[str, Any]] = [TOLD, {"SourceFile": "gone.jpg", "Artist": "Ann", "ExifTool:Warning": "Bad IFD"}]
    (tmp_path / "told.json").write_text("\ufeff" + json.dumps(items), encoding="utf-8")
    first, second = read_file(tmp_path / "told.json")
    assert first.images[0].metadata["Artist"] == "Gareth Sample", "what the file itself says goes first"
    assert first.images[0].metadata["PersonInImage"] == ["Ada One"]
    assert second.images[0].metadata["Artist"] == "Ann"
    assert "Bad IFD" in faults(second)["images[0].metadata"]


def test_what_exiftool_says_of_this_computer_is_left_out_but_not_a_comment() -> None:
    told = {
        "SourceFile": "a.jpg",
        "File:Comment": "for Year 9",
        "File:FileType": "JPEG",
        "Composite:GPSPosition": "1 2",
    }
    assert without_groups(told | {"ICC-header:ProfileCreator": "Apple"}) == {"Comment": "for Year 9"}


def test_a_name_in_two_groups() -> None:
    assert without_groups({"IFD0:Artist": "Ann", "IFD1:Artist": "Ann", "XMP:Artist": "Bo"}) == {"Artist": ["Ann", "Bo"]}


ASKS = Config(exiftool=True)


def test_exiftool_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "a.jpg")
    monkeypatch.setenv("PATH", str(tmp_path))
    (report,) = api.check([tmp_path / "a.jpg"], ASKS).posts
    assert [item.what for item in report.not_checked] == ["exiftool"]
    assert api.check_text("No picture here.", ASKS).posts[0].not_checked == ()
    (report,) = api.check([tmp_path / "a.jpg"], Config()).posts
    assert report.not_checked == ()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("answer", "fields", "fault"),
    [
        ('[{"SourceFile": "a.jpg", "Canon:SerialNumber": "7654321", "IFD0:Owner": "Priya Sample"}]', {"7654321"}, ""),
        ('[{"SourceFile": "a.jpg", "ExifTool:Warning": "Bad offset"}]', set(), "Bad offset"),
        ('[{"SourceFile": "a.jpg", "ExifTool:Warning": "[minor] Odd offset"}]', set(), ""),
        ("", set(), "no answer"),
    ],
)  # fmt: skip
def test_exiftool_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, fields: set[str], fault: str
) -> None:
    stand_in = tmp_path / "exiftool"
    stand_in.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (post,) = read_file(named(tmp_path, "a.jpg"))
    found = exiftool.joined(post)
    assert set(found.images[0].metadata.values()) == {"Priya Sample"} | fields, "the owner is known by another name"
    assert {part.source for part in found.parts} == {"", "a.jpg", "Priya Sample"} | fields
    assert (fault in str(faults(found))) if fault else not found.not_checked


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_exiftool_reads_the_same(tmp_path: Path, suffix: str) -> None:
    path = picture(tmp_path / f"a.{suffix}", exif=full_exif())
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-XMP-dc:Title=Sports day", path], check=True)
    (post,) = read_file(path)
    asked = exiftool.joined(replace(post, images=(replace(post.images[0], metadata={}),)))
    own, told = post.images[0].metadata, asked.images[0].metadata
    assert own["Title"] == told["Title"] == "Sports day"
    assert own["CameraOwnerName"] == told["OwnerName"]
    assert (own["Artist"], own["UserComment"]) == (told["Artist"], told["UserComment"])
    assert own["BodySerialNumber"] == told["SerialNumber"]
    assert own["GPSLatitude"] == pytest.approx(told["GPSLatitude"], abs=1e-5)


def test_a_named_picture_is_found_by_the_rules(tmp_path: Path) -> None:
    named(tmp_path, "a.jpg", b"Megan Rowntree")
    (report,) = api.check([tmp_path / "a.jpg"], config()).posts
    assert "image/person-named" in {finding.concern for finding in report.findings}
