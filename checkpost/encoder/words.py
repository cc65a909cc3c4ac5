"""Cuts a text into the words that the model reads, each with its place.

Web addresses, e-mail addresses and @handles are read as such, not letter by letter; #hashtags as the words run together
in them; emoji by their Unicode names; repeated signs as one. The pieces that the tokenizer makes of a word all belong
to that word, so places survive.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Shape(IntEnum):
    """How a word is capitalised: the vocabulary is in lower case, so the model is told apart from it."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    MIXED = 3


class Word(NamedTuple):
    """A word: code-point offsets into the text (`end` exclusive), and what the model reads in its place."""

    start: int
    end: int
    form: str
    shape: Shape


_WORD = re.compile(
    r"(?P<url>https?://\S+|www\.\S+|\[URL\])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,190}\w)"
    r"|(?P<handle>(?<![\w@])@\w+|\[USER\])"
    r"|(?P<tag>#\w*[^\W\d_]\w*)"
    r"|(?P<word>[^\W_]+)"
    r"|(?P<sign>([^\w\s]|_)\7*)"
)
_IN_TAG = re.compile(r"[A-Z]?[^\W\dA-Z_]+|[A-Z]+(?![a-z])|\d+|[^\W_]")  # "#WelshBake2Off" holds four words
_FORMS = {"url": "url", "email": "email", "handle": "@user"}
_QUOTES = str.maketrans("‘’ʼ“”", "'''\"\"")
_SKINS = ("light", "light", "medium", "dark", "dark")
_UNSEEN = frozenset("\u200d\ufe0e\ufe0f")  # joiner and variation selectors: they only shape the emoji before them


def words(text: str) -> Iterator[Word]:
    """Every word, in order.

    >>> [word.form for word in words("@sam is #SoProud!!! 🎉🎉")]
    ['@user', 'is', '# So Proud', '!!!', 'party popper']
    """
    for match in _WORD.finditer(text):
        kind, start, end = match.lastgroup or "sign", match.start(), match.end()
        if kind == "word":
            yield Word(start, end, match[0], _shape(match[0]))
        elif kind == "tag":
            yield Word(start, end, " ".join(("#", *_IN_TAG.findall(match[0]))), _shape(match[0][1:]))
        elif kind in _FORMS:
            yield Word(start, end, _FORMS[kind], Shape.LOWER)
        elif form := _sign(match[0]):
            yield Word(start, end, form, Shape.LOWER)


def _shape(form: str) -> Shape:
    if form == form.lower():
        return Shape.LOWER
    if form[0].isupper() and form[1:] == form[1:].lower():
        return Shape.TITLE
    return Shape.UPPER if form == form.upper() else Shape.MIXED


def _sign(run: str) -> str:
    """A run of one sign: at most three of it, or an emoji's name once."""
    sign = run[0]
    if sign in _UNSEEN:
        return ""
    if sign.isascii() or unicodedata.category(sign) not in ("So", "Sk"):
        return run[:3].translate(_QUOTES)
    if "\U0001f3fb" <= sign <= "\U0001f3ff":
        return f"{_SKINS[ord(sign) - 0x1F3FB]} skin"
    if "\U0001f1e6" <= sign <= "\U0001f1ff":  # half of a flag
        return chr(ord(sign) - 0x1F1E6 + ord("a"))
    return unicodedata.name(sign, sign).lower()
