"""A personal account that speaks as the organisation, or for it.

What it finds: In a personal post, words that take on the organisation's voice: "we at…", "on behalf of…",
"the trust's position is…", an announcement, decision or apology in the first person plural about a place of
education, or a verb that only the organisation itself can perform ("the college regrets", "the academy will
not comment"); and sentences that read so to the
trained model, where the post names the organisation.
Why it matters: Others may act on what they take for the organisation's word. City Learning Trust (3 c) lets
only people with agreed authority speak for it; an academy trust (8.1) asks for approval first; the Learning
Institute (5.4) forbids it.
Not flagged: The organisation's own account; "we" who are friends or a family; "I don't speak for the
school"; what others report of it ("the college says that labs reopen").
"""

from collections.abc import Iterator

from checkpost.model import PUBLISHED, Hit
from checkpost.rules import Case, Inference, passages, phrase_hits
from checkpost.witness import sentence_hits

CONCERN = "identity/spokesperson"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every sentence that speaks for the organisation."""
    if case.post.context.account == "organisation":
        return
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            yield from passages(doc, phrase_hits(doc, case.knowledge, "spokesperson"), reach=0)
            if case.knowledge.slots(doc)["organisation"]:  # "we" may be anybody until the organisation is named
                yield from sentence_hits(doc, case.knowledge, "spokesperson")


INFERENCE = Inference("spokesperson", (CONCERN,), infer)
