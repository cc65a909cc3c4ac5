"""The short report for a terminal: a line a finding, and the verdict."""

from collections.abc import Iterator

from checkpost.concerns import vocabulary
from checkpost.model import Finding, PostReport, Report
from checkpost.report import words
from checkpost.report.diagnostic import clause_list, of_finding
from checkpost.report.look import Look
from checkpost.report.masking import shown_match


def render(report: Report, look: Look) -> str:
    """The report in as few lines as there are things to say."""
    return "".join(look.text(line) + "\n" for line in _lines(report, look))


def _lines(report: Report, look: Look) -> Iterator[str]:
    for post in report.posts:
        for finding in post.findings:
            yield _finding(post, finding, look)
        for item in post.not_checked:
            yield f"{post.post.source}: ? not checked: {item.what}: {item.why}"
    worst = words.worst(report)
    if worst is None:
        yield "No draft found"
        return
    ask = words.asked(report)
    if ask:
        yield f"Ask: {ask}"
    yield f" {look.dot} ".join([words.verdict(worst).upper(), *words.counts(report)])


def _finding(post: PostReport, finding: Finding, look: Look) -> str:
    diagnostic = of_finding(post, finding, look.column_unit)
    region = diagnostic.region
    where = f"{diagnostic.path}:{region.line}:{region.column}"
    if not diagnostic.exact and finding.part != "text":
        where = f"{diagnostic.path}: {finding.part}"
    match = shown_match(finding, show=look.show_matches)
    quoted = f': "{match}"' if match else ""
    under = clause_list(finding.clauses) or "house advice"
    return (
        f"{where}: {look.mark(finding.severity)} {words.SEVERITY[finding.severity]}: "
        f"{vocabulary()[finding.concern].title}{quoted} [{finding.concern}] ({under})"
    )
