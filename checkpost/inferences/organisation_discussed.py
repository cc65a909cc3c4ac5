"""The organisation, named on a personal account.

What it finds: In a personal post, the first mention of the organisation: its name, a school of it, a handle
or hashtag.
Why it matters: Two policies keep it for those with authority to post about it (City Learning Trust 3 c, an
academy trust 6.3), good news included; DMM asks for thought.
Not flagged: The organisation's own account, and a sentence that is a disclaimer. A name alone is a weak sign
of what a post is about: the confidence is low.
"""

from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.rules import Case, Inference

CONCERN = "identity/organisation-discussed"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for the first mention of the organisation."""
    if case.post.context.account == "organisation":
        return
    for doc in case.documents:
        if doc.part.kind not in PUBLISHED:
            continue
        slots, words = case.knowledge.slots(doc), doc.phrase_words
        disclaimers = {
            words[match.first].sentence for match in load("disclaimer").find(doc, slots, "claim", "denial", "distance")
        }
        for first, after in sorted(slots["organisation"].items()):
            if words[first].sentence not in disclaimers:
                yield Hit(
                    concern=CONCERN,
                    message="This names your organisation: some policies leave posts about it to its own accounts.",
                    part=doc.part.name,
                    span=ProseSpan(words[first].span.start, words[after - 1].span.end),
                    confidence=Confidence.LOW,
                    evidence=("the organisation's name or tag",),
                )
                return


INFERENCE = Inference("organisation-discussed", (CONCERN,), infer)
