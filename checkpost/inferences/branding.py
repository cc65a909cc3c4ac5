"""The organisation's branding on a personal account.

What it finds: In a personal post, a logo, slogan, lanyard, hoodie or uniform of the organisation: worn or
shown in the text, or described in a picture's alt text, caption or keywords. Of a picture, a school's
uniform or logo without a name counts too.
Why it matters: Branding makes a personal post look official, and clothing shows where somebody works or
learns. DMM ("Managing your personal use") and an academy trust (10.5 c) forbid it; a third policy (CARE)
warns of work clothing in photos.
Not flagged: The organisation's own account; talk about uniform ("the uniform sale is on Friday"); a club's
or a family's things.
"""

from collections.abc import Iterator

from checkpost.model import Hit, Part, PartKind
from checkpost.rules import Case, Inference, phrase_hits

CONCERN = "identity/branding"

_DESCRIBING = frozenset({
    "Keywords", "Subject", "Description", "ImageDescription", "Caption", "Caption-Abstract", "Title",
    "Headline", "ObjectName", "HierarchicalSubject", "XPKeywords", "XPTitle", "XPSubject", "XPComment",
    "UserComment",
})  # fmt: skip


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for everything that shows the organisation's brand."""
    if case.post.context.account == "organisation":
        return
    for doc in case.documents:
        if doc.part.kind is PartKind.TEXT:
            yield from phrase_hits(doc, case.knowledge, "branding", "worn")
        elif _describes(doc.part):
            named = list(phrase_hits(doc, case.knowledge, "branding", "shown"))
            yield from named or phrase_hits(doc, case.knowledge, "branding", "shown-in-general")


def _describes(part: Part) -> bool:
    """Whether a part says what is in a picture."""
    if part.kind is PartKind.METADATA:
        return part.field in _DESCRIBING
    return part.kind in (PartKind.ALT, PartKind.CAPTION, PartKind.FILE)


INFERENCE = Inference("branding", (CONCERN,), infer)
