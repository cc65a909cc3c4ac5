"""What a report calls things, the same in every format that a person reads."""

import re
from collections.abc import Iterator

from checkpost.model import Finding, PostReport, Report, Severity, Verdict

SEVERITY = {Severity.BLOCK: "Must change", Severity.REVIEW: "Needs approval", Severity.ADVISE: "Advice"}
HOUSE_ADVICE = "house advice (no policy in force speaks of this)"
_COUNTED = ((Severity.BLOCK, "must change"), (Severity.REVIEW, "need approval"), (Severity.ADVISE, "to consider"))
_PICTURE = re.compile(r"images\[(?P<index>\d+)\](?:\.(?:metadata\.)?(?P<field>.+))?")


def verdict(post: PostReport) -> str:
    """The verdict in words; where nothing but an unfinished check stands against posting, that is what it says."""
    if post.not_checked and all(finding.severity is Severity.ADVISE for finding in post.findings):
        return "Not checked" if not post.post.parts else "Not fully checked"
    return post.verdict.words


def worst(report: Report) -> PostReport | None:
    """The post with the gravest verdict; None where there is no post."""
    order = (Verdict.CLEAR, Verdict.REVIEW, Verdict.BLOCK)
    return max(report.posts, key=lambda post: order.index(post.verdict), default=None)


def asked(report: Report) -> str:
    """Whom to ask before posting, or nothing."""
    return "; ".join(dict.fromkeys(post.ask for post in report.posts if post.ask))


def counts(report: Report) -> Iterator[str]:
    """How many findings of each severity, then how many posts where there are several."""
    if report.interrupted:
        yield "interrupted, so this is a partial report"
    if not report.findings:
        yield "nothing found" if report.complete else "nothing found in what could be checked"
        return
    for severity, words in _COUNTED:
        number = sum(finding.severity is severity for finding in report.findings)
        if number:
            yield f"{number} {words}"
    if len(report.posts) > 1:
        yield f"{len(report.posts)} posts"


def place(finding: Finding) -> str | None:
    """Where in its post a finding stands, in words; None for what the text as a whole lacks."""
    if finding.place and finding.place.words:
        return finding.place.words
    if finding.part == "text":
        return f"line {finding.place.line}, column {finding.place.column}" if finding.place else None
    part = _PICTURE.sub(_picture, finding.part)
    return f"{part}, character {finding.place.span.start + 1}" if finding.place else part


def _picture(match: re.Match[str]) -> str:
    field = {"alt": "alt text", "file": "file name"}.get(match["field"] or "", match["field"])
    return f"picture {int(match['index']) + 1}" + (f", {field}" if field else "")
