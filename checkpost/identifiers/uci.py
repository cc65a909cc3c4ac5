"""Unique Candidate Identifier: centre, 0 or a letter, year, candidate, and a check letter.

Source: Joint Council for Qualifications, UCI specification, as restated by WJEC (whose example is the first
one below). Letters in the sixth place (transferred and overseas candidates) count as 0 here, their value
being unpublished.

>>> is_valid("681990012058G"), is_valid("68199 0 01 2058 G"), is_valid("681990012058H")
(True, True, False)
"""

import re

_LETTERS = "ABCDEFGHKLMRTVWXY"
_SHAPE = re.compile(rf"\d{{5}}[\dA-Z]\d{{6}}[{_LETTERS}]", re.ASCII)


def compact(text: str) -> str:
    """The identifier without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_valid(text: str) -> bool:
    """Whether a text has the shape of a UCI and its check letter agrees."""
    uci = compact(text)
    if not _SHAPE.fullmatch(uci):
        return False
    values = [int(c) if c.isdigit() else 0 for c in uci[:12]]
    total = sum(value * weight for value, weight in zip(values, range(16, 4, -1), strict=True))
    return _LETTERS[total % 17] == uci[12]
