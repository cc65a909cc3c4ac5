"""The nouns: what is checked (Post, Part), what is found (Hit, Finding), what is answered (Report).

Frozen values, standard library only. Each is made in exactly one layer: posts by `drafts`, hits by detectors and
inferences, findings, reports and verdicts by the engine.
"""

from checkpost.model.draft import (
    PLATFORM_ALIASES,
    PUBLISHED,
    Author,
    Context,
    Image,
    Markup,
    Medium,
    NotChecked,
    Part,
    PartKind,
    Person,
    Post,
    ProseSpan,
    SourceSpan,
)
from checkpost.model.finding import ClauseRef, Finding, Fix, Hit, Place, PolicyInForce, PostReport, Report, Suppressed
from checkpost.model.levels import Confidence, Severity, Verdict

__all__ = [
    "PLATFORM_ALIASES",
    "PUBLISHED",
    "Author",
    "ClauseRef",
    "Confidence",
    "Context",
    "Finding",
    "Fix",
    "Hit",
    "Image",
    "Markup",
    "Medium",
    "NotChecked",
    "Part",
    "PartKind",
    "Person",
    "Place",
    "PolicyInForce",
    "Post",
    "PostReport",
    "ProseSpan",
    "Report",
    "Severity",
    "SourceSpan",
    "Suppressed",
    "Verdict",
]
