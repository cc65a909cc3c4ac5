"""Family names alone: staff call learners so in talk of their class, and one another in talk of work."""

import re
from dataclasses import dataclass

from checkpost.colleagues import BEFORE_PLACES
from checkpost.described import happened
from checkpost.model import Confidence
from checkpost.names import is_figure, is_given, is_surname, is_widespread, is_word, name_key
from checkpost.patterns import late
from checkpost.roster import NOBODY, Found
from checkpost.schooltalk import SchoolTalk

_DISTINCT = 4  # letters of a first name that is told apart; of a family name, one more
_LISTED = late(r",? ?(?:and|&|\+|,|/) ?|, ", re.IGNORECASE)
_BEFORE_NAMES = frozenset(  # what stands before whoever is spoken of, and seldom before a place
    "to from by with about than like for and but told tell ask asked thank thanks sorry poor saw see bloody if when "
    "because till until sir boss".split()
)
_BEFORE_FAMILY_NAMES = frozenset("the that this our my poor little young old and but so when if ugh oh".split())
_OF_CLASSES = frozenset("from in of".split())


@dataclass(frozen=True)
class FamilyNames:
    """Tells whose the family names are that stand alone in one post."""

    talk: SchoolTalk
    does: frozenset[int]  # indexes of the words that begin what somebody does

    def judge(self, at: int) -> tuple[str, Confidence] | None:
        """What a family name alone falls under: staff call learners so, in talk of their class."""
        words = self.talk.cues.words
        key = name_key(words[at].keys[-1])
        does = at + 1 in self.does or ("'s" in words[at].key and at + 1 < len(words)) or self._is_of_class(at)
        before = words[at - 1].key if at and words[at - 1].sentence == words[at].sentence else ""
        entries = self.talk.case.knowledge.roster.by_family.get(key, NOBODY)
        is_spoken_of = "staff" in entries.kinds and (before in _BEFORE_NAMES or happened(self.talk.cues, at + 1))
        is_spoken_of = is_spoken_of or ("learner" in entries.kinds and self._is_listed_with_family(at))
        if is_word(key) or is_given(key) or not (does or is_spoken_of):
            return None
        cues = self.talk.cues
        longer = cues.follows_capital(at) or (at and words[at - 1].is_capitalised and cues.gap(at) == " ")
        if longer and before not in _BEFORE_FAMILY_NAMES:
            return None
        if "learner" in entries.kinds and (self.talk.is_of_school or is_distinctive(key, entries)):
            return "people/learner", Confidence.MEDIUM if self.talk.is_of_school else Confidence.LOW
        if entries.kinds:
            return ("people/staff", Confidence.LOW) if "staff" in entries.kinds else None
        if (
            words[at].is_capitalised
            and before not in BEFORE_PLACES
            and self.talk.found["class-talk"]
            and is_surname(key)
            and not is_figure(key)
        ):
            return "people/learner", Confidence.LOW
        return None

    def _is_listed_with_family(self, at: int) -> bool:
        """Whether another family name of the roster stands right beside: `Rowntree, Mehta: hand in by Friday`."""
        words, families = self.talk.cues.words, self.talk.case.knowledge.roster.by_family
        beside = (other for other in (at - 1, at + 1) if 0 <= other < len(words) and words[other].is_capitalised)
        return any(
            name_key(words[other].keys[-1]) in families and _LISTED.fullmatch(self.talk.cues.gap(max(at, other)))
            for other in beside
        )

    def _is_of_class(self, at: int) -> bool:
        """Whether a class follows a name, or the name after it: `Rowntree from 10C`, `Rowntree and Bell of 10C`."""
        words = self.talk.cues.words
        for after in (at + 1, at + 3):
            if after < len(words) - 1 and words[after].key in _OF_CLASSES and after + 1 in self.talk.cues.classes:
                return after == at + 1 or words[at + 1].key == "and"
        return False


def is_distinctive(key: str, entries: Found) -> bool:
    """Whether a name is so rare that hardly anybody is meant but the one on the roster."""
    shortest = _DISTINCT if any(key in entry.given for entry in entries) else _DISTINCT + 1
    return len(entries) == 1 and len(key) >= shortest and not (is_widespread(key) or is_word(key) or is_figure(key))
