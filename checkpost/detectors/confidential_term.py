"""The organisation's own confidential terms.

What it finds: Any term of the list that checkpost.toml names (`[lexicons] confidential`): a code name, an unreleased
programme. Case, hyphens, look-alike letters, number words and hashtags that run the words together do not hide it;
nor do one slip of the pen in a term of several words, or its words turned round ("the takeover of Castleton"). A
single word in lower case counts beside words of work ("heron steering group").
Why it matters: Such a term is known only through work; naming it in public gives away what it stands for.
Not flagged: A single-word term written as the ordinary word it also is: in lower case, or in the plural ("a pair of
kestrels" for Kestrel).
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load, term_keys
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Tag, Word, WordKind, fold, is_one_slip

CONCERN = "confidential/term"
_SHORTEST_WITH_A_SLIP = 5  # letters of a word: a shorter one with a letter changed is another word
_SMALL = frozenset({"the", "a", "an", "our", "this", "whole"})


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every term that stands in the document, the longest at each place."""
    terms = sorted(((term_keys(term), term) for term in knowledge.confidential), key=lambda pair: -len(pair[0]))
    words = doc.phrase_words
    taken: list[ProseSpan] = []
    for keys, term in terms:
        found = (*_in_tags(doc.tags, keys), *_in_words(words, keys, term), *_turned(words, keys))
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


def _in_words(words: tuple[Word, ...], keys: tuple[str, ...], term: str) -> Iterator[ProseSpan]:
    for start, word in enumerate(words[: len(words) - len(keys) + 1] if keys else ()):
        if keys[0] not in word.keys and (len(keys) < 2 or not _is_slip(word, keys[0])):
            continue
        wrong = [at for at, key in enumerate(keys) if key not in words[start + at].keys]
        if not wrong or (len(keys) > 1 and len(wrong) == 1 and _is_slip(words[start + wrong[0]], keys[wrong[0]])):
            if len(keys) == 1 and term[:1].isupper() and not word.is_capitalised:
                continue  # the ordinary word
            yield ProseSpan(word.span.start, words[start + len(keys) - 1].span.end)


def _is_slip(word: Word, key: str) -> bool:
    """Whether a word is a word of a term with one slip in it: `aquisition`."""
    return (
        word.kind is WordKind.PLAIN
        and min(len(word.key), len(key)) >= _SHORTEST_WITH_A_SLIP
        and word.key[0] == key[0]
        and is_one_slip(word.key, key)
    )


def _turned(words: tuple[Word, ...], keys: tuple[str, ...]) -> Iterator[ProseSpan]:
    """A term of several words, its last word first: `the takeover of Castleton`."""
    for start, word in enumerate(words if len(keys) > 1 else ()):
        if keys[-1] not in word.keys or start + 1 >= len(words) or words[start + 1].key not in ("of", "at"):
            continue
        first = start + 2 + (start + 2 < len(words) and words[start + 2].key in _SMALL)
        rest = words[first : first + len(keys) - 1]
        if len(rest) == len(keys) - 1 and all(key in one.keys for key, one in zip(keys, rest, strict=False)):
            yield ProseSpan(word.span.start, rest[-1].span.end)


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
