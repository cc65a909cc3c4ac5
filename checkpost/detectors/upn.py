"""Unique Pupil Numbers.

What it finds: A letter and twelve characters, permanent (all digits) or temporary (a last letter), whose
check letter agrees (Department for Education, guide to UPNs). A number called a UPN is found even if its
letter is wrong.
Why it matters: It follows a pupil from school to school; the Department says that it must not be shared
beyond what the law asks.
Not flagged: Numbers of schools (URN, UKPRN, LAESTAB), which are public; talk about UPNs.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import upn
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="A Unique Pupil Number belongs to one pupil.",
    words="upn",
    digits=11,
    shape=re.compile(r"(?<![^\W_])[a-z](?:[ -]?\d){11}[ -]?[\da-z](?![^\W_])", re.IGNORECASE),
    is_valid=upn.is_valid,
    check="its check letter",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every Unique Pupil Number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("upn", (_NUMBER.concern,), find, reads=EVERYWHERE)
