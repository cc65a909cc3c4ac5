"""The Reviewdog Diagnostic Format, for reviewdog to comment on a pull request.

Source: `DiagnosticResult` in reviewdog's proto/rdf/reviewdog.proto. Columns are counted in bytes of UTF-8 from 1, the
end exclusive.
"""

import json
from typing import Any

from checkpost.model import Report
from checkpost.report.diagnostic import Diagnostic, Region, diagnostics
from checkpost.report.look import ColumnUnit, Look, visible

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, _look: Look) -> str:
    """One `DiagnosticResult`."""
    result = {
        "source": {"name": "checkpost"},
        "diagnostics": [_diagnostic(d) for post in report.posts for d in diagnostics(post, ColumnUnit.BYTES)],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    told: dict[str, Any] = {
        "message": visible(diagnostic.message),
        "location": {"path": diagnostic.path, "range": _range(diagnostic.region)},
        "severity": _SEVERITIES[diagnostic.level],
        "code": {"value": diagnostic.code},
    }
    fix = diagnostic.finding.fix if diagnostic.finding else None
    if fix and diagnostic.exact and not fix.splits_markup:
        told["suggestions"] = [{"range": _range(diagnostic.region), "text": fix.replacement}]
    return told


def _range(region: Region) -> dict[str, Any]:
    return {
        "start": {"line": region.line, "column": region.column},
        "end": {"line": region.end_line, "column": region.end_column},
    }
