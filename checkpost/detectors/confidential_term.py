"""The organisation's own confidential terms.

What it finds: Any term of the list that checkpost.toml names (`[lexicons] confidential`): a code name, an unreleased
programme. Case, hyphens, look-alike letters, plurals, number words, Roman figures and hashtags that run the words
together do not hide it; nor do letters set apart ("h e r o n"), full stops between its words, one slip of the pen in a
term of several words, or its words turned round ("the takeover of Castleton", "merger, phase two"). A single word in
lower case counts beside words of work ("heron steering group").
Why it matters: Such a term is known only through work; naming it in public gives away what it stands for.
Not flagged: A single-word term written as the ordinary word it also is: in lower case, in the plural ("a pair of
kestrels" for Kestrel), as one of many ("a Kestrel"); and what is called after it ("the Kestrel Inn").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load, term_keys
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Tag, Word, WordKind, fold, is_one_slip

CONCERN = "confidential/term"
_SHORTEST_WITH_A_SLIP = 5  # letters of a word: a shorter one with a letter changed is another word
_BETWEEN = r"[\W_]{1,3}"
_SMALL = frozenset({"of", "at", "the", "a", "an", "our", "this", "whole"})
_SMALL_WORDS = 2
_MOST_TURNED = 3  # words of a term that may stand in any order
_ARTICLES = frozenset({"a", "an", "another"})
_NUMBERS = {  # Roman figures and ordinals; number words are folded to figures already
    numeral: str(value)
    for names in (
        "i ii iii iv v vi vii viii ix x xi xii".split(),
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
    )
    for value, numeral in enumerate(names, start=1)
}


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the list, its folded words, and the orders in which they may stand."""

    text: str
    keys: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]
    parted: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> "_Term":
        """A term as it is written in the list."""
        keys = term_keys(text)
        letters = _BETWEEN.join(re.escape(letter) for letter in text.lower() if letter.isalnum())
        words = _BETWEEN.join(map(re.escape, re.findall(r"\w+", text.lower())))
        parted = re.compile(rf"(?<!\w)(?:{letters}|{words})(?!\w)")
        return cls(text, keys, tuple(permutations(keys)) if _may_be_turned(keys) else (keys,), parted)


def _terms(knowledge: Knowledge) -> tuple[_Term, ...]:
    """The terms of the list, those of the most words first."""
    return tuple(sorted(map(_Term.of, knowledge.confidential), key=lambda term: -len(term.keys)))


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every term that stands in the document, the longest at each place."""
    terms = knowledge.derived(_terms)
    if not terms:
        return
    words = _Words.of(doc)
    tags = [(tag, fold(tag.text).replace("_", "").replace("-", "")) for tag in doc.tags]
    taken: list[ProseSpan] = []
    for term in terms:
        for span in (*_spans(doc, words, tags, term, knowledge), *_parted_spans(doc, term)):
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Hit(
                    concern=CONCERN,
                    message="A term on the organisation's confidential list.",
                    part=doc.part.name,
                    span=span,
                    confidence=Confidence.HIGH if len(term.keys) > 1 else Confidence.MEDIUM,
                    evidence=("the confidential list in checkpost.toml",),
                    replacement="[removed]",
                    is_safe=False,  # what is left may say as much
                )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document, what each may be written as, and where a term may begin, by its first character."""

    words: tuple[Word, ...]
    forms: Sequence[frozenset[str]]
    starts: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, doc: Document) -> "_Words":
        """Index a document."""
        words = doc.phrase_words
        forms = [_forms(word.keys) for word in words]
        starts: dict[str, list[int]] = {}
        for at, found in enumerate(forms):
            for first in {form[:1] for form in found}:
                starts.setdefault(first, []).append(at)
        return cls(words, forms, starts)


def _spans(
    doc: Document, words: _Words, tags: Sequence[tuple[Tag, str]], term: _Term, knowledge: Knowledge
) -> Iterator[ProseSpan]:
    """Where a term stands."""
    if len(term.keys) > 1:
        joined = "".join(term.keys)
        yield from (tag.span for tag, letters in tags if joined in letters)  # `#projectkestrel`
        yield from _in_words(words, term)
    elif any(key in doc.phrase_places.by_key for key in term.keys):
        yield from _alone(doc, term.keys, term.text, knowledge)
        if term.text[:1].isupper():
            yield from _at_work(doc, term.keys, knowledge)


def _parted_spans(doc: Document, term: _Term) -> Iterator[ProseSpan]:
    """A term whose letters stand apart, or whose words marks part: `k e s t r e l`, `building. block. c.`."""
    if len(doc.lower) == len(doc.prose):  # else small letters stand elsewhere
        for match in term.parted.finditer(doc.lower):
            if match[0] != term.text.lower():  # as it is in the list, it was seen before
                yield ProseSpan(*match.span())


def _in_words(words: _Words, term: _Term) -> Iterator[ProseSpan]:
    """A term of several words."""
    for order in term.orders:
        for start in words.starts.get(order[0][:1], ()):
            after = _reads(words, start, order)
            if after:
                yield ProseSpan(words.words[start].span.start, words.words[after - 1].span.end)


def _alone(doc: Document, keys: tuple[str, ...], term: str, knowledge: Knowledge) -> Iterator[ProseSpan]:
    """A term of one word, where it is no ordinary word and no piece of another name."""
    words = doc.phrase_words
    terms, slots = load("confidential-term"), knowledge.slots(doc)
    meant = {found.first for found in terms.find(doc, slots, "work-after")}
    named = {found.first for found in terms.find(doc, slots, "of-another-name") if words[found.first].is_capitalised}
    named |= {found.first for found in terms.find(doc, slots, "of-a-class")}
    for at in doc.phrase_places.by_key[keys[0]]:
        if term[:1].isupper() and not words[at].is_capitalised:
            continue  # the ordinary word
        is_one_of_many = at > 0 and words[at - 1].key in _ARTICLES and words[at - 1].sentence == words[at].sentence
        if at + 1 in named or (is_one_of_many and at + 1 not in meant):
            continue  # the Kestrel Inn; a Kestrel above the field
        yield words[at].span


def _may_be_turned(keys: tuple[str, ...]) -> bool:
    """Whether a term's words mean the same in any order: few of them, and no letter ("Building Block C")."""
    return len(keys) <= _MOST_TURNED and all(len(key) > 1 or key.isdigit() for key in keys)


def _reads(indexed: _Words, start: int, keys: Sequence[str]) -> int | None:
    """The index after the last word of a term that begins at a word, with small words and one slip in it at most."""
    words, forms = indexed.words, indexed.forms
    at, slips, done = start, 0, 0
    while done < len(keys):
        if at >= len(words) or words[at].sentence != words[start].sentence:
            return None
        if keys[done] in forms[at]:
            done += 1
        elif done + 1 < len(keys) and _holds_both(words[at], keys[done], keys[done + 1]):
            done += 2
        elif not slips and _is_slip(words[at], keys[done]):
            slips, done = 1, done + 1
        elif not (done and words[at].key in _SMALL and at - start < len(keys) + _SMALL_WORDS):
            return None
        at += 1
    return at


@lru_cache(maxsize=65536)
def _forms(keys: tuple[str, ...]) -> frozenset[str]:
    """What a word with some keys may be of a term: in the plural, a number as an ordinal or in Roman figures."""
    found = set(keys)
    found |= {key[:-1] for key in keys if key.endswith("s") and len(key) >= _SHORTEST_WITH_A_SLIP}
    found |= {_NUMBERS[key] for key in keys if key in _NUMBERS}
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", keys[0])
    return frozenset(found | {ordinal[1]} if ordinal else found)


def _holds_both(word: Word, one: str, other: str) -> bool:
    """Whether one word runs two of a term together, the first of them cut short before a number: `phase3`, `ph3`."""
    if not other.isdigit():
        return word.key == one + other
    letters = word.key.removesuffix(other)
    return letters != word.key and letters.isalpha() and one.startswith(letters)


def _is_slip(word: Word, key: str) -> bool:
    """Whether a word is a word of a term with one slip in it: `aquisition`."""
    return (
        word.kind is WordKind.PLAIN
        and min(len(word.key), len(key)) >= _SHORTEST_WITH_A_SLIP
        and word.key[0] == key[0]
        and any(is_one_slip(form, key) for form in (word.key, word.key.removesuffix("s")))
    )


def _at_work(doc: Document, keys: tuple[str, ...], knowledge: Knowledge) -> Iterator[ProseSpan]:
    """A single word in lower case beside words of work: `heron steering group`."""
    words = doc.phrase_words
    places = [at for at in doc.phrase_places.by_key[keys[0]] if not words[at].is_capitalised]
    if not places:
        return
    terms, slots = load("confidential-term"), knowledge.slots(doc)
    after = {found.first: found.after for found in terms.find(doc, slots, "work-after")}
    before = {found.after: found.first for found in terms.find(doc, slots, "work-before")}
    for at in places:
        first, end = before.get(at, at), after.get(at + 1, at + 1)
        if (first, end) != (at, at + 1):
            yield ProseSpan(words[first].span.start, words[end - 1].span.end)


DETECTOR = Detector("confidential-term", (CONCERN,), find, reads=EVERYWHERE)
