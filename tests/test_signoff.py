"""Approvals and baselines: what they cover, what ends them, and that they hold no words of a draft."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checkpost import api, approval
from checkpost.config import Config, load
from checkpost.errors import CheckpostError
from checkpost.model import PostReport, Verdict
from tests.organisation import EXAMPLES, ROOT
from tests.test_cli import run

HEAD = "---\naccount: organisation\nplatform: x\n---\n"
TEXT = f"{HEAD}Ask Anjali Rao about the science fair, she would love to hear from you.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("checkpost.toml", "learners.csv", "staff.csv", "confidential.txt", "partners.txt"):
        shutil.copy(EXAMPLES / name, tmp_path)
    settings = tmp_path / "checkpost.toml"
    settings.write_text(settings.read_text().replace('["clt-2020", "dmm-2022"]', '["care-2023"]'))
    (tmp_path / "fair.md").write_text(TEXT)
    return tmp_path


def settings(folder: Path) -> Config:
    return load(folder / "checkpost.toml")


def check(folder: Path, name: str = "fair.md") -> PostReport:
    return api.check([folder / name], settings(folder)).posts[0]


def test_an_approved_draft_is_clear_and_says_by_whom(folder: Path) -> None:
    before = check(folder)
    assert before.verdict is Verdict.REVIEW
    signed = api.approve(folder / "fair.md", settings(folder), by="Grace Osei", note="agreed by phone")
    assert signed.record == folder / "fair.md.approved"
    after = check(folder)
    assert after.verdict is Verdict.CLEAR
    assert not after.findings
    assert {item.by for item in after.suppressed} == {"Grace Osei"}
    assert len(after.suppressed) == len(before.findings)
    assert any("Approved by Grace Osei" in note and "agreed by phone" in note for note in after.notes)


def _new_words(folder: Path) -> None:
    (folder / "fair.md").write_text(TEXT + "Bring a friend.\n")


def _other_account(folder: Path) -> None:
    (folder / "fair.md").write_text(TEXT.replace("organisation", "personal"))


def _other_policy(folder: Path) -> None:
    path = folder / "checkpost.toml"
    path.write_text(path.read_text().replace("care-2023", "trust-hr-2023"))


@pytest.mark.parametrize("change", [_new_words, _other_account, _other_policy])
def test_any_change_withdraws_an_approval(folder: Path, change: object) -> None:
    api.approve(folder / "fair.md", settings(folder), by="Grace Osei")
    assert callable(change)
    change(folder)
    after = check(folder)
    assert after.findings
    assert not after.suppressed
    assert any("No longer approved by Grace Osei" in note for note in after.notes)


def test_another_picture_withdraws_an_approval(folder: Path) -> None:
    shutil.copy(EXAMPLES / "sports-day.jpg", folder / "fair.jpg")
    (folder / "fair.md").write_text(
        TEXT.replace("platform: x", "platform: x\nimages:\n  - file: fair.jpg\n    alt: A hall")
    )
    api.approve(folder / "fair.md", settings(folder), by="Grace Osei")
    with (folder / "fair.jpg").open("ab") as picture:
        picture.write(b"\0")
    assert any("a picture changed" in note for note in check(folder).notes)


def test_what_is_found_later_is_not_covered(folder: Path) -> None:
    api.approve(folder / "fair.md", settings(folder), by="Grace Osei")
    with (folder / "partners.txt").open("a") as partners:
        partners.write("Science Fair\n")
    after = check(folder)
    assert {finding.concern for finding in after.findings} >= {"people/partner"}
    assert "people/staff" in {item.finding.concern for item in after.suppressed}


def test_what_is_forbidden_is_not_approved(folder: Path) -> None:
    (folder / "fair.md").write_text(TEXT + "What a load of shit.\n")
    done = run("approve", str(folder / "fair.md"), "--by", "Grace Osei")
    assert done.returncode == 1
    assert "conduct/abuse" in done.stderr
    assert not (folder / "fair.md.approved").exists()


def test_a_draft_that_was_not_checked_is_not_approved(folder: Path) -> None:
    done = run("approve", str(folder / "missing.md"), "--by", "Grace Osei")
    assert done.returncode == 2
    assert not list(folder.glob("*.approved"))


def test_one_post_of_several_can_be_approved(folder: Path) -> None:
    posts = [{"id": name, "text": "Ask Anjali Rao.", "account": "organisation"} for name in ("a", "b")]
    (folder / "week.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts))
    api.approve(folder / "week.jsonl", settings(folder), by="Grace Osei", post="b")
    report = api.check([folder / "week.jsonl"], settings(folder))
    assert [post.verdict for post in report.posts] == [Verdict.REVIEW, Verdict.CLEAR]
    with pytest.raises(CheckpostError, match="no post in it"):
        api.approve(folder / "week.jsonl", settings(folder), by="Grace Osei", post="c")


def test_a_damaged_record_is_reported_and_approves_nothing(folder: Path) -> None:
    api.approve(folder / "fair.md", settings(folder), by="Grace Osei")
    approval.beside(folder / "fair.md").write_text('{"schema": "checkpost/approval@1", "approvals": [{}]}')
    after = check(folder)
    assert after.findings
    assert any(item.what == "approval" for item in after.not_checked)


def test_a_baseline_leaves_what_is_new(folder: Path) -> None:
    done = run("baseline", str(folder / "fair.md"), "-o", str(folder / "old.json"))
    assert done.returncode == 0, done.stderr
    with (folder / "checkpost.toml").open("a") as file:
        file.write('\n[check]\nbaseline = "old.json"\n')
    assert check(folder).verdict is Verdict.CLEAR
    (folder / "fair.md").write_text(TEXT + "Or ask Omar Rashid.\n")
    report = check(folder)
    assert [finding.match for finding in report.findings if finding.concern == "people/staff"] == ["Omar Rashid"]
    (folder / "fair.md").write_text(f"{HEAD}Come to the science fair.\n")
    assert any("make it anew" in note for note in check(folder).notes)


def test_the_same_words_in_another_draft_are_new(folder: Path) -> None:
    made, _ = api.make_baseline([folder / "fair.md"], settings(folder), folder / "old.json")
    shutil.copy(folder / "fair.md", folder / "copy.md")
    done = run(str(folder / "copy.md"), "--baseline", str(folder / "old.json"))
    assert made.size
    assert done.returncode == 1


def test_what_endangers_a_child_is_never_set_aside(folder: Path) -> None:
    (folder / "fair.md").write_text(
        "---\naccount: personal\n---\nYear 9, message me on Snapchat any time, I'm up late.\n"
    )
    api.make_baseline([folder / "fair.md"], settings(folder), folder / "old.json")
    done = run(str(folder / "fair.md"), "--baseline", str(folder / "old.json"), "--format", "json")
    found = {finding["concern"] for finding in json.loads(done.stdout)["posts"][0]["findings"]}
    assert "boundaries/learner-contact" in found


def test_no_record_holds_words_of_a_draft(folder: Path) -> None:
    api.approve(folder / "fair.md", settings(folder), by="Grace Osei")
    api.make_baseline([folder / "fair.md"], settings(folder), folder / "old.json")
    kept = (folder / "fair.md.approved").read_text() + (folder / "old.json").read_text()
    assert not any(word in kept.casefold() for word in ("anjali", "rao", "science"))


@pytest.mark.parametrize("text", ["", "{}", '{"schema": "checkpost/baseline@9"}', "[1]"])
def test_a_damaged_baseline_is_an_error(folder: Path, text: str) -> None:
    (folder / "old.json").write_text(text)
    done = run(str(folder / "fair.md"), "--baseline", str(folder / "old.json"))
    assert done.returncode == 2
    assert "old.json" in done.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_pre_commit_stops_a_commit(tmp_path: Path) -> None:
    """The hook as its users run it: installed by pre-commit from a clone of this repository."""
    source, drafts = tmp_path / "checkpost", tmp_path / "drafts"
    ignored = shutil.ignore_patterns(".git", ".venv", "*.egg-info", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, source, ignore=ignored)
    drafts.mkdir()
    git = ["git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"]
    for place in (source, drafts):
        subprocess.run([*git, "init", "-q"], cwd=place, check=True)
    subprocess.run([*git, "add", "-A"], cwd=source, check=True)
    subprocess.run([*git, "commit", "-qm", "Copy"], cwd=source, check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], cwd=source, check=True, capture_output=True, text=True)
    (drafts / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {source.as_uri()}\n    rev: {head.stdout.strip()}\n    hooks:\n      - id: checkpost\n"
    )
    (drafts / "post.md").write_text("Ring Megan on 07700 900123.\n")
    subprocess.run([*git, "add", "-A"], cwd=drafts, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=drafts,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin:" + str(Path(sys.executable).parent), "HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "personal-data/contact-details" in done.stdout
