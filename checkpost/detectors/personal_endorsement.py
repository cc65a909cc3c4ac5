"""Public references for people.

What it finds: Recommending somebody for a job or a course, vouching for them, saying that one would hire
them, or warning against them.
Why it matters: A reference in public is read as the organisation's, discloses data about the person, and the
author may be liable for what is inaccurate in it (negligent misstatement: Spring v Guardian Assurance, 1994).
Not flagged: Recommending books, films, places and methods, congratulations, and where references are to be
had.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every reference."""
    yield from passages(doc, in_sentences(doc, phrase_hits(doc, knowledge, "personal_endorsement")), reach=2)


DETECTOR = Detector("personal-endorsement", ("conduct/endorsement",), find)
