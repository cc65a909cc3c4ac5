"""Passport numbers.

What it finds: Nine digits (a British passport), or one or two letters and six to eight digits, in the
sentences of "passport".
Why it matters: A passport number serves to prove who somebody is, and so to pretend to be them.
Not flagged: Nine digits without the word; passports as such, and those of reading or of languages.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="A passport number belongs to one person.",
    words="passport",
    digits=6,
    shape=re.compile(
        r"(?<![\w+£$#])(?<!\d[.,-])(?:\d(?: ?\d){8}|[A-Z]{1,2} ?(?:\d{6,8}|\d{3} ?\d{3,4}))(?![^\W_]|[,.]\d)"
    ),
    alone=None,
    within=16,
    check="its shape",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every passport number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("passport-number", (_NUMBER.concern,), find, reads=EVERYWHERE)
