"""Parents, volunteers, governors and others in a picture.

What it finds: Somebody whom the draft declares to be in a picture, as family or other, in a post of the
organisation or about school.
Why it matters: They have a tie to the school and the same right to be asked as learners and staff (UK GDPR).
An academy trust (10.6 b) wants no such picture on personal accounts at all.
Not flagged: The author and, on a personal account, the author's family; a personal picture that has nothing
to do with school.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit
from checkpost.pictured import is_about_school, people_in
from checkpost.rules import Case, Inference

CONCERN = "image/other-pictured"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture with somebody else connected with the organisation."""
    own = case.post.context.account == "organisation"
    roles = {"family", "other"} if own else {"other"}
    for index in range(len(case.post.images)):
        others = [shown.person for shown in people_in(case, index) if shown.person is not None and shown.role in roles]
        if others and (own or is_about_school(case, index)):
            agreed = all(person.consent == "granted" for person in others)
            yield Hit(
                concern=CONCERN,
                message="Somebody who is neither a learner nor a colleague is in this picture: have they agreed?",
                part=f"images[{index}]",
                confidence=Confidence.LOW if agreed else Confidence.MEDIUM,
                evidence=("declared as family or other",),
            )


INFERENCE = Inference("other-pictured", (CONCERN,), infer)
