"""Packs: the five that ship are whole, a faulty one says where, and hits are judged by every clause."""

from datetime import date
from pathlib import Path

import pytest

from checkpost.concerns import vocabulary
from checkpost.config import shipped_policies
from checkpost.errors import DataError
from checkpost.model import Confidence, Hit, Severity
from checkpost.policy.judge import judge
from checkpost.policy.load import load, load_all
from checkpost.policy.pack import Pack
from checkpost.policy.remind import MOST, reminders

PACK = """id = "ours"
title = "Our policy"
issuer = "Larkfield Learning Trust"
review_due = 2026-01-31
approver = "the head"

[[clause]]
id = "1"
heading = "Names"
summary = "No names."
applies_to = "personal"
checkable = "text"
[clause.concerns]
"people/learner" = "block"

[[clause]]
id = "2"
heading = "More"
summary = "Ask about names."
applies_to = "both"
checkable = "text"
[clause.concerns]
"people/learner" = "review"
"people/staff" = "advise"
"""


def pack(folder: Path, content: str = PACK) -> Pack:
    path = folder / "ours.toml"
    path.write_text(content, encoding="utf-8")
    return load(path)


def judged(hit: Hit, account: str | None, *packs: Pack) -> list[tuple[str, str, str]]:
    return [(ref.policy, ref.clause, ref.severity.value) for ref in judge(hit, packs, account)]


def test_a_hit_falls_under_every_clause_that_covers_it_and_binds_the_account(tmp_path: Path) -> None:
    hit = Hit("people/learner", "m")
    assert judged(hit, "personal", pack(tmp_path)) == [("ours", "1", "block"), ("ours", "2", "review")]
    assert judged(hit, "organisation", pack(tmp_path)) == [("ours", "2", "review")]
    assert judged(hit, None, pack(tmp_path)) == [("ours", "1", "block"), ("ours", "2", "review")]
    assert judged(Hit("people/partner", "m"), None, pack(tmp_path)) == []


def test_low_confidence_softens_by_one_step(tmp_path: Path) -> None:
    hit = Hit("people/learner", "m", confidence=Confidence.LOW)
    assert judged(hit, "personal", pack(tmp_path)) == [("ours", "1", "review"), ("ours", "2", "advise")]
    low_staff = Hit("people/staff", "m", confidence=Confidence.LOW)
    assert judged(low_staff, None, pack(tmp_path)) == [("ours", "2", "advise")]


def test_a_hit_may_be_for_one_policy_only(tmp_path: Path) -> None:
    hit = Hit("people/learner", "m", policies=frozenset({"theirs"}))
    assert judged(hit, None, pack(tmp_path)) == []


def test_overdue_is_from_the_day_after(tmp_path: Path) -> None:
    ours = pack(tmp_path)
    assert not ours.overdue(date(2026, 1, 31))
    assert ours.overdue(date(2026, 2, 1))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"people/learner" = "block"', '"people/lerner" = "block"', 14, 'Did you mean "people/learner"?'),
        ('"people/staff" = "advise"', '"people/staff" = "advice"', 24, 'Did you mean "advise"?'),
        ('applies_to = "both"', 'applies_to = "all"', 20, "personal, organisation, both"),
        ('checkable = "text"', 'checkable = "txt"', 12, 'Did you mean "text"?'),
        ('title = "Our policy"', 'tilte = "Our policy"', 2, 'Did you mean "title"?'),
        ('id = "2"', 'id = "1"', 16, 'clause "1" stands twice'),
        ('summary = "No names."', "", 7, 'clause 1 has no "summary"'),
        ("review_due = 2026-01-31", 'review_due = "2026"', 4, "must be a date"),
        ('heading = "More"', 'haeding = "More"', 18, 'Did you mean "heading"?'),
        ('issuer = "Larkfield Learning Trust"', "", 1, 'the pack has no "issuer"'),
        ("[[clause]]", "[[clause]", 7, "is not valid TOML"),
    ],
)
def test_a_faulty_pack_names_file_line_and_the_nearest_word(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    with pytest.raises(DataError) as raised:
        pack(tmp_path, PACK.replace(old, new, 1))
    assert message in str(raised.value)
    assert "ours.toml" in str(raised.value)
    assert raised.value.line == line


EXTENDING = """id = "stricter"
extends = "ours.toml"
title = "Stricter"

[[clause]]
id = "2"
[clause.concerns]
"people/staff" = "block"
"people/learner" = "off"

[[clause]]
id = "3"
heading = "Partners"
summary = "Partners too."
applies_to = "both"
checkable = "text"
[clause.concerns]
"people/partner" = "review"
"""


def extending(folder: Path, content: str = EXTENDING) -> Pack:
    pack(folder)
    path = folder / "stricter.toml"
    path.write_text(content, encoding="utf-8")
    return load(path)


def test_a_pack_may_extend_another(tmp_path: Path) -> None:
    found = extending(tmp_path)
    assert (found.id, found.title, found.issuer, found.approver) == (
        "stricter", "Stricter", "Larkfield Learning Trust", "the head",
    )  # fmt: skip
    assert [clause.id for clause in found.clauses] == ["1", "2", "3"]
    assert found.clauses[1].summary == "Ask about names."
    assert judged(Hit("people/staff", "m"), None, found) == [("stricter", "2", "block")]
    assert judged(Hit("people/learner", "m"), "organisation", found) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('extends = "ours.toml"', 'extends = "stricter.toml"', "leads back"),
        ('extends = "ours.toml"', 'extends = "clt-2021"', 'Did you mean "clt-2020"?'),
        ('extends = "ours.toml"', "extends = 3", "must name one pack"),
        ('heading = "Partners"', "", 'clause 3 has no "heading"'),
        ('"people/partner" = "review"', '"people/partner" = "off"', 'stricter.toml:18: clause 3: "off" is none of'),
    ],
)
def test_a_faulty_extension_says_where(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError) as raised:
        extending(tmp_path, EXTENDING.replace(old, new))
    assert message in str(raised.value)


def test_an_unknown_policy_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="clt-2020"):
        load_all(["clt-2002"], tmp_path / "checkpost.toml")


def test_two_packs_of_one_id_cannot_both_be_in_force(tmp_path: Path) -> None:
    pack(tmp_path)
    (tmp_path / "more.toml").write_text(PACK)
    with pytest.raises(DataError, match="two policies"):
        load_all(["ours.toml", "more.toml"], tmp_path / "checkpost.toml")


@pytest.mark.parametrize("name", shipped_policies())
def test_a_shipped_pack_is_whole(name: str) -> None:
    (found,) = load_all([name], None)
    assert found.id == name
    assert found.source
    assert found.review_due
    assert found.approver or found.reporting_contact
    for clause in found.clauses:
        assert bool(clause.concerns) == (clause.checkable in ("text", "image", "context")), clause.id
        assert bool(clause.reason) == (clause.checkable in ("advice", "none")), clause.id
        assert bool(clause.reminder) == (clause.checkable == "advice"), clause.id
        for topic in clause.remind_on:
            assert topic == "always" or any(topic in (c, c.partition("/")[0]) for c in vocabulary()), topic


def test_five_policies_ship() -> None:
    sizes = {found.id: len(found.clauses) for found in load_all((), None)}
    assert sizes == {
        "care-2023": 40,
        "clt-2020": 35,
        "dmm-2022": 133,
        "learning-institute-2022": 39,
        "trust-hr-2023": 102,
    }


def test_reminders_are_few_and_only_what_the_draft_makes_relevant() -> None:
    packs = load_all((), None)
    assert reminders(packs, set(), None) == ()
    found = reminders(packs, {"image/learner-pictured", "people/learner"}, "personal")
    assert 1 <= len(found) <= MOST
    by_text = {f"{c.reminder} ({p.id} {c.id})": c for p in packs for c in p.clauses if c.reminder}
    for text in found:
        clause = by_text[text]
        assert {"image/learner-pictured", "people/learner", "image", "people", "always"} & set(clause.remind_on)
        assert clause.binds("personal")


def test_severities_are_ordered() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == [Severity.ADVISE, Severity.REVIEW, Severity.BLOCK]
