"""Reports, rendered from a Report made by hand and compared with a snapshot.

`pytest --snapshot-update` writes the snapshots anew; look at the difference before you commit it.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checkpost.model import (
    ClauseRef,
    Confidence,
    Finding,
    Fix,
    Markup,
    NotChecked,
    Part,
    PartKind,
    Place,
    PolicyInForce,
    Post,
    PostReport,
    Report,
    Severity,
    SourceSpan,
    Suppressed,
    Verdict,
)
from checkpost.report import json_v1, terminal
from checkpost.report.look import Look
from checkpost.report.masking import mask, mask_span
from checkpost.text.offsets import LineIndex

SNAPSHOTS = Path(__file__).parent / "snapshots"
TEXT = "👩‍🏫 So proud of Megan Rowntree today!\nRing 07700 900482 \x1b[31m[/red]\n"
CLAUSES = (
    ClauseRef("ours", "1.2", "Learners", "No learner is named.", Severity.BLOCK),
    ClauseRef("theirs", "A/1", "People", "Ask before you name anybody, whoever they are.", Severity.REVIEW),
    ClauseRef("theirs", "A/2", "Care", "Think first.", Severity.ADVISE),
)


def place(words: str) -> Place:
    start = TEXT.index(words)
    return LineIndex(TEXT).place(SourceSpan(start, start + len(words)))


def finding(concern: str, **changes: object) -> Finding:
    base = Finding(
        detector="roster-name",
        concern=concern,
        severity=Severity.BLOCK,
        confidence=Confidence.HIGH,
        part="text",
        place=place("Megan Rowntree"),
        match="Megan Rowntree",
        message="A learner is named.",
        advice="Leave the name out.",
        clauses=CLAUSES,
        fix=Fix("a Year 9 learner", safe=True),
        evidence=("the roster",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def report() -> Report:
    parts = (
        Part("text", TEXT, markup=Markup.MARKDOWN),
        Part("images[0].metadata.GPSLatitude", "53.38", PartKind.METADATA),
    )
    post = Post("drafts/a.md", "drafts/a.md", parts, notes=("It was in UTF-16, and was decoded.",))
    phone = finding(
        "personal-data/contact-details",
        place=place("07700 900482"),
        match="07700 900482",
        message="A phone number of a person.",
        fix=None,
        detector="phone-number",
    )
    findings = (
        finding("people/learner"),
        phone,
        finding(
            "image/location", part=parts[1].name, place=None, match="53.38", severity=Severity.REVIEW, fix=None,
            clauses=CLAUSES[1:], confidence=Confidence.MEDIUM, message="The picture says where it was taken.",
        ),
        finding(
            "identity/disclaimer-missing", place=None, match=None, severity=Severity.ADVISE, clauses=(), fix=None,
            message="There is no disclaimer.",
        ),
    )  # fmt: skip
    allowed = Suppressed(finding("people/staff"), "consent 2026-114", "A. Rao", date(2027, 7, 31))
    first = PostReport(
        post,
        Verdict.BLOCK,
        "the head",
        findings,
        (allowed,),
        (NotChecked("images[1].file", "it is damaged."),),
        ("No account.",),
    )
    clear = PostReport(Post("b\x1b.md", "b.md", ()), Verdict.CLEAR, None, ())
    policies = (
        PolicyInForce("ours", "Our policy", "Larkfield", date(2030, 1, 1), overdue=False),
        PolicyInForce("theirs", "Their policy", "Elm School", date(2020, 1, 1), overdue=True),
    )
    return Report((first, clear), policies, ("An [[allow]] allowed nothing.",))


LOOKS = {
    "terminal": Look(show_matches=True),
    "terminal-masked": Look(),
    "terminal-ascii": Look(ascii=True, show_matches=True, width=80),
    "terminal-colour": Look(colour=True, show_matches=True),
}


def compare(name: str, text: str, *, update: bool) -> None:
    path = SNAPSHOTS / name
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOOKS)
def test_terminal(name: str, snapshot_update: bool) -> None:
    compare(f"{name}.txt", terminal.render(report(), LOOKS[name]), update=snapshot_update)


@pytest.mark.parametrize("show", [True, False])
def test_json(show: bool, snapshot_update: bool) -> None:
    text = json_v1.render(report(), Look(show_matches=show))
    compare(f"report{'-shown' if show else ''}.json", text, update=snapshot_update)


def test_json_has_the_keys_of_the_contract() -> None:
    document = json.loads(json_v1.render(report(), Look()))
    assert list(document) == ["schema", "tool", "policies", "posts", "summary"]
    assert document["schema"] == "checkpost/report@1"
    assert set(document["tool"]) == {"name", "version", "model"}
    post = document["posts"][0]
    assert {"id", "source", "verdict", "ask", "findings", "suppressed", "not_checked"} <= set(post)
    assert set(post["findings"][0]) == {
        "detector", "concern", "severity", "confidence", "part", "span", "match", "message", "advice", "clauses", "fix",
        "evidence",
    }  # fmt: skip
    assert set(post["findings"][0]["span"]) == {"start", "end", "line", "column", "end_line", "end_column"}
    assert post["findings"][-1]["span"] is None
    assert document["summary"] == {"posts": 2, "block": 1, "review": 0, "clear": 1, "findings": 4}


def test_carets_stand_under_the_match_in_display_cells() -> None:
    lines = terminal.render(report(), LOOKS["terminal"]).split("\n")
    at = next(i for i, line in enumerate(lines) if "^" in line)
    from rich.cells import cell_len  # noqa: PLC0415

    before_match = lines[at - 1][: lines[at - 1].index("Megan")]
    assert lines[at].index("^") == cell_len(before_match)
    assert lines[at].count("^") == len("Megan Rowntree")


def test_one_findings_snippet_does_not_give_away_another() -> None:
    text = terminal.render(report(), Look())
    assert "Megan Rowntree" not in text
    assert "07700 900482" not in text
    assert "53.38" not in text


def test_masks() -> None:
    assert mask("a") == "a"
    assert mask_span("07700 900482") == "0•••• 9•••••"
    assert len(mask_span("Mégan O’Neill")) == len("Mégan O’Neill")
    assert mask("supercalifragilistic") == "s" + "•" * 12
