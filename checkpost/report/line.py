"""One line a finding, as compilers print them: `path:line:col: severity[concern] message`, for editors and grep."""

from checkpost.model import Report
from checkpost.report.diagnostic import Diagnostic, diagnostics
from checkpost.report.look import Look


def render(report: Report, look: Look) -> str:
    """A line for each finding and for each thing that was not checked; nothing where there is nothing to say."""
    return "".join(
        look.text(f"{d.path}:{d.region.line}:{d.region.column}: {_severity(d)}[{d.code}] {d.message}") + "\n"
        for post in report.posts
        for d in diagnostics(post, look.column_unit)
    )


def _severity(diagnostic: Diagnostic) -> str:
    """The policy's word; of what was not checked, none speaks."""
    return diagnostic.finding.severity.value if diagnostic.finding else "error"
