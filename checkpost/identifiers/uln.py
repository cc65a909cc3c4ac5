"""Unique Learner Number: ten digits, the first not 0, whose weighted sum leaves 10 modulo 11.

Source: HESA, student record C17051, field ULN. No number passes both this check and the one of the NHS
number, so the check digit tells the two apart.

>>> is_valid("9276308686"), is_valid("9276308687"), is_valid("0276308686")
(True, False, False)
"""

import re


def compact(text: str) -> str:
    """The number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", text)


def is_valid(text: str) -> bool:
    """Whether a text is ten digits whose check digit agrees."""
    digits = compact(text)
    if not re.fullmatch(r"[1-9]\d{9}", digits, re.ASCII):
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 10
