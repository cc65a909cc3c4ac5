"""Private contact between staff and learners, or their parents.

What it finds: In a post that is about learners or their families, an invitation to message, add or follow
its author in private, a group chat with them, or a sign that such contact happens already.
Why it matters: Private channels blur a position of trust, for the child's sake and for the adult's. DMM
(5.2), City Learning Trust (4.6 c), the Learning Institute (5.3) and an academy trust (10.3) rule it out; so
does what Keeping Children Safe in Education expects of staff.
Not flagged: "Message this page" and other contact with the organisation; colleagues who swap worksheets;
friends, neighbours and traders; a parent writing about their own child.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "boundaries/learner-contact"
_CONTACT = ("invitation", "habit", "private-invitation", "private-group", "private-habit")


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every passage of private contact in a post that learners or parents are meant by."""
    hits = list(phrase_hits(doc, knowledge, "contact", *_CONTACT))
    hits = hits or list(phrase_hits(doc, knowledge, "contact", "group-chat"))
    if hits and _is_about_learners(doc, knowledge):
        yield from passages(doc, hits)


def _is_about_learners(doc: Document, knowledge: Knowledge) -> bool:
    slots = knowledge.slots(doc)
    work = load("work")
    terms = load("contact")
    own_learners = work.has(doc, slots, "own-learners")
    if (work.has(doc, slots, "family") and not own_learners) or terms.has(doc, slots, "kept-apart"):
        return False
    return own_learners or terms.has(doc, slots, "audience") or work.has(doc, slots, "classes", "year")


DETECTOR = Detector("learner-contact", (CONCERN,), find)
