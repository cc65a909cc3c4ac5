"""How a report is drawn, and how untrusted text is made fit to be shown."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from checkpost.model import Severity


class ColumnUnit(StrEnum):
    """What a column counts: code points, UTF-16 units (VS Code, LSP), or bytes of UTF-8 (Vim, reviewdog)."""

    CHARS = "chars"
    UTF16 = "utf16"
    BYTES = "bytes"

    def length(self, text: str) -> int:
        """How long a text is in this unit.

        >>> [unit.length("é🎉") for unit in ColumnUnit]
        [2, 3, 6]
        """
        if self is ColumnUnit.CHARS:
            return len(text)
        encoding, size = ("utf-16-le", 2) if self is ColumnUnit.UTF16 else ("utf-8", 1)
        return len(text.encode(encoding, "surrogatepass")) // size


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw: colours or none, plain ASCII or not, matched text in full or masked, how wide, columns in what.

    A format takes of it what it has a use for.
    """

    colour: bool = False
    ascii: bool = False
    show_matches: bool = False
    width: int = 100
    column_unit: ColumnUnit = ColumnUnit.CHARS

    @property
    def gutter(self) -> str:
        """The line between a snippet and its line number."""
        return "|" if self.ascii else "│"

    @property
    def dot(self) -> str:
        """What stands between items on a line."""
        return "-" if self.ascii else "·"

    def text(self, untrusted: str) -> str:
        """Untrusted text as it may be shown; in ASCII, with every other sign escaped where it stands."""
        shown = visible(untrusted)
        return shown.replace("•", "*").encode("ascii", "backslashreplace").decode() if self.ascii else shown

    def mark(self, severity: Severity) -> str:
        """A sign for a severity that needs no colour to be told apart."""
        return (
            {"block": "X", "review": "!", "advise": "i"}[severity]
            if self.ascii
            else {"block": "✖", "review": "▲", "advise": "●"}[severity]
        )


def visible(text: str) -> str:
    r"""A text with its control, bidirectional and other invisible characters shown as escapes, line ends as spaces.

    >>> visible("a\x1b[2Jb\u202ec")
    'a\\x1b[2Jb\\u202ec'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\t\r\n":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and character != "\u200d":
        code = ord(character)
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    return character
