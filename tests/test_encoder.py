"""The trained model: what it reads keeps its place and depends on nothing else; where it is missing, that is said."""

import itertools
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpost import engine as engine_module
from checkpost import knowledge as knowledge_module
from checkpost import rules as rules_module
from checkpost.encoder import component, runtime
from checkpost.encoder.labels import CONCERNS, LABELS
from checkpost.encoder.runtime import WEIGHTS, load
from checkpost.encoder.words import words
from checkpost.engine import Engine
from checkpost.errors import InputError
from checkpost.model import Confidence, Hit, Markup, Part, Post, PostReport, ProseSpan, Verdict
from checkpost.report import terminal
from checkpost.report.look import Look
from checkpost.rules import Detector
from checkpost.witness import MESSAGES
from tests.organisation import config

NAMED = "So proud of Oluwaseun Adeyemi, who read to the whole of Reception today."
HEARSAY = "People say that the new deputy was let go from his last school over a cheque."


def checked(text: str) -> PostReport:
    return Engine.of(config()).check_post(Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),)))


@given(st.text())
def test_words_stand_in_order_and_hold_no_spaces(text: str) -> None:
    found = list(words(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(0 <= word.start < word.end <= len(text) and word.form.strip() for word in found)
    assert not any(text[at].isalnum() for at in range(len(text)) if not any(w.start <= at < w.end for w in found))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    (reading,) = load().read([text])
    assert all(0 <= name.start < name.end <= len(text) for name in reading.names)
    assert all(0 <= p <= 1 for sentence in reading.sentences for p in sentence.probability.values())


def test_a_name_is_seen_where_it_stands() -> None:
    (reading,) = load().read([NAMED])
    assert [NAMED[n.start : n.end] for n in reading.names if n.kind == "PERSON"] == ["Oluwaseun Adeyemi"]


def test_a_text_is_read_alike_whatever_is_read_beside_it() -> None:
    texts = [NAMED, HEARSAY, "", "🎉", NAMED * 9]
    together = load().read(texts)
    assert together == [load().read([text])[0] for text in texts]
    assert load().read(texts[::-1]) == together[::-1]


def test_a_long_text_is_read_to_its_end() -> None:
    filler = "We planted beans, watered them and waited for the sun to come out. " * 30
    (reading,) = load().read([filler + NAMED + " " + filler])
    (name,) = [name for name in reading.names if name.kind == "PERSON"]
    assert (name.start, name.end) == (len(filler) + 12, len(filler) + 29)
    assert len(reading.sentences) == 61


def test_a_sentence_is_reported_for_itself_not_for_its_neighbours() -> None:
    (reading,) = load().read([f"Gates open at half past nine. {HEARSAY} Bring a coat and some water."])
    before, hearsay, after = reading.sentences
    assert hearsay.sure
    assert not before.sure
    assert not after.sure


def test_every_label_has_a_concern_a_message_and_settings() -> None:
    data = json.loads((WEIGHTS / "settings.json").read_text(encoding="utf-8"))
    assert set(data["labels"]) == set(CONCERNS) == set(MESSAGES) == set(LABELS)
    for label in data["labels"].values():
        for thresholds in label["thresholds"].values():
            assert 0 < thresholds["low"] <= thresholds["medium"] <= thresholds["high"] <= 1
    own, nobodys = (data["labels"]["disparagement"]["thresholds"][kind]["low"] for kind in ("voiced", "plain"))
    assert own < nobodys


def at(text: str, concern: str, confidence: Confidence) -> Detector:
    def find(doc: object, _knowledge: object) -> list[Hit]:
        start = doc.prose.find(text)  # type: ignore[attr-defined]
        return [
            Hit(concern, "A rule.", span=ProseSpan(start, start + len(text)), confidence=confidence, evidence=("r",))
        ]

    return Detector("rule", (concern,), find)


def test_a_rule_and_the_model_make_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    tone = rules_module.detectors()["tone"]
    rule = at("a cheque", "conduct/rumour", Confidence.LOW)
    monkeypatch.setattr(engine_module, "detectors", lambda: {"rule": rule, "tone": tone})
    (finding,) = [f for f in checked(HEARSAY).findings if f.concern == "conduct/rumour"]
    assert finding.detector == "rule"
    assert finding.match == HEARSAY  # what has to change is the sentence, not the rule's words alone
    assert finding.evidence[0] == "r"
    assert "trained model" in finding.evidence[1]
    assert finding.confidence is not Confidence.LOW


def test_the_model_alone_underlines_the_sentence_and_says_that_it_spoke(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "detectors", lambda: {"tone": _TONE})
    (finding,) = [f for f in checked(f"Good morning! {HEARSAY}").findings if f.concern == "conduct/rumour"]
    assert finding.match == HEARSAY
    assert "trained model" in finding.evidence[0]


_TONE = rules_module.detectors()["tone"]


def test_a_guess_at_a_name_gives_way_to_whoever_it_is_known_to_be() -> None:
    report = checked("Congratulations to Megan Rowntree and to Zainab Warsame-Osei on a cracking race.")
    people = {f.match: (f.concern, f.detector) for f in report.findings if f.concern.startswith("people/")}
    assert people["Megan Rowntree"][0] == "people/learner"
    assert "Zainab Warsame-Osei" in people
    assert len(people) == len([f for f in report.findings if f.concern.startswith("people/")])


def test_the_author_is_no_stranger() -> None:
    post = Post("p", "p", (Part("text", "Zainab Warsame-Osei, over and out until Monday."),))
    author = replace(post.context.author, name="Zainab Warsame-Osei")
    engine = Engine.of(config())
    assert "model-name" in {f.detector for f in engine.check_post(post).findings}
    own = replace(post, context=replace(post.context, author=author))
    assert "model-name" not in {f.detector for f in engine.check_post(own).findings}


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runtime, "load", lambda: load.__wrapped__(tmp_path))


@pytest.mark.usefixtures("missing")
def test_without_its_files_all_else_is_checked_and_the_report_says_so() -> None:
    engine = Engine.of(config())
    report = engine.check([Post("p", "p", (Part("text", "Ring Megan Rowntree on 07700 900123"),))])
    (checked_post,) = report.posts
    (item,) = checked_post.not_checked
    assert item.what == "model"
    assert report.model is None
    assert {"people/learner", "personal-data/contact-details"} <= {f.concern for f in checked_post.findings}
    assert engine.check_post(Post("q", "q", (Part("text", "Hello"),))).verdict is Verdict.REVIEW


PAINT = "The driver in the red van waved at our Year 2s."
DEBT = "The trust is £2m in the red, and nobody has told staff."


def test_it_hears_where_words_for_debt_are_none() -> None:
    assert "confidential/finance" not in {f.concern for f in checked(PAINT).findings}
    assert "confidential/finance" in {f.concern for f in checked(DEBT).findings}


@pytest.mark.usefixtures("missing")
def test_without_it_the_rules_decide() -> None:
    assert "confidential/finance" in {f.concern for f in checked(PAINT).findings}


def test_half_sure_it_speaks_low_and_of_people_of_work_only() -> None:
    def said(text: str) -> list[Confidence]:
        return [f.confidence for f in checked(text).findings if f.concern == "conduct/disparagement"]

    assert said("Some of our teachers read the plans in the car park.") == [Confidence.LOW]
    assert not said("Some of their teachers read the plans in the car park."), "nobody speaks of their own"
    assert not said("Honestly, some of these kettles couldn't boil a goldfish.")


def test_without_its_libraries_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "checkpost.encoder.runtime", None)
    assert "missing" in (knowledge_module.Knowledge().unread or "")


def test_damaged_files_are_named_as_such(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    (tmp_path / "weights" / "model.onnx").write_bytes(b"no model")
    with pytest.raises(InputError, match="Install checkpost again"):
        load(tmp_path / "weights")


def test_it_runs_in_any_english_pipeline() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "EVENT", "pattern": "Reception"}])  # type: ignore[attr-defined]
    nlp.add_pipe("checkpost_encoder")
    one, other = nlp.pipe([NAMED, HEARSAY])
    assert {(e.text, e.label_) for e in one.ents} >= {("Oluwaseun Adeyemi", "PERSON"), ("Reception", "EVENT")}
    assert other._.checkpost_labels["rumour"] > 0.5 > one._.checkpost_labels["rumour"]
    assert nlp(NAMED)._.checkpost_labels == one._.checkpost_labels
    assert component.__name__ in sys.modules


def test_a_sentence_longer_than_the_line_is_shown_cut() -> None:
    text = f"- > **Good morning!** {'Pass this on to twelve teachers before midnight and luck will find you ' * 4}"
    report = Engine.of(config()).check([Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),))])
    assert "trained model" in "".join(e for f in report.findings for e in f.evidence)
    assert "luck will find you" not in terminal.render(report, Look())
