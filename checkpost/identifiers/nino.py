"""National Insurance number: two letters, six digits, and A, B, C or D. It has no check digit.

Source: HM Revenue & Customs, National Insurance Manual, NIM39110. D, F, I, Q, U and V stand nowhere in the
prefix, O not second, and BG, GB, KN, NK, NT, TN and ZZ are not given out. QQ is the prefix of HMRC's own
specimens.

>>> is_valid("AA 01 23 44 B"), is_valid("QQ123456C"), is_valid("GB123456A"), is_valid("AO123456A")
(True, True, False, False)
"""

import re

_SHAPE = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\d{6}[A-D]", re.ASCII)


def compact(text: str) -> str:
    """The number without spaces, dots and hyphens, in capitals."""
    return re.sub(r"[\s.-]", "", text).upper()


def is_valid(text: str) -> bool:
    """Whether a text is a number that could have been given out, or a specimen."""
    return _SHAPE.fullmatch(compact(text)) is not None
