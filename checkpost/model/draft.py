"""What is checked: a post, its parts and pictures, and what it declares about itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

PLATFORM_ALIASES = MappingProxyType({"twitter": "x", "x.com": "x", "fb": "facebook", "insta": "instagram"})


class PartKind(StrEnum):
    """Where in a post a text stands. A detector says which kinds it reads."""

    TEXT = "text"
    ALT = "alt"
    CAPTION = "caption"
    FILE = "file"
    METADATA = "metadata"


PUBLISHED = frozenset({PartKind.TEXT, PartKind.ALT, PartKind.CAPTION})  # what readers of a post see


class Markup(StrEnum):
    """How a part's source is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"


class Medium(StrEnum):
    """What the lines of a part's source are to the person who wrote it."""

    FILE = "file"  # lines of the file
    PARAGRAPHS = "paragraphs"  # paragraphs of a document
    MESSAGE = "message"  # lines of a message, decoded
    CELL = "cell"  # lines in one cell of a table


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Code-point offsets into a part as its author wrote it; `end` is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProseSpan:
    """Code-point offsets into a document's prose (markup removed, normalised); `end` is exclusive.

    A type of its own, so that a place in the prose is never taken for a place in the source.
    """

    start: int
    end: int

    def overlaps(self, other: "ProseSpan") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Author:
    """Who will publish the post, as the draft declares it."""

    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a draft declares about itself. None is unknown, and never taken for good."""

    account: str | None = None  # "personal" or "organisation"
    author: Author = Author()
    platform: str | None = None  # folded, under one name each (PLATFORM_ALIASES)
    posted_at: datetime | None = None
    in_reply_to: str | None = None
    profile_disclaimer: bool | str | None = None  # whether there is one, or its wording
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Any text of a post: its body, a picture's alt text, one field of its metadata.

    `name` is the JSON report's: `text`, `title`, `images[0].alt`, `images[0].metadata.Artist`. `first_line` is the line
    of the file on which `source` begins (front matter stands before it). `medium` says what a line is, `label` how the
    author knows the part: a column's heading. `begins` is how many characters of the cell stand before `source`.
    """

    name: str
    source: str
    kind: PartKind = PartKind.TEXT
    markup: Markup = Markup.PLAIN
    first_line: int = 1
    medium: Medium = Medium.FILE
    label: str = ""
    begins: int = 0

    @property
    def image(self) -> int | None:
        """Index of the picture that the part belongs to; None for the post's own text."""
        if self.kind is PartKind.TEXT:
            return None
        return int(self.name[len("images[") : self.name.index("]")])

    @property
    def field(self) -> str:
        """The metadata field's path without indices (`RegionInfo.RegionList.Name`), or the kind (`alt`)."""
        if self.kind is not PartKind.METADATA:
            return self.kind
        return re.sub(r"\[\d+\]", "", self.name.partition(".metadata.")[2])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody declared to be in a picture.

    `consent` is "granted", "none" or "expired" as the draft says; `channels` and `until` bound it.
    """

    name: str | None = None
    role: str | None = None  # "learner", "staff", "family" or "other"
    consent: str | None = None
    channels: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a post: what is declared of it, merged with what the file embeds; `path` is its file, if any."""

    file: str | None = None
    alt: str | None = None
    caption: str | None = None
    people: tuple[Person, ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not run. A post that has one is never clear."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Post:
    """One draft. `name` is unique in a run; `source` is the file (and entry) that it was read from.

    `notes` say what was done to read it (a decoded legacy encoding); `not_checked` what of it could not be read; `line`
    is the line, or row, of the file on which it begins.
    """

    name: str
    source: str
    parts: tuple[Part, ...]
    images: tuple[Image, ...] = ()
    context: Context = Context()
    path: Path | None = None
    notes: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    line: int = 1

    @property
    def is_picture(self) -> bool:
        """Whether this is a picture by itself, with no draft around it that could lack anything."""
        return self.path is not None and any(image.path == self.path for image in self.images)

    @property
    def key(self) -> str:
        """What tells the post from others of its file, however the file's path was written; empty if it is alone."""
        return self.name.removeprefix(str(self.path)) if self.path else self.name
