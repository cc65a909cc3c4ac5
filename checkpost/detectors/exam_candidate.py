"""Candidates' numbers in public exams.

What it finds: A Unique Candidate Identifier (twelve digits and a check letter, by the rule of the Joint
Council for Qualifications), and the four digits that follow or precede words such as "candidate number".
Why it matters: On a door, a desk card or a results slip this number stands for one learner, and with it goes
the result.
Not flagged: Centre numbers, which are public; advice on candidate numbers; years, dates and counts of
candidates.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import uci
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/identifier"

_UCI = Number(
    concern=CONCERN,
    message="A Unique Candidate Identifier belongs to one learner.",
    words="uci",
    digits=11,
    shape=re.compile(r"(?<![^\W_])\d{5}[ -]?[\da-z][ -]?\d{2}[ -]?\d{4}[ -]?[a-z](?![^\W_])", re.IGNORECASE | re.ASCII),
    is_valid=uci.is_valid,
    also=("candidate",),
    check="its check letter",
)
_CANDIDATE = Number(
    concern=CONCERN,
    message="A candidate number stands for one learner.",
    words="candidate",
    digits=4,
    shape=re.compile(r"(?<![\w+£$#,.:/-])(?!19\d\d|20[0-3]\d)\d{4}(?![^\W_]|[,.:/-]\d| ?(?:%|marks|words|pm|am))"),
    alone=None,
    needs_words=True,
    within=4,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every candidate's identifier or number."""
    yield from number_hits(doc, knowledge, _UCI)
    yield from number_hits(doc, knowledge, _CANDIDATE)


DETECTOR = Detector("exam-candidate", (CONCERN,), find, reads=EVERYWHERE)
