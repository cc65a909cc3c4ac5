"""A colleague who isn't named, and known all the same.

What it finds: In a personal post that shows the workplace, a role that one person holds there ("our head of
maths", "the new PE teacher") and something said of them.
Why it matters: Everybody at school knows who holds the role, so it is as good as a name: personal data under
the UK GDPR.
Not flagged: The organisation's own account, jobs in general, roles of several people, adverts for a post, a
colleague who is named (that is another finding).
"""

from collections.abc import Iterator

from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference, passages, phrase_hits

CONCERN = "people/staff-identifiable"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every colleague told of by role."""
    if case.post.context.account == "organisation":
        return
    docs = [doc for doc in case.documents if doc.part.kind in PUBLISHED]
    if not case.signs and not any(case.knowledge.slots(doc)["organisation"] for doc in docs):
        return
    for doc in docs:
        yield from passages(doc, phrase_hits(doc, case.knowledge, "staff_identifiable"))


INFERENCE = Inference("staff-identifiable", (CONCERN,), infer)
