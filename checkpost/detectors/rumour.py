"""Rumours, gossip and allegations without a source.

What it finds: Words that say by themselves that the writer can't vouch for something ("no idea if it's
true"), and marks of hearsay beside what rumours are made of: somebody sacked, an affair, a school that
closes.
Why it matters: A rumour hurts people who can't answer it, may be defamatory (Defamation Act 2013), and a
school that passes one on lends it weight.
Not flagged: What has been announced or published, rumours that are being corrected, stories, and jokes about
the biscuit tin.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every piece of hearsay."""
    yield from passages(doc, phrase_hits(doc, knowledge, "rumour"), reach=2)


DETECTOR = Detector("rumour", ("conduct/rumour",), find)
