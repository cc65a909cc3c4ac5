"""Pages, groups and accounts opened in the organisation's name.

What it finds: In a personal post without an approval: a page, account, channel or chat group set up for the
organisation, a department, a class or its families.
Why it matters: DMM (5.5), the Learning Institute (5.1, 5.4) and an academy trust ask for approval first: such
an account speaks for the organisation, holds data of learners, and nobody else can close it.
Not flagged: The organisation's own account, a draft with an approval, official pages, learning platforms,
clubs and groups that meet in a room.
"""

from collections.abc import Iterator

from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference, passages, phrase_hits

CONCERN = "context/account-unregistered"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every account opened."""
    if case.post.context.account == "organisation" or case.post.context.approved_by:
        return
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            yield from passages(doc, phrase_hits(doc, case.knowledge, "account_unregistered"))


INFERENCE = Inference("account-unregistered", (CONCERN,), infer)
