"""Selling, canvassing, and offers of other businesses.

What it finds: The author's goods and services for sale, orders and tutoring; other firms' offers for "our
families"; calls to sign, to vote or to write to a representative, to come to worship; appeals for money of
one's own (with low confidence).
Why it matters: Readers take it that the organisation stands behind what its staff sell or ask for, and
families may feel bound to buy. Consumer law asks traders to say that they are traders.
Not flagged: The organisation's own fairs, tickets, jobs and appeals, school elections and competitions, lost
cats, questions for a plumber, and lessons about percentages.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for everything that is sold, canvassed for or advertised."""
    yield from passages(doc, in_sentences(doc, phrase_hits(doc, knowledge, "solicitation")), reach=2)


DETECTOR = Detector("solicitation", ("conduct/solicitation",), find)
