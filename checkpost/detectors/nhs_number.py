"""NHS numbers.

What it finds: Ten digits, run together or in groups of three, three and four, whose check digit agrees (NHS
Data Dictionary). Sure where words such as "NHS number" are near; a number so called is found even if its
check digit is wrong.
Why it matters: It opens a person's health record, and health is data of a special category (UK GDPR, Article
9).
Not flagged: Learner numbers, whose check never agrees with this one; phone numbers, ISBNs, and numbers that
the words near them give to an order, a parcel or a meeting; numbers alone that begin as none given out in
England does.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import nhs
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="An NHS number belongs to one person.",
    words="nhs",
    digits=10,
    shape=re.compile(r"(?<![\w+£$#])(?<!\d[.,-])(?<!\d )\d{3}(?P<gap>[ -]?)\d{3}(?P=gap)\d{4}(?![^\W_]|[ ,.-]?\d)"),
    is_valid=nhs.is_valid,
    stands_alone=lambda text: text[0] in "4679",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every NHS number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("nhs-number", (_NUMBER.concern,), find, reads=EVERYWHERE)
