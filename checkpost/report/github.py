"""Annotations for GitHub Actions: workflow commands, which a runner reads from standard output.

Escapes as `actions/toolkit` has them: `%`, CR and LF in what is said, and `:` and `,` too in a property. `col` and
`endColumn` are left out where a range spans lines, as GitHub refuses them there.
"""

from checkpost.concerns import vocabulary
from checkpost.model import Report
from checkpost.report.diagnostic import NOT_CHECKED, Diagnostic, diagnostics
from checkpost.report.look import Look, visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, look: Look) -> str:
    """A workflow command a line."""
    return "".join(_command(diagnostic) for post in report.posts for diagnostic in diagnostics(post, look.column_unit))


def _command(diagnostic: Diagnostic) -> str:
    region = diagnostic.region
    properties = {"file": diagnostic.path, "line": str(region.line)}
    if diagnostic.exact:
        properties["endLine"] = str(region.end_line)
        if region.line == region.end_line:
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    properties["title"] = _title(diagnostic.code)
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.level]} {listed}::{_data(diagnostic.message)}\n"


def _title(code: str) -> str:
    return "Not checked" if code == NOT_CHECKED else f"{vocabulary()[code].title} [{code}]"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")  # visible() has dealt with CR and LF


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
