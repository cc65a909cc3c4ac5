"""National Insurance numbers.

What it finds: Two letters, six digits and a last letter A to D, run together or spaced, in any case, where
HMRC's rules for the letters hold (manual NIM39110). Sure where words such as "NI number" or "payslip" are
near.
Why it matters: With this number and a name, strangers can claim benefits or take work in somebody's name; it
is personal data under the UK GDPR, Article 4(1).
Not flagged: Prefixes that are never given out; numbers that an order or an invoice explains; talk about such
numbers.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import nino
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="A National Insurance number belongs to one person.",
    words="national-insurance",
    digits=6,
    shape=re.compile(r"(?<![^\W_])[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?![^\W_])", re.IGNORECASE),
    is_valid=nino.is_valid,
    unchecked=None,
    check="its letters and digits",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every National Insurance number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("national-insurance", (_NUMBER.concern,), find, reads=EVERYWHERE)
