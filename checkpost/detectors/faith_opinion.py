"""Contested opinions on religion, and preaching.

What it finds: A faith, its people, places or practices beside scorn or a demand to be rid of them, and posts
that tell readers what to believe.
Why it matters: Religion or belief, and having none, are protected (Equality Act 2010, section 10); learners
and families of every belief read what staff and schools post.
Not flagged: Festival greetings, RE lessons and visits, history and literature, and idiom ("faith in
humanity").
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/religion"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every such opinion."""
    yield from passages(doc, in_sentences(doc, _signs(doc, knowledge)), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "faith_opinion")
    terms, slots, words = load("faith_opinion"), knowledge.slots(doc), doc.phrase_words
    scorn = list(terms.find(doc, slots, "scorn-beside"))
    religion = {words[match.first].sentence for match in terms.find(doc, slots, "religion")} if scorn else frozenset()
    for match in scorn:
        here = words[match.first].sentence
        if not religion.isdisjoint({here - 1, here, here + 1}):
            yield Hit(
                concern=CONCERN,
                message=match.group.message or match.group.note,
                part=doc.part.name,
                span=match.span,
                evidence=("faith_opinion: scorn beside a word of religion",),
            )


DETECTOR = Detector("faith-opinion", (CONCERN,), find)
