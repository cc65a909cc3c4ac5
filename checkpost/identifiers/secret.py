"""Passwords and codes: a token that looks like no word, number of things, date or address.

Source: none is published; passwords that people give each other mix letters with digits or signs, have
capitals inside, or are three digits and more.

>>> [is_valid(text) for text in ("Kingfisher-88", "hx4k2lp", "PleaseWork", "4815", "C1290Y", "p@ssword")]
[True, True, True, True, True, True]
>>> [is_valid(text) for text in ("Y10", "3pm", "M365", "10th", "2026/27", "ready", "example.org", "£4.50")]
[False, False, False, False, False, False, False, False]
"""

import re

from checkpost.patterns import late

_AROUND = ".,;:!?()[]{}…\"'`"
_OTHER = late(
    r"\d+(?:st|nd|rd|th|am|pm|k|m|p|s|ish)?(?<!\d\d\d)|[a-z]{1,2}\d{1,2}|[om]365|\d+[-/]\d+|£.*|[#@][a-z][\w.]*"
    r"|covid-?19"
    r"|.*(?:://|\.(?:com|org|uk|net|example)\b).*",
    re.IGNORECASE,
)
_CAPITAL_INSIDE = late(r"[a-z]{2}[A-Z][a-z]{2}")


def compact(text: str) -> str:
    """The token without the punctuation around it."""
    return text.strip(_AROUND)


def is_valid(text: str) -> bool:
    """Whether a token looks like a secret."""
    token = compact(text)
    if len(token) < 3 or _OTHER.fullmatch(token):
        return False
    letters, digits = sum(c.isalpha() for c in token), sum(c.isdigit() for c in token)
    if not letters:
        return digits >= 3
    signs = any(c in "@$!#&%^*_+=?" for c in token)
    return digits > 0 or (letters >= 4 and signs) or _CAPITAL_INSIDE.search(token) is not None
