"""A work e-mail address used for something personal.

What it finds: On a personal account, an address at one of the organisation's domains.
Why it matters: Policies keep work addresses for work: a personal post that gives one speaks with the organisation's
voice, and its replies arrive on the organisation's systems.
Not flagged: The organisation's own account; the addresses that it publishes for everybody; other people's domains.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind

CONCERN = "identity/work-email"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every work address in a personal post."""
    if case.post.context.account == "organisation":
        return
    declared = case.post.context.account == "personal"
    for doc in case.documents:
        for word in doc.words:
            if word.kind is not WordKind.EMAIL or case.knowledge.owns_contact(word.text):
                continue
            if case.knowledge.owns_domain(word.text.rpartition("@")[2]):
                yield Hit(
                    concern=CONCERN,
                    message="A work e-mail address stands in a personal post.",
                    part=doc.part.name,
                    span=word.span,
                    confidence=Confidence.HIGH if declared else Confidence.MEDIUM,
                    evidence=("the address is at one of the organisation's domains",),
                )


INFERENCE = Inference("work-email", (CONCERN,), infer)
