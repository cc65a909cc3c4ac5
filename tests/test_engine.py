"""From hits to a verdict: nothing lost, nothing taken for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checkpost import engine as engine_module
from checkpost.config import Allow, Config, load
from checkpost.engine import Engine
from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, Markup, Part, Post, PostReport, ProseSpan, Severity, Verdict
from checkpost.rules import Case, Detector, Inference
from checkpost.text.document import Document
from tests.organisation import config


def post(text: str, account: str | None = None, *, not_markdown: bool = False) -> Post:
    context = Post("p", "p", ()).context
    markup = Markup.PLAIN if not_markdown else Markup.MARKDOWN
    return Post("p", "p", (Part("text", text, markup=markup),), context=replace(context, account=account))


def at_word(word: str, concern: str, **kwargs: object) -> Detector:
    def find(doc: Document, _knowledge: Knowledge) -> Iterator[Hit]:
        start = doc.prose.find(word)
        if start >= 0:
            hit = Hit(concern, "message", doc.part.name, ProseSpan(start, start + len(word)), Confidence.HIGH)
            yield replace(hit, **kwargs)  # type: ignore[arg-type]

    return Detector(f"finds-{word.casefold()}", (concern,), find)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> object:
    """Run with these rules and no others."""

    def use(*rules: Detector | Inference) -> None:
        monkeypatch.setattr(engine_module, "detectors", lambda: {r.id: r for r in rules if isinstance(r, Detector)})
        monkeypatch.setattr(engine_module, "inferences", lambda: {r.id: r for r in rules if isinstance(r, Inference)})

    return use


def checked(text: str, settings: Config | None = None, account: str | None = "personal") -> PostReport:
    return Engine.of(settings or config()).check_post(post(text, account))


def test_the_worst_finding_makes_the_verdict_and_names_whom_to_ask(only: object) -> None:
    only(at_word("Megan", "people/learner"), at_word("Rao", "identity/affiliation"))  # type: ignore[operator]
    report = checked("Megan and Rao")
    assert report.verdict is Verdict.BLOCK
    assert [f.concern for f in report.findings] == ["people/learner", "identity/affiliation"]
    assert report.ask is not None
    assert "clt-2020" in report.ask
    assert {ref.policy for ref in report.findings[0].clauses} == {"clt-2020", "dmm-2022"}
    assert checked("nothing here").verdict is Verdict.CLEAR


def test_a_concern_that_no_pack_maps_is_house_advice_and_never_dropped(only: object) -> None:
    only(at_word("lion", "image/ai-made"))  # type: ignore[operator]
    report = checked("a lion")
    assert [(f.clauses, f.severity) for f in report.findings] == [((), Severity.ADVISE)]
    assert report.verdict is Verdict.CLEAR


def test_a_rule_that_breaks_is_not_checked_and_the_rest_goes_on(only: object) -> None:
    def explode(_doc: Document, _knowledge: Knowledge) -> Iterator[Hit]:
        raise RuntimeError("Megan Rowntree")

    def implode(_case: Case) -> Iterator[Hit]:
        raise KeyError("Megan Rowntree")

    only(
        Detector("broken", ("people/staff",), explode),
        at_word("Heron", "confidential/term"),
        Inference("broken-too", ("people/staff",), implode),
    )  # type: ignore[operator]
    report = checked("Heron")
    assert [f.concern for f in report.findings] == ["confidential/term"]
    assert [item.what for item in report.not_checked] == ["broken", "broken-too"]
    assert all("Megan" not in item.why for item in report.not_checked), "an error must not quote the draft"
    assert checked("nothing").verdict is Verdict.REVIEW, "not checked is never clear"


def test_two_rules_at_one_place_are_one_finding_with_all_the_evidence(only: object) -> None:
    only(
        at_word("Megan", "people/learner", evidence=("one",), confidence=Confidence.LOW),
        at_word("Megan Rowntree", "people/learner", evidence=("two",)),
    )  # type: ignore[operator]
    (finding,) = checked("Megan Rowntree").findings
    assert (finding.match, finding.confidence, set(finding.evidence)) == ("Megan Rowntree", "high", {"one", "two"})


def test_places_are_in_the_source_as_written(only: object) -> None:
    only(at_word("Megan Rowntree", "people/learner", replacement="a learner"))  # type: ignore[operator]
    (finding,) = checked("so proud\nof **Megan** Row\u200bntree").findings
    assert finding.match == "Megan** Row\u200bntree"
    assert finding.place is not None
    assert (finding.place.line, finding.place.column, finding.place.span.start) == (2, 6, 14)
    assert finding.fix is not None
    assert not finding.fix.safe, "markup inside would be left over"


def test_words_in_code_are_not_the_authors_voice(only: object) -> None:
    only(at_word("rubbish", "conduct/abuse"), at_word("07700", "personal-data/contact-details"))  # type: ignore[operator]
    report = checked("`rubbish` `07700`")
    assert [f.concern for f in report.findings] == ["personal-data/contact-details"]


def test_an_allowed_term_is_kept_with_its_reason_until_its_day(only: object) -> None:
    only(at_word("Megan", "people/learner"))  # type: ignore[operator]
    allow = Allow("megan", "people/learner", "consent 2026-114", "A. Rao", date(2999, 1, 1))
    report = checked("Megan", replace(config(), allow=(allow,)))
    assert report.findings == ()
    assert [(s.finding.match, s.reason, s.by) for s in report.suppressed] == [("Megan", "consent 2026-114", "A. Rao")]
    assert report.verdict is Verdict.CLEAR
    other = replace(allow, concern="people/staff")
    assert len(checked("Megan", replace(config(), allow=(other,))).findings) == 1
    expired = replace(allow, until=date(2020, 1, 1))
    engine = Engine.of(replace(config(), allow=(expired, other)))
    notes = engine.check([post("Megan")]).notes
    assert len(engine.check_post(post("Megan")).findings) == 1
    assert "ran out on 2020-01-01" in notes[0]
    assert "allowed nothing" in notes[1]


def test_a_comment_allows_the_next_finding_and_no_more(only: object) -> None:
    only(at_word("Megan", "people/learner"), at_word("Zofia", "people/learner"))  # type: ignore[operator]
    allow = '<!-- checkpost: allow people/learner "consent 2026-114" by "A. Rao" until 2999-01-01 -->'
    report = checked(f"{allow}\nMegan and Zofia")
    assert [s.finding.match for s in report.suppressed] == ["Megan"]
    assert [f.match for f in report.findings] == ["Zofia"]
    assert report.notes == ()


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("allow people/learner", "must read"),
        ('allow people/lerner "why"', 'Did you mean "people/learner"?'),
        ('allow people/learner "why" until 2020-01-01', "ran out on 2020-01-01"),
        ('allow people/learner "why" until 2020-13-01', "not a date"),
        ('allow people/staff "why"', "allowed nothing"),
    ],
)
def test_a_comment_that_allows_nothing_says_so(only: object, comment: str, note: str) -> None:
    only(at_word("Megan", "people/learner"))  # type: ignore[operator]
    report = checked(f"Hi.\n\n<!-- checkpost: {comment} -->\n\nMegan")
    assert len(report.findings) == 1
    assert report.notes[0].startswith("Line 3: ")
    assert note in report.notes[0]


def test_an_absence_has_no_place_and_comes_last(only: object) -> None:
    def infer(_case: Case) -> Iterator[Hit]:
        yield Hit("identity/disclaimer-missing", "message")

    only(Inference("disclaimer", ("identity/disclaimer-missing",), infer), at_word("Megan", "people/learner"))  # type: ignore[operator]
    findings = checked("proud of Megan").findings
    assert [f.concern for f in findings] == ["people/learner", "identity/disclaimer-missing"]
    assert (findings[1].place, findings[1].match) == (None, None)


def test_thresholds_hide_but_do_not_clear(only: object) -> None:
    only(at_word("Megan", "people/learner", confidence=Confidence.MEDIUM))  # type: ignore[operator]
    report = checked("Megan", replace(config(), min_confidence=Confidence.HIGH))
    assert report.findings == ()
    assert report.verdict is Verdict.BLOCK


def test_what_the_draft_leaves_out_is_said() -> None:
    assumed = checked("Hello", account=None).assumed
    assert any("account" in line for line in assumed)
    assert not any("account" in line for line in checked("Hello", account="personal").assumed)


def test_without_a_configuration_all_five_policies_judge(tmp_path: Path) -> None:
    report = Engine.of(load(None)).check([post("write to me@postbox.example")])
    assert {policy.id for policy in report.policies} == {ref.policy for f in report.findings for ref in f.clauses}
    assert tmp_path.exists()
