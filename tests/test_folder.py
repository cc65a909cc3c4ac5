"""Which files of a folder are drafts: what Git ignores, what the user chooses, links, odd names, their pictures."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from checkpost.api import check, posts_of
from checkpost.config import Config
from checkpost.drafts.folder import find
from checkpost.drafts.ignored import Choice
from checkpost.errors import InputError
from tests.organisation import EXAMPLES

PHOTO = EXAMPLES / "sports-day.jpg"


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Hello there.")
    return folder


def drafts(folder: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find(folder, Choice(include, exclude)).drafts]


IGNORES = {
    ".gitignore": "*.txt\n!\n!keep.txt\n/old/\nbuild/\n",
    "sub/.gitignore": "!b.txt\nc.md\n",
}
NAMES = ("a.md", "a.txt", "keep.txt", "old/x.md", "sub/b.txt", "sub/c.md", "sub/d.md", "sub/old/y.md", "sub/build/z.md")


@pytest.fixture
def work_tree(tmp_path: Path) -> Path:
    fill(tmp_path, *NAMES)
    for name, text in IGNORES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_outside_a_work_tree_gitignore_says_nothing(work_tree: Path) -> None:
    assert len(drafts(work_tree)) == len(NAMES)


def test_inside_a_work_tree_it_is_followed_as_git_does(work_tree: Path) -> None:
    subprocess.run(["git", "init", "-q", str(work_tree)], check=True)
    (work_tree / ".git" / "info" / "exclude").write_text("d.md\n")
    listed = subprocess.run(
        ["git", "-C", str(work_tree), "ls-files", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert sorted(drafts(work_tree)) == sorted(name for name in listed if not name.endswith(".gitignore"))
    assert drafts(work_tree) == ["a.md", "keep.txt", "sub/b.txt", "sub/old/y.md"]
    assert drafts(work_tree / "sub") == ["b.txt", "old/y.md"], "what stands above a folder holds in it"


def test_a_folder_or_file_that_is_named_is_checked_though_ignored(work_tree: Path) -> None:
    (work_tree / ".git").mkdir()
    assert drafts(work_tree / "old") == ["x.md"]
    assert [post.name for post in posts_of(work_tree / "a.txt")] == [str(work_tree / "a.txt")]


def test_the_user_includes_and_excludes(work_tree: Path) -> None:
    assert drafts(work_tree, include=("*.md",), exclude=("build", "/sub/c.md")) == [
        "a.md", "old/x.md", "sub/d.md", "sub/old/y.md",
    ]  # fmt: skip
    assert drafts(work_tree, include=("sub/**",)) == [name for name in drafts(work_tree) if name.startswith("sub/")]
    with pytest.raises(InputError, match="--include"):
        drafts(work_tree, include=("!",))


def test_what_checkpost_and_office_leave_there_is_no_draft(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "a.md.approved", "checkpost-baseline.json", "~$b.docx", ".c.md", "photo.jpg.json")
    assert drafts(tmp_path) == ["a.md"]


def test_files_that_the_configuration_names_are_no_drafts(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "roll.csv")
    posts = posts_of(tmp_path, Config(learners=tmp_path / "roll.csv"))
    assert [Path(post.name).name for post in posts] == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_lead_round_in_no_circle_and_out_of_the_folder_only_with_a_word(tmp_path: Path) -> None:
    inside, outside = fill(tmp_path / "in", "a.md", "sub/b.md"), fill(tmp_path / "out", "c.md")
    (inside / "sub" / "up").symlink_to(inside)
    (inside / "self").symlink_to(inside / "self")
    (inside / "away").symlink_to(outside)
    (inside / "d.md").symlink_to(outside / "c.md")
    (inside / "gone.md").symlink_to(outside / "nothing.md")
    found = find(inside, Choice())
    assert [path.relative_to(inside).as_posix() for path in found.drafts] == ["a.md", "d.md", "gone.md", "sub/b.md"]
    assert [(Path(post.name).name, "not followed" in post.not_checked[0].why) for post in found.faults] == [
        ("away", True)
    ]
    report = check([inside], Config())
    assert {Path(post.post.name).name for post in report.posts if post.not_checked} == {"gone.md", "away"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_says_so_and_the_rest_is_checked(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.md", "b/y.md")
    (tmp_path / "a").chmod(0)
    try:
        found = find(tmp_path, Choice())
    finally:
        (tmp_path / "a").chmod(0o700)
    assert [path.name for path in found.drafts] == ["y.md"]
    assert "cannot be listed" in found.faults[0].not_checked[0].why


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_names_of_odd_bytes_are_read_and_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Hello")
    report = check([tmp_path], Config())
    assert report.complete


def test_a_drafts_pictures_lie_beside_it_or_are_named_in_it(tmp_path: Path) -> None:
    for name in ("trip.JPG", "day out.jpg", "out.jpg", "other.jpg"):
        shutil.copy(PHOTO, tmp_path / name)
    (tmp_path / "trip.txt").write_text("Look at day out.jpg, or at https://a.example/none.jpg.")
    (tmp_path / "plain.txt").write_text("Hello")
    by_name = {Path(post.name).name: post for post in posts_of(tmp_path)}
    assert [image.file for image in by_name["trip.txt"].images] == ["day out.jpg", "trip.JPG"]
    assert by_name["plain.txt"].images == ()
    assert set(by_name) == {"trip.txt", "plain.txt", "other.jpg", "out.jpg"}, "the others are posts of their own"


def test_a_picture_that_is_declared_is_not_found_twice(tmp_path: Path) -> None:
    shutil.copy(PHOTO, tmp_path / "trip.jpg")
    (tmp_path / "trip.md").write_text("---\nimages: [{file: trip.jpg, alt: A hall}]\n---\nHello ![](trip.jpg)")
    (post,) = posts_of(tmp_path)
    assert [(image.file, image.alt) for image in post.images] == [("trip.jpg", "A hall")]
