"""Splits prose into words that can be compared, whatever their case, accents, spelling tricks or spacing.

A word keeps its place and its text, and has one or more keys: the folded form, and where they differ the form without a
possessive, with digits read as letters (`j4yden`), or with its spaced-out letters joined (`A m e l i a`).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from checkpost.model import ProseSpan


class WordKind(StrEnum):
    """What a word is part of. Addresses are one word each, and phrases are matched around them."""

    PLAIN = "plain"
    HASHTAG = "hashtag"
    HANDLE = "handle"
    URL = "url"
    EMAIL = "email"


class Word(NamedTuple):
    """One word of a prose. `sentence` is the index of the sentence that it stands in.

    `key` is the folded form, the first of its keys; `is_capitalised` whether it begins with a capital. Both are asked
    for by so many rules that they are kept.
    """

    span: ProseSpan
    text: str
    keys: tuple[str, ...]
    kind: WordKind
    sentence: int
    key: str
    is_capitalised: bool

    @classmethod
    def of(cls, start: int, text: str, keys: tuple[str, ...], kind: WordKind, sentence: int) -> "Word":
        """The word that begins at an offset and is as long as its text."""
        return cls(ProseSpan(start, start + len(text)), text, keys, kind, sentence, keys[0], text[:1].isupper())


@dataclass(frozen=True, slots=True)
class Tag:
    """A whole #hashtag or @handle, its mark included in the span but not in `text`."""

    span: ProseSpan
    text: str
    kind: WordKind

    @property
    def letters(self) -> str:
        """The text as it is compared, without the marks that part its words: `North_Gate.Art` is `northgateart`."""
        return re.sub(r"[_.-]", "", fold(self.text))


STEM_LETTERS = 3  # stems of terms are at least this long, and looked up by so many letters


def stem_key(stem: str) -> str:
    """What a stem is looked up by, in one index with whole words.

    >>> stem_key("resign")
    'res*'
    """
    return stem[:STEM_LETTERS] + "*"


@lru_cache(maxsize=65536)
def _with_stems(keys: tuple[str, ...]) -> frozenset[str]:
    """Some keys, and what the stems that they may begin with are looked up by."""
    return frozenset((*keys, *map(stem_key, keys)))


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """Where each key, and each beginning of a key (`stem_key`), stands among some words; and which have masked letters.

    Masked is `f**k`. `of_word` are those keys and beginnings by word.
    """

    by_key: Mapping[str, Sequence[int]]
    of_word: Sequence[Collection[str]]
    masked: tuple[int, ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "WordPlaces":
        """Index some words."""
        by_key: dict[str, list[int]] = {}
        of_word = [_with_stems(word.keys) for word in words]
        for at, here in enumerate(of_word):
            for key in here:
                by_key.setdefault(key, []).append(at)
        return cls(by_key, of_word, tuple(at for at, word in enumerate(words) if "*" in word.keys[0]))


_DOMAIN_ENDS = (
    "com|org|net|uk|io|ly|co|me|info|gov|edu|ac|sch|be|gl|gd|to|at|cc|link|page|app|dev|shop|store|online|site|club|tv"
    "|eu|us"
    "|ie|fr|de|nl|au|ca|example|test|invalid"
)
_EMAIL = r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_URL = (
    r"(?:https?://|www\.)[^\s<>\"]+"
    rf"|(?<![\w@.-])[a-z0-9](?:[a-z0-9-]{{0,62}}\.){{1,6}}(?:{_DOMAIN_ENDS})(?![\w-])(?:[/?#][^\s<>\"]*)?"
)
_SPACED = r"(?<![^\W_])[^\W\d_](?:(?P<gap>[ .\-·])[^\W\d_])(?:(?P=gap)[^\W\d_])+(?![^\W_])"
_IN_PLAIN_TEXT = (
    rf"(?P<hashtag>[#＃]\w+)|(?P<spaced>{_SPACED})|(?P<number>\d+(?:[.,:]\d+)+(?![^\W_]))"
    r"|(?P<word>[^\W_]+(?:(?:'|\*+|[@$]+)[^\W_]+)*(?:\*+(?=[\s.,!?]|$))?)"
)
_TOKEN = re.compile(
    rf"(?P<email>{_EMAIL})|(?P<url>{_URL})|(?P<handle>(?<![\w.])@\w[\w.-]*)|{_IN_PLAIN_TEXT}", re.IGNORECASE
)
_PLAIN_TOKEN = re.compile(_IN_PLAIN_TEXT)
_MAY_BE_ADDRESS = re.compile(r"@|://|\.[^\W\d_]|[wW]\.")  # in every text with an address or a handle
_TRAILING = ".,;:!?)]}'\"*_…"
_PIECE = re.compile(r"[^\W\d_]+|\d+")
NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DRAWL = re.compile(r"(.)\1{2,}")  # "sooo": no word of English has a letter three times in a row
_LEET = str.maketrans("013457@$", "oieastas")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which words are compared: no case, no accents, number words as digits.

    >>> fold("Siobhán"), fold("Kowalczyk-Ł"), fold("THREE")
    ('siobhan', 'kowalczyk-l', '3')
    """
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFD", folded.translate(_UNDECOMPOSED))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    return NUMBER_WORDS.get(folded, folded)


def fold_plain(text: str) -> str:
    """`fold` of what is known to be letters of ASCII, with nothing remembered: for many words, each met once."""
    folded = text.lower()
    return NUMBER_WORDS.get(folded, folded)


@lru_cache(maxsize=65536)
def keys(text: str) -> tuple[str, ...]:
    """All forms under which a word may be looked up, the folded one first."""
    found = [fold(text)]
    first = found[0]
    if first.endswith("'s"):
        found.append(fold(first[:-2]))
    elif first.endswith("s'"):
        found.append(first[:-1])
    if "*" in first:
        found.append(first.replace("*", ""))  # emphasis inside a word, where no letter is masked
    if any(c in "013457@$" for c in first) and sum(c.isalpha() for c in first) >= 2:
        found.extend(key.translate(_LEET) for key in tuple(found))
    if len(set(first)) > 1 and (drawl := _DRAWL.search(first)) and drawl[1].isalpha():
        found.extend(_DRAWL.sub(letters, key) for letters in (r"\1", r"\1\1") for key in tuple(found))
    return tuple(dict.fromkeys(found))


def pieces(tag: str) -> Iterator[tuple[int, int]]:
    """Where the words of a run-together tag or file name begin and end: at capitals, digits, dots and underscores.

    >>> [("WillGraceY7")[a:b] for a, b in pieces("WillGraceY7")]
    ['Will', 'Grace', 'Y7']
    """
    for run in re.finditer(r"[^\W_]+", tag):
        start = run.start()
        for at in range(run.start() + 1, run.end()):
            here, before = tag[at], tag[at - 1]
            after = tag[at + 1] if at + 1 < run.end() else ""
            if here.isupper() and (not before.isupper() or after.islower()):
                yield start, at
                start = at
        yield start, run.end()


def words(prose: str, sentences: Sequence[ProseSpan]) -> tuple[tuple[Word, ...], tuple[Tag, ...]]:
    """Every word and every whole tag of a prose, in order. Tags also appear as the words they are made of."""
    starts = [sentence.start for sentence in sentences]
    found: list[Word] = []
    tags: list[Tag] = []
    for match in (_TOKEN if _MAY_BE_ADDRESS.search(prose) else _PLAIN_TOKEN).finditer(prose):
        start, end = match.span()
        sentence = max(bisect_right(starts, start) - 1, 0)
        kind = match.lastgroup
        if kind == "gap":
            kind = "spaced"
        if kind in ("hashtag", "handle"):
            text = match[0][1:].rstrip(_TRAILING + "-")
            tag = WordKind(kind)
            tags.append(Tag(ProseSpan(start, start + 1 + len(text)), text, tag))
            found.extend(Word.of(start + 1 + a, text[a:b], keys(text[a:b]), tag, sentence) for a, b in pieces(text))
        elif kind in ("url", "email"):
            text = match[0].rstrip(_TRAILING)
            found.append(Word.of(start, text, (text.casefold(),), WordKind(kind), sentence))
        elif kind == "spaced":
            joined = "".join(c for c in match[0] if c.isalpha())
            found.append(
                Word.of(start, joined, keys(joined), WordKind.PLAIN, sentence)._replace(span=ProseSpan(start, end))
            )
        else:
            found.append(Word.of(start, match[0], keys(match[0]), WordKind.PLAIN, sentence))
    return tuple(found), tuple(tags)


def is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter changed, left out, put in, or by two neighbours swapped.

    >>> is_one_slip("oneil", "oneill"), is_one_slip("megna", "megan"), is_one_slip("mega", "nigel")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])
