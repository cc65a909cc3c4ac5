"""The nouns: what is checked (Post, Part), what is found (Hit, Finding), what is answered (Report).

Frozen values, standard library only. Each is made in exactly one layer: posts by `text.read`, hits by detectors and
inferences, findings, reports and verdicts by the engine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How a policy ranks a breach. Set by packs, never by detectors."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"

    @property
    def rank(self) -> int:
        """0 for advise, 2 for block: the greater, the graver."""
        return ("advise", "review", "block").index(self.value)

    def softened(self) -> "Severity":
        """One step down: what a finding of low confidence carries."""
        return Severity.REVIEW if self is Severity.BLOCK else Severity.ADVISE


class Confidence(StrEnum):
    """How sure a detector is that it sees what it says. Set by detectors, never by packs."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for low, 2 for high."""
        return ("low", "medium", "high").index(self.value)


class Verdict(StrEnum):
    """The answer to "may I post this?"."""

    BLOCK = "block"
    REVIEW = "review"
    CLEAR = "clear"

    @property
    def words(self) -> str:
        """The verdict as a person says it."""
        return {"block": "Do not post", "review": "Get approval first", "clear": "OK to post"}[self.value]


class PartKind(StrEnum):
    """Where in a post a text stands. A detector says which kinds it reads."""

    TEXT = "text"
    ALT = "alt"
    CAPTION = "caption"
    FILE = "file"
    METADATA = "metadata"


class Markup(StrEnum):
    """How a part's source is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


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
    platform: str | None = None
    posted_at: datetime | None = None
    in_reply_to: str | None = None
    profile_disclaimer: bool | str | None = None  # whether there is one, or its wording
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Any text of a post: its body, a picture's alt text, one field of its metadata.

    `name` is the JSON report's: `text`, `images[0].alt`, `images[0].metadata.Artist`. `first_line` is the line of the
    file on which `source` begins (front matter stands before it).
    """

    name: str
    source: str
    kind: PartKind = PartKind.TEXT
    markup: Markup = Markup.PLAIN
    first_line: int = 1

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
    """A picture of a post: what is declared of it, merged with what the file embeds."""

    file: str | None = None
    alt: str | None = None
    caption: str | None = None
    people: tuple[Person, ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not run. A post that has one is never clear."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Post:
    """One draft. `name` is unique in a run; `source` is the file (and entry) that it was read from.

    `notes` say what was done to read it (a decoded legacy encoding); `not_checked` what of it could not be read.
    """

    name: str
    source: str
    parts: tuple[Part, ...]
    images: tuple[Image, ...] = ()
    context: Context = Context()
    path: Path | None = None
    notes: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector or inference saw, before any policy has spoken.

    `span` is None for an absence and for a fact about the part as a whole (a picture's GPS position, say). `policies`
    limits the hit to packs whose own wording it measures (a prescribed disclaimer); None is every pack.
    """

    concern: str
    message: str
    part: str = "text"
    span: ProseSpan | None = None
    confidence: Confidence = Confidence.MEDIUM
    evidence: tuple[str, ...] = ()
    replacement: str | None = None
    policies: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement for a finding's span. Unsafe unless nothing but that span can change."""

    replacement: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: offsets into the part, 1-based lines and code-point columns in the file."""

    span: SourceSpan
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """One clause that a finding falls under. `severity` is that clause's, softened if confidence is low."""

    policy: str
    clause: str
    heading: str
    summary: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit, placed in the source and judged by every pack in force.

    No clause means that no pack in force maps the concern: house advice, shown all the same.
    """

    detector: str
    concern: str
    severity: Severity
    confidence: Confidence
    part: str
    place: Place | None
    match: str | None
    message: str
    advice: str
    clauses: tuple[ClauseRef, ...] = ()
    fix: Fix | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody allowed, with their reason. Kept, and shown."""

    finding: Finding
    reason: str
    by: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PostReport:
    """What one draft came to.

    `assumed` lists what it did not declare and how it was judged in its stead; `reminders`, what no check can see and
    this draft's content makes worth a thought; `notes`, what is wrong with its allowing comments.
    """

    post: Post
    verdict: Verdict
    ask: str | None
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    assumed: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """A policy that posts were judged by, as a report names it."""

    id: str
    title: str
    issuer: str
    review_due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer: every post of a run, in input order.

    `notes` concern the run as a whole; `model` is the name model that took part, if any.
    """

    posts: tuple[PostReport, ...]
    policies: tuple[PolicyInForce, ...]
    notes: tuple[str, ...] = ()
    model: str | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all posts."""
        return tuple(finding for post in self.posts for finding in post.findings)

    def reaches(self, severity: Severity) -> bool:
        """Whether any post came to this severity or a graver one, findings left out of the report included."""
        if severity is Severity.ADVISE:
            return bool(self.findings) or any(post.verdict is not Verdict.CLEAR for post in self.posts)
        enough = (Verdict.BLOCK,) if severity is Severity.BLOCK else (Verdict.BLOCK, Verdict.REVIEW)
        return any(post.verdict in enough for post in self.posts)

    @property
    def complete(self) -> bool:
        """Whether every check that was asked for ran."""
        return bool(self.posts) and not any(post.not_checked for post in self.posts)
