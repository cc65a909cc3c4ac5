"""Charts of findings: tables whose rows have a bar, inline SVG for the eye and numbers for everybody."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from checkpost.model import PostReport, Report, Severity
from checkpost.report.diagnostic import file_and_line
from checkpost.report.html.element import Html, element
from checkpost.report.html.findings import SIGN, clause_key
from checkpost.report.words import SEVERITY

_GRAVEST_FIRST = (Severity.BLOCK, Severity.REVIEW, Severity.ADVISE)
_MOST = 8  # rows at a glance; the others fold away

Counts = Mapping[str, Counter[Severity]]


def charts(report: Report) -> Html | None:
    """All charts that have something to show; None where there is none."""
    refs = [ref for finding in report.findings for ref in finding.clauses]
    headings = {clause_key(ref): ref.heading for ref in refs}
    drawn = []
    if refs:
        drawn.append(_chart("By clause", "Clause", _count((clause_key(ref), ref.severity) for ref in refs), headings))
    authors = _by_post(report, _author)
    if any(post.post.context.author.name for post in report.posts) and len(authors) > 1:
        drawn.append(_chart("By author", "Author", authors, {}))
    folders = _by_post(report, _folder)
    if len(folders) > 1:
        drawn.append(_chart("By folder", "Folder", folders, {}))
    if not drawn:
        return None
    return element("section", element("h2", "Where the findings are"), *drawn, class_="charts")


def _author(post: PostReport) -> str:
    return post.post.context.author.name or "Not declared"


def _folder(post: PostReport) -> str:
    return str(PurePath(file_and_line(post)[0]).parent)


def _by_post(report: Report, key: Callable[[PostReport], str]) -> Counts:
    return _count((key(post), finding.severity) for post in report.posts for finding in post.findings)


def _count(pairs: Iterable[tuple[str, Severity]]) -> Counts:
    """How many of each severity each name has, the name with most first."""
    counted: dict[str, Counter[Severity]] = {}
    for name, severity in pairs:
        counted.setdefault(name, Counter())[severity] += 1
    return dict(sorted(counted.items(), key=lambda row: (-row[1].total(), row[0])))


def _chart(title: str, of_what: str, counts: Counts, notes: Mapping[str, str]) -> Html:
    longest = max(row.total() for row in counts.values())
    rows = [_row(name, notes.get(name), row, longest) for name, row in counts.items()]
    head = element(
        "tr", element("th", of_what, scope="col"), element("td"), *(_head(level) for level in _GRAVEST_FIRST)
    )
    shown = _table(element("caption", title), element("thead", head), rows[:_MOST])
    more = rows[_MOST:]
    folded = None
    if more:
        rest = _table(
            element("caption", f"{title}, continued", class_="hidden"), element("thead", head, class_="hidden"), more
        )
        folded = element("details", element("summary", f"{len(more)} more"), rest)
    return element("div", shown, folded, class_="chart")


def _table(caption: Html, head: Html, rows: Iterable[Html]) -> Html:
    return element("table", caption, head, element("tbody", *rows))


def _head(level: Severity) -> Html:
    sign = element("span", SIGN[level], class_=f"sign {level.value}", aria_hidden="true")
    return element("th", sign, element("span", SEVERITY[level], class_="hidden"), scope="col")


def _row(name: str, note: str | None, row: Counter[Severity], longest: int) -> Html:
    numbers = (element("td", str(row[level]) if row[level] else "–", class_="n") for level in _GRAVEST_FIRST)
    label = element("th", name, " ", element("small", note) if note else None, scope="row")
    return element("tr", label, element("td", _bar(row, longest), class_="bar"), *numbers)


def _bar(row: Counter[Severity], longest: int) -> Html:
    """The row's findings as a bar in three shades, on the scale of the longest row."""
    pieces, at = [], 0
    for level in _GRAVEST_FIRST:
        if row[level]:
            pieces.append(element("rect", x=at, y=0, width=row[level], height=1, class_=level.value))
            at += row[level]
    return element(
        "svg", *pieces, viewBox=f"0 0 {longest} 1", preserveAspectRatio="none", aria_hidden="true", focusable="false"
    )
