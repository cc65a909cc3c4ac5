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
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every such opinion."""
    yield from passages(doc, in_sentences(doc, phrase_hits(doc, knowledge, "faith_opinion")), reach=2)


DETECTOR = Detector("faith-opinion", ("conduct/religion",), find)
