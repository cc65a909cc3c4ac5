"""What the server answers: diagnostics, hovers and code actions, as pure functions of a report.

Messages never quote the draft beyond what the editor shows already.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from lsprotocol import types

from checkpost.fix.edits import edit_of
from checkpost.lsp.positions import Positions
from checkpost.model import Finding, Part, PostReport, Severity

SOURCE = "checkpost"
_LEVELS = {
    Severity.BLOCK: types.DiagnosticSeverity.Error,
    Severity.REVIEW: types.DiagnosticSeverity.Warning,
    Severity.ADVISE: types.DiagnosticSeverity.Information,
}
_IN_FILE = "text"  # the part whose places are places in the file; of others only the file is known
_MARKDOWN = frozenset({".md", ".markdown"})


@dataclass(frozen=True)
class Checked:
    """One version of a document, checked."""

    uri: str
    version: int | None
    positions: Positions
    reports: tuple[PostReport, ...]

    @property
    def findings(self) -> Iterator[tuple[Finding, types.Range]]:
        """The findings, each with where the editor shows it."""
        for report in self.reports:
            for finding in report.findings:
                yield finding, self.range(finding)

    def part_of(self, finding: Finding) -> Part | None:
        """The part that a finding is about."""
        parts = (part for report in self.reports if finding in report.findings for part in report.post.parts)
        return next((part for part in parts if part.name == finding.part), None)

    def range(self, finding: Finding) -> types.Range:
        """Where the editor shows a finding; an absence, and what a picture holds, on the first line."""
        if finding.place and finding.part == _IN_FILE:
            return self.positions.range(finding.place)
        return self.positions.first_line()


def diagnostics(checked: Checked) -> list[types.Diagnostic]:
    """A diagnostic for each finding, and for each check that could not run."""
    found = [
        types.Diagnostic(
            range=place,
            message=_message(finding),
            severity=_LEVELS[finding.severity],
            code=finding.concern,
            source=SOURCE,
        )
        for finding, place in checked.findings
    ]
    for report in checked.reports:
        found += (
            types.Diagnostic(
                range=checked.positions.first_line(),
                message=f"Not checked: {item.what}: {item.why}",
                severity=types.DiagnosticSeverity.Warning,
                code="not-checked",
                source=SOURCE,
            )
            for item in report.not_checked
        )
    return found


def _message(finding: Finding) -> str:
    clauses = ", ".join(f"{ref.policy} {ref.clause}" for ref in finding.clauses) or "house advice"
    where = "" if finding.part == _IN_FILE else f" (in {finding.part})"
    return f"{finding.message}{where} {finding.advice} [{clauses}]"


def hover(checked: Checked, at: types.Position) -> types.Hover | None:
    """What is known of the findings at a position: the clauses in full, and why."""
    here = [(finding, place) for finding, place in checked.findings if _holds(place, at)]
    if not here:
        return None
    text = "\n\n---\n\n".join(_explained(finding) for finding, _ in here)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), here[0][1])


def _explained(finding: Finding) -> str:
    lines = [f"**{_plain(finding.message)}** `{finding.concern}`", _plain(finding.advice)]
    lines += (f"- {ref.policy} {ref.clause} ({ref.severity.value}): {_plain(ref.summary)}" for ref in finding.clauses)
    if not finding.clauses:
        lines.append("- No policy in force speaks of this: house advice.")
    if finding.evidence:
        lines.append(f"Seen by: {_plain('; '.join(finding.evidence))} ({finding.confidence.value} confidence).")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in text)


def actions(checked: Checked, within: types.Range, asked: Iterable[str]) -> list[types.CodeAction]:
    """Fixes of the findings in a range, and allowing them with a reason.

    Args:
        checked: The document.
        within: Where the cursor or the selection is.
        asked: The kinds of action that the client wants; all if empty.
    """
    wanted = list(asked)
    if wanted and not any(types.CodeActionKind.QuickFix.value.startswith(kind) for kind in wanted):
        return []
    found: list[types.CodeAction] = []
    for finding, place in checked.findings:
        if _overlap(place, within):
            found += _fixes(checked, finding, place)
    return found


def _fixes(checked: Checked, finding: Finding, place: types.Range) -> Sequence[types.CodeAction]:
    found = []
    part = checked.part_of(finding)
    change = edit_of(part, finding) if part and finding.part == _IN_FILE else None
    if part and finding.fix and change:
        new = change.replacement.strip()
        title = f'Write "{new}" {"here" if finding.place else "at the end"}' if new else "Take this out"
        edit = types.TextEdit(checked.positions.range_in(part, change.start, change.end), change.replacement)
        found.append(_action(checked, title, edit, preferred=finding.fix.safe))
    if PurePath(checked.uri).suffix in _MARKDOWN and finding.part == _IN_FILE:
        line = types.Position(place.start.line, 0)
        # The empty reason is left to the author: until it is filled in, the comment allows nothing.
        comment = f'<!-- checkpost: allow {finding.concern} "" by "" -->\n'
        title = f"Allow this ({finding.concern}): fill in why, and who says so"
        found.append(_action(checked, title, types.TextEdit(types.Range(line, line), comment), preferred=False))
    return found


def _action(checked: Checked, title: str, edit: types.TextEdit, *, preferred: bool) -> types.CodeAction:
    document = types.OptionalVersionedTextDocumentIdentifier(checked.uri, checked.version)
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=preferred,
        edit=types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])]),
    )


def _holds(place: types.Range, at: types.Position) -> bool:
    return _order(place.start) <= _order(at) <= _order(place.end)


def _overlap(one: types.Range, other: types.Range) -> bool:
    return _order(one.start) <= _order(other.end) and _order(other.start) <= _order(one.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
