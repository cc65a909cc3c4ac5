"""JSON Lines: the run on the first line, a post a line as version 1 of the JSON report has it, the summary on the last.

A reader that meets no summary knows that the report was cut short.
"""

import json
from typing import Any

from checkpost.model import Report
from checkpost.report import json_v1
from checkpost.report.look import Look


def render(report: Report, look: Look) -> str:
    """One JSON object a line, each with its `kind`: run, post or summary."""
    posts = (json_v1.post_report(post, show_matches=look.show_matches) for post in report.posts)
    return "".join(
        [
            _line("run", json_v1.head(report)),
            *(_line("post", post) for post in posts),
            _line("summary", json_v1.summary(report)),
        ]
    )


def _line(kind: str, content: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **content}, ensure_ascii=False) + "\n"
