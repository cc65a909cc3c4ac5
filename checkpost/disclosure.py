"""What a personal post shows of its author's work: the signs that several rules conclude from.

Words that only somebody who works in education would write are enough alone; a word of the school day,
which parents write too, counts only together with other signs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import PUBLISHED, Confidence, Context, Hit, Post, ProseSpan
from checkpost.names import name_words
from checkpost.patterns import late
from checkpost.phrases import Slots
from checkpost.text.document import Document
from checkpost.text.words import WordKind

_PLAIN = ("teaching", "profession", "years-of-it", "classes", "own-learners", "workplace", "task", "tag")
_STAFF_TALK = ("jargon", "staff-talk", "departments")
_SCHOOL_DAY = ("school-day",)
_PASSING = ("around-school", "passing")
# Points of signs that disclose together: words of staff are enough alone, a word of the school day beside the author.
_STAFF_POINTS, _DAY_POINTS, _KNOWN_POINTS, _ENOUGH = 4, 3, 2, 4
_MUCH_STAFF_TALK = 3  # words of staff that are enough even where a family is spoken of
# What nobody would write who doesn't work there; and what only comes close to that.
_TELLING = frozenset({
    "people/learner", "people/learner-identifiable", "people/staff", "boundaries/learner-contact",
    "conduct/grievance", "image/learner-pictured", "image/staff-pictured",
})  # fmt: skip
# What is nearly always said of one's own work; and what is worth a word more beside it, being a risk there.
_HINTING = frozenset({
    "conduct/disparagement", "people/partner", "conduct/rumour", "conduct/incitement", "personal-data/credentials",
    "personal-data/online-identifier", "personal-data/identifier",
})  # fmt: skip
_BESIDE = frozenset({
    "conduct/abuse", "conduct/discrimination", "conduct/endorsement", "conduct/heated", "conduct/paid-promotion",
    "conduct/sexual", "conduct/solicitation",
})  # fmt: skip
_VOCATIVE = late(r"""(?:["'“‘]|, )(?:miss|sir)[,.!?…]{1,3}(?=[ "'”’]|$)""", re.IGNORECASE)  # "Miss, are you old?"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that discloses the author's work, and what spoke for it."""

    part: str
    span: ProseSpan | None
    confidence: Confidence
    message: str
    evidence: str
    in_words: bool = True  # False: it discloses, though not by words about the author (a learner's name)


def signs(post: Post, documents: Sequence[Document], hits: Sequence[Hit], knowledge: Knowledge) -> tuple[Sign, ...]:
    """What discloses the author's work: every mention of their job there, or the first of anything else.

    The author's own name on the roster says nothing about their work.
    """
    docs = [doc for doc in documents if doc.part.kind in PUBLISHED]
    found = [sign for doc in docs for sign in _employer(doc, knowledge.slots(doc))]
    for reading in (_voice, _plain, _addresses, _hashtags, _learners):
        if not found:
            found = [sign for doc in docs for sign in reading(doc, knowledge)][:1]
    return tuple(found or _together(docs, hits, knowledge, post.context)) or tuple(_known(post, docs, hits, knowledge))


def _employer(doc: Document, slots: Slots) -> Iterator[Sign]:
    for match in load("work").find(doc, slots, "employer"):
        yield _sign(doc, match)


def _voice(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    """Speaking for the organisation, or wearing its brand, shows who employs the author."""
    slots = knowledge.slots(doc)
    message = "This tells readers where you work."
    for name, group in (("spokesperson", "for-it"), ("branding", "worn")):
        for match in load(name).find(doc, slots, group):
            yield Sign(doc.part.name, match.span, Confidence.MEDIUM, message, f"{name}: {group}")


def _plain(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    matches = load("work").find(doc, knowledge.slots(doc), *_PLAIN)
    for match in sorted(matches, key=lambda match: (-match.group.confidence.rank, match.first)):
        yield _sign(doc, match)


def _sign(doc: Document, match: Match) -> Sign:
    group = match.group
    message = group.message or group.note
    return Sign(doc.part.name, match.span, group.confidence, message, f"work: {group.name}")


def _addresses(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    for word in doc.words:
        if word.kind is not WordKind.EMAIL or knowledge.owns_contact(word.text):
            continue
        if knowledge.owns_domain(word.text.rpartition("@")[2]):
            message, evidence = "A work address shows where you work.", "a work e-mail address"
            yield Sign(doc.part.name, word.span, Confidence.HIGH, message, evidence)


def _hashtags(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    """The organisation's own hashtag, which its people use; its handle may be anybody's answer or praise."""
    for tag in doc.tags:
        if tag.kind is WordKind.HASHTAG and knowledge.owns_hashtag(tag.text):
            message = "The hashtag shows where you work."
            yield Sign(doc.part.name, tag.span, Confidence.MEDIUM, message, "the organisation's hashtag")


def _learners(doc: Document, knowledge: Knowledge) -> Iterator[Sign]:
    for span in _named(doc, knowledge, "learner", None):
        message = "A learner's name shows where you work."
        yield Sign(doc.part.name, span, Confidence.MEDIUM, message, "a learner of the roster", in_words=False)


def _named(doc: Document, knowledge: Knowledge, kind: str, author: str | None) -> Iterator[ProseSpan]:
    """Full names of the roster, written as names, the author's own left out."""
    words = doc.phrase_words
    own = name_words(author or "")
    for first, after in knowledge.slots(doc)[kind].items():
        named = words[first:after]
        keys = tuple(key for word in named for key in name_words(word.text))
        if len(named) > 1 and all(word.is_capitalised for word in named) and not set(keys) <= set(own):
            yield ProseSpan(named[0].span.start, named[-1].span.end)


def _together(docs: Sequence[Document], hits: Sequence[Hit], knowledge: Knowledge, context: Context) -> Iterator[Sign]:
    """Signs that disclose together only: what staff talk about, words of the school day, the author among them.

    Beside a family of the author's own, who hear such words at home, only a good deal of staff's talk counts.
    """
    terms = load("work")
    told: dict[str, set[str]] = {"staff": set(), "day": set(), "passing": set()}
    known = any(hit.concern in _HINTING or _tells(hit) for hit in hits)
    beside = any(hit.concern in _BESIDE for hit in hits)
    insider = known or bool(context.author.role)
    family = workaday = False
    first: tuple[Document, ProseSpan] | None = None
    for doc in docs:
        slots = knowledge.slots(doc)
        if terms.has(doc, slots, "past-learner", "future", "readers"):
            return
        family = family or terms.has(doc, slots, "family")
        taken: set[int] = set()
        for match in terms.find(doc, slots, *_STAFF_TALK, *_SCHOOL_DAY, *_PASSING):
            words = set(range(match.first, match.after))
            if words & taken:
                continue
            taken |= words
            told[_weight(match)].add(doc.text(match.span).casefold())
            first = first or (doc, match.span)
        for match in load("hours").find(doc, slots, "at-it"):
            told["day"].add("on duty")
            insider = True
            first = first or (doc, match.span)
        if called := _VOCATIVE.search(doc.prose):
            told["staff"].add("called by a pupil")
            first = first or (doc, ProseSpan(*called.span()))
        workaday = workaday or terms.has(doc, slots, "workaday")
        insider = insider or terms.has(doc, slots, "insider", "telegraph", "diary")
        known = known or bool(slots["organisation"]) or any(_named(doc, knowledge, "staff", context.author.name))
    staff, day, passing = (len(told[weight]) for weight in ("staff", "day", "passing"))
    points = _STAFF_POINTS * staff + _DAY_POINTS * day + passing + _KNOWN_POINTS * known + insider + workaday + beside
    if first and (staff >= _MUCH_STAFF_TALK if family else points >= _ENOUGH):
        message = "Together with the rest of the post, this suggests that you work in education."
        yield Sign(first[0].part.name, first[1], Confidence.LOW, message, "work: several signs together")


def _weight(match: Match) -> str:
    """What a term counts as: words of staff, of the school day, or in passing."""
    name = match.group.name
    return "staff" if name in _STAFF_TALK else "day" if name in _SCHOOL_DAY else "passing"


def _tells(hit: Hit) -> bool:
    return hit.concern in _TELLING or hit.concern.startswith("confidential/")


def _known(post: Post, docs: Sequence[Document], hits: Sequence[Hit], knowledge: Knowledge) -> Iterator[Sign]:
    """What only those who work there know, found by other rules or declared of a picture."""
    for hit in hits:
        if _tells(hit) and hit.confidence is not Confidence.LOW:
            message = "This is known through work only, so it shows where you work."
            yield Sign(hit.part, hit.span, Confidence.LOW, message, hit.concern, in_words=False)
            return
    for doc in docs if post.context.author.role else ():
        words = doc.phrase_words
        for first, after in knowledge.slots(doc)["organisation"].items():
            if first and words[first - 1].key == "on":
                continue  # a street of the same name
            message, evidence = "This names the place where you work.", "the organisation's name, and a declared role"
            span = ProseSpan(words[first].span.start, words[after - 1].span.end)
            yield Sign(doc.part.name, span, Confidence.LOW, message, evidence, in_words=False)
            return
    for index, image in enumerate(post.images):
        if any(person.role == "learner" for person in image.people):
            message, evidence = "A learner in the picture shows where you work.", "a learner in the picture"
            yield Sign(f"images[{index}]", None, Confidence.LOW, message, evidence, in_words=False)
            return
