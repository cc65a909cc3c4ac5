"""The JSON report, version 1: a contract that other programs read. Its shape is spelled out here and nowhere else."""

import json
from typing import Any

from checkpost import __version__
from checkpost.model import Finding, Place, PostReport, Report, Verdict
from checkpost.report.look import Look
from checkpost.report.masking import shown_match


def render(report: Report, look: Look) -> str:
    """The report as one JSON document, ending in a line end."""
    document = {
        **head(report),
        "posts": [post_report(post, show_matches=look.show_matches) for post in report.posts],
        "summary": summary(report),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def head(report: Report) -> dict[str, Any]:
    """What made the report, and by which policies."""
    return {
        "schema": "checkpost/report@1",
        "tool": {"name": "checkpost", "version": __version__, "model": report.model},
        "policies": [
            {
                "id": policy.id,
                "title": policy.title,
                "review_due": policy.review_due.isoformat() if policy.review_due else None,
                "overdue": policy.overdue,
            }
            for policy in report.policies
        ],
    }


def summary(report: Report) -> dict[str, int]:
    """How many posts came to each verdict, and how many findings there are."""
    return {
        "posts": len(report.posts),
        **{verdict.value: sum(post.verdict is verdict for post in report.posts) for verdict in Verdict},
        "findings": len(report.findings),
    }


def post_report(report: PostReport, *, show_matches: bool) -> dict[str, Any]:
    """What one draft came to; matched text is masked unless it is asked for."""
    return {
        "id": report.post.name,
        "source": report.post.source,
        "verdict": report.verdict.value,
        "ask": report.ask,
        "findings": [_finding(finding, show_matches) for finding in report.findings],
        "suppressed": [
            {
                **_finding(suppressed.finding, show_matches),
                "reason": suppressed.reason,
                "by": suppressed.by,
                "until": suppressed.until.isoformat() if suppressed.until else None,
            }
            for suppressed in report.suppressed
        ],
        "not_checked": [{"what": item.what, "why": item.why} for item in report.not_checked],
        "assumed": list(report.assumed),
    }


def _finding(finding: Finding, show: bool) -> dict[str, Any]:
    return {
        "detector": finding.detector,
        "concern": finding.concern,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "part": finding.part,
        "span": _span(finding.place) if finding.place else None,
        "match": shown_match(finding, show=show),
        "message": finding.message,
        "advice": finding.advice,
        "clauses": [{"policy": ref.policy, "clause": ref.clause, "summary": ref.summary} for ref in finding.clauses],
        "fix": {"replacement": finding.fix.replacement, "safe": finding.fix.safe} if finding.fix else None,
        "evidence": list(finding.evidence),
    }


def _span(place: Place) -> dict[str, Any]:
    return {
        "start": place.span.start,
        "end": place.span.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        **({"where": place.words} if place.words else {}),
    }
