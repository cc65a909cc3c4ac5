"""NHS number of England, Wales and the Isle of Man: ten digits, the last one a check digit modulo 11.

Source: NHS Data Dictionary, "NHS Number". Numbers that begin with 999 are kept for tests.

>>> is_valid("943 476 5919"), is_valid("943 476 5910"), is_valid("999 999 9999")
(True, False, False)
"""

import re


def compact(text: str) -> str:
    """The number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", text)


def is_valid(text: str) -> bool:
    """Whether a text is ten digits whose check digit agrees."""
    digits = compact(text)
    if not re.fullmatch(r"\d{10}", digits, re.ASCII) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])
