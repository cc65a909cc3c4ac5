"""Many posts over several processes: the answer is that of one, whatever crashes; Ctrl-C leaves a partial report."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpost import batch
from checkpost.model import Markup, Part, Post, Report
from tests.organisation import EXAMPLES, engine

TEXTS = ("The library is open until five.", "Write to megan.r@postbox.example today.", "Ring 07700 900123 about it.")


class Crash(str):
    """A text that ends the process in which it is unpacked."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def posts(count: int) -> list[Post]:
    return [Post(f"{n}", f"{n}.md", (Part("text", TEXTS[n % 3], markup=Markup.MARKDOWN),)) for n in range(count)]


def told(report: Report) -> list[tuple[str, str, list[str]]]:
    return [(post.post.name, post.verdict, [f.concern for f in post.findings]) for post in report.posts]


def is_running(pid: str) -> bool:
    """Whether a process runs; one that has ended may wait in vain to be taken note of, in a container."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_several_processes_answer_as_one_does_and_in_order() -> None:
    alone = engine().check(posts(50))
    assert told(batch.check(posts(50), engine(), jobs=2)) == told(alone)
    assert batch.check(posts(50), engine(), jobs=1) == alone


def test_progress_counts_the_posts() -> None:
    counts: list[int] = []
    batch.check(posts(batch.CHUNK * 2 + 1), engine(), 1, counts.append)
    assert counts == [batch.CHUNK, batch.CHUNK * 2, batch.CHUNK * 2 + 1]


def test_a_post_that_crashes_its_process_is_reported_and_the_rest_is_checked() -> None:
    drafts = posts(60)
    drafts[20] = replace(drafts[20], notes=(Crash("x"),))
    report = batch.check(drafts, engine(), jobs=2)
    assert [post.post.name for post in report.posts] == [post.name for post in drafts]
    broken = [post for post in report.posts if post.not_checked]
    assert [post.post.name for post in broken] == ["20"]
    assert "crashed" in broken[0].not_checked[0].why
    assert not report.complete


def test_where_no_process_starts_all_is_checked_in_this_one() -> None:
    bad = replace(engine(), config=replace(engine().config, policies=("no-such-policy",)))  # a worker cannot load it
    report = batch.check(posts(40), bad, jobs=2)
    assert told(report) == told(engine().check(posts(40)))


def test_a_post_that_fails_costs_itself_only() -> None:
    drafts = posts(20)
    drafts[3] = replace(drafts[3], parts=(Part("text", 5),))  # type: ignore[arg-type]
    report = batch.check(drafts, engine())
    assert [post.post.name for post in report.posts if post.not_checked] == ["3"]
    assert len(report.posts) == 20


def test_ctrl_c_leaves_a_report_on_what_was_checked() -> None:
    def interrupted() -> Iterator[Post]:
        yield from posts(batch.CHUNK * 2)
        raise KeyboardInterrupt

    report = batch.check(interrupted(), engine())
    assert report.interrupted
    assert not report.complete
    assert [post.post.name for post in report.posts] == [*(post.name for post in posts(batch.CHUNK * 2)), "the rest"]
    assert f"after {batch.CHUNK * 2} posts" in report.posts[-1].not_checked[0].why


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_at_the_keyboard(tmp_path: Path, jobs: str) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    total = 4000
    for n in range(total):
        (drafts / f"{n:04}.txt").write_text(TEXTS[n % 3])
    output = tmp_path / "report.json"
    command = [sys.executable, "-m", "checkpost", "check", str(drafts), "--config", str(EXAMPLES / "checkpost.toml")]
    ours, theirs = pty.openpty()  # progress shows that it is at work
    with subprocess.Popen(
        [*command, "--jobs", jobs, "--format", "json", "-o", str(output)], stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        shown = b""
        while b"posts checked" not in shown:
            shown += os.read(ours, 1000)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers = children.read_text().split() if children.exists() else []
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to every process of the run
        assert process.wait(60) == 130
    rest = os.read(ours, 10_000)
    os.close(ours)
    assert b"Traceback" not in shown + rest
    report = json.loads(output.read_text())
    checked = len(report["posts"]) - 1
    assert 0 < checked < total
    assert [post["id"] for post in report["posts"][:-1]] == [str(drafts / f"{n:04}.txt") for n in range(checked)]
    assert report["posts"][-1]["not_checked"][0]["what"] == "the rest"
    time.sleep(0.5)
    assert not [pid for pid in workers if is_running(pid)], "no worker is left behind"


def test_progress_is_for_terminals_only(tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text(TEXTS[0])
    command = [sys.executable, "-m", "checkpost", "check", str(tmp_path), "--config", str(EXAMPLES / "checkpost.toml")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stderr == b""
