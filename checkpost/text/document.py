"""A Document: one part of a post, ready for detectors."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from checkpost.derived import Deriving
from checkpost.model import Medium, Part, PartKind, Place, ProseSpan, SourceSpan
from checkpost.text import sentences as _sentences
from checkpost.text import words as _words
from checkpost.text.normalise import normalise
from checkpost.text.offsets import LineIndex, OffsetMap
from checkpost.text.parse import parse
from checkpost.text.parsed import Link, Parsed
from checkpost.text.words import Tag, Word, WordKind, WordPlaces

_MARKS = re.compile(r"[*`]|__|~~|\]\(")
_ADDRESS_OPENS = re.compile(r"\]\((?:mailto:|tel:)?$")


@dataclass(frozen=True, slots=True)
class ProseLink:
    """A link of the prose: the label that readers see and the target that it leads to."""

    label: ProseSpan
    target: ProseSpan
    is_image: bool


@dataclass(frozen=True, eq=False)
class Document(Deriving):
    """A part without markup, normalised, with the way back to its source. It equals itself only, and may be a key.

    Detectors read `prose`, `words`, `tags`, `sentences`, `quotes` and `links`, all of them in prose offsets, and each
    computed when it is first asked for. What others make of it is kept with it (`derived`).
    """

    part: Part
    prose: str
    offsets: OffsetMap
    parsed: Parsed

    @classmethod
    def of(cls, part: Part) -> "Document":
        """Parse and normalise a part. A file name is read without its extension's dot, as words."""
        parsed = parse(part.source, part.markup)
        prose, normal = normalise(parsed.prose)
        return cls(part, prose, parsed.offsets.then(normal), parsed)

    @cached_property
    def lower(self) -> str:
        """The prose in small letters, for cheap tests: what a pattern that ignores case can match is in it.

        Its offsets may differ from the prose's: some letters become two, and dots that patterns pass over are left out.
        """
        lower = self.prose.lower()
        return lower if lower.isascii() else lower.replace("\N{COMBINING DOT ABOVE}", "").replace("ı", "i")

    @cached_property
    def digits(self) -> int:
        """How many digits the prose has: few posts have as many as a number that leads to somebody."""
        return sum(map(str.isdigit, self.prose))

    @cached_property
    def sentences(self) -> tuple[ProseSpan, ...]:
        """The prose's sentences."""
        return tuple(_sentences.sentences(self.prose))

    @cached_property
    def _split(self) -> tuple[tuple[Word, ...], tuple[Tag, ...]]:
        found, tags = _words.words(self.prose, self.sentences)
        if self.part.kind is PartKind.FILE:
            return tuple(_camel(found)), tags
        return found, tags

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, those inside hashtags and handles included."""
        return self._split[0]

    @cached_property
    def phrase_words(self) -> tuple[Word, ...]:
        """The words that phrases are matched over: all but web and e-mail addresses."""
        return tuple(word for word in self.words if word.kind not in (WordKind.URL, WordKind.EMAIL))

    @cached_property
    def phrase_places(self) -> WordPlaces:
        """Where each key stands among the phrase words: tells a list of terms at once that none can be here."""
        return WordPlaces.of(self.phrase_words)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every #hashtag and @handle as a whole."""
        return self._split[1]

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys of all words: a cheap "can this be here at all?" before anything dearer."""
        return frozenset(key for word in self.words for key in word.keys)

    @cached_property
    def quotes(self) -> tuple[ProseSpan, ...]:
        """Block quotations."""
        return tuple(self._to_prose(span) for span in self.parsed.quotes)

    @cached_property
    def code(self) -> tuple[ProseSpan, ...]:
        """Code spans and blocks."""
        return tuple(self._to_prose(span) for span in self.parsed.code)

    @cached_property
    def links(self) -> tuple[ProseLink, ...]:
        """Links whose label is not their target."""
        return tuple(self._link(link) for link in self.parsed.links)

    @cached_property
    def lines(self) -> LineIndex:
        """Lines of the source, numbered as in its file."""
        return LineIndex(self.part.source, self.part.first_line)

    def text(self, span: ProseSpan) -> str:
        """The prose in a span."""
        return self.prose[span.start : span.end]

    def sentence_at(self, offset: int) -> ProseSpan:
        """The sentence in or after which an offset stands; the whole prose where there is none."""
        best = ProseSpan(0, len(self.prose))
        for sentence in self.sentences:
            if sentence.start > offset:
                break
            best = sentence
        return best

    def words_in(self, span: ProseSpan) -> Iterator[Word]:
        """The words that begin inside a span."""
        at = bisect_left(self.words, span.start, key=lambda word: word.span.start)
        while at < len(self.words) and self.words[at].span.start < span.end:
            yield self.words[at]
            at += 1

    def source(self, span: ProseSpan) -> str:
        """What the author wrote where the span stands."""
        place = self.offsets.to_source(span)
        return self.part.source[place.start : place.end]

    def place(self, span: ProseSpan) -> Place:
        """The span's place in the file."""
        place = self.lines.place(self.offsets.to_source(span))
        return replace(place, words=_in_words(self.part, place))

    def splits_markup(self, span: ProseSpan, replacement: str) -> bool:
        """Whether a replacement for a span would tear markup apart, or put words where an address must stand."""
        ends, starts = self.offsets.ends[span.start : span.end - 1], self.offsets.starts[span.start + 1 : span.end]
        gaps = (self.part.source[end:start] for end, start in zip(ends, starts, strict=True) if end < start)
        if any(normalise(gap)[0] for gap in gaps):  # what normalising leaves of a gap is no invisible character
            return True
        before = self.prose[max(span.start - 12, 0) : span.start]
        if _MARKS.search(self.text(span)) or _ADDRESS_OPENS.search(before):  # Markdown in what is read as plain text
            return True
        is_words = not replacement or any(c.isspace() or c in "()[]<>" for c in replacement)
        return is_words and any(link.target.overlaps(span) for link in self.links)

    def _to_prose(self, span: SourceSpan) -> ProseSpan:
        start = bisect_left(self.offsets.starts, span.start)
        return ProseSpan(start, max(start, bisect_left(self.offsets.starts, span.end)))

    def _link(self, link: Link) -> ProseLink:
        return ProseLink(self._to_prose(link.label), self._to_prose(link.target), link.is_image)


def _in_words(part: Part, place: Place) -> str:
    """Where a place is, where its line and column mean nothing in the file."""
    if part.medium is Medium.CELL:
        return f'column "{part.label}", character {part.begins + place.span.start + 1}'
    if part.medium is Medium.FILE:
        return ""
    unit = "paragraph" if part.medium is Medium.PARAGRAPHS else "line"
    return f"{part.label + ', ' if part.label else ''}{unit} {place.line}, character {place.column}"


def _camel(found: tuple[Word, ...]) -> Iterator[Word]:
    """The words of a file name: `AmeliaHughes_yr9.jpg` holds three, and no web address."""
    for word in found:
        for start, end in _words.pieces(word.text):
            text = word.text[start:end]
            yield Word.of(word.span.start + start, text, _words.keys(text), WordKind.PLAIN, word.sentence)
