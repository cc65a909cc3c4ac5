"""Finds what a draft sets apart as somebody's words: block quotations, passages in marks, lines of verse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checkpost.model import ProseSpan
from checkpost.text.document import Document

_MAX_LENGTH = 6000  # characters of one passage; a longer one would be a document of its own
_DOUBLE = re.compile(rf'(?<!\w)"(?=[^\s"])([^"]{{1,{_MAX_LENGTH}}})"')
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)((?:[^'\r\n]|(?<=\w)'(?=\w)){15,1500}[.!?,…]?)'(?![\w'])")
_LINE = re.compile(r"[^\r\n]+")
_CREDIT_LINE = re.compile(r"\s{0,9}(?:[-–—~]{1,3}|by\b|©)\s{0,9}\S.{0,80}", re.IGNORECASE)
_NOT_VERSE = re.compile(
    r"https?://|www\.|[#@£%•▪►✅📅👉]|^\s*(?:[-*+–—]|\d+[.):]|\w{1,20}:)|\d{2}|[.!?]\s+\S.*[.!?]\s+\S"
)
_MIN_STANZA = 3  # shorter runs of short lines are the ordinary layout of posts


class PassageKind(StrEnum):
    """How a passage is set apart."""

    BLOCK = "block"
    MARKS = "marks"
    VERSE = "verse"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words set apart. The span leaves out the marks and a credit on the last line; `lines` are not blank."""

    span: ProseSpan
    kind: PassageKind
    words: int
    lines: int

    @property
    def is_verse(self) -> bool:
        """Whether it is laid out in short lines."""
        return self.kind is PassageKind.VERSE or (self.lines >= 2 and self.words <= 12 * self.lines)


def passages(doc: Document) -> tuple[Passage, ...]:
    """Every passage of a document, in order; of two that overlap, the one that is marked more plainly."""
    found: list[Passage] = []
    for kind, span in (*_blocks(doc), *_marked(doc), *_stanzas(doc)):
        lines = [line for line in _LINE.findall(doc.text(span)) if line.strip()]
        if lines and not any(span.overlaps(other.span) for other in found):
            found.append(Passage(span, kind, sum(1 for _ in doc.words_in(span)), len(lines)))
    return tuple(sorted(found, key=lambda passage: passage.span.start))


def _blocks(doc: Document) -> Iterator[tuple[PassageKind, ProseSpan]]:
    for quote in doc.quotes:
        found = (match.span() for match in _LINE.finditer(doc.text(quote)) if match[0].strip())
        lines = [ProseSpan(quote.start + start, quote.start + end) for start, end in found]
        if len(lines) > 1 and _CREDIT_LINE.fullmatch(doc.text(lines[-1])):
            lines.pop()
        if lines:
            yield PassageKind.BLOCK, ProseSpan(lines[0].start, lines[-1].end)


def _marked(doc: Document) -> Iterator[tuple[PassageKind, ProseSpan]]:
    for pattern, mark in ((_DOUBLE, '"'), (_SINGLE, "'")):
        if mark in doc.prose:
            for match in pattern.finditer(doc.prose):
                yield PassageKind.MARKS, ProseSpan(*match.span(1))


def _stanzas(doc: Document) -> Iterator[tuple[PassageKind, ProseSpan]]:
    """Runs of short lines, a blank line between two stanzas included."""
    run: list[re.Match[str]] = []
    for match in [*_LINE.finditer(doc.prose), None]:
        if match and match[0].strip() and _is_verse_line(match[0]) and (not run or _touch(doc, run[-1], match)):
            run.append(match)
            continue
        run = _without_strays(doc, run)
        if len(run) >= _MIN_STANZA:
            yield PassageKind.VERSE, ProseSpan(run[0].start(), run[-1].end())
        run = [match] if match and _is_verse_line(match[0]) else []


def _without_strays(doc: Document, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A run without single lines that a blank line parts from it: a heading above, a remark below."""
    while len(run) > 1 and "\n" in doc.prose[run[0].end() + 1 : run[1].start()]:
        run = run[1:]
    while len(run) > 1 and "\n" in doc.prose[run[-2].end() + 1 : run[-1].start()]:
        run = run[:-1]
    return run


def _touch(doc: Document, above: re.Match[str], below: re.Match[str]) -> bool:
    return doc.prose.count("\n", above.end(), below.start()) <= 2


def _is_verse_line(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 12 and line.strip()[0].isalpha() and not _NOT_VERSE.search(line)
