"""Wrongdoing at work, made public.

What it finds: The writer's own workplace, and beside it forged or back-dated records, a cover-up, staff told
to lie, learners moved off the roll, missing checks, blocked fire exits.
Why it matters: Whoever speaks up is protected by law (Public Interest Disclosure Act 1998) when they go the
right way; a post seldom is one. The concern must reach those who can act, and is never to be hushed.
Not flagged: Grumbles about workload, training on the subject, news of other places, wrongs put right.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every alleged wrong."""
    yield from passages(doc, phrase_hits(doc, knowledge, "public_disclosure"))


DETECTOR = Detector("public-disclosure", ("conduct/public-disclosure",), find)
