"""Learners on the roster, however they are written.

What it finds: A learner's name in any form that people write: in full, reversed, with an initial, short or
known-as, without its accents, hyphens or apostrophes, spelled with digits or spaces, with one slip in it, run
together in a #hashtag or an @handle; and a first name alone where a class, praise, a relative or school talk
beside it makes it a learner's.
Why it matters: A name is personal data (UK GDPR, Article 4(1)), and a child who is named can be searched for
and contacted. The Department for Education advises schools to keep full names apart from pictures and never
to publish either without consent.
Not flagged: Names that are also ordinary words where they are not written as names ("the autumn rose", "mark
the field"), the names of people in the public eye, and the first names of the author's own family and pets.
"""

from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, PartKind
from checkpost.roster import Entry
from checkpost.rules import Detector
from checkpost.standins import Person, learner_noun, stand_in
from checkpost.text.document import Document

CONCERN = "people/learner"

_EVIDENCE = {
    "full": "a name on the roster",
    "reversed": "a name on the roster, family name first",
    "initial": "a first name and initial that fit the roster",
    "surname-initial": "an initial and family name that fit the roster",
    "givens": "two first names that fit the roster",
    "title": "a title and family name that fit the roster",
    "tag": "a name on the roster, run together in a tag",
    "near": "a name on the roster, cut short or with a slip in it",
    "initials": "the initials of a name on the roster, and talk of a learner",
    "first-name": "a first name on the roster, and school talk beside it",
}


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every learner named."""
    nouns: dict[Entry, str] = {}
    cues = doc.derived(Cues)
    for mention in knowledge.mentions(doc):
        entry = mention.entry
        if entry.kind != "learner":
            continue
        if mention.how == "title" and not entry.is_grown_up:
            continue  # "Mrs Okafor" is a parent sooner than a child
        noun = learner_noun(entry.group)
        person = Person(noun, is_named_again=entry in nouns, is_another=noun in nouns.values())
        if not doc.text(mention.span).startswith("#"):
            nouns[entry] = noun
        yield Hit(
            concern=CONCERN,
            message="A learner is named.",
            part=doc.part.name,
            span=mention.span,
            confidence=Confidence.MEDIUM if mention.how == "title" else mention.confidence,
            evidence=(_EVIDENCE[mention.how],),
            replacement=stand_in(cues, mention.span, person),
        )


DETECTOR = Detector("roster-name", (CONCERN,), find, reads=frozenset({PartKind.TEXT}))
