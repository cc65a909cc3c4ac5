"""What a personal post shows of its author's work: the signs that several rules conclude from.

Words that only somebody who works in education would write are enough alone; a word of the school day, which parents write
too, counts only together with other signs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, Slots, load, phrase_words
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.roster import name_words
from checkpost.text.document import Document
from checkpost.text.words import WordKind

_READ = frozenset({PartKind.TEXT, PartKind.ALT, PartKind.CAPTION})
_PLAIN = ("teaching", "profession", "years-of-it", "classes", "workplace", "task", "tag")
_TELLING = ("people/learner", "confidential/term")  # what nobody from outside would know


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that discloses the author's work, and what spoke for it."""

    part: str
    span: ProseSpan
    confidence: Confidence
    message: str
    evidence: str
    in_words: bool = True  # False: it discloses, though not by words about the author (an address, a learner's name)


def signs(
    documents: Sequence[Document], hits: Sequence[Hit], knowledge: Knowledge, author: str | None = None
) -> tuple[Sign, ...]:
    """What discloses the author's work: every mention of their job at the organisation, and the first of anything else.

    `author` is the declared name: one's own name on the roster says nothing about one's work.
    """
    docs = [doc for doc in documents if doc.part.kind in _READ]
    found = [sign for doc in docs for sign in _employer(doc, knowledge.slots(doc))]
    for reading in (_plain, _addresses, _learners):
        if not found:
            found = [sign for doc in docs for sign in reading(doc, knowledge)][:1]
    return tuple(found or _together(docs, hits, knowledge, author))


def _employer(doc: Document, slots: Slots) -> Iterator[Sign]:
    for match in load("work").find(doc, slots, "employer"):
        yield _sign(doc, match)


def _plain(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    matches = load("work").find(doc, knowledge.slots(doc), *_PLAIN)
    for match in sorted(matches, key=lambda match: (-match.group.confidence.rank, match.first)):
        yield _sign(doc, match)


def _sign(doc: Document, match: Match) -> Sign:
    group = match.group
    return Sign(doc.part.name, match.span, group.confidence, group.message or group.note, f"work: {group.name}")


def _addresses(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    for word in doc.words:
        if word.kind is WordKind.EMAIL and knowledge.owns_domain(word.text.rpartition("@")[2]):
            if not knowledge.owns_contact(word.text):
                message = "A work address shows where you work."
                yield Sign(doc.part.name, word.span, Confidence.HIGH, message, "a work e-mail address", in_words=False)


def _learners(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    for span in _named(doc, knowledge, "learner", None):
        message = "A learner's name shows where you work."
        yield Sign(doc.part.name, span, Confidence.MEDIUM, message, "a learner of the roster", in_words=False)


def _named(doc: Document, knowledge: Knowledge, kind: str, author: str | None) -> Iterator[ProseSpan]:
    """Full names of the roster, written as names, the author's own left out."""
    words = phrase_words(doc)
    own = name_words(author or "")
    for first, after in knowledge.slots(doc)[kind].items():
        named = words[first:after]
        keys = tuple(key for word in named for key in name_words(word.text))
        if len(named) > 1 and all(word.is_capitalised for word in named) and not set(keys) <= set(own):
            yield ProseSpan(named[0].span.start, named[-1].span.end)


def _together(
    docs: Sequence[Document], hits: Sequence[Hit], knowledge: Knowledge, author: str | None
) -> Iterator[Sign]:
    """Signs that disclose together only: words of the school day, and the author among them."""
    terms = load("work")
    topics: set[str] = set()
    jargon: set[str] = set()
    insider = any(hit.concern in _TELLING for hit in hits)
    known = insider
    first: tuple[Document, Match] | None = None
    for doc in docs:
        slots = knowledge.slots(doc)
        if terms.has(doc, slots, "family", "past-learner", "future", "readers"):
            return
        for match in (*terms.find(doc, slots, "jargon"), *terms.find(doc, slots, "school-day")):
            (jargon if match.group.name == "jargon" else topics).add(doc.text(match.span).casefold())
            first = first or (doc, match)
        insider = insider or terms.has(doc, slots, "insider", "telegraph")
        known = known or bool(slots["organisation"]) or any(_named(doc, knowledge, "staff", author))
    topics = {topic for topic in topics if not any(topic in word for word in jargon)}
    enough = len(jargon) > 1 or (jargon and (insider or known)) or (insider and len(topics) + known > 1)
    if first and enough:
        doc, match = first
        message = "Together with the rest of the post, this suggests that you work in education."
        yield Sign(doc.part.name, match.span, Confidence.LOW, message, "work: several signs together")
