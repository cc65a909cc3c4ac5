"""What is found and what is answered: hits, findings, reports."""

from dataclasses import dataclass
from datetime import date

from checkpost.model.draft import NotChecked, Post, ProseSpan, SourceSpan
from checkpost.model.levels import Confidence, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector or inference saw, before any policy has spoken.

    `span` is None for an absence and for a fact about the part as a whole (a picture's GPS position, say). `policies`
    limits the hit to packs whose own wording it measures (a prescribed disclaimer); None is every pack.
    `replacement` stands for the span, or is added at the part's end where there is no span; `is_safe` tells whether
    it may be put in unasked: it takes out or masks, and what is left says no more and nothing else.
    `rough` says that the span is a whole sentence or a guess of the trained model's: a rule's hit of the same concern
    in it takes its evidence and keeps its own place.
    """

    concern: str
    message: str
    part: str = "text"
    span: ProseSpan | None = None
    confidence: Confidence = Confidence.MEDIUM
    evidence: tuple[str, ...] = ()
    replacement: str | None = None
    is_safe: bool = True
    policies: frozenset[str] | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement for a finding's span, or a paragraph to add at its part's end where it has none.

    `safe` ones may be put in unasked. One that `splits_markup` must not be put in at all: markup stands inside the
    span, or the span is part of a link's address.
    """

    replacement: str
    safe: bool = False
    splits_markup: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: offsets into the part, 1-based lines and code-point columns in the file.

    `words` say where it is for parts whose lines are not the file's: `column "Caption", character 12`.
    """

    span: SourceSpan
    line: int
    column: int
    end_line: int
    end_column: int
    words: str = ""


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

    `notes` concern the run as a whole; `model` is the name model that took part, if any. `interrupted` says that it is
    a partial report: the last of its posts stands for those that were not reached.
    """

    posts: tuple[PostReport, ...]
    policies: tuple[PolicyInForce, ...]
    notes: tuple[str, ...] = ()
    model: str | None = None
    interrupted: bool = False

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
