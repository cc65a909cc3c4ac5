"""Chooses what to change in one part of a post: edits that don't overlap, the same ones every time."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checkpost.fix.tracking import without_tracking
from checkpost.model import Finding, Markup, Part
from checkpost.text.document import Document
from checkpost.text.offsets import LineIndex
from checkpost.text.words import WordKind

_YEAR = re.compile(r"\bYear \d{1,2} (?=learner\b)")
TRACKING = "tracking in a link"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a part's source, in code points, what to put in its place, and the concern that this serves."""

    part: str
    start: int
    end: int
    replacement: str
    concern: str
    line: int


def choose(part: Part, findings: Iterable[Finding], *, unsafe: bool, is_own: Callable[[str], bool]) -> tuple[Edit, ...]:
    """The edits for a part, in order. Of two that overlap, the wider one; the other may follow in a later pass.

    Args:
        part: A part that readers see.
        findings: Findings about it.
        unsafe: Whether to take in fixes that a person should look at.
        is_own: Tells the organisation's own hosts, which keep the tags that count their campaigns.
    """
    wanted = [*_fixes(part, findings, unsafe=unsafe), *_links(part, is_own)]
    wanted = [edit for edit in wanted if not _stands_already(part.source, edit)]
    wanted.sort(key=lambda edit: (edit.start - edit.end, edit.start, edit.replacement))
    chosen: list[Edit] = []
    for edit in wanted:
        if all(edit.end <= other.start or other.end <= edit.start for other in chosen):
            chosen.append(edit)
    return tuple(sorted(chosen, key=lambda edit: (edit.start, edit.end)))


def apply(source: str, edits: Sequence[Edit]) -> str:
    """The source with edits, which come in order and don't overlap. All else stays as it is."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [source[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, source[at:]])


def without_year(edit: Edit) -> Edit:
    """The edit that calls a learner a learner, without the year: "a Year 9 learner" can point to one child."""
    return replace(edit, replacement=_YEAR.sub("", edit.replacement))


def newline(text: str) -> str:
    r"""The line end that a text uses first, or `\n`."""
    at = min((at for mark in "\r\n" if (at := text.find(mark)) >= 0), default=-1)
    return "\n" if at < 0 else "\r\n" if text.startswith("\r\n", at) else text[at]


def _stands_already(source: str, edit: Edit) -> bool:
    """Whether the replacement stands there, and the finding with it: put in again, the text would only grow."""
    words = edit.replacement
    around = source[max(edit.start - len(words), 0) : edit.end + len(words)]
    return (
        edit.start < edit.end
        and bool(words)
        and words.casefold() in around.casefold()
        and (source[edit.start : edit.end].casefold() in words.casefold())
    )


def edit_of(part: Part, finding: Finding) -> Edit | None:
    """The edit that puts a finding's fix into its part; None where it has none that can be put in."""
    fix = finding.fix
    if fix is None or fix.splits_markup:
        return None
    if finding.place is None:
        return _paragraph(part, finding.concern, fix.replacement)
    span = finding.place.span
    words = _clear_of_links(part, span.start, span.end, fix.replacement)
    return Edit(part.name, span.start, span.end, words, finding.concern, finding.place.line)


def _fixes(part: Part, findings: Iterable[Finding], *, unsafe: bool) -> Iterator[Edit]:
    for finding in findings:
        if finding.part == part.name and finding.fix and (finding.fix.safe or unsafe):
            edit = edit_of(part, finding)
            if edit:
                yield edit


def _paragraph(part: Part, concern: str, words: str) -> Edit | None:
    """A paragraph of its own, before the blank lines that end the part."""
    body = part.source.rstrip()
    if body.endswith(words):  # it stands there, where nobody reads it: inside a comment, say
        return None
    gap = newline(part.source) * 2 if body else ""
    line, _ = LineIndex(part.source, part.first_line).line_column(len(body))
    return Edit(part.name, len(body), len(body), gap + words, concern, line)


def _clear_of_links(part: Part, start: int, end: int, words: str) -> str:
    """Words in brackets, with round ones where Markdown would read square ones as a link's."""
    is_markdown = part.markup is Markup.MARKDOWN
    if is_markdown and (part.source[end : end + 1] in tuple("([:") or part.source[start - 1 : start] in tuple("]!")):
        return words.replace("[", "(").replace("]", ")")
    return words


def _links(part: Part, is_own: Callable[[str], bool]) -> Iterator[Edit]:
    doc = Document.of(part)
    for word in doc.words:
        if word.kind is WordKind.URL and "?" in word.text:
            written = doc.source(word.span)
            bare = without_tracking(written, is_own)
            if bare != written:
                place = doc.place(word.span)
                yield Edit(part.name, place.span.start, place.span.end, bare, TRACKING, place.line)
