"""`checkpost fix` as people and editors run it: pipes, files, pictures, and what must never be lost."""

import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from checkpost.errors import InputError
from checkpost.fix import files, pictures
from checkpost.image import strip
from checkpost.image.read import read
from tests.organisation import EXAMPLES, ROOT
from tests.pictures import full_exif

CONFIG = str(EXAMPLES / "checkpost.toml")
HEAD = "---\naccount: organisation\nplatform: x\napproved_by: Comms\n---\n"
NAMED = f"{HEAD}Megan Rowntree won. Ring 07700 900123.\r\n"
MENDED = f"{HEAD}A learner won. Ring [phone number removed].\r\n"
ENVIRON = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CHECKPOST_CONFIG")}


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "checkpost", "fix", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**ENVIRON, "XDG_CONFIG_HOME": "/nonexistent", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_bytes(NAMED.encode())
    return path


def photo(path: Path) -> Path:
    Image.linear_gradient("L").resize((32, 24)).convert("RGB").save(path, exif=full_exif())
    return path


def test_as_a_filter_it_gives_the_mended_draft_and_says_the_rest_on_standard_error() -> None:
    done = run("--config", CONFIG, "--stdin-filename", "draft.md", "-", stdin=NAMED.encode())
    assert (done.stdout.decode(), done.returncode) == (MENDED, 0)
    assert b"draft.md:6: mended people/learner." in done.stderr
    assert b"Megan" not in done.stderr
    assert run("--config", CONFIG, stdin=NAMED.encode()).stdout.decode() == MENDED
    left = run("--config", CONFIG, "-", stdin=f"{HEAD}Heron was a shambles, Anjali Rao.".encode())
    assert left.returncode == 1
    assert b"<stdin>:6:" in left.stderr
    assert b": left: " in left.stderr


@pytest.mark.parametrize("data", [b"\x00\x01binary", b"---\naccount: [\n---\n07700 900123", b"\x81 07700 900123"])
def test_a_draft_that_cannot_be_read_goes_through_a_filter_unchanged(data: bytes) -> None:
    done = run("--config", CONFIG, "-", stdin=data)
    assert (done.stdout, done.returncode) == (data, 2)
    assert done.stderr


def test_a_faulty_configuration_loses_nothing_either(tmp_path: Path) -> None:
    config = tmp_path / "checkpost.toml"
    config.write_text("polices = []\n")
    done = run("--config", config, "-", stdin=NAMED.encode())
    assert (done.stdout, done.returncode) == (NAMED.encode(), 2)
    assert b"polices" in done.stderr


def test_a_diff_applies_and_changes_nothing_itself(draft: Path) -> None:
    done = run("--config", CONFIG, "--diff", draft)
    assert done.returncode == 0
    assert draft.read_bytes() == NAMED.encode()
    subprocess.run(["patch", "-s", str(draft)], input=done.stdout, check=True)
    assert draft.read_bytes() == MENDED.encode()
    assert run("--config", CONFIG, "--diff", draft).stdout == b""


def test_in_place_follows_links_and_keeps_permissions(draft: Path, tmp_path: Path) -> None:
    draft.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(draft)
    done = run("--config", CONFIG, "--in-place", link)
    assert (done.returncode, done.stdout) == (0, b"")
    assert link.is_symlink()
    assert draft.read_bytes() == MENDED.encode()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.md", "link.md"]


def test_a_write_protected_draft_stays_as_it_is(draft: Path) -> None:
    draft.chmod(0o444)
    done = run("--config", CONFIG, "--in-place", draft)
    assert done.returncode == 2
    assert b"write-protected" in done.stderr
    assert draft.read_bytes() == NAMED.encode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as somebody else")
def test_a_folder_that_cannot_be_written_is_said_and_nothing_changes() -> None:
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))  # pytest's own folders are closed to others
    try:
        draft = folder / "draft.md"
        draft.write_bytes(NAMED.encode())
        draft.chmod(0o666)
        folder.chmod(0o555)
        child = os.fork()
        if child == 0:
            os.setuid(65534)
            try:
                files.write(draft, b"changed")
            except InputError as error:
                os._exit(7 if "cannot be written" in str(error) else 8)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert draft.read_bytes() == NAMED.encode()
        assert [path.name for path in folder.iterdir()] == ["draft.md"]
    finally:
        shutil.rmtree(folder)


def test_folders_are_mended_whole_and_one_broken_draft_stops_nothing(draft: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"---\naccount: [\n---\n")
    (tmp_path / "posts.jsonl").write_text('{"text": "Ring 07700 900123", "account": "organisation"}\n')
    assert run("--config", CONFIG, tmp_path).returncode == 2
    assert draft.read_bytes() == NAMED.encode()
    done = run("--config", CONFIG, "--in-place", tmp_path)
    assert done.returncode == 2
    assert draft.read_bytes() == MENDED.encode()
    assert json.loads((tmp_path / "posts.jsonl").read_text())["text"] == "Ring [phone number removed]"
    assert (tmp_path / "broken.md").read_bytes() == b"---\naccount: [\n---\n"


@pytest.mark.parametrize(
    "arguments",
    [("nosuch.md",), ("--diff", "--in-place", "a.md"), ("--in-place", "-"), ("-", "a.md"), ("a.docx",), ("--rename",),
     ("--images",), ("--images", "nosuch.jpg"), ("--images", "--diff", "a.jpg"),
     ("--images", "--in-place", "--rename", "a.jpg"), ("--images", "--output-dir", "nosuch", "a.jpg")],
)  # fmt: skip
def test_what_cannot_be_done_is_said_with_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = run("--config", CONFIG, *arguments)
    assert done.returncode == 2
    assert done.stderr


def test_a_copy_stands_beside_the_picture_which_stays(tmp_path: Path) -> None:
    original = photo(tmp_path / "day.jpg")
    before = original.read_bytes()
    done = run("--config", CONFIG, "--images", original)
    assert done.returncode == 0
    assert done.stdout.decode().startswith(f"{original} -> {tmp_path / 'day-clean.jpg'}: took out location, ")
    assert "kept Artist, Copyright" in done.stdout.decode()
    assert original.read_bytes() == before
    assert set(read(tmp_path / "day-clean.jpg").metadata) == {"Artist", "Copyright"}
    run("--config", CONFIG, "--images", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day-clean.jpg", "day.jpg"], "a second run adds nothing"


def test_pictures_of_a_draft_go_into_a_folder_under_neutral_names(tmp_path: Path) -> None:
    photo(tmp_path / "megan_rowntree.jpg")
    photo(tmp_path / "day.png")
    draft = tmp_path / "draft.md"
    draft.write_text("---\nimages: [{file: megan_rowntree.jpg}, {file: day.png}]\n---\nSee.\n")
    out = tmp_path / "out"
    out.mkdir()
    named = run("--config", CONFIG, "--images", "--output-dir", out, draft)
    assert named.returncode == 1
    assert b"--rename" in named.stderr
    assert sorted(path.name for path in out.iterdir()) == ["day.png", "megan_rowntree.jpg"]
    shutil.rmtree(out)
    out.mkdir()
    assert run("--config", CONFIG, "--images", "--rename", "--output-dir", out, draft).returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["day.png", "picture.jpg"]


def test_in_place_cleans_the_picture_itself_and_leaves_no_backup(tmp_path: Path) -> None:
    original = photo(tmp_path / "day.jpg")
    original.chmod(0o640)
    assert run("--config", CONFIG, "--images", "--in-place", original).returncode == 0
    assert set(read(original).metadata) == {"Artist", "Copyright"}
    assert stat.S_IMODE(original.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["day.jpg"]


def test_a_picture_that_fails_its_check_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = photo(tmp_path / "day.jpg")
    before = original.read_bytes()
    monkeypatch.setattr(strip, "left", lambda _: ("GPSLatitude",))
    for choices in (pictures.Choices(in_place=True), pictures.Choices()):
        done = pictures.clean(original, choices, lambda _: False)
        assert done.fault is not None
        assert "GPSLatitude" in done.fault
        assert original.read_bytes() == before
        assert [path.name for path in tmp_path.iterdir()] == ["day.jpg"]


def test_a_check_that_fails_after_the_write_brings_the_backup_back(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"old")

    def check(looked_at: Path) -> None:
        if looked_at == path:
            raise InputError("the disk lies.")

    with pytest.raises(InputError):
        files.write_with_backup(path, b"new", check)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.jpg"]
    path.with_name("a.jpg" + files.BACKUP).write_bytes(b"older")
    with pytest.raises(InputError, match="broken off"):
        files.write_with_backup(path, b"new", check)


def test_a_damaged_picture_is_said_and_the_others_are_cleaned(tmp_path: Path) -> None:
    photo(tmp_path / "b.jpg")
    whole = io.BytesIO()
    Image.new("RGB", (90, 90)).save(whole, "JPEG")
    (tmp_path / "a.jpg").write_bytes(whole.getvalue()[:300])
    done = run("--config", CONFIG, "--images", tmp_path)
    assert done.returncode == 2
    assert b"a.jpg: not cleaned: " in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jpg", "b-clean.jpg", "b.jpg"]
