"""Times inside several pictures that show a routine.

What it finds: Two or more pictures of one post that were taken on the same weekday at nearly the same hour, in
different weeks, with a learner in them or about school.
Why it matters: Whoever reads the times learns where a child is every week at that hour. The ICO counts a routine of
movements as location data about a person (UK GDPR, Article 4(1)).
Not flagged: Pictures of one day; times without an hour; pictures with nobody in them that are not about school.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from checkpost.model import Confidence, Hit
from checkpost.pictured import is_about_school, learners_in, taken_at
from checkpost.rules import Case, Inference

CONCERN = "personal-data/location"
_APART = 45  # minutes


def infer(case: Case) -> Iterator[Hit]:
    """Yield one hit for the first picture of a routine."""
    moments = sorted(
        (moment.weekday(), moment.hour * 60 + moment.minute, moment, index)
        for index in range(len(case.post.images))
        if (moment := taken_at(case, index)) and _concerns_school(case, index)
    )
    for (day, minute, moment, index), (other_day, other_minute, other, _) in pairwise(moments):
        if day == other_day and other_minute - minute <= _APART and _is_another_day(moment, other):
            yield Hit(
                concern=CONCERN,
                message="The times inside these pictures show a routine: the same weekday at the same hour.",
                part=f"images[{index}]",
                confidence=Confidence.LOW,
                evidence=("times in the pictures' files",),
            )
            return


def _is_another_day(one: datetime, other: datetime) -> bool:
    return one.date() != other.date()


def _concerns_school(case: Case, index: int) -> bool:
    return is_about_school(case, index) or bool(learners_in(case, index))


INFERENCE = Inference("picture-routine", (CONCERN,), infer)
