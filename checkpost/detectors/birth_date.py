"""Dates of birth, birthdays that give one away, and children's ages.

What it finds: A date of birth ("DOB 14/03/2009", "born on 3 May 2011"), also one inside a login or number;
a birthday with the age ("Happy 10th birthday to our …", "turns 16 today") or with the date; a learner's
exact age beside the name.
Why it matters: A name with a birth date opens accounts and helps strangers to get close to a child. UK
GDPR, Article 4(1), counts both as personal data.
Not flagged: A birthday without age or date; the authors' own birthdays and those of their families and
pets; schools and anniversaries; people of history; ages of groups ("our 16-year-olds", "for ages 5 to 11")
and year groups.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from checkpost.birthdays import (
    AGED_DATE,
    BESIDE,
    BORN,
    DATE_AND_AGE,
    DATE_ONLY,
    DOB,
    ON_PAPER,
    OPENING,
    PRONOUN,
    QUOTED,
    SAID_OF,
    WHEN,
    YEAR_OLD,
    candidates,
)
from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Hit, ProseSpan
from checkpost.phrases import Slots
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/birth-date"

_GROUPS = "person roll ours taught own no-person pet one at-school papers puzzle".split()
_DATES = frozenset({DOB, BORN, DATE_AND_AGE, AGED_DATE, ON_PAPER})

_LAST_RESORT = frozenset({WHEN, SAID_OF, OPENING})  # they add nothing to what tells more

_OF = re.compile(r"\b(?:from|in|of|at|by|on)(?: \w{1,15}){0,2} $")  # "Megan from the chess club", not the club
_LIVING = 1990  # whoever a lesson says was born before that year is somebody from a book
_NEAR = 250  # characters from a birthday to the school or the hamster whose it may be
_BESIDE = 3  # characters between a name and the date beside it
_LONG_AGO = re.compile(r"\b1[0-8]\d\d\b|\b19[0-7]\d\b")
_NO_NAMES = frozenset({"My", "An", "Our"})  # first names too: "My nine-year-old"
_SAID_BEFORE = 40  # characters from a name to the age that is said of it
_STORY = 200  # characters back to the person whom "he" or "she" goes on about
_THEIRS = re.compile(r"(?:\b(?:his|her|their|whose|the)|['’]s?) $", re.IGNORECASE)  # "his dad" is none of the author's
_WHOLE_DATE = re.compile(r"[\d/.-]{6,10}|\d{1,2}(?:st|nd|rd|th)? [^\W\d]{3,9},? \d{4}")  # words around it stay


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every date of birth, telling birthday and age tied to somebody."""
    told = candidates(doc, knowledge.today.year)
    if not told:
        return
    people = _People(doc, knowledge.telling_slots(doc))
    taken: list[tuple[ProseSpan, bool]] = []
    for span, how, confidence in told:
        is_date, sentence = how in _DATES, doc.sentence_at(span.start)
        if any(
            how in _LAST_RESORT or span.overlaps(other) or (not is_date and dated and other.overlaps(sentence))
            for other, dated in taken
        ):
            continue  # one finding is enough where the date itself stands
        if people.own(span, how):
            taken.append((span, is_date))
            yield Hit(
                concern=CONCERN,
                message="This gives somebody's date of birth or exact age.",
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=(how,),
                replacement="[date removed]" if _WHOLE_DATE.fullmatch(doc.text(span)) else None,
            )


class _People:
    """Whom a document speaks of, and where."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self._doc = doc
        terms = load("birth-date")
        self._at = {group: [found.span for found in terms.find(doc, slots, group)] for group in _GROUPS}
        self._at["own"] = [
            who for who in self._at["own"] if not _THEIRS.search(doc.prose, max(who.start - 8, 0), who.start)
        ]
        self._starts = {group: [span.start for span in spans] for group, spans in self._at.items()}

    def own(self, span: ProseSpan, how: str) -> bool:
        """Whether it is told of somebody, and not of the author's family, a pet, a school or history."""
        if how == QUOTED:
            sentence = self._doc.sentence_at(span.start)
            return bool(self._spans("roll", sentence.start - _SAID_BEFORE, sentence.end + _SAID_BEFORE))
        if how in (YEAR_OLD, BESIDE, SAID_OF):
            return self._is_aged(span, how)
        if how in (PRONOUN, OPENING):
            return self._is_told_of(span)
        return self._fits(span, how) if how in (AGED_DATE, ON_PAPER) else self._is_somebodys(span, how)

    def _is_aged(self, span: ProseSpan, how: str) -> bool:
        """Whether an age that stands beside a name is a learner's or a colleague's."""
        if how == YEAR_OLD:
            sentence = self._doc.sentence_at(span.start)
            return bool(self._spans("at-school", sentence.start, sentence.end))
        if how == SAID_OF:
            near = self._spans("roll", span.start - _SAID_BEFORE, span.start)
            return bool(near) or self._is_of_one_taught(span, _SAID_BEFORE)
        near = self._spans("roll", span.start - 60, span.end + 11)
        beside = any(0 <= span.start - who.end <= 12 or 0 <= who.start - span.end <= 10 for who in near)
        return beside or self._is_of_one_taught(span, 2)

    def _is_of_one_taught(self, span: ProseSpan, reach: int) -> bool:
        """Whether somebody who is called by the first name, and taught here, stands just before an age."""
        sentence = self._doc.sentence_at(span.start)
        ours = self._spans("ours", span.start - 30, span.start)
        return (
            any(0 <= span.start - who.end <= reach and self._doc.text(who) not in _NO_NAMES for who in ours)
            and bool(self._tells_of_school or self._spans("taught", sentence.start, sentence.end))
            and not self._spans("own", sentence.start, sentence.end)
        )

    @cached_property
    def _tells_of_school(self) -> bool:
        """Whether the document speaks of learners, so that a first name is likely one's."""
        cues = self._doc.derived(Cues)
        return bool(cues.school or cues.care)

    def _fits(self, span: ProseSpan, how: str) -> bool:
        """Whether a date that nothing calls a birthday is one: by the age of somebody told of, or beside a learner."""
        sentence = self._doc.sentence_at(span.start)
        if how == AGED_DATE:
            story = max(sentence.start - _STORY, 0), span.end + _STORY
            strange = self._spans("own", *story) or self._is_nearer("no-person", sentence, span)
            somebody = self._spans("person", *story) or self._spans("one", *story)
            return bool(self._spans("roll", *story)) or (bool(somebody) and not (strange or self._spans("pet", *story)))
        rolled = self._spans("roll", sentence.start, sentence.end)
        beside = any(0 <= span.start - who.end <= _BESIDE for who in rolled)
        return beside or bool(rolled and self._spans("papers", sentence.start, sentence.end))

    def _is_told_of(self, span: ProseSpan) -> bool:
        """Whether "she" stands for somebody of the roster named before."""
        story = max(self._doc.sentence_at(span.start).start - _STORY, 0), span.start
        return bool(self._spans("roll", *story)) and not (self._spans("own", *story) or self._spans("pet", *story))

    def _is_somebodys(self, span: ProseSpan, how: str) -> bool:
        sentence = self._doc.sentence_at(span.start)
        rolled, author, thing, pet, one = (
            bool(self._spans(group, sentence.start, sentence.end))
            for group in ("roll", "own", "no-person", "pet", "one")
        )
        nobody = (
            (
                not rolled
                and (self._is_of_history(sentence) or self._follows_pet(sentence) or self._is_of_a_puzzle(sentence))
            )
            or self._is_nearer("pet", sentence, span)
            or self._is_nearer("no-person", sentence, span)
        )
        if how in (BORN, DOB):
            year = re.search(r"\d{4}", self._doc.text(span))
            historic = how == BORN and year is not None and int(year[0]) < _LIVING
            if year and not historic and self._spans("papers", sentence.start, span.start):
                return True  # a passport's date of birth is somebody's, whoever else the post names
            pet = pet or (not rolled and (self._follows_pet(sentence) or self._is_of_a_puzzle(sentence)))
            of_thing = nobody if how == DOB else thing and not one  # a label leaves less doubt than "born"
            return rolled or not (historic or author or pet or of_thing)
        if how == DATE_AND_AGE:
            full = re.search(r"\d{4}", self._doc.text(span))
            long_ago = full is not None and int(full[0]) < _LIVING
            return rolled or (
                not (nobody or long_ago)
                and (bool(full) or bool(self._spans("person", sentence.start - 200, span.end + 60)))
            )
        if rolled or nobody or author or how == DATE_ONLY:
            return rolled and not nobody
        before = sentence.start - (_STORY if one else 60)
        near = self._spans("person", before, sentence.end + 60)
        if one and self._spans("own", before, sentence.start):
            return False
        return bool(near) and not _has_pet(self._doc.text(sentence))

    def _is_of_a_puzzle(self, sentence: ProseSpan) -> bool:
        """Whether a sentence, or the one beside it, sets a riddle."""
        return bool(self._spans("puzzle", sentence.start - 60, sentence.end + 60))

    def _is_of_history(self, sentence: ProseSpan) -> bool:
        """Whether a sentence speaks of somebody in the public eye, or of years long ago."""
        cues = self._doc.derived(Cues)
        figures = any(sentence.start <= cues.words[at].span.start < sentence.end for at in cues.figures)
        return figures or bool(_LONG_AGO.search(self._doc.prose, sentence.start, sentence.end))

    def _follows_pet(self, sentence: ProseSpan) -> bool:
        """Whether a sentence that names nobody goes on about a pet: `Hamster news! Born in March, …`."""
        story = max(sentence.start - _STORY, 0), sentence.start
        return bool(self._spans("pet", *story)) and not self._spans("person", sentence.start, sentence.end)

    def _is_nearer(self, group: str, sentence: ProseSpan, span: ProseSpan) -> bool:
        """Whether something of a group stands in the sentence, and nobody of the rolls nearer to a span."""
        # Anybody's name may be nearer than a school or a thing; a pet has a name of its own.
        people = ("roll", "person") if group == "no-person" else ("roll",)

        def distance(other: ProseSpan) -> int:
            return max(span.start - other.end, other.start - span.end, 0)

        around = max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR)
        rolled = min((distance(who) for people_of in people for who in self._spans(people_of, *around)), default=None)
        near = min(
            (
                distance(other)
                for other in self._spans(group, *around)
                if not _OF.search(self._doc.prose, max(other.start - 40, 0), other.start)
            ),
            default=None,
        )
        return near is not None and (rolled is None or near < rolled)

    def _spans(self, group: str, start: int, end: int) -> list[ProseSpan]:
        starts = self._starts[group]
        return self._at[group][bisect_left(starts, start) : bisect_left(starts, end)]


def _has_pet(text: str) -> bool:
    return any("\U0001f400" <= c <= "\U0001f43f" for c in text)


DETECTOR = Detector("birth-date", (CONCERN,), find, reads=EVERYWHERE)
