"""Words that give away where the author works, or as what.

What it finds: In a personal post, words that show the author's employer or that they work in education: a
job at the organisation, their own classes, their own workplace, what only staff do all day.
Why it matters: Such words tie the whole account to the employer. One policy (an academy trust's, Appendix A
1.1) asks staff not to show employer or profession at all, and all five ask for a disclaimer where they
show.
Not flagged: The organisation's own account; the words of a parent, a neighbour or a former pupil ("my son's
school"); a word for a school with nothing to show that the author works there. The declared role alone
discloses nothing.
"""

from collections.abc import Iterator

from checkpost.model import Hit
from checkpost.rules import Case, Inference

CONCERN = "identity/affiliation"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for the words that show the author's work."""
    if case.post.context.account == "organisation":
        return
    for sign in case.signs:
        if sign.in_words:
            yield Hit(CONCERN, sign.message, sign.part, sign.span, sign.confidence, (sign.evidence,))


INFERENCE = Inference("affiliation", (CONCERN,), infer)
