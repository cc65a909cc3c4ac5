"""The project's own training examples: their format, how many there are, and that what is held out stays so."""

import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from checkpost.encoder.labels import LABELS
from tests.organisation import ROOT

sys.path.insert(0, str(ROOT / "training"))
import names
import own

DATA = ROOT / "training" / "data"
EXAMPLES = [example for path in sorted(DATA.glob("*.txt")) for example in own.read(path)]


def test_there_are_enough_of_every_label_and_of_what_almost_carries_it() -> None:
    carried = Counter(label for e in EXAMPLES for label in LABELS if e.carries[label])
    near = Counter(label for e in EXAMPLES for label in e.near)
    assert len(EXAMPLES) >= 6000
    assert min(carried[label] for label in LABELS) >= 150
    assert min(near[label] for label in LABELS) >= 150


def test_no_line_stands_twice() -> None:
    keys = Counter(re.sub(r"\W+", " ", e.text.casefold()).strip() for e in EXAMPLES)
    assert [key for key, count in keys.items() if count > 1] == []


def test_whole_topics_are_held_out_with_every_label_among_them() -> None:
    held = [e for e in EXAMPLES if e.is_held_out]
    assert 0.08 < len(held) / len(EXAMPLES) < 0.25
    assert {e.topic for e in held}.isdisjoint(e.topic for e in EXAMPLES if not e.is_held_out)
    assert all(sum(e.carries[label] for e in held) >= 5 for label in LABELS)


def test_a_line_is_read_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("# topic: t\n+heated ~abuse | So, {Anjali}! See {o:Elm FC}\n", encoding="utf-8")
    (example,) = own.read(path)
    assert example.text == "So, Anjali! See Elm FC"
    assert [(example.text[s:e], kind) for s, e, kind in example.names] == [("Anjali", "PERSON"), ("Elm FC", "ORG")]
    assert example.carries["heated"] == example.weight["heated"] == example.weight["abuse"] == 1
    assert example.carries["abuse"] == 0
    assert example.weight["politics"] < 1


@pytest.mark.parametrize("line", ["+nonsense | text", "heated | text", "no bar"])
def test_a_faulty_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lines.txt"
    path.write_text(f"# topic: t\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lines\.txt:2"):
        list(own.read(path))


def test_held_out_names_are_taught_to_nobody() -> None:
    taught, held = (names.load(DATA / "names.toml", held_out=which) for which in (False, True))
    assert len(taught) > 80
    every = {name for group in taught.values() for name in (*group.given, *group.family)}
    assert every.isdisjoint(name for group in held.values() for name in (*group.given, *group.family))


def test_new_names_keep_their_marks_and_their_form() -> None:
    groups = list(names.load(DATA / "names.toml", held_out=False).values())
    chance = random.Random(5)  # noqa: S311
    for example in [e for e in EXAMPLES if any(p.kind == "PERSON" for p in e.pieces)][:300]:
        other = names.renamed(example, groups, chance, 1.0)
        before, after = ([p for p in e.pieces if p.kind == "PERSON"] for e in (example, other))
        assert len(before) == len(after)
        assert all(new.text == new.text.lower() for old, new in zip(before, after, strict=True) if old.text.islower())
        assert [(other.text[s:e]) for s, e, kind in other.names if kind == "PERSON"] == [p.text for p in after]
