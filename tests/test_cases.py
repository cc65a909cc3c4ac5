"""Every detector and inference does what its cases say: tests/cases/<module>.toml.

⟦…⟧ marks the expected spans. A case's `post` holds keys of the JSON input; `part` is where `text` stands (alt,
caption, file, or metadata.FIELD of a first picture); `concern` is needed where a rule has several; `confidence` is
checked if given.
`[[clean]]` expects no hit of the rule (or, with `concern`, none of that concern).
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checkpost.drafts.fields import record
from checkpost.merge import merge
from checkpost.model import Hit, Post, SourceSpan
from checkpost.rules import Case, Detector, Inference, detectors, documentation, inferences
from checkpost.text.document import Document
from tests.organisation import engine

CASES = Path(__file__).parent / "cases"
RULES: dict[str, Detector | Inference] = {**detectors(), **inferences()}
IDS = sorted(RULES)


def cases_of(rule: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((CASES / f"{rule.replace('-', '_')}.toml").read_text(encoding="utf-8"))


def every(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule in IDS
        if (CASES / f"{rule.replace('-', '_')}.toml").is_file()
        for number, case in enumerate(cases_of(rule).get(kind, []), start=1)
    ]


def unbracket(marked: str) -> tuple[str, list[SourceSpan]]:
    spans, text, start = [], "", 0
    for piece in re.split(r"([⟦⟧])", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            spans.append(SourceSpan(start, len(text)))
        else:
            text += piece
    return text, spans


def run(rule: str, case: dict[str, Any], text: str) -> tuple[Post, list[tuple[Hit, SourceSpan | None]]]:
    data = {"id": "case", "text": "", **case.get("post", {})}
    where = case.get("part", "text")
    if where == "text":
        data["text"] = text
    else:
        image = data.setdefault("images", [{}])[0]
        holder, _, field = where.rpartition(".")
        (image.setdefault("metadata", {}) if holder else image)[field] = text
    post = record(data, "case", "case", None)
    knowledge = engine().knowledge
    documents = tuple(Document.of(part) for part in post.parts)
    hits = [
        hit
        for d in detectors().values()
        for doc in documents
        if doc.part.kind in d.reads
        for hit in d.find(doc, knowledge)
    ]
    found = RULES[rule]
    if isinstance(found, Detector):
        hits = [hit for doc in documents if doc.part.kind in found.reads for hit in found.find(doc, knowledge)]
    else:
        hits = list(found.infer(Case(post, documents, tuple(hits), knowledge)))
    hits = [hit for _, hit in merge((rule, hit) for hit in hits)]
    by_name = {doc.part.name: doc for doc in documents}
    return post, [(hit, by_name[hit.part].offsets.to_source(hit.span) if hit.span else None) for hit in hits]


@pytest.mark.parametrize(("rule", "case"), every("hit"))
def test_hit(rule: str, case: dict[str, Any]) -> None:
    text, expected = unbracket(case.get("text", ""))
    concern = case.get("concern", RULES[rule].concerns[0])
    _, hits = run(rule, case, text)
    wanted = [(hit, span) for hit, span in hits if hit.concern == concern]
    assert wanted, f"nothing found; other hits: {[(h.concern, s and text[s.start : s.end]) for h, s in hits]}"
    if expected:
        spans = sorted({(span.start, span.end) for _, span in wanted if span})
        assert [text[a:b] for a, b in spans] == [text[s.start : s.end] for s in expected]
        assert spans == [(s.start, s.end) for s in expected]
    if "confidence" in case:
        assert {hit.confidence.value for hit, _ in wanted} == {case["confidence"]}


@pytest.mark.parametrize(("rule", "case"), every("clean"))
def test_clean(rule: str, case: dict[str, Any]) -> None:
    text, expected = unbracket(case.get("text", ""))
    assert not expected, "a clean case marks nothing"
    _, hits = run(rule, case, text)
    if "concern" in case:
        hits = [(hit, span) for hit, span in hits if hit.concern == case["concern"]]
    assert [(hit.concern, span and text[span.start : span.end]) for hit, span in hits] == []


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_has_cases(rule: str) -> None:
    cases = cases_of(rule)
    assert len(cases.get("hit", [])) >= 3, "at least three cases that it finds"
    assert len(cases.get("clean", [])) >= 3, "at least three that it leaves alone"
    raised = {case.get("concern", RULES[rule].concerns[0]) for case in cases["hit"]}
    assert raised == set(RULES[rule].concerns), "each of its concerns has a case"


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_explains_itself(rule: str) -> None:
    found = RULES[rule]
    call = found.find if isinstance(found, Detector) else found.infer
    assert call.__module__.rpartition(".")[2].replace("_", "-") == rule, "the id is the module's name"
    text = documentation(found)
    for heading in ("What it finds:", "Why it matters:", "Not flagged:"):
        assert heading in text


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem.replace("_", "-") for path in CASES.glob("*.toml")} <= set(IDS)
