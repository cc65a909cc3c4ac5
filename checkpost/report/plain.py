"""The report in plain sentences, for a screen reader: no boxes, no carets, no colour, nothing told by place alone.

The verdict comes first, since a listener cannot glance at the end. Findings are numbered, so that they can be told
apart by ear, and bullets are words.
"""

from collections.abc import Iterator

from checkpost.concerns import vocabulary
from checkpost.model import Finding, PostReport, Report
from checkpost.report import words
from checkpost.report.diagnostic import clause_list, set_aside_because
from checkpost.report.look import Look
from checkpost.report.masking import unmasked


def render(report: Report, look: Look) -> str:
    """The report, a sentence or two a line."""
    return "".join(look.text(line) + "\n" for line in _lines(report, look))


def _lines(report: Report, look: Look) -> Iterator[str]:
    worst = words.worst(report)
    if worst is None:
        yield "No draft was found."
        return
    yield f"Verdict: {words.verdict(worst)}. {', '.join(words.counts(report)).capitalize()}."
    ask = words.asked(report)
    if ask:
        yield f"Ask {ask}."
    for post in report.posts:
        yield ""
        yield from _post(post, look)
    for note in report.notes:
        yield f"Note: {note}"
    if report.findings and not look.show_matches:
        yield "The words that were found are left out here. To have them too, add --show-matches."


def _post(post: PostReport, look: Look) -> Iterator[str]:
    yield f"Post {post.post.name}: {words.verdict(post)}."
    total = len(post.findings)
    for number, finding in enumerate(post.findings, start=1):
        yield from _finding(f"Finding {number} of {total}", finding, look)
    for item in post.not_checked:
        yield f"Not checked: {item.what}: {item.why}"
    for allowed in post.suppressed:
        title = vocabulary()[allowed.finding.concern].title
        yield f"Set aside: {title}. The reason given: {set_aside_because(allowed)}."
    for told, items in (("Before you post", post.reminders), ("Assumed", post.assumed)):
        for text in items:
            yield f"{told}: {text}"
    for text in (*post.post.notes, *post.notes):
        yield f"Note: {text}"


def _finding(title: str, finding: Finding, look: Look) -> Iterator[str]:
    concern = vocabulary()[finding.concern]
    yield f"{title}. {words.SEVERITY[finding.severity]}: {concern.title}. Confidence {finding.confidence}."
    place = words.place(finding)
    if place:
        yield f"Where: {place}."
    if finding.match and look.show_matches:
        yield f"The words: {unmasked(finding.match, finding.part)}"
    yield f"Why: {finding.message}"
    yield f"What to do: {finding.advice}"
    if finding.fix:
        yield f"You could write instead: {finding.fix.replacement}"
    yield f"Under: {clause_list(finding.clauses) or words.HOUSE_ADVICE}."
