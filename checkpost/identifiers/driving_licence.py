"""Driver number of Great Britain: five letters of the surname, six digits of the birth date, and the rest.

The rest is two initials and three more characters. Source: Driver and Vehicle Licensing Agency; NHS Data
Dictionary and Microsoft Purview describe the same layout. The surname is filled up with 9s, and a woman's
month of birth is 50 higher. There is no published check digit.

>>> is_valid("MORGA 753116 SM9IJ"), is_valid("MORGA753116SM9IJ 35"), is_valid("MORGA793116SM9IJ")
(True, True, False)
"""

import re

_SHAPE = re.compile(
    r"(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999)\d(?:[05][1-9]|[16][0-2])"
    r"(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9]{3}(?:\d\d)?",
    re.ASCII,
)


def compact(text: str) -> str:
    """The number without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_valid(text: str) -> bool:
    """Whether a text has the shape of a driver number and holds a possible birth date."""
    return _SHAPE.fullmatch(compact(text)) is not None
