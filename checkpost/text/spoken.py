"""Figures said in words, as people say phone numbers: "oh seven seven double oh", "forty-two", "nine hundred"."""

import re
from collections.abc import Iterator, Sequence

from checkpost.model import ProseSpan
from checkpost.patterns import late
from checkpost.text.document import Document
from checkpost.text.words import Word

_SPOKEN = {"oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0"}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_TENS = {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_SAID = frozenset({*_SPOKEN, *_TIMES, *_TENS})
_FIGURES = dict(  # as they stand inside a word
    zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)
)
_FIGURE = late("|".join(_FIGURES))
_MIXED = late(rf"(?:\d|{'|'.join(_FIGURES)})+", re.IGNORECASE)  # "zero7seven00"
_NOUGHTS = {"hundred": "00", "thousand": "000"}
_JOINING = frozenset({"and", "then", "plus", *_NOUGHTS})


def spoken(doc: Document) -> Sequence[tuple[ProseSpan, str]]:
    """Where figures are said in words, some of which may be figures, and the digits that they come to."""
    return tuple(_spoken(doc.words))


def _spoken(words: Sequence[Word]) -> Iterator[tuple[ProseSpan, str]]:
    said = [_is_said(word) for word in words]
    if sum(said) < 3 or sum(not word.text.isdigit() for word, is_said in zip(words, said, strict=True) if is_said) < 3:
        return
    run: list[Word] = []
    for word, is_said in zip((*words, None), (*said, False), strict=True):
        if word is not None and (is_said or (run and word.key in _JOINING)):
            run.append(word)
            continue
        while run and run[-1].key in _JOINING and run[-1].key not in _NOUGHTS:
            run.pop()
        if not all(one.text.isdigit() for one in run):
            yield ProseSpan(run[0].span.start, run[-1].span.end), _heard(run)
        run = []


def _is_said(word: Word) -> bool:
    key = word.keys[0]
    return key in _SAID or key.isdigit() or _is_mixed(word)


def _is_mixed(word: Word) -> bool:
    """Whether a word is written partly in figures and partly in their names: "zero7seven00"."""
    text = word.text
    return not text.isalpha() and not text.isdigit() and _MIXED.fullmatch(text) is not None


def _heard(run: Sequence[Word]) -> str:
    digits, times, before = "", 1, ""
    for word in run:
        key = word.key
        if _is_mixed(word):
            digits += _FIGURE.sub(lambda figure: _FIGURES[figure[0]], word.text.lower())
        elif key in _TIMES:
            times = _TIMES[key]
        elif key in _NOUGHTS:
            digits += _NOUGHTS[key]
        elif key not in _JOINING:
            said = _SPOKEN.get(key) or _TENS.get(key) or key
            if len(said) == 1 and before in _TENS:
                digits = digits[:-1] + said  # "forty-two"
            else:
                digits += said * times
            times = 1
        before = key
    return digits
