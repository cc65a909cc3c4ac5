"""Splits prose into sentences, for post-sized text: line ends split, abbreviations and decimal points do not."""

import re
from collections.abc import Iterator

from checkpost.model import ProseSpan

_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof st rev fr sr jr no vs eg e.g ie i.e d.o.b etc approx dept govt inc ltd co tel ext yr yrs "
    "mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s|$)|\r\n|[\r\n]+")
_LAST_WORD = re.compile(r"[^\s(\"']+$")
_INITIAL = re.compile(r"[A-Z](?:[.-][A-Z])*")


def sentences(prose: str) -> Iterator[ProseSpan]:
    r"""Every sentence, in order; together they cover all the words.

    >>> prose = "Mr. Shaw ran. He won 2.5 m!\nOn"
    >>> [prose[s.start : s.end] for s in sentences(prose)]
    ['Mr. Shaw ran.', 'He won 2.5 m!', 'On']
    """
    start = 0
    for stop in _STOP.finditer(prose):
        if stop[0][0] == "." and _is_abbreviation(prose[start : stop.start()]):
            continue
        yield from _trimmed(prose, start, stop.end())
        start = stop.end()
    yield from _trimmed(prose, start, len(prose))


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before[-20:])
    return word is not None and (word[0].lower() in _ABBREVIATIONS or _INITIAL.fullmatch(word[0]) is not None)


def _trimmed(prose: str, start: int, end: int) -> Iterator[ProseSpan]:
    text = prose[start:end]
    if text.strip():
        yield ProseSpan(start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))
