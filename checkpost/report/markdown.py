"""Markdown: a table a post, to paste into the mail that asks for approval.

Every sign that Markdown could read as markup is escaped, so that a draft cannot make a link, a picture or a heading of
itself in the approver's mail.
"""

import re
from collections.abc import Iterable, Iterator

from checkpost.concerns import vocabulary
from checkpost.model import Finding, PolicyInForce, PostReport, Report
from checkpost.report import words
from checkpost.report.diagnostic import clause_list, set_aside_because
from checkpost.report.look import Look, visible
from checkpost.report.masking import shown_match

# The punctuation that starts or ends an inline, a cell or a bare link in GFM (https://github.github.com/gfm/).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~#!&@$]|(?<=\w)://|(?<=www)\.")
_HEADS = ("Severity", "What", "Where", "Why, and what to do", "Under")


def render(report: Report, look: Look) -> str:
    """The report as GitHub-flavoured Markdown."""
    return "\n".join(_lines(report, look)) + "\n"


def _lines(report: Report, look: Look) -> Iterator[str]:
    if not report.posts:
        yield "No draft was found."
    for number, post in enumerate(report.posts):
        if number:
            yield ""
        yield from _post(post, look)
    if report.policies:
        yield ""
        yield f"Judged by {'; '.join(_policy(policy) for policy in report.policies)}."
    yield from _list("Notes", report.notes)


def _post(post: PostReport, look: Look) -> Iterator[str]:
    yield f"## {escape(words.verdict(post))}: {escape(post.post.name)}"
    if post.ask:
        yield ""
        yield f"To be approved by: {escape(post.ask)}"
    if post.findings:
        yield ""
        yield f"| {' | '.join(_HEADS)} |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_row(finding, look) for finding in post.findings)
    else:
        yield ""
        yield "Nothing was found." if not post.not_checked else "Nothing was found in what could be checked."
    yield from _list("Not checked", (f"{item.what}: {item.why}" for item in post.not_checked))
    yield from _list(
        "Set aside", (f"{vocabulary()[i.finding.concern].title}: {set_aside_because(i)}" for i in post.suppressed)
    )
    yield from _list("Assumed", post.assumed)
    yield from _list("Before posting", post.reminders)
    yield from _list("Notes", (*post.post.notes, *post.notes))


def _row(finding: Finding, look: Look) -> str:
    what = escape(vocabulary()[finding.concern].title)
    if match := shown_match(finding, show=look.show_matches):
        what += f": {escape(match)}"
    do = f"{finding.message} {finding.advice}"
    if finding.fix:
        do += f" Instead: {finding.fix.replacement}"
    cells = (
        f"**{words.SEVERITY[finding.severity]}**",
        what,
        escape(words.place(finding) or "the whole post"),
        escape(do),
        escape(clause_list(finding.clauses) or "house advice"),
    )
    return f"| {' | '.join(cells)} |"


def _policy(policy: PolicyInForce) -> str:
    overdue = f", overdue for review since {policy.review_due}" if policy.overdue else ""
    return escape(f"{policy.title}, {policy.issuer} ({policy.id}{overdue})")


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {escape(item)}" for item in dict.fromkeys(items)]
    if lines:
        yield ""
        yield f"{title}:"
        yield ""
        yield from lines


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> print(escape("a|b [x](http://example.org) <b>"))
    a\|b \[x\](http\://example.org) \<b\>
    """
    return _MARKUP.sub(lambda match: "\\" + match[0] if match[0] != "://" else "\\://", visible(text))
