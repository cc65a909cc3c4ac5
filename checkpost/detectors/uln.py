"""Unique Learner Numbers.

What it finds: Ten digits whose check agrees with the rule for ULNs (HESA, field ULN). Sure where "ULN" or
"learner number" is near; a number so called is found even if its check fails.
Why it matters: It ties a learner to a lifelong record of what they took and passed.
Not flagged: NHS numbers, whose check never agrees with this one; phone numbers; numbers that the words near
them give to an order, a parcel or a meeting.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import uln
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="A Unique Learner Number belongs to one learner.",
    words="uln",
    digits=10,
    shape=re.compile(r"(?<![\w+£$#])(?<!\d[.,-])(?<!\d )[1-9]\d{2}(?P<gap>[ -]?)\d{3}(?P=gap)\d{4}(?![^\W_]|[,.]\d)"),
    is_valid=uln.is_valid,
    stands_alone=str.isdecimal,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every Unique Learner Number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("uln", (_NUMBER.concern,), find, reads=EVERYWHERE)
