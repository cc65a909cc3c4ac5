"""Number plates.

What it finds: A registration of the current style (two letters, two digits of a period that has begun, three
letters) in capitals, or in any case where words such as "reg", "plate" or "car" are near; of an older or
personal style only right beside such a word as "plate" or "reg".
Why it matters: The keeper of a vehicle can be found by its plate, and others can recognise the car at the
school gate.
Not flagged: Codes of courses, classes and paper ("Y10 and", "AQA 4 A"); plates whose letters and digits were
never issued; talk about plates.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Confidence, Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/identifier"
MESSAGE = "The keeper of a vehicle can be found by its number plate."

_AREAS = "[A-HJ-PR-Y]"
_SERIAL = "[A-HJ-PR-Z]"
# Words of three letters that shouting puts after such letters and digits ("WEEK AB12 THE SEQUEL").
_WORDS = frozenset(
    "AND ARE ALL BUT CAN DAY FOR GET HAS HER HIS HOW NEW NOT NOW OFF ONE OUR OUT THE TOO TWO WAS WHO WHY YES YOU".split(
        " "
    )
)


def _is_current(text: str) -> bool:
    """Whether the digits are those of a half-year: 02 to 29 from March, 51 to 79 from September."""
    plate = re.sub(r"[\s-]", "", text).upper()
    return (2 <= int(plate[2:4]) <= 29 or 51 <= int(plate[2:4]) <= 79) and plate[4:] not in _WORDS


_CURRENT = Number(
    concern=CONCERN,
    message=MESSAGE,
    words="registration",
    digits=2,
    shape=re.compile(rf"(?<![^\W_])(?<!-){_AREAS}{{2}}\d\d[ -]?{_SERIAL}{{3}}(?![^\W_]|-\w)", re.IGNORECASE),
    is_valid=_is_current,
    stands_alone=str.isupper,
    also=("vehicle",),
    alone=Confidence.LOW,
    unchecked=None,
    check="a plate's letters and digits",
)
_OLDER = Number(
    concern=CONCERN,
    message=MESSAGE,
    words="registration",
    digits=1,
    shape=re.compile(
        r"(?<![^\W_])(?<!-)"
        r"(?:[A-HJ-NPR-TV-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]|[A-Z]{2,3} ?\d{3,4}|\d{1,4} [A-Z]{2,3})"
        r"(?![^\W_]|-\w)"
    ),
    alone=None,
    within=3,
    check="an older plate's letters and digits",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every number plate."""
    for number in (_CURRENT, _OLDER):
        for hit in number_hits(doc, knowledge, number):
            if hit.span and doc.text(hit.span)[-3:].upper() not in _WORDS:
                yield hit


DETECTOR = Detector("vehicle-registration", (CONCERN,), find, reads=EVERYWHERE)
