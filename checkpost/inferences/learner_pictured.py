"""Learners who can be seen in a picture.

What it finds: A learner whom the draft declares, whom the file's own people fields name, or whom the alt
text, the caption or the post ("a photo of two of my apprentices") show.
Why it matters: A picture can be copied, altered or used to find a child, and is personal data where the child
can be recognised (UK GDPR, Article 4(1)). Some policies allow no picture of a learner at all.
Not flagged: Learners' work, rooms and equipment with nobody in view; drawings and posters of learners; the
author's own family. With consent declared for everybody, on the organisation's own account, only a weak hint
remains, for policies that forbid such pictures altogether.
"""

from collections.abc import Iterator, Sequence

from checkpost.model import Confidence, Hit
from checkpost.pictured import Shown, learners_in, roster_entry
from checkpost.rules import Case, Inference

CONCERN = "image/learner-pictured"
_MESSAGE = "A learner is in this picture."
_DOUBT = "A learner is in this picture, and the learner list contradicts the consent that the draft declares."


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture that shows a learner."""
    for index in range(len(case.post.images)):
        learners = learners_in(case, index)
        if not learners:
            continue
        shown = learners[0]
        if not shown.is_declared and not shown.recognisable and case.post.context.account == "organisation":
            continue
        contradicted = any(_contradicts(case, learner) for learner in learners)
        yield Hit(
            concern=CONCERN,
            message=_DOUBT if contradicted else _MESSAGE,
            part=shown.part,
            span=shown.span,
            confidence=_confidence(case, learners, contradicted=contradicted),
            evidence=("declared" if shown.is_declared else "shown by the words that describe the picture",),
        )


def _confidence(case: Case, learners: Sequence[Shown], *, contradicted: bool) -> Confidence:
    first = learners[0]
    if case.post.context.account == "organisation" and first.person and not contradicted:
        agreed = all(shown.person.consent == "granted" for shown in learners if shown.person)
        if agreed:
            return Confidence.LOW
    if not first.is_declared:
        return Confidence.MEDIUM if first.recognisable else Confidence.LOW
    return Confidence.MEDIUM if contradicted else Confidence.HIGH


def _contradicts(case: Case, shown: Shown) -> bool:
    person = shown.person
    if not person or person.consent != "granted":
        return False
    entry = roster_entry(case.knowledge, person.name)
    if not entry:
        return False
    lapsed = entry.consent_until is not None and entry.consent_until < case.knowledge.today
    return entry.consent is False or lapsed


INFERENCE = Inference("learner-pictured", (CONCERN,), infer)
