"""Maps places in the prose back to the source, and places in the source to lines and columns."""

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import le, lt

from checkpost.model import Place, ProseSpan, SourceSpan


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """For every character of a derived text, the source characters that it came from.

    Character `i` came from `source[starts[i]:ends[i]]`. One source character may yield several (the ligature ﬁ),
    several may yield one (a letter and its combining accent), and some yield none (markup, a zero-width space).

    Invariant, checked on construction: places are inside the source, none is empty, and they never run backwards; two
    neighbours either share one place or do not overlap.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    source_length: int

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.ends):
            raise ValueError("an offset map needs as many ends as starts")
        if self.is_identity or self._is_plain():
            return
        before = (0, 0)
        for place in zip(self.starts, self.ends, strict=True):
            start, end = place
            if not (0 <= start < end <= self.source_length):
                raise ValueError(f"place {place} is empty or outside the source of {self.source_length} characters")
            if place != before and start < before[1]:
                raise ValueError(f"place {place} overlaps or precedes {before}")
            before = place

    def _is_plain(self) -> bool:
        """Whether no two neighbours share a place, and the invariant holds: asked of a whole text at a time."""
        return (
            all(map(lt, self.starts, self.ends))
            and all(map(le, self.ends, self.starts[1:]))
            and (not self.starts or (self.starts[0] >= 0 and self.ends[-1] <= self.source_length))
        )

    @classmethod
    def identity(cls, length: int) -> "OffsetMap":
        """The map of a text that is its own source."""
        return cls(range(length), range(1, length + 1), length)

    @property
    def is_identity(self) -> bool:
        """Whether this was made as the map of a text that is its own source."""
        return self.starts == range(self.source_length) and self.ends == range(1, self.source_length + 1)

    @classmethod
    def of_pieces(cls, pieces: Iterable[tuple[str, int, int]], source_length: int) -> tuple[str, "OffsetMap"]:
        """Join (text, source start, source end) pieces into a text and its map.

        A piece as long as its source maps character by character; any other maps as a whole.
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for text, start, end in pieces:
            texts.append(text)
            if len(text) == end - start:
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            else:
                starts.extend([start] * len(text))
                ends.extend([end] * len(text))
        return "".join(texts), cls(tuple(starts), tuple(ends), source_length)

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        """Whether another leads to the same places, however either was made."""
        return isinstance(other, OffsetMap) and self._places == other._places

    def __hash__(self) -> int:
        return hash(self._places)

    @property
    def _places(self) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        return tuple(self.starts), tuple(self.ends), self.source_length

    def then(self, later: "OffsetMap") -> "OffsetMap":
        """Compose: `self` maps prose to source, `later` maps a text derived from that prose to the prose."""
        if later.source_length != len(self):
            raise ValueError("the second map's source is not the first map's text")
        if later.is_identity:
            return self
        if self.is_identity:
            return later
        starts = tuple([self.starts[i] for i in later.starts])
        ends = tuple([self.ends[i - 1] for i in later.ends])
        return OffsetMap(starts, ends, self.source_length)

    def to_source(self, span: ProseSpan) -> SourceSpan:
        """The smallest stretch of source that holds everything the prose span came from.

        Raises:
            ValueError: The span is empty or outside the prose.
        """
        if not 0 <= span.start < span.end <= len(self):
            raise ValueError(f"{span} is not inside a prose of {len(self)} characters")
        return SourceSpan(self.starts[span.start], self.ends[span.end - 1])


_LINE_END = re.compile(r"\r\n?|\n")


class LineIndex:
    r"""Line and column of any offset. Lines end at `\n`, `\r\n` and `\r` only, as LSP 3.17 has it.

    `str.splitlines` also splits on U+2028, U+0085, vertical tab and form feed, which editors show inside a line.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line in the file and 1-based code-point column of an offset into the text."""
        row = bisect.bisect_right(self._starts, offset) - 1
        return row + self._first_line, offset - self._starts[row] + 1

    def place(self, span: SourceSpan) -> Place:
        """A span with its lines and columns."""
        line, column = self.line_column(span.start)
        end_line, end_column = self.line_column(span.end)
        return Place(span, line, column, end_line, end_column)

    def line_text(self, line: int) -> tuple[int, str]:
        """Offset at which a line of the file begins, and its text without its line end."""
        row = line - self._first_line
        start = self._starts[row]
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self._text)
        return start, self._text[start:end].rstrip("\r\n")
