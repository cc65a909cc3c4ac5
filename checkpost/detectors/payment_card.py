"""Payment card numbers.

What it finds: A number with the prefix and length of a card scheme whose check digit agrees (ISO/IEC 7812),
run together or in groups. Sure where "card", "Visa" or "expiry" is near; a number so called is found even if
its check digit is wrong.
Why it matters: Whoever reads it can spend the money.
Not flagged: Order, parcel and gift card numbers that are called so; the last four digits of a card.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import luhn
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/financial",
    message="This is the number of a payment card.",
    words="card",
    digits=13,
    shape=re.compile(
        r"(?<![\w+£$#])(?<!\d[.,-])(?<!\d )"
        r"(?:\d{4}(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{3})?"
        r"|\d{4}[ -]\d{6}[ -]\d{4,5}|\d{13,19})"
        r"(?![^\W_]|[ ,.-]\d)"
    ),
    is_valid=luhn.is_valid,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every payment card number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("payment-card", (_NUMBER.concern,), find, reads=EVERYWHERE)
