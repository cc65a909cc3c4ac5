"""Payment card number: an issuer's prefix, its length, and a check digit by Luhn's formula.

Source: ISO/IEC 7812-1; prefixes and lengths as the card schemes publish them.

>>> is_valid("4111 1111 1111 1111"), is_valid("4111 1111 1111 1112"), is_valid("8944 5013 0271 6654")
(True, False, False)
>>> issuer("3782 822463 10005")
'American Express'
"""

import re

_ISSUERS = (
    ("Visa", re.compile(r"4(?:\d{12}|\d{15}|\d{18})", re.ASCII)),
    ("Mastercard", re.compile(r"(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}", re.ASCII)),
    ("American Express", re.compile(r"3[47]\d{13}", re.ASCII)),
    ("Discover", re.compile(r"(?:6011|64[4-9]\d|65\d\d)\d{12}", re.ASCII)),
    ("Diners Club", re.compile(r"(?:30[0-5]|36\d|38\d|39\d)\d{11}", re.ASCII)),
    ("JCB", re.compile(r"35(?:2[89]|[3-8]\d)\d{12}", re.ASCII)),
    ("UATP", re.compile(r"1\d{14}", re.ASCII)),
    ("Maestro", re.compile(r"(?:5018|5019|5020|5038|5893|6304|6759|676[1-3])\d{8,15}", re.ASCII)),
)


def compact(text: str) -> str:
    """The number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", text)


def issuer(text: str) -> str | None:
    """The card scheme whose prefix and length the number has."""
    digits = compact(text)
    return next((name for name, shape in _ISSUERS if shape.fullmatch(digits)), None)


def is_valid(text: str) -> bool:
    """Whether a text has a card scheme's prefix and length and its check digit agrees."""
    if issuer(text) is None:
        return False
    digits = [int(digit) for digit in reversed(compact(text))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0
