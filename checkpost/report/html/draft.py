"""A part of a draft with its findings marked: each mark leads to the finding, and shows its number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checkpost.model import Finding, Part, PostReport
from checkpost.report.html.element import Html, element, join, lines
from checkpost.report.masking import mask_span

_WORD = re.compile(r"\w[\w’'-]{2,}")  # masking shorter words wherever they stand would riddle the text


@dataclass(frozen=True, slots=True)
class Marked:
    """A post's findings as marks: each one's number in the post, and the id of its card in the page."""

    post: PostReport
    numbers: Mapping[int, str]  # by number, the card's id
    show_matches: bool

    @classmethod
    def of(cls, post: PostReport, prefix: str, *, show_matches: bool) -> "Marked":
        """Number the findings of a post from 1."""
        return cls(post, {n: f"{prefix}-f{n}" for n in range(1, len(post.findings) + 1)}, show_matches)

    def numbered(self) -> Iterator[tuple[int, Finding]]:
        """The findings with their numbers."""
        return enumerate(self.post.findings, start=1)

    def link(self, number: int) -> Html:
        """A link to a finding's card."""
        finding = self.post.findings[number - 1]
        return element(
            "a", str(number), href=f"#{self.numbers[number]}", class_=f"ref {finding.severity.value}",
            aria_label=f"Finding {number}",
        )  # fmt: skip

    def text(self, part: Part) -> Html:
        """The part as its author wrote it, marked; masked too unless the words are asked for."""
        spans = [
            (number, finding.place.span.start, finding.place.span.end)
            for number, finding in self.numbered()
            if finding.part == part.name and finding.place
        ]
        source = part.source if self.show_matches else masked(part, self.post)
        first, last = len(source) - len(source.lstrip("\r\n")), len(source.rstrip("\r\n"))
        edges = sorted({first, last, *(at for _, *span in spans for at in span if first < at < last)})
        return join(
            self._piece(source[start:end], start, [span for span in spans if span[1] < end and start < span[2]])
            for start, end in pairwise(edges)
        )

    def _piece(self, piece: str, start: int, spans: Sequence[tuple[int, int, int]]) -> Html:
        if not spans:
            return lines(piece)
        numbers = [number for number, *_ in spans]
        worst = max((self.post.findings[number - 1].severity for number in numbers), key=lambda s: s.rank)
        begun = [str(number) for number, begins, _ in spans if begins == start]
        badge = element("sup", " ".join(begun)) if begun else None
        first = int(begun[0]) if begun else numbers[0]
        return element(
            "a", lines(piece), badge, href=f"#{self.numbers[first]}", class_=f"mark {worst.value}",
            data_findings=" ".join(self.numbers[number] for number in numbers),
        )  # fmt: skip


def masked(part: Part, post: PostReport) -> str:
    """A part's source, as long as it was, with everything that was found or set aside in the post masked.

    The same words elsewhere in the part are masked as well: a name must not be read off its next mention.
    """
    characters = list(part.source)
    found = [*post.findings, *(item.finding for item in post.suppressed)]
    for finding in found:
        if finding.part == part.name and finding.place:
            span = finding.place.span
            for at, shown in enumerate(mask_span(part.source[span.start : span.end]), start=span.start):
                if shown != part.source[at]:  # where findings overlap, what either hides stays hidden
                    characters[at] = shown
    source = "".join(characters)
    named = {word for finding in found for word in _WORD.findall(finding.match or "") if not word[0].islower()}
    if not named:
        return source
    repeats = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(named, key=len, reverse=True)))
    return repeats.sub(lambda match: mask_span(match[0]), source)
