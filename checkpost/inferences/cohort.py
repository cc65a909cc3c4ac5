"""A class or group of learners, judged in public.

What it finds: In a personal post, the author's own class, set, year or apprentices, and a judgement of them
beside it.
Why it matters: Learners and families know which class is meant. Two policies (an academy trust 6.3, the
Learning Institute 5.4) forbid the subject, City Learning Trust (4.6) asks first.
Not flagged: The organisation's own account, news without a judgement, teaching in general, other people's
classes and families.
"""

from collections.abc import Iterator

from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference, passages, phrase_hits

CONCERN = "people/cohort"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every judgement."""
    if case.post.context.account == "organisation":
        return
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            yield from passages(doc, phrase_hits(doc, case.knowledge, "cohort"))


INFERENCE = Inference("cohort", (CONCERN,), infer)
