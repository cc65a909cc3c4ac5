"""Allegations of crime or dishonesty against somebody who can be recognised.

What it finds: A named person, firm or school, or a role that only one person holds, and straight after it an
accusation stated as fact: theft, fraud, forged records, bribes, assault.
Why it matters: An untrue statement that does serious harm to a reputation is defamation (Defamation Act
2013); true or not, it belongs with those who can look into it.
Not flagged: Denials, what a court has found, characters and history, stolen shows and biscuits, opinions.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every accusation."""
    yield from passages(doc, phrase_hits(doc, knowledge, "defamation"))


DETECTOR = Detector("defamation", ("conduct/defamation",), find)
