"""Pictures that would embarrass.

What it finds: Alt text or a caption that tells of somebody drunk, undressed, asleep under a table, or making
a rude gesture.
Why it matters: Such a picture outlives the evening; policies ask that it isn't posted (DMM 5.2), and learners
and families see it.
Not flagged: Glasses raised, cakes, statues and life drawing, a naked flame, sleeping pets.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit, PartKind
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

_WORDS_OF_PICTURES = frozenset({PartKind.ALT, PartKind.CAPTION})


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every sign of it."""
    yield from passages(doc, phrase_hits(doc, knowledge, "reputational"))


DETECTOR = Detector("reputational", ("image/reputational",), find, _WORDS_OF_PICTURES)
