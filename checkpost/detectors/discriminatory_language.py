"""Slurs, and remarks that run down a whole group of people.

What it finds: Slurs, masked ones included; a group used as an insult ("that's so ..."); generalisations that
deny a group a faculty, tell it its place or call it names; sneers at a disability or condition.
Why it matters: The Equality Act 2010, section 4, protects age, disability, gender reassignment, marriage,
pregnancy, race, religion or belief, sex and sexual orientation, and section 149 puts schools and colleges
under a duty of their own.
Not flagged: Words that only look like a slur (a dish, a footpath, a breed of cat), lessons and reports about
such words or prejudices, contradiction of them, and celebrations of a group.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every slur and every belittling generalisation."""
    yield from passages(doc, phrase_hits(doc, knowledge, "discriminatory_language"))


DETECTOR = Detector("discriminatory-language", ("conduct/discrimination",), find)
