"""Drafts in every format and state: read exactly, or reported as not read."""

import codecs
import json
import os
from pathlib import Path

import pytest

from checkpost.api import posts_of
from checkpost.drafts.decode import decode
from checkpost.drafts.formats import read_file, read_stdin
from checkpost.errors import InputError
from checkpost.model import Markup, Post
from tests.organisation import EXAMPLES, engine

FULL = """---
account: Personal
author: {name: Anjali Rao, role: Teacher}
platform: Twitter
posted_at: 2026-05-14T10:30
profile_disclaimer: views mine
images:
  - file: pic.jpg
    alt: a cat
    people: [Megan Rowntree, {name: Toby, role: learner, consent: no, channels: x, until: 2027-01-01}]
    metadata: {EXIF:Artist: Someone, Keywords: [one, two], GPSLatitude: 53.1}
---

The **post**
"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(path: Path) -> Post:
    (post,) = read_file(path)
    return post


def faults(post: Post) -> dict[str, str]:
    return {item.what: item.why for item in post.not_checked}


def test_front_matter_declares_the_context(tmp_path: Path) -> None:
    post = only(write(tmp_path, "a.md", FULL))
    assert faults(post) == {}
    context = post.context
    assert (context.account, context.platform, context.author.name) == ("personal", "x", "Anjali Rao")
    assert context.profile_disclaimer == "views mine"
    assert context.posted_at is not None
    assert context.posted_at.hour == 10
    people = post.images[0].people
    assert [(p.name, p.role, p.consent, p.channels) for p in people] == [
        ("Megan Rowntree", None, None, ()),
        ("Toby", "learner", "none", ("x",)),
    ]
    assert {part.name: part.source for part in post.parts} == {
        "text": "\nThe **post**\n",
        "images[0].alt": "a cat",
        "images[0].file": "pic.jpg",
        "images[0].metadata.Artist": "Someone",
        "images[0].metadata.Keywords[0]": "one",
        "images[0].metadata.Keywords[1]": "two",
        "images[0].metadata.GPSLatitude": "53.1",
    }


def test_the_body_begins_on_its_line_of_the_file(tmp_path: Path) -> None:
    body = only(write(tmp_path, "a.md", FULL)).parts[0]
    assert body.first_line == FULL.split("\n").index("The **post**")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(tmp_path: Path, end: str) -> None:
    post = only(write(tmp_path, "a.txt", end.join(["---", "platform: x", "---", "one", "two"])))
    assert post.context.platform == "x"
    assert (post.parts[0].first_line, post.parts[0].source) == (4, f"one{end}two")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.md", "---\nHello there\n")).parts[0].source == "---\nHello there\n"


@pytest.mark.parametrize(
    ("head", "what", "why"),
    [
        ("acount: personal", "acount", 'Did you mean "account"?'),
        ("account: persnal", "account", 'Did you mean "personal"?'),
        ("posted_at: yesterday", "posted_at", "2026-05-14T10:30"),
        ("images: 3", "images", "list of pictures"),
        ("images: [nosuch.jpg]", "images[0].file", 'no picture "nosuch.jpg"'),
        ("images: [https://a.example/b.jpg]", "images[0].file", "nothing is fetched"),
        ("images: [{file: b.jpg, alt: x, capton: y, metadata: {a: b}}]", "images[0].capton", '"caption"'),
        ("images: [{people: [{consent: perhaps}], alt: x}]", "images[0].people[0].consent", "granted"),
        ("author: [1]", "author", "name and a role"),
        ("profile_disclaimer: 3", "profile_disclaimer", "true, false"),
    ],
)
def test_a_fault_in_one_key_is_reported_and_the_rest_is_read(tmp_path: Path, head: str, what: str, why: str) -> None:
    post = only(write(tmp_path, "a.md", f"---\n{head}\n---\nthe post"))
    assert why in faults(post)[what]
    assert post.parts[0].source == "the post"
    assert engine().check_post(post).verdict != "clear"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("---\naccount: personal\nThe post", "not closed"),
        ("---\naccount: personal: x\n---\nThe post", "line 2, column 18"),
        ("---\ntext: hello\n---\nThe post", "below the closing"),
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("\u200b", "empty"),
    ],
)
def test_broken_drafts_say_why(tmp_path: Path, content: str, why: str) -> None:
    post = only(write(tmp_path, "a.md", content))
    assert why in faults(post)["the draft"]
    assert engine().check_post(post).verdict == "review"


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("héllo".encode(), "héllo", None),
        (codecs.BOM_UTF8 + "héllo".encode(), "héllo", None),
        ("héllo".encode("utf-16"), "héllo", "UTF-16"),
        ("hello there".encode("utf-16-le"), "hello there", "UTF-16"),
        ("héllo ‘x’".encode("cp1252"), "héllo ‘x’", "Windows-1252"),
        ("héllo".encode("utf-32"), "héllo", "UTF-32"),
    ],
)
def test_encodings_are_decoded_and_said_so(data: bytes, text: str, note: str | None) -> None:
    decoded, said = decode(data)
    assert decoded == text
    assert (said is None) if note is None else (said is not None and note in said)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)), codecs.BOM_UTF16_LE + b"\0"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data)


def test_json_lines_keep_what_can_be_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "hello **you**"}),
        "{broken",
        "",
        json.dumps([1]),
        json.dumps({"id": "d", "txt": "oops"}),
        json.dumps({"text": "no id"}),
    ]
    path = write(tmp_path, "posts.jsonl", "\n".join(lines))
    posts = list(read_file(path))
    assert [post.name for post in posts] == ["a", f"{path}:2", f"{path}:4", f"{path}:5", f"{path}:6"]
    assert posts[0].parts[0].markup is Markup.MARKDOWN
    assert [bool(post.not_checked) for post in posts] == [False, True, True, True, False]
    assert 'Did you mean "text"' not in faults(posts[0]).get("the draft", "")


def test_json_may_hold_one_post_or_a_list(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.json", '{"id": "x", "text": "hi"}')).name == "x"
    assert [p.name for p in read_file(write(tmp_path, "b.json", '[{"id": "x", "text": "hi"}, {"text": "ho"}]'))] == [
        "x",
        f"{tmp_path / 'b.json'}#2",
    ]
    assert "line 1" in faults(only(write(tmp_path, "c.json", "{")))["the draft"]
    assert "no post" in faults(only(write(tmp_path, "d.json", "[]")))["the draft"]


def test_deep_json_is_refused_not_crashed_on(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.json", "[" * 100_000)).not_checked


def test_standard_input_takes_its_format_from_a_name() -> None:
    (plain,) = read_stdin(b"**hi**", None)
    assert (plain.name, plain.parts[0].markup) == ("<stdin>", Markup.PLAIN)
    (named,) = read_stdin(b"**hi**", "drafts/a.md")
    assert (named.name, named.parts[0].markup) == ("drafts/a.md", Markup.MARKDOWN)


def test_a_folder_is_read_in_order_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.md", "a.txt", "sub/c.md", ".hidden.md", ".git/d.md", "notes.doc", "~$b.docx"):
        write(tmp_path, name, "x")
    assert [Path(post.name).name for post in posts_of(tmp_path)] == ["a.txt", "b.md", "c.md"]


def test_missing_and_unknown_files_say_so(tmp_path: Path) -> None:
    assert "no such file" in faults(only(tmp_path / "none.md"))["the draft"]
    assert "save it as .docx" in faults(only(write(tmp_path, "a.doc", b"x")))["the draft"]
    assert ".docx" in faults(only(write(tmp_path, "a.xyz", b"x")))["the draft"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "x")
    path.chmod(0)
    assert "cannot be opened" in faults(only(path))["the draft"]


def test_a_real_picture_is_read_and_joins_what_is_declared() -> None:
    post = only(EXAMPLES / "sports-day.md")
    names = {part.name for part in post.parts}
    assert {"images[0].metadata.GPSLatitude", "images[0].metadata.PersonInImage"} <= names
    assert post.images[0].metadata["Model"] == "iPhone 15"
    assert faults(post) == {}


def test_a_broken_picture_leaves_the_post_unclear(tmp_path: Path) -> None:
    write(tmp_path, "cut.jpg", b"\xff\xd8\xff\xe0 cut off")
    write(tmp_path, "none.jpg", b"no picture at all")
    post = only(write(tmp_path, "a.md", "---\nimages: [cut.jpg, none.jpg]\n---\nthe post"))
    assert "damaged" in faults(post)["images[0].file"]
    assert "could not be read" in faults(post)["images[1].file"]
    assert engine().check_post(post).verdict != "clear"
