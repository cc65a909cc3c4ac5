"""Unique Pupil Number: a check letter and twelve characters; a temporary one ends in a letter.

Source: Department for Education, "Unique pupil numbers: a guide for schools and local authorities", and the
Government Data Standards Catalogue. The letter is the weighted sum modulo 23, looked up in the alphabet
without I, O and S. Which codes a local authority has is not asked: the list changes, and a new authority's
pupils must not slip through.

>>> is_valid("T 3734 0012 1001"), is_valid("A373400121001"), is_valid("D37340012100A")
(True, False, True)
"""

import re

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{_LETTERS}]\d{{11}}[\d{_LETTERS}]", re.ASCII)


def compact(text: str) -> str:
    """The number without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_valid(text: str) -> bool:
    """Whether a text has the shape of a UPN and its check letter agrees."""
    upn = compact(text)
    if not _SHAPE.fullmatch(upn):
        return False
    values = [int(c) if c.isdigit() else _LETTERS.index(c) for c in upn[1:]]
    return _LETTERS[sum(at * value for at, value in enumerate(values, start=2)) % 23] == upn[0]
