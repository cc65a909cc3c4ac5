"""A report as editors and pipelines know one: diagnostics, each with a file, a range, a level, a code and a message.

Columns follow the unit that the reader asks for. Offsets into a picture's field, a cell of a table, or a post inside a
JSON file are no place in the file: such a diagnostic stands on the first line of the file (or entry, or row), and its
message says where.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from checkpost.model import ClauseRef, Finding, Part, PostReport, Severity, Suppressed
from checkpost.report.look import ColumnUnit

LEVELS = {Severity.BLOCK: "error", Severity.REVIEW: "warning", Severity.ADVISE: "info"}
NOT_CHECKED = "not-checked"  # the code of what could not be checked: never a concern's
_LINES_ARE_THE_FILES = (".md", ".markdown", ".txt", ".html", ".htm", "")  # "" is standard input
_ENTRY = re.compile(r"\A(?P<file>.{1,4096}\.(?:jsonl|ndjson)):(?P<line>\d+)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(
    r"\A(?P<file>.{1,4096}\.(?:csv|tsv|xlsx|xlsm))(?: sheet \".{0,255}\")?(?: row \d+)?", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file: 1-based lines, 1-based columns in some unit, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell. `finding` is None for what could not be checked."""

    path: str
    region: Region
    level: str
    code: str
    message: str
    finding: Finding | None = None
    exact: bool = False  # whether the region is the finding's own words


def diagnostics(post: PostReport, unit: ColumnUnit = ColumnUnit.CHARS) -> Iterator[Diagnostic]:
    """What there is to tell of a post: its findings, then what was not checked."""
    for finding in post.findings:
        yield of_finding(post, finding, unit)
    path, line = file_and_line(post)
    for item in post.not_checked:
        message = f"Not checked: {item.what}: {item.why}"
        yield Diagnostic(path, Region(line, 1, line, 1), "error", NOT_CHECKED, message)


def of_finding(post: PostReport, finding: Finding, unit: ColumnUnit = ColumnUnit.CHARS) -> Diagnostic:
    """A finding as a diagnostic."""
    path, line = file_and_line(post)
    part = part_of(post, finding)
    region = _region(part, finding, unit) if part and _is_in_file(post, part) else None
    needs_words = region is None and (finding.part != "text" or finding.place is not None)
    where = f"{_place_in_words(finding)}: " if needs_words else ""
    message = f"{where}{finding.message} {finding.advice}{_under(finding.clauses)}"
    if region is None:
        line = part.first_line if part and _is_in_file(post, part) else line
    return Diagnostic(
        path, region or Region(line, 1, line, 1), LEVELS[finding.severity], finding.concern, message, finding,
        exact=region is not None,
    )  # fmt: skip


def part_of(post: PostReport, finding: Finding) -> Part | None:
    """The part that a finding is about; None where the post has no such part."""
    return next((part for part in post.post.parts if part.name == finding.part), None)


def file_and_line(post: PostReport) -> tuple[str, int]:
    """The file that a post was read from, with forward slashes, and the line that it begins on."""
    entry = _ENTRY.fullmatch(post.post.source)
    row = _ROW.fullmatch(post.post.source)
    if row:
        return PurePath(row["file"]).as_posix(), post.post.line
    file, line = (entry["file"], int(entry["line"])) if entry else (post.post.source, 1)
    return PurePath(file).as_posix(), line


def _is_in_file(post: PostReport, part: Part) -> bool:
    """Whether a part's lines and columns are those of the file."""
    file, _ = file_and_line(post)
    return part.name == "text" and PurePath(file).suffix.casefold() in _LINES_ARE_THE_FILES


def _region(part: Part, finding: Finding, unit: ColumnUnit) -> Region | None:
    place = finding.place
    if place is None:
        return None

    def column(offset: int, in_chars: int) -> int:
        return unit.length(part.source[max(offset - in_chars + 1, 0) : offset]) + 1

    return Region(
        place.line,
        column(place.span.start, place.column),
        place.end_line,
        column(place.span.end, place.end_column),
    )


def _place_in_words(finding: Finding) -> str:
    if finding.place is None:
        return finding.part
    if finding.place.words:
        return finding.place.words
    return f"{finding.part}, character {finding.place.span.start + 1}"


def _under(clauses: Sequence[ClauseRef]) -> str:
    return f" ({clause_list(clauses)})" if clauses else ""


def clause_list(clauses: Sequence[ClauseRef]) -> str:
    """Clauses by policy, each policy named once: `clt-2020 4.6.b, 5.1; dmm-2022 3`."""
    by_policy: dict[str, list[str]] = {}
    for ref in clauses:
        by_policy.setdefault(ref.policy, []).append(ref.clause)
    return "; ".join(f"{policy} {', '.join(ids)}" for policy, ids in by_policy.items())


def set_aside_because(item: Suppressed) -> str:
    """Why a finding was set aside, by whom and until when."""
    by = f", by {item.by}" if item.by else ""
    until = f", until {item.until.isoformat()}" if item.until else ""
    return f"{item.reason}{by}{until}"
