"""The organisation's own confidential terms.

What it finds: Any term of the list that checkpost.toml names (`[lexicons] confidential`): a code name, an unreleased
programme. Case, hyphens, look-alike letters, plurals, number words, Roman figures and hashtags that run the words
together do not hide it; nor do one slip of the pen in a term of several words, or its words turned round ("the
takeover of Castleton", "merger, phase two"). A single word in lower case counts beside words of work ("heron steering
group").
Why it matters: Such a term is known only through work; naming it in public gives away what it stands for.
Not flagged: A single-word term written as the ordinary word it also is: in lower case, in the plural ("a pair of
kestrels" for Kestrel), as one of many ("a Kestrel"); and what is called after it ("the Kestrel Inn").
"""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load, term_keys
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Tag, Word, WordKind, fold, is_one_slip

CONCERN = "confidential/term"
_SHORTEST_WITH_A_SLIP = 5  # letters of a word: a shorter one with a letter changed is another word
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


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every term that stands in the document, the longest at each place."""
    terms = sorted(((term_keys(term), term) for term in knowledge.confidential), key=lambda pair: -len(pair[0]))
    words = doc.phrase_words
    forms = [_forms(word) for word in words] if any(len(keys) > 1 for keys, _ in terms) else []
    taken: list[ProseSpan] = []
    for keys, term in terms:
        found = (
            *_in_tags(doc.tags, keys),
            *(_in_words(words, forms, keys) if len(keys) > 1 else _alone(doc, keys, term, knowledge)),
        )
        at_work = _at_work(doc, words, keys, knowledge) if len(keys) == 1 and term[:1].isupper() else ()
        for span in (*found, *at_work):
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Hit(
                    concern=CONCERN,
                    message="A term on the organisation's confidential list.",
                    part=doc.part.name,
                    span=span,
                    confidence=Confidence.HIGH if len(keys) > 1 else Confidence.MEDIUM,
                    evidence=("the confidential list in checkpost.toml",),
                    replacement="[removed]",
                    is_safe=False,  # what is left may say as much
                )


def _in_words(words: tuple[Word, ...], forms: Sequence[frozenset[str]], keys: tuple[str, ...]) -> Iterator[ProseSpan]:
    """A term of several words."""
    for order in permutations(keys) if _may_be_turned(keys) else (keys,):
        for start in range(len(words)):
            after = _reads(words, forms, start, order)
            if after:
                yield ProseSpan(words[start].span.start, words[after - 1].span.end)


def _alone(doc: Document, keys: tuple[str, ...], term: str, knowledge: Knowledge) -> Iterator[ProseSpan]:
    """A term of one word, where it is no ordinary word and no piece of another name."""
    words = doc.phrase_words
    terms, slots = load("confidential-term"), knowledge.slots(doc)
    meant = {found.first for found in terms.find(doc, slots, "work-after")}
    named = {found.first for found in terms.find(doc, slots, "of-another-name") if words[found.first].is_capitalised}
    named |= {found.first for found in terms.find(doc, slots, "of-a-class")}
    for at in doc.phrase_places.by_key.get(keys[0], ()) if keys else ():
        if term[:1].isupper() and not words[at].is_capitalised:
            continue  # the ordinary word
        is_one_of_many = at > 0 and words[at - 1].key in _ARTICLES and words[at - 1].sentence == words[at].sentence
        if at + 1 in named or (is_one_of_many and at + 1 not in meant):
            continue  # the Kestrel Inn; a Kestrel above the field
        yield words[at].span


def _may_be_turned(keys: tuple[str, ...]) -> bool:
    """Whether a term's words mean the same in any order: few of them, and no letter ("Building Block C")."""
    return len(keys) <= _MOST_TURNED and all(len(key) > 1 or key.isdigit() for key in keys)


def _reads(words: tuple[Word, ...], forms: Sequence[frozenset[str]], start: int, keys: Sequence[str]) -> int | None:
    """The index after the last word of a term that begins at a word, with small words and one slip in it at most."""
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


def _forms(word: Word) -> frozenset[str]:
    """What a word of a term may be written as: in the plural, a number as an ordinal or in Roman figures."""
    found = set(word.keys)
    found |= {key[:-1] for key in word.keys if key.endswith("s") and len(key) >= _SHORTEST_WITH_A_SLIP}
    found |= {_NUMBERS[key] for key in word.keys if key in _NUMBERS}
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word.key)
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


def _at_work(
    doc: Document, words: tuple[Word, ...], keys: tuple[str, ...], knowledge: Knowledge
) -> Iterator[ProseSpan]:
    """A single word in lower case beside words of work: `heron steering group`."""
    places = [at for at in doc.phrase_places.by_key.get(keys[0], ()) if not words[at].is_capitalised]
    if not places:
        return
    terms, slots = load("confidential-term"), knowledge.slots(doc)
    after = {found.first: found.after for found in terms.find(doc, slots, "work-after")}
    before = {found.after: found.first for found in terms.find(doc, slots, "work-before")}
    for at in places:
        first, end = before.get(at, at), after.get(at + 1, at + 1)
        if (first, end) != (at, at + 1):
            yield ProseSpan(words[first].span.start, words[end - 1].span.end)


def _in_tags(tags: tuple[Tag, ...], keys: tuple[str, ...]) -> Iterator[ProseSpan]:
    """A term of several words run together in a tag: `#projectkestrel`."""
    joined = "".join(keys)
    for tag in tags:
        if len(keys) > 1 and joined in fold(tag.text).replace("_", "").replace("-", ""):
            yield tag.span


DETECTOR = Detector("confidential-term", (CONCERN,), find, reads=EVERYWHERE)
