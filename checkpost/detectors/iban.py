"""International bank account numbers.

What it finds: An IBAN of a country's own length whose check digits agree (ISO 13616), run together or in
groups. A number called an IBAN is found even if its check digits are wrong.
Why it matters: Bank details in public invite fraud.
Not flagged: Talk about IBANs; the word that follows one.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import iban
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Confidence, Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document


def _any_country() -> str:
    """Each country's code with as many characters as its accounts have: more would be the next word's."""
    each = (rf"{code}\d\d(?:[ -]?[a-z0-9]){{{length - 4}}}" for code, length in iban.LENGTHS.items())
    return rf"(?<![^\W_])(?=[a-z]{{2}}\d\d)(?:{'|'.join(each)})(?![^\W_])"


_NUMBER = Number(
    concern="personal-data/financial",
    message="An IBAN leads to somebody's bank account.",
    words="iban",
    digits=2,
    shape=re.compile(_any_country(), re.IGNORECASE),
    is_valid=iban.is_valid,
    alone=Confidence.HIGH,
    check="its check digits",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every IBAN."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("iban", (_NUMBER.concern,), find, reads=EVERYWHERE)
