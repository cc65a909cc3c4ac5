r"""Places of a report as an editor counts them: 0-based lines, and columns in the units that both sides agreed on.

UTF-16 code units unless the client asked for others (Language Server Protocol 3.17, `positionEncodings`). Lines end at
`\n`, `\r\n` and `\r` only: pygls splits them as Python does, at more.
"""

from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types
from pygls.workspace import PositionCodec

from checkpost.model import Part, Place
from checkpost.text.offsets import LineIndex


@dataclass(frozen=True)
class Positions:
    """Converts between places in one text and an editor's positions."""

    text: str
    codec: PositionCodec

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def position(self, line: int, column: int) -> types.Position:
        """The editor's position of a 1-based line and code-point column."""
        _, text = self._lines.line_text(line)
        return types.Position(line - 1, self.codec.client_num_units(text[: column - 1]))

    def range(self, place: Place) -> types.Range:
        """The editor's range of a place."""
        return types.Range(self.position(place.line, place.column), self.position(place.end_line, place.end_column))

    def range_in(self, part: Part, start: int, end: int) -> types.Range:
        """The editor's range of a stretch of a part that stands in the text as it is."""
        lines = LineIndex(part.source, part.first_line)
        return types.Range(self.position(*lines.line_column(start)), self.position(*lines.line_column(end)))

    def first_line(self) -> types.Range:
        """Where an absence is shown."""
        _, text = self._lines.line_text(1)
        return types.Range(self.position(1, 1), self.position(1, len(text) + 1))

    def end(self) -> types.Position:
        """The end of the text."""
        return self.position(*self._lines.line_column(len(self.text)))
