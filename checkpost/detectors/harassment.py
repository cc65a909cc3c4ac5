"""Threats, and calls to go after somebody.

What it finds: Harm promised, wished or hinted at ("we know where ..."), and posts that set readers on a
person: go and tell them, here is their page, make them regret it.
Why it matters: A threat may be an offence (Malicious Communications Act 1988; Protection from Harassment Act
1997), it frightens a real person, and it ends careers in education.
Not flagged: Figures of speech ("would kill for a lie-in"), sport and stories, kind surprises, and teaching
about bullying.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every threat and every call to go after somebody."""
    yield from passages(doc, in_sentences(doc, phrase_hits(doc, knowledge, "harassment")))


DETECTOR = Detector("harassment", ("conduct/harassment",), find)
