"""First names on no roster that are a colleague's, by what stands around them."""

from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import virtues
from checkpost.lexicon import load
from checkpost.phrases import NO_SLOTS
from checkpost.schooltalk import SchoolTalk

BEFORE_PLACES = frozenset("in at to from near the of a an by with".split())
_ASKED_OF = frozenset("past our ask tell told".split())


@dataclass(frozen=True)
class Colleagues:
    """Tells colleagues from others in one post."""

    talk: SchoolTalk

    def has(self, at: int, call: str | None) -> bool:
        """Whether a name on no roster is a colleague's: at a staff do, thanked, spoken of in the staffroom."""
        talk, cues = self.talk, self.talk.cues
        words, sentence = cues.words, cues.words[at].sentence
        following = words[at + 1].key if at + 1 < len(words) else ""
        if at in self._of_a_job:
            return True
        if cues.class_near(at, at + 1, 3) or following in BEFORE_PLACES or call in virtues():
            return False
        if talk.found["among-staff"] & {sentence, sentence - 1, sentence - 2}:
            return True
        learners = talk.found["of-a-learner"]
        if sentence in learners:
            return False
        if at in self._thanked and talk.is_of_school and sentence not in talk.found["class-talk"]:
            return True
        before = words[at - 1].key if at and cues.gap(at) == " " else ""
        asked_of = before in _ASKED_OF and talk.case.post.context.account == "organisation"
        return asked_of and not ({sentence, sentence + 1} & (cues.school | learners))

    @cached_property
    def _of_a_job(self) -> frozenset[int]:
        """Indexes of the words that directly follow a job of ours: `our caretaker`."""
        case = self.talk.case
        before = {match.after for match in case.matches("private-person", "our-job")}
        return frozenset(before | {match.first - 1 for match in case.matches("private-person", "is-a-colleague")})

    @cached_property
    def _thanked(self) -> frozenset[int]:
        """Indexes of the words that directly follow thanks, which grown-ups get."""
        return frozenset(match.after for match in load("bare-name").find(self.talk.case.text, NO_SLOTS, "thanks"))
