"""Learners and colleagues called by one name alone, where the post as a whole shows whom it is about.

What it finds: A first name on the roster, or the family name of a learner, in a post from the organisation's own
account or one that tells of school; a first name beside one that is known to be a learner's ("Minh, Seb and …"); a name
that is on no roster where the words beside it tell of a learner's day.
Why it matters: Whoever knows the class knows which one is meant; a first name with what the child did, where and when
is personal data (UK GDPR, Article 4(1)), and the Department for Education's advice on pictures and names asks for care
with first names as well.
Not flagged: First names in posts that have nothing to do with school, the author's own family, friends and pets, longer
names of somebody else, people in the public eye, and names that are also words where nothing makes them names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checkpost.alone import Alone
from checkpost.colleagues import Colleagues
from checkpost.cues import Cues, virtues
from checkpost.described import happened
from checkpost.families import FamilyNames, is_distinctive
from checkpost.listed import FirstNames
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.names import is_given, is_plain_given, is_word, name_key
from checkpost.roster import NOBODY, Found
from checkpost.rules import Case, Inference
from checkpost.schooltalk import SchoolTalk

LEARNER = "people/learner"
STAFF = "people/staff"
PICKED_OUT = "people/learner-identifiable"

_MESSAGES = {
    LEARNER: "A learner is named.",
    STAFF: "A colleague is named.",
    PICKED_OUT: "The details together point to one learner.",
}
_OF_A_COUPLE = re.compile(r" (?:and|&) [A-Z][\w'’-]+ [A-Z][\w'’-]+")
_LISTED = re.compile(r",? ?(?:and|&|\+|,|/) ?|, ", re.IGNORECASE)
_PRONOUNS = frozenset("he she his her him he's she's they".split())
_SENTENCES_ON = 2  # how far on a pronoun may stand for somebody named


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every name alone that is a learner's or a colleague's."""
    finder = _Finder(case)
    for span, concern, confidence in finder.names():
        yield Hit(
            concern=concern,
            message=_MESSAGES[concern],
            span=span,
            confidence=confidence,
            evidence=("a name alone, and a post that tells of school",),
        )


@dataclass(frozen=True)
class _Finder:
    case: Case

    @cached_property
    def cues(self) -> Cues:
        return self.case.text.derived(Cues)

    @cached_property
    def names_here(self) -> FirstNames:
        return FirstNames(self.cues, self.case.knowledge.roster)

    @cached_property
    def talk(self) -> SchoolTalk:
        return SchoolTalk(self.case)

    @cached_property
    def alone(self) -> Alone:
        return Alone(self.case, self.names_here)

    @cached_property
    def colleagues(self) -> Colleagues:
        return Colleagues(self.talk)

    @cached_property
    def families(self) -> FamilyNames:
        """Says what a family name alone falls under."""
        return FamilyNames(self.talk, self._does)

    @cached_property
    def _does(self) -> frozenset[int]:
        """Indexes of the words that begin what somebody does."""
        return frozenset(match.first for match in self.case.matches("bare-name", "does"))

    def names(self) -> Iterator[tuple[ProseSpan, str, Confidence]]:
        """Names of one word."""
        found: dict[int, str] = {}
        for at in self.alone.places():
            judged = self._first_name(at, found) or self.families.judge(at)
            if judged:
                found[at] = judged[0]
                yield self.cues.span(at, self.names_here.listed.get(at, at + 1)), *judged

    def _first_name(self, at: int, found: dict[int, str]) -> tuple[str, Confidence] | None:
        """What a first name falls under."""
        word = self.cues.words[at]
        key = self.names_here.call(at)
        if key is None and at in self.names_here.listed and at not in self.names_here.things:
            key = name_key(word.keys[-1])
        if key is None or key in self.case.author:
            return None
        entries = self.case.knowledge.roster.by_call.get(key, NOBODY)
        beside = self._beside(at, found)
        if is_word(key) and not (beside or at in self.names_here.listed or self._goes_on_about(at)):
            return None
        kinds = {kind for kind in ("learner", "staff") if _is_called(key, kind, entries)}
        at_work = word.sentence in self.talk.found["of-a-colleague"]
        among_learners = beside in (LEARNER, PICKED_OUT)
        by_right = any(key in (*entry.given, *entry.known_as) for entry in entries)  # and not by a short form
        if kinds and not among_learners:
            of_work = (
                "staff" in kinds and (at_work or "learner" not in kinds) and self.talk.tells_of_work(word.sentence)
            )
            if of_work or (not by_right and self.colleagues.has(at, key)):
                return STAFF, Confidence.MEDIUM
            if kinds == {"staff"}:
                return STAFF, Confidence.LOW
        if "learner" in kinds and word.sentence not in self.talk.found["elsewhere"]:
            kin = at + 1 in self.cues.kin and "'s" in word.key
            sure = self.talk.is_official or kin or beside == LEARNER or self.talk.tells_of_learner(word.sentence)
            told = sure or self.talk.tells_of_school or is_distinctive(key, entries)
            return (LEARNER, Confidence.MEDIUM if sure else Confidence.LOW) if told else None
        return self._unlisted(at, key, beside) if "learner" not in kinds else None

    def _unlisted(self, at: int, key: str, beside: str | None) -> tuple[str, Confidence] | None:
        """What a first name on no roster falls under."""
        word = self.cues.words[at]
        listed = at in self.names_here.listed
        if not word.is_capitalised or not (is_given(key) or listed) or not self._may_be_unlisted(at, key):
            return None
        if beside in (LEARNER, PICKED_OUT):
            return PICKED_OUT, Confidence.MEDIUM
        if beside == STAFF or self.colleagues.has(at, key):
            return STAFF, Confidence.MEDIUM
        if listed and self.talk.is_of_school:
            return PICKED_OUT, Confidence.MEDIUM if self.cues.school else Confidence.LOW
        spoken_of = word.sentence in self.talk.found["of-a-colleague"] or self._is_spoken_to(at)
        return None if is_word(key) or spoken_of else self._picked_out(at, key)

    def _picked_out(self, at: int, key: str) -> tuple[str, Confidence] | None:
        """What a first name on no roster falls under, if the post shows that it is a learner's."""
        word = self.cues.words[at]
        praised = at in self.cues.after_praise and self.talk.is_official
        if praised or (self.talk.tells_of_learner(word.sentence) and self.talk.is_of_school):
            return PICKED_OUT, Confidence.MEDIUM if word.sentence in self.cues.school else Confidence.LOW
        official = self.case.post.context.account == "organisation" and is_plain_given(key)
        in_class = word.sentence in self.talk.found["class-talk"] or self._goes_on_from_class(at)
        shown = (official and self._is_shown(at)) or (not self.talk.is_official and in_class)
        return (PICKED_OUT, Confidence.LOW) if shown else None

    def _goes_on_from_class(self, at: int) -> bool:
        """Whether somebody did something, just after a class was spoken of: `… with Year 4. Daud asked whether …`."""
        return at + 1 in self._does and self.cues.words[at].sentence - 1 in self.cues.school

    def _may_be_unlisted(self, at: int, key: str) -> bool:
        """Whether nothing shows that a name is a thing's, a book's, or one of somebody named in full."""
        elsewhere = self.cues.words[at].sentence in self.talk.found["elsewhere"]
        in_full = key in self.names_here.in_full and at not in self.names_here.listed
        pair = self.case.text.prose[self.cues.words[at].span.end :]
        if _OF_A_COUPLE.match(pair):
            return False  # "Terry and Pam Ogden" are no learners
        of_many = at > 0 and self.cues.words[at - 1].key in _OF_MANY and self.cues.gap(at) == " "
        return not (elsewhere or in_full or of_many or key in _ASSISTANTS or at in self.names_here.things)

    def _is_shown(self, at: int) -> bool:
        """Whether a post shows somebody or what is theirs: `Look at Reuben's volcano`, `Introducing Maisie`."""
        words = self.cues.words
        following = words[at + 1] if at + 1 < len(words) else None
        owns = "'s" in words[at].key and following is not None and not following.is_capitalised
        return owns or (at > 0 and words[at - 1].key in _SHOWING)

    def _is_spoken_to(self, at: int) -> bool:
        """Whether a name stands between commas, after a greeting or at the end: `The boiler, Dave!`, `Hi Dave, …`."""
        follows = self.cues.next_mark(at)
        if at and self.cues.words[at - 1].key in _GREETINGS and follows in (",", "!", "."):
            return True
        return "," in self.cues.gap(at) and follows in (",", ".", "!", "?", "") and at not in self.cues.after_praise

    def _goes_on_about(self, at: int) -> bool:
        """Whether the post goes on about the name: `Summer's badge arrived and she …`, not `Summer is here`."""
        words, cues = self.cues.words, self.cues
        if cues.starts_sentence(at):
            named = "'s" in words[at].key
            does = at + 1 in self._does and words[at + 1].key not in _MODAL_OBJECTS
            about = self.talk.found["of-a-learner"] | self.talk.facts
            sure = self.talk.is_official or self.talk.tells_of_learner(words[at].sentence)
            if named and self.names_here.call(at) not in virtues() and sure:
                return True
            if does and (self.names_here.call(at) not in virtues() or words[at].sentence in about):
                return True
        else:
            named = words[at].key not in _CALENDAR
            if named and self._is_one_of_ours(at):
                return True
            before = words[at - 1].key in _BEFORE_PEOPLE or "'s" in words[at].key
            if named and not cues.is_shouted(at) and before:
                return True
        reach = range(words[at].sentence, words[at].sentence + _SENTENCES_ON)
        return named and any(word.sentence in reach and not _PRONOUNS.isdisjoint(word.keys) for word in words[at + 1 :])

    def _is_one_of_ours(self, at: int) -> bool:
        """Whether somebody of ours did something: `our Faith sang`, not `our Hope is that`."""
        words, cues = self.cues.words, self.cues
        did = happened(cues, at + 1) and words[at + 1].key not in _BEING
        return did and words[at - 1].key in _OURS and not cues.is_heading(at)

    def _beside(self, at: int, found: dict[int, str]) -> str | None:
        """What a name listed right beside this one falls under: `Minh, Seb and …`."""
        words = self.cues.words
        known = {**self.alone.known, **found}
        for step in (-1, 1):
            other = at + step
            if 0 < other < len(words) and words[other].key in ("and", "&"):
                other += step
            if not 0 <= other < len(words):
                continue
            low, high = sorted((at, other))
            between = self.case.text.prose[words[low].span.end : words[high].span.start]
            if not _LISTED.fullmatch(between):
                continue
            if other in known:
                return known[other]
            key = self.names_here.call(other)
            entries = self.case.knowledge.roster.by_call.get(key or "", NOBODY)
            if words[other].is_capitalised and not is_word(key or "") and _is_called(key or "", "learner", entries):
                return LEARNER
        return None


_GREETINGS = frozenset("hi hello hey hiya dear morning afternoon evening sorry thanks cheers".split())
_SHOWING = frozenset("introducing meet remember presenting celebrating cheering applaud spotlight meeting say".split())
_MODAL_OBJECTS = frozenset("the a an this that be again".split())  # "Mark the date", "Will the last one", "May be"
_CALENDAR = frozenset("summer autumn winter spring april may june august easter christmas eid".split())
_BEFORE_PEOPLE = frozenset(  # what seldom stands before a season, a month or a virtue
    "see watch saw watched met tell told ask asked with thank congratulate hear heard and for proud sorry bless poor "
    "little clever well welcome spotted caught found helped taught teaching gave give".split()
)
_OURS = frozenset({"our", "my"})
_BEING = frozenset("is was has had isn't wasn't hasn't".split())
_OF_MANY = frozenset("a an every another like named".split())  # "every office has a Maureen", "looks like Colin"
_ASSISTANTS = frozenset({"alexa", "siri", "cortana"})


def _is_called(key: str, kind: str, entries: Found) -> bool:
    """Whether anybody of a kind is called so, and does not merely bear the name as a middle one."""
    return any(key in entry.known_as or key not in entry.given[1:] for entry in entries.of(kind))


INFERENCE = Inference("bare-name", (LEARNER, STAFF, PICKED_OUT), infer)
