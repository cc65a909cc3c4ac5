"""Partner organisations.

What it finds: A name of the list of partners that checkpost.toml names (`[lexicons] partners`), also without
its apostrophe, its "Ltd" or "High School", in lower case, or run together in a tag; and a firm with a legal
form ("… Ltd") or a school that the words before it call an employer, a placement, a supplier or a partner.
Why it matters: Partners expect to be asked before they are named, and a mention can give a contract away.
Policies ask for their agreement first.
Not flagged: The organisation's own names, and firms that no word calls a partner.
"""

from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit
from checkpost.rules import PUBLISHED, Detector
from checkpost.standins import Person, stand_in
from checkpost.text.document import Document

CONCERN = "people/partner"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every partner named."""
    cues = Cues(doc)
    slots = knowledge.slots(doc)
    taken: set[int] = set()
    for first, after in slots["partner"].items():
        if after == first + 1 and cues.words[first].text.islower() and first not in cues.tag_at:
            continue  # the ordinary word
        taken.update(range(first, after))
        yield _hit(cues, first, after, Confidence.HIGH, "the list of partners in checkpost.toml")
    own = {at for first, after in slots["organisation"].items() for at in range(first, after)}
    for match in load("partners").find(doc, slots, "called-a-partner"):
        first = _name_start(cues, match)
        named = range(first, match.after)
        if len(named) > 1 and not own.intersection(range(match.first, match.after)) and not taken.intersection(named):
            yield _hit(cues, first, match.after, Confidence.MEDIUM, "words that call an organisation a partner")


def _name_start(cues: Cues, match: Match) -> int:
    """Where in a match the organisation's name begins: at the first capital of its end."""
    words, first = cues.words, match.after - 1
    while first > match.first and (words[first - 1].is_capitalised or words[first - 1].key == "and"):
        first -= 1
    while words[first].key in _RELATIONS:
        first += 1
    return first


_RELATIONS = frozenset(
    "our my his her their your employer employers supplier suppliers sponsor partner caterer contractor "
    "at with the".split()
)


def _hit(cues: Cues, first: int, after: int, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="A partner organisation is named.",
        part=cues.doc.part.name,
        span=cues.span(first, after),
        confidence=confidence,
        evidence=(evidence,),
        replacement=stand_in(cues, cues.span(first, after), Person("partner organisation")),
        is_safe=False,  # partners are often named with leave
    )


DETECTOR = Detector("partner-name", (CONCERN,), find, reads=PUBLISHED)
