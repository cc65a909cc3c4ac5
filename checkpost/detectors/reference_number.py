"""Numbers by which an organisation knows one person: payroll, staff, learner, hospital and the like.

What it finds: A number of four to twelve digits, with or without letters, that stands within a few words of
its name: "payroll number", "staff ID", "learner no", "TRN", "DBS certificate", "hospital number".
Why it matters: Helpdesks ask for such numbers to make sure who is calling, and records are kept under them.
Not flagged: Numbers of organisations (URN, UKPRN, charity and company numbers), of rooms, orders and
versions; years, dates, times, sums and head counts; "student number 3" and other small numbers.
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
    message="This number stands for one person in an organisation's records.",
    words="staff-number",
    digits=3,
    shape=re.compile(
        r"(?<![\w+£$,.:/-])#?(?!(?:19|20)\d\d(?![\w/-]))"
        r"(?:[A-Z]{1,4}[-/]?\d{3,10}[A-Z]{0,2}|\d{2} ?[A-Z](?: ?\d){5}"
        r"|\d{3}-\d{3}-\d{4}|\d{2}[/-]\d{4,7}|\d{4,12}(?:-?[A-Z]{1,2})?|[A-Z]{2,4}-\d{2,4}-\d{2,6})"
        r"(?![^\W_]|[,.:/-]\d| ?(?:%|hours|pupils|students|learners|staff|people|words|steps|miles|pm\b|am\b))"
    ),
    alone=None,
    needs_words=True,
    within=4,
    check="its shape",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every number that is called a person's."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("reference-number", (_NUMBER.concern,), find, reads=EVERYWHERE)
