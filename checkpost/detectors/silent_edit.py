"""A published post changed without a word.

What it finds: Words that say a post of the writer's own was quietly changed, or changed in the hope that
nobody notices, or deleted and posted again.
Why it matters: City Learning Trust (4.4 c) asks that a changed post says so, and DMM (5.2) that mistakes are
owned.
Not flagged: Corrections that say what changed, other people's quiet changes, edits of drafts and documents.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every quiet change."""
    yield from passages(doc, phrase_hits(doc, knowledge, "silent_edit"))


DETECTOR = Detector("silent-edit", ("context/silent-edit",), find)
