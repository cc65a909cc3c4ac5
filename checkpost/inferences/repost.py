"""Other people's posts, passed on.

What it finds: Retweets by hand (RT @…, "@somebody: …"), shares "via" an account, things nicked, borrowed or
shared from somebody's page, group or story, text "forwarded as received", and screenshots of others' posts,
in the text, the alt text or the picture's file name.
Why it matters: What people write or picture is theirs (Copyright, Designs and Patents Act 1988, section 16),
and what was shared with a group may do harm in public.
Not flagged: Sharing with permission, where the draft says so; the organisation's own posts; requests to
share; routes ("via the ring road"); things taken that nobody posted, such as biscuits.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.rules import Case, Inference, passages, phrase_hits
from checkpost.text.document import Document
from checkpost.text.words import fold

CONCERN = "rights/repost"
_LEXICON = "repost"
_BY_HAND = re.compile(
    r"(?<!\w)(?:(?:RT|MT|QRT)[ :]{0,3}|[Vv]ia |[📸📷🎥©♻🔁🔄]\ufe0f?[ :]{0,3}(?:by |from )?|\")"
    r"(?P<handle>@\w{2,40})(?P<colon>:?)"
)
_MARKS_OF_SHARING = frozenset({"repost", "regram", "repostapp"})


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for each sign of passing on in the text, else in the pictures' words."""
    terms = load(_LEXICON)
    if any(terms.has(doc, case.knowledge.slots(doc), "allowed") for doc in case.documents):
        return
    shown = list(passages(case.text, _found(case.text, case.knowledge), reach=2))
    yield from shown
    if not shown:
        for doc in case.documents:
            if doc.part.kind in (PartKind.ALT, PartKind.CAPTION, PartKind.FILE):
                yield from _found(doc, case.knowledge)


def _found(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    taken = [tag.span for tag in doc.tags if knowledge.owns_handle(tag.text)]
    for hit in (*_by_hand(doc), *phrase_hits(doc, knowledge, _LEXICON)):
        if hit.span and not any(hit.span.overlaps(other) for other in taken):
            taken.append(hit.span)
            yield hit


def _by_hand(doc: Document) -> Iterator[Hit]:
    for match in _BY_HAND.finditer(doc.prose) if "@" in doc.prose else ():
        quoted = match[0].startswith('"')
        if match["colon"] or not quoted:
            yield _hit(doc, ProseSpan(*match.span()), "a retweet by hand")
    for tag in doc.tags:
        if fold(tag.text) in _MARKS_OF_SHARING:
            yield _hit(doc, tag.span, "a hashtag of sharing")


def _hit(doc: Document, span: ProseSpan, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This passes on what somebody else posted, with no sign that they agreed.",
        part=doc.part.name,
        span=span,
        confidence=Confidence.HIGH,
        evidence=(evidence,),
    )


INFERENCE = Inference("repost", (CONCERN,), infer)
