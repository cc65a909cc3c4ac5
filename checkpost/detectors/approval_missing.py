"""Drafts that say themselves that nobody has approved them yet.

What it finds: Notes and asides that show approval to be outstanding: "don't schedule before the head has
seen it", "not signed off yet", "better to ask forgiveness than permission".
Why it matters: Four of the five policies want approval before such a post, from the director, the senior
management team, the Principal or the CEO. A draft that says it has none must not slip through the queue.
Not flagged: Parents' consent, planning permission, a qualification's or a budget's approval; a post on the
organisation's account that merely names nobody who approved it.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "context/approval-missing"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every phrase that shows approval to be outstanding."""
    yield from passages(doc, phrase_hits(doc, knowledge, "approval"), reach=0)


DETECTOR = Detector("approval-missing", (CONCERN,), find)
