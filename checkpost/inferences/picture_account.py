"""Pictures of learners on an account that isn't the organisation's.

What it finds: A picture that shows a learner, as declared or by its description, in a draft for a personal
account. Where the draft doesn't say which account it is for, a weak hint.
Why it matters: Families agreed to the organisation's accounts, where pictures can be managed and taken down.
Guidance for safer working practice (Safer Recruitment Consortium) asks staff to keep pictures of children off
their own accounts.
Not flagged: The organisation's account, whatever the consent; pictures with no learner in them; the author's
own children.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit
from checkpost.pictured import learners_in
from checkpost.rules import Case, Inference

CONCERN = "image/wrong-account"
_OFF_ACCOUNT = "This picture of a learner would go on an account that is not the organisation's."
_UNKNOWN = "A learner is in this picture, and the draft does not say that it is for the organisation's account."


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture of a learner in a personal draft."""
    account = case.post.context.account
    if account == "organisation":
        return
    for index in range(len(case.post.images)):
        learners = learners_in(case, index)
        if not learners:
            continue
        if account is None or not learners[0].recognisable:
            confidence = Confidence.LOW
        else:
            confidence = Confidence.HIGH if learners[0].is_declared else Confidence.MEDIUM
        yield Hit(
            concern=CONCERN,
            message=_OFF_ACCOUNT if account else _UNKNOWN,
            part=f"images[{index}]",
            confidence=confidence,
        )


INFERENCE = Inference("picture-account", (CONCERN,), infer)
