"""The organisation's own confidential terms.

What it finds: Any term of the list that checkpost.toml names (`[lexicons] confidential`): a code name, an unreleased
programme. Case, hyphens, look-alike letters, number words and hashtags that run the words together do not hide it.
Why it matters: Such a term is known only through work; naming it in public gives away what it stands for.
Not flagged: A single-word term written as the ordinary word it also is: in lower case, or in the plural ("a pair of
kestrels" for Kestrel).
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import term_keys
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Tag, Word, fold

CONCERN = "confidential/term"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every term that stands in the document, the longest at each place."""
    terms = sorted(((term_keys(term), term) for term in knowledge.confidential), key=lambda pair: -len(pair[0]))
    words = doc.phrase_words
    taken: list[ProseSpan] = []
    for keys, term in terms:
        for span in (*_in_tags(doc.tags, keys), *_in_words(words, keys, term)):
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Hit(
                    concern=CONCERN,
                    message="A term on the organisation's confidential list.",
                    part=doc.part.name,
                    span=span,
                    confidence=Confidence.HIGH if len(keys) > 1 else Confidence.MEDIUM,
                    evidence=("the confidential list in checkpost.toml",),
                )


def _in_words(words: tuple[Word, ...], keys: tuple[str, ...], term: str) -> Iterator[ProseSpan]:
    for start, word in enumerate(words[: len(words) - len(keys) + 1] if keys else ()):
        if keys[0] not in word.keys:
            continue
        if all(key in words[start + at].keys for at, key in enumerate(keys)):
            if len(keys) == 1 and term[:1].isupper() and not word.is_capitalised:
                continue  # the ordinary word
            yield ProseSpan(word.span.start, words[start + len(keys) - 1].span.end)


def _in_tags(tags: tuple[Tag, ...], keys: tuple[str, ...]) -> Iterator[ProseSpan]:
    """A term of several words run together in a tag: `#projectkestrel`."""
    joined = "".join(keys)
    for tag in tags:
        if len(keys) > 1 and joined in fold(tag.text).replace("_", "").replace("-", ""):
            yield tag.span


DETECTOR = Detector("confidential-term", (CONCERN,), find, reads=EVERYWHERE)
