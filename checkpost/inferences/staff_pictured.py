"""Colleagues who can be seen in a picture.

What it finds: A member of staff other than the author whom the draft declares, whom the file's own people
fields name, or whom the alt text or the caption show ("two receptionists smiling behind the desk").
Why it matters: Colleagues have a say in where their face appears (UK GDPR, Article 4(1): a recognisable face
is personal data), and some have good reasons to stay out of sight.
Not flagged: The author; a teacher's mug, desk or thank-you card. With consent declared, or where only words
show somebody, a weak hint remains.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit
from checkpost.pictured import people_in
from checkpost.rules import Case, Inference

CONCERN = "image/staff-pictured"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture that shows a colleague."""
    for index in range(len(case.post.images)):
        staff = [shown for shown in people_in(case, index) if shown.role == "staff"]
        if not staff:
            continue
        declared = [shown.person for shown in staff if shown.person]
        if declared:
            agreed = all(person.consent == "granted" for person in declared)
            confidence = Confidence.LOW if agreed else Confidence.HIGH
        elif staff[0].is_declared:
            confidence = Confidence.MEDIUM
        else:
            confidence = Confidence.LOW
        yield Hit(
            concern=CONCERN,
            message="A colleague is in this picture.",
            part=staff[0].part,
            span=staff[0].span,
            confidence=confidence,
            evidence=("declared" if staff[0].is_declared else "shown by the words that describe the picture",),
        )


INFERENCE = Inference("staff-pictured", (CONCERN,), infer)
