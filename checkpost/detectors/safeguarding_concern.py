"""A child or adult at risk, told of in a draft.

What it finds: One particular learner, and beside them what safeguarding is about: something disclosed, an
injury, abuse, exploitation, the police, a referral.
Why it matters: A post can put the child in more danger and spoil an investigation. Keeping Children Safe in
Education has staff tell the designated safeguarding lead at once, and nobody else.
Not flagged: Training, helplines and campaigns; what to do if a child discloses something; books, plays and
news; a child who is scared of the big slide.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every sign of a concern."""
    yield from passages(doc, phrase_hits(doc, knowledge, "safeguarding_concern"))


DETECTOR = Detector("safeguarding-concern", ("boundaries/safeguarding-concern",), find)
