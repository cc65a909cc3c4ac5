"""The program as people run it: arguments, streams, exit codes, colour, masking."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import pytest

from checkpost.report.look import visible
from tests.organisation import EXAMPLES, ROOT

CONFIG = str(EXAMPLES / "checkpost.toml")
CLEAN = "---\naccount: organisation\nplatform: x\napproved_by: Comms\n---\nThe library is open until five.\n"
NAMED = "---\naccount: organisation\nplatform: x\n---\nWrite to megan.r@postbox.example today.\n"


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CHECKPOST_CONFIG")}
    done = subprocess.run(
        [sys.executable, "-m", "checkpost", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd or ROOT,
        env={**inherited, "XDG_CONFIG_HOME": "/nonexistent", "PYTHONIOENCODING": "utf-8", **environ},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    (tmp_path / "checkpost.toml").write_text('policies = ["clt-2020"]\n[organisation]\nname = "Larkfield"\n')
    (tmp_path / "clean.md").write_text(CLEAN)
    (tmp_path / "named.md").write_text(NAMED)
    return tmp_path


def test_exit_codes(drafts: Path) -> None:
    assert run(str(drafts / "clean.md")).returncode == 0
    assert run(str(drafts / "named.md")).returncode == 1
    assert run(str(drafts)).returncode == 1
    assert run(str(drafts / "nosuch.md")).returncode == 2
    assert run(str(drafts / "nosuch.md"), str(drafts / "named.md")).returncode == 2, "2 beats 1"
    assert run("check", str(drafts / "clean.md"), "--fromat", "json").returncode == 2
    (drafts / "empty").mkdir()
    nothing = run(str(drafts / "empty"))
    assert nothing.returncode == 2
    assert "no draft was found" in nothing.stderr


def test_a_picture_alone_and_a_folder_of_them(drafts: Path) -> None:
    shutil.copy(EXAMPLES / "sports-day.jpg", drafts / "one.jpg")
    done = run(str(drafts / "one.jpg"), "--format", "json")
    assert done.returncode == 1
    (post,) = json.loads(done.stdout)["posts"]
    assert "image/location" in {finding["concern"] for finding in post["findings"]}
    assert "53.38" in done.stdout, "to about a kilometre"
    assert "Rowntree" not in done.stdout
    (drafts / "two.heic").write_bytes(b"no picture")
    done = run(str(drafts), "--format", "json")
    assert done.returncode == 2
    assert [Path(post["id"]).name for post in json.loads(done.stdout)["posts"]] == [
        "clean.md", "named.md", "one.jpg", "two.heic",
    ]  # fmt: skip


def test_fail_on_decides_what_fails(drafts: Path) -> None:
    named = str(drafts / "named.md")
    assert run(named, "--fail-on", "advise").returncode == 1
    assert run(named, "--fail-on", "block").returncode == 1
    (drafts / "checkpost.toml").write_text('policies = ["care-2023"]\n[check]\nfail-on = "block"\n')
    assert run(named).returncode == 0, "care-2023 only asks for approval here"
    assert run(named, "--fail-on", "review").returncode == 1


def test_a_file_alone_is_a_check_and_the_report_is_on_stdout(drafts: Path) -> None:
    done = run(str(drafts / "named.md"))
    assert "DO NOT POST" in done.stdout
    assert done.stderr == ""
    assert done.stdout == run("check", str(drafts / "named.md")).stdout


def test_standard_input(drafts: Path) -> None:
    done = run("check", "-", stdin=NAMED.encode(), cwd=drafts)
    assert done.returncode == 1
    assert "<stdin>:5:10" in done.stdout
    assert run("-", "--stdin-filename", "a/b.md", stdin=NAMED.encode(), cwd=drafts).stdout.count("a/b.md:5:10") == 1
    assert run(stdin=NAMED.encode(), cwd=drafts).stdout == done.stdout
    assert run("-", stdin=b"", cwd=drafts).returncode == 2
    assert run("-", "clean.md", stdin=b"x", cwd=drafts).returncode == 2


def test_standard_input_takes_its_configuration_from_its_name(
    drafts: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = run("-", "--stdin-filename", str(drafts / "new.md"), "--format", "json", stdin=b"hi", cwd=elsewhere)
    assert [policy["id"] for policy in json.loads(done.stdout)["policies"]] == ["clt-2020"]


def test_without_a_configuration_the_shipped_policies_are_in_force_and_that_is_said(tmp_path: Path) -> None:
    done = run("-", "--format", "json", stdin=b"hello", cwd=tmp_path)
    assert len(json.loads(done.stdout)["policies"]) == 5
    assert "checkpost init" in done.stderr


def test_matches_are_masked_unless_asked_for(drafts: Path) -> None:
    for kind in ("terminal", "json"):
        named = str(drafts / "named.md")
        assert "megan.r@postbox" not in run(named, "--format", kind).stdout
        assert "megan.r@postbox" in run(named, "--format", kind, "--show-matches").stdout


def test_output_goes_to_a_file_and_changes_nothing_else(drafts: Path) -> None:
    target = drafts / "report.txt"
    done = run(str(drafts / "named.md"), "-o", str(target))
    assert (done.returncode, done.stdout) == (1, "")
    assert target.read_text() == run(str(drafts / "named.md")).stdout
    assert run(str(drafts / "named.md"), "-o", str(drafts / "no" / "such")).returncode == 2


def test_colour(drafts: Path) -> None:
    named = str(drafts / "named.md")
    assert "\x1b[" not in run(named).stdout
    assert "\x1b[" in run(named, "--color", "always").stdout
    assert "\x1b[" in run(named, FORCE_COLOR="1").stdout
    assert "\x1b[" not in run(named, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" in run(named, "--color", "always", NO_COLOR="1").stdout
    assert "\x1b[" not in run(named, "--color", "never", FORCE_COLOR="1").stdout


def test_a_legacy_code_page_gets_ascii_and_no_crash(drafts: Path) -> None:
    (drafts / "emoji.md").write_text("Zofia 🎉 megan.r@postbox.example │")
    done = run(str(drafts / "emoji.md"), "--show-matches", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stdout.isascii()
    assert "X Must change" in done.stdout


def test_a_draft_cannot_write_to_the_terminal(drafts: Path) -> None:
    (drafts / "evil.md").write_text("[/red] \x1b[2J\x07 megan.r@postbox.example \u202e[bold]\n")
    done = run(str(drafts / "evil.md"), "--show-matches", "--color", "always")
    assert "[/red] \\x1b[2J\\x07" in done.stdout
    assert "\\u202e[bold]" in done.stdout
    assert "\x1b[2J" not in done.stdout
    assert "\x07" not in done.stdout
    evil = run("--", "\x1b[2Jevil.md")
    assert "\x1b[2J" not in evil.stdout + evil.stderr


def test_bad_files_say_what_to_do(drafts: Path) -> None:
    cases = {
        "binary.md": b"\x89PNG\0\0\0\1\2\3\4\5\6\7",
        "broken.md": b"---\naccount: [\n---\nx",
        "unknown.md": b"---\nacount: personal\n---\nx",
        "empty.md": b"",
        "broken.jsonl": b'{"text": "fine"}\n{"text": ',
    }
    for name, content in cases.items():
        (drafts / name).write_bytes(content)
        done = run(str(drafts / name))
        assert done.returncode == 2, name
        assert "OK TO POST" not in done.stdout.upper().rsplit("\n\n", maxsplit=1)[-1], name
        assert "Traceback" not in done.stderr
    assert "UTF-16" in (run(*[_write(drafts / "wide.md", "hello".encode("utf-16"))]).stdout)


def _write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def test_a_faulty_configuration_stops_with_its_line(drafts: Path) -> None:
    (drafts / "checkpost.toml").write_text("[organisation]\nnmae = 'x'\n")
    done = run(str(drafts / "clean.md"))
    assert done.returncode == 2
    assert 'checkpost.toml:2: unknown key "nmae"' in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("people/learner", "What to do"),
        ("email-address", "How it works"),
        ("work-email", "identity/work-email"),
        ("clt-2020:4.6.b", "What triggers it"),
        ("4.6.b", "clt-2020:4.6.b"),
        ("dmm-2022", "Whom to ask"),
        ("clt-2020:4.2.a", "Why no check"),
    ],
)
def test_explain(word: str, says: str, tmp_path: Path) -> None:
    done = run("explain", word, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout


def test_explain_names_the_nearest_word(tmp_path: Path) -> None:
    done = run("explain", "people/lerner", cwd=tmp_path)
    assert done.returncode == 2
    assert 'Did you mean "people/learner"?' in done.stderr
    assert (
        "more than one" in run("explain", "9", cwd=tmp_path).stderr or run("explain", "9", cwd=tmp_path).returncode == 0
    )


def test_init_then_check(tmp_path: Path) -> None:
    done = run(
        "init",
        str(tmp_path),
        "--name",
        "Elm School",
        "--alias",
        "Elm",
        "--domain",
        "elm.example",
        "--policy",
        "clt-2020",
    )
    assert done.returncode == 0, done.stderr
    (tmp_path / "a.md").write_text("---\naccount: personal\n---\nwrite to me: bob@elm.example")
    report = json.loads(run(str(tmp_path / "a.md"), "--format", "json").stdout)
    assert [policy["id"] for policy in report["policies"]] == ["clt-2020"]
    assert "identity/work-email" in {finding["concern"] for finding in report["posts"][0]["findings"]}
    assert run("init", str(tmp_path), "--name", "x").returncode == 2
    assert "--name" in run("init", str(tmp_path / "b")).stderr


def test_policies(tmp_path: Path) -> None:
    assert "overdue for review since 2022-02-28" in run("policies", cwd=tmp_path).stdout
    rows = json.loads(run("policies", "clt-2020", "--coverage", "--format", "json", cwd=tmp_path).stdout)
    assert len(rows) == 35
    assert "email-address" in next(row for row in rows if row["clause"] == "4.1.b")["checks"]
    assert run("policies", "clt-2020", "--coverage", "--format", "markdown").stdout.startswith("| clause |")
    assert len(json.loads(run("policies", "--format", "json", cwd=tmp_path).stdout)) == 5
    table = json.loads(run("policies", "--compare", "--format", "json", cwd=tmp_path).stdout)
    assert {"concern", "clt-2020", "dmm-2022"} <= set(table[0])
    assert run("policies", "clt-2021").returncode == 2


def test_a_pack_of_ones_own_is_validated(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'id = "ours"\nextends = "clt-2020"\n[[clause]]\nid = "4.6.b"\n[clause.concerns]\n"people/lerner" = "block"\n'
    )
    done = run("policies", "--check", str(path))
    assert done.returncode == 2
    assert (
        f'{path}:6: clause 4.6.b: no concern is called "people/lerner". Did you mean "people/learner"?' in done.stderr
    )
    path.write_text(path.read_text().replace("lerner", "learner"))
    assert "is sound" in run("policies", "--check", str(path)).stdout


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("checkpost 0.")
    assert "Usage: checkpost" in run("--help").stdout
    assert "Usage: checkpost check" in run("check", "-h").stdout


def test_shell_completion_completes() -> None:
    done = run(_CHECKPOST_COMPLETE="complete_bash", COMP_WORDS="checkpost ex", COMP_CWORD="1")
    assert done.stdout.split() == ["explain"]
    script = run("--show-completion", "bash")
    assert "_CHECKPOST_COMPLETE=complete_bash" in script.stdout


def test_visible() -> None:
    assert visible("a\tb\nc\x9b\ud800") == "a b c\\x9b\\ud800"


def test_watching_reports_at_every_change_until_interrupted(drafts: Path) -> None:
    draft = drafts / "clean.md"
    process = subprocess.Popen(
        [sys.executable, "-m", "checkpost", "check", "--watch", str(draft), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    try:
        first = _report(process.stdout)
        while "watching" not in process.stderr.readline():
            pass
        time.sleep(1)  # the watch is set up after the first report
        draft.write_text(NAMED)
        second = _report(process.stdout)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert not first["posts"][0]["findings"]
    assert second["posts"][0]["findings"]
    assert process.returncode == 130


def _report(stream: IO[str]) -> dict[str, Any]:
    """The next JSON document of a stream of them."""
    lines = []
    for line in stream:
        lines.append(line)
        if line == "}\n":
            break
    return dict(json.loads("".join(lines)))
