"""No pattern, and no rule, takes more than linear time on text that was made to be slow."""

import json
import re
import subprocess
import sys
import time
from functools import cache

import pytest

from checkpost.model import Markup, Part, Post
from checkpost.patterns import late
from checkpost.rules import Detector, detectors
from tests.organisation import ROOT, engine

# Each class of characters, and beginnings of what patterns look for, over and over: they almost match, many times.
REPEATED = (
    "a", "A", "1", " ", "\n", "-", ".", "/", "@", "#", "*", "_", "'", '"', "(", "!", "é", "🎉", "a ", "Aa ", "1 ", "1-",
    "1.", "1,", "1/", "a.", "a-", "a@", "a'", "aA1", " \n", "07700 900 ", "999 012 345", "AB 12 34 56 ", "4111-",
    "GB82 WEST ", "12-34-", "S10 2A", "42 Elm ", "a.b@", "a at b dot ", "http://a.", "www.a/?b=", "born on 3/4/20",
    "3rd of May ", "birthday ", "turns 1", "is nine ", "password: ", "PIN is ", "lives at 4 Elm Road, ", "Year 9 ",
    "Mr ", "my ", "“a", "RT @a: ", "51.5, -0.", "a:b:", "1.2.3.", "£5k ", "was ", "double ", "not ",
)  # fmt: skip
_SCREEN, _SUSPECT = 2_000, 0.003  # characters, and seconds that no linear pattern needs for them
_LENGTH = 10_000
_LINEAR = 3.0  # how many times as long twice the text may take: 2 for linear time, 4 for quadratic
# Only ever asked whether it is the whole of one word, or of one place's name.
_WHOLE = (r"\d+(?:st|nd|rd|th|am|pm", r"(?P<file>.{1,4096}\.(?:jsonl")


@cache
def patterns() -> tuple[tuple[str, int], ...]:
    lines = subprocess.run(
        [sys.executable, "-m", "tests.patterns"], capture_output=True, check=True, text=True, cwd=ROOT, encoding="utf-8"
    ).stdout
    return tuple((pattern, flags) for pattern, flags in map(json.loads, lines.splitlines()))


def seconds(pattern: re.Pattern[str], text: str, runs: int = 1) -> float:
    """Processor time of the fastest of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        if pattern.pattern.startswith(_WHOLE):
            pattern.fullmatch(text)
        else:
            for _match in pattern.finditer(text):
                pass
        times.append(time.process_time() - start)
    return min(times)


def repeat(piece: str, length: int) -> str:
    return (piece * length)[:length] + "\0"  # the end of none of them


def test_all_patterns_are_collected() -> None:
    found = {pattern for pattern, _ in patterns()}
    assert len(found) > 250
    assert any("birthday" in pattern for pattern in found)


def test_a_late_pattern_does_what_others_do() -> None:
    for _ in range(2):
        assert (waiting := late("a+", re.IGNORECASE)).sub("", "AabA") == "b"
        assert waiting.findall("AabA") == ["Aa", "A"]
        assert waiting.pattern == "a+"


def test_the_measure_tells_a_quadratic_pattern() -> None:
    slow = re.compile("a+$")
    text, half = repeat("a", _LENGTH), repeat("a", _LENGTH // 2)
    assert max(seconds(slow, text, 3) / seconds(slow, half, 3) for _ in range(3)) > _LINEAR
    assert seconds(slow, repeat("a", _SCREEN)) > _SUSPECT


@pytest.mark.parametrize("piece", REPEATED)
def test_no_pattern_takes_more_than_linear_time(piece: str) -> None:
    for source, flags in patterns():
        pattern = re.compile(source, flags)
        if seconds(pattern, repeat(piece, _SCREEN)) < _SUSPECT:
            continue
        growth = min(
            seconds(pattern, repeat(piece, _LENGTH), 3) / seconds(pattern, repeat(piece, _LENGTH // 2), 3)
            for _ in range(2)
        )
        assert growth < _LINEAR, f"{source!r} takes {growth:.1f} times as long on twice the text"


def test_a_rule_that_takes_too_long_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr("checkpost.engine.monotonic", lambda: next(clock))
    rule = next(rule for rule in detectors().values() if isinstance(rule, Detector))
    monkeypatch.setattr("checkpost.engine.detectors", lambda: {rule.id: rule})
    report = engine().check_post(Post("p", "p", (Part("text", "Sports day!", markup=Markup.MARKDOWN),)))
    assert [missing.what for missing in report.not_checked] == [rule.id]
    assert "too long" in report.not_checked[0].why
    assert report.verdict.value != "clear"
