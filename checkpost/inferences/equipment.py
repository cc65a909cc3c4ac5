"""Personal posts from the organisation's equipment.

What it finds: In a personal post, words that say it is written or sent from a laptop, phone or network of the
workplace.
Why it matters: CARE (1) and an academy trust (6.1) keep their equipment for work; what is posted there can be
seen and kept by the employer.
Not flagged: The organisation's own account; lessons, marking and reports on a work laptop; learners' devices;
a broken laptop.
"""

from collections.abc import Iterator

from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference, passages, phrase_hits

CONCERN = "context/equipment"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every mention of it."""
    if case.post.context.account == "organisation":
        return
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            yield from passages(doc, phrase_hits(doc, case.knowledge, "equipment"))


INFERENCE = Inference("equipment", (CONCERN,), infer)
