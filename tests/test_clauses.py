"""Every clause of the five policies has its row, and every one that a draft can show has posts that prove its check."""

from functools import cache
from pathlib import Path

import pytest

from checkpost.config import load, shipped_policies
from checkpost.coverage import ClauseCase, cases
from checkpost.drafts.fields import record
from checkpost.engine import Engine
from checkpost.model import PostReport
from checkpost.policy.load import load_all
from tests.organisation import EXAMPLES

IDS = Path(__file__).parent / "clause_ids.txt"
CASES = [pytest.param(pack, case, id=case.id) for pack in shipped_policies() for case in cases(pack)]


@cache
def engine(pack: str) -> Engine:
    from dataclasses import replace  # noqa: PLC0415

    return Engine.of(replace(load(EXAMPLES / "checkpost.toml"), policies=(pack,)))


def report_on(pack: str, post: object) -> PostReport:
    return engine(pack).check_post(record(post, "case", "case", None))


def clauses_of(report: PostReport) -> set[str]:
    return {ref.clause for finding in report.findings for ref in finding.clauses}


def test_the_packs_hold_every_clause_once_and_in_order() -> None:
    expected = [line for line in IDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    held = {pack.id: [f"{pack.id}:{clause.id}" for clause in pack.clauses] for pack in load_all((), None)}
    for name, found in held.items():
        assert found == [line for line in expected if line.startswith(f"{name}:")]
    assert sum(map(len, held.values())) == len(expected) == 349


@pytest.mark.parametrize("name", shipped_policies())
def test_every_clause_that_can_be_checked_has_a_case(name: str) -> None:
    (pack,) = load_all((name,), None)
    proven = {clause for case in cases(name) for clause in case.clauses}
    checkable = {clause.id for clause in pack.clauses if clause.concerns}  # each has a check: see below
    assert proven == checkable


@pytest.mark.parametrize(("pack", "case"), CASES)
def test_a_post_in_breach_is_found_under_the_clause(pack: str, case: ClauseCase) -> None:
    report = report_on(pack, {"id": "x", **case.flagged})
    assert set(case.clauses) <= clauses_of(report), [(f.concern, f.match) for f in report.findings]


@pytest.mark.parametrize(("pack", "case"), CASES)
def test_a_post_near_it_is_not(pack: str, case: ClauseCase) -> None:
    report = report_on(pack, {"id": "x", **case.quiet})
    found = [(f.concern, f.match) for f in report.findings if {ref.clause for ref in f.clauses} & set(case.clauses)]
    assert found == []
    assert report.not_checked == ()
