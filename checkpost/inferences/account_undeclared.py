"""A blog, channel or account about work that the manager may not know of.

What it finds: A personal post that tells of the author's own blog, channel or account, names the organisation
or says that it is about their work there, and doesn't say that the manager knows.
Why it matters: CARE (2/1, 2/2) asks staff to tell their manager of a blog or site that shows where they work,
before it starts.
Not flagged: The organisation's own account, a draft with an approval, blogs about anything else, blogs of
others.
"""

from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference

CONCERN = "context/account-undeclared"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit if the post presents an account about work."""
    if case.post.context.account == "organisation" or case.post.context.approved_by:
        return
    terms = load("account_undeclared")
    docs = [(doc, case.knowledge.slots(doc)) for doc in case.documents if doc.part.kind in PUBLISHED]
    if any(terms.has(doc, slots, "declared") for doc, slots in docs):
        return
    own = any(terms.has(doc, slots, "own-account") for doc, slots in docs)
    if own and any(slots["organisation"] or terms.has(doc, slots, "about-work") for doc, slots in docs):
        message = "Does your manager know of this blog or account about your work? The draft does not say."
        yield Hit(CONCERN, message, evidence=("an account of your own, and the work that it is about",))


INFERENCE = Inference("account-undeclared", (CONCERN,), infer)
