"""The line of a draft in which a finding stands, with carets under it, in display cells."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from checkpost.model import Finding, Part, PostReport
from checkpost.report.look import Look
from checkpost.report.masking import mask_span, unmasked
from checkpost.text.offsets import LineIndex

_SNIPPET_CELLS = 88


def snippet(post: PostReport, finding: Finding, look: Look, style: str) -> Text | None:
    """The snippet of a finding; None where it has no words of its own."""
    part = next((part for part in post.post.parts if part.name == finding.part), None)
    if part is None:
        return None
    if finding.place is None:
        if finding.match is None:
            return None
        shown = unmasked(finding.match, finding.part) if look.show_matches else mask_span(finding.match)
        return Text.assemble((f"{look.gutter} ", "dim"), (look.text(shown)[:_SNIPPET_CELLS], style))
    place = finding.place
    start, line = LineIndex(part.source, part.first_line).line_text(place.line)
    if not look.show_matches:
        line = _masked_line(line, start, part, post.findings)
    begin, end = place.span.start - start, min(place.span.end - start, len(line))
    before, match, after = (look.text(piece) for piece in (line[:begin], line[begin:end], line[end:]))
    before, match, after = _fit(before, match, after, ascii_only=look.ascii)
    number = f"{place.line:>4}"
    return Text.assemble(
        (f"{number} {look.gutter} ", "dim"), before, (match, style), after, "\n",
        (f"{' ' * len(number)} {look.gutter} ", "dim"), (" " * cell_len(before) + "^" * max(cell_len(match), 1), style),
    )  # fmt: skip


def _masked_line(line: str, start: int, part: Part, findings: Sequence[Finding]) -> str:
    """The line with every finding's words masked: a snippet of one must not give away another."""
    for finding in findings:
        if finding.place and finding.part == part.name:
            a, b = max(finding.place.span.start - start, 0), min(finding.place.span.end - start, len(line))
            if a < b:
                line = line[:a] + mask_span(line[a:b]) + line[b:]
    return line


def _fit(before: str, match: str, after: str, *, ascii_only: bool) -> tuple[str, str, str]:
    """Cut a snippet to the cells there are: the match stays, as much as fits of what stands around it."""
    gap = "..." if ascii_only else "…"
    match = _cut(match, _SNIPPET_CELLS, gap)
    room = max(_SNIPPET_CELLS - cell_len(match), 0)  # a match that was cut has its gap on top
    if cell_len(before) > room // 2 and cell_len(before) + cell_len(after) > room:
        wanted = max(room // 2, room - cell_len(after))
        while cell_len(before) > wanted:
            before = before[1:]
        before = gap + before
    return before, match, _cut(after, max(_SNIPPET_CELLS - cell_len(before) - cell_len(match), 0), gap)


def _cut(text: str, cells: int, gap: str) -> str:
    if cell_len(text) <= cells:
        return text
    while text and cell_len(text) > cells:
        text = text[:-1]
    return text + gap
