"""What taking the markup out of a text leaves."""

from dataclasses import dataclass

from checkpost.model import SourceSpan
from checkpost.text.offsets import OffsetMap


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads, both as source spans. A bare URL or `<URL>` is no Link: it hides nothing."""

    label: SourceSpan
    target: SourceSpan
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A part without markup: `prose` with its map, and the source spans of quotations, code, links and comments."""

    prose: str
    offsets: OffsetMap
    quotes: tuple[SourceSpan, ...] = ()
    code: tuple[SourceSpan, ...] = ()
    links: tuple[Link, ...] = ()
