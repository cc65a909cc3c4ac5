"""Driver numbers, as on a driving licence.

What it finds: The sixteen characters of a British driver number (surname, birth date, initials), run together
or spaced, with or without the issue number. It is checked that the date in it exists.
Why it matters: It holds the surname and the date of birth, and serves to prove who somebody is.
Not flagged: Driving licences as such; codes of another shape.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import driving_licence
from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

_NUMBER = Number(
    concern="personal-data/identifier",
    message="A driving licence number belongs to one person, and holds their date of birth.",
    words="driving-licence",
    digits=6,
    shape=re.compile(
        r"(?<![^\W_])[a-z][a-z9]{4}[ -]?\d{3}[ -]?\d{3}[ -]?[a-z9]{2}[ -]?[a-z0-9][ -]?[a-z0-9]{2}"
        r"(?:[ -]?\d\d)?(?![^\W_])",
        re.IGNORECASE,
    ),
    is_valid=driving_licence.is_valid,
    check="the date inside it",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every driver number."""
    return number_hits(doc, knowledge, _NUMBER)


DETECTOR = Detector("driving-licence", (_NUMBER.concern,), find, reads=EVERYWHERE)
