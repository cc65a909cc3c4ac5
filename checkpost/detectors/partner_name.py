"""Partner organisations.

What it finds: A name of the list of partners that checkpost.toml names (`[lexicons] partners`), also without
its apostrophe, its "Ltd" or "High School", in lower case, or run together in a tag; and a firm with a legal
form ("… Ltd") or a school that the words before it call an employer, a placement, a supplier or a partner.
Why it matters: Partners expect to be asked before they are named, and a mention can give a contract away.
Policies ask for their agreement first.
Not flagged: The organisation's own names, and firms that no word calls a partner.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load, phrase_words
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import PUBLISHED, Detector
from checkpost.text.document import Document

CONCERN = "people/partner"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every partner named."""
    words = phrase_words(doc)
    slots = knowledge.slots(doc)
    taken: set[int] = set()
    for first, after in slots["partner"].items():
        if after == first + 1 and words[first].text.islower():
            continue  # the ordinary word
        taken.update(range(first, after))
        yield _hit(doc, first, after, Confidence.HIGH, "the list of partners in checkpost.toml")
    for match in load("partners").find(doc, slots, "called-a-partner"):
        first = match.after - 1
        while first > match.first and (words[first - 1].is_capitalised or words[first - 1].key == "and"):
            first -= 1
        while words[first].key in _RELATIONS:
            first += 1
        own = any(match.first <= at < match.after for at in slots["organisation"])
        if not own and match.after - first > 1 and not taken.intersection(range(first, match.after)):
            yield _hit(doc, first, match.after, Confidence.MEDIUM, "words that call an organisation a partner")


_RELATIONS = frozenset(
    "our my his her their your employer employers supplier suppliers sponsor partner caterer contractor "
    "at with the".split()
)


def _hit(doc: Document, first: int, after: int, confidence: Confidence, evidence: str) -> Hit:
    words = phrase_words(doc)
    span = ProseSpan(words[first].span.start, words[after - 1].span.end)
    tag = next((tag.span for tag in doc.tags if tag.span.overlaps(span)), span)
    return Hit(
        concern=CONCERN,
        message="A partner organisation is named.",
        part=doc.part.name,
        span=ProseSpan(min(span.start, tag.start), max(span.end, tag.end)),
        confidence=confidence,
        evidence=(evidence,),
    )


DETECTOR = Detector("partner-name", (CONCERN,), find, reads=PUBLISHED)
