"""Running down the organisation, or the people and bodies that one works with.

What it finds: A colleague, a manager, a class, a family, a partner or the organisation itself, and beside it
a judgement that belittles; veiled digs ("some departments are ..."); thanks that are no thanks.
Why it matters: What staff say of their school, colleagues, learners and families in public damages trust, and
codes of conduct forbid it. An honest concern has its own ways: a manager, the grievance or the whistleblowing
procedure.
Not flagged: Fond teasing, a hard day, advice in general terms, villains of plays and books, and things
without feelings.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/disparagement"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every judgement that belittles, and for thanks that a complaint turns sour."""
    yield from passages(doc, in_sentences(doc, _signs(doc, knowledge)), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "disparagement")
    terms, slots = load("work_grievance"), knowledge.slots(doc)
    sour = list(terms.find(doc, slots, "sour-thanks"))
    if sour and terms.has(doc, slots, "cut", "workload", "unheard", "token", "shrunk"):
        message = "Beside a complaint, these thanks read as sarcasm."
        for match in sour:
            yield _hit(doc, match, message, "thanks to the organisation in a post that complains of it")
    yield from _insults(doc, knowledge)


def _insults(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Insults in a post that speaks of people of work in the same sentence or the one before."""
    slots, words = knowledge.slots(doc), doc.phrase_words
    insults = list(load("abusive_language").find(doc, slots, "insult-at-somebody", "insult-stock"))
    if not insults:
        return
    about = {words[match.first].sentence for match in load("disparagement").find(doc, slots, "person-bare")}
    for match in insults:
        here = words[match.first].sentence
        if not about.isdisjoint({here - 1, here}):
            message = "This insults people that you work with."
            yield _hit(doc, match, message, "an insult beside words for people of work")


def _hit(doc: Document, match: Match, message: str, evidence: str) -> Hit:
    return Hit(CONCERN, message, doc.part.name, match.span, Confidence.MEDIUM, (evidence,))


DETECTOR = Detector("disparagement", (CONCERN,), find)
