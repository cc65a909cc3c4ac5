"""What a post tells of school, of learners and of colleagues, by the sentence: it decides whom a name alone means."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.lexicon import load
from checkpost.rules import Case

_FACTS = (
    "personal-data/special-category",
    "personal-data/birth-date",
    "personal-data/online-identifier",
    "personal-data/identifier",
)
_GROUPS = ("of-a-learner", "of-a-colleague", "among-staff", "elsewhere", "class-talk")


@dataclass(frozen=True)
class SchoolTalk:
    """What one post's own text tells of school. Sentences are counted as `Word.sentence` counts them."""

    case: Case

    @cached_property
    def cues(self) -> Cues:
        """The cues of the text."""
        return self.case.text.derived(Cues)

    @cached_property
    def is_official(self) -> bool:
        """Whether the post is the organisation's own, or may be."""
        return self.case.post.context.account != "personal"

    @cached_property
    def tells_of_school(self) -> bool:
        """Whether anything in the post speaks of school or shows that its author works there."""
        return bool(
            self.cues.school
            or self.cues.care
            or self.found["class-talk"]
            or self.case.signs
            or any(self.case.found("boundaries/"))
        )

    @property
    def is_of_school(self) -> bool:
        """Whether the post is the organisation's own, or may be, or speaks of school."""
        return self.is_official or self.tells_of_school

    @cached_property
    def found(self) -> Mapping[str, frozenset[int]]:
        """Sentences in which each group of the lexicon's words stands."""
        words, doc = self.cues.words, self.case.text
        found = load("bare-name").find_each(doc, self.case.knowledge.slots(doc), *_GROUPS)
        return {group: frozenset(words[match.first].sentence for match in of) for group, of in found.items()}

    @cached_property
    def facts(self) -> frozenset[int]:
        """Sentences with a fact that others found told of somebody."""
        spans = self.case.spans_of(*_FACTS)
        return frozenset(self.cues.words[at].sentence for span in spans for at in self.cues.indexes(span))

    def tells_of_learner(self, sentence: int) -> bool:
        """Whether a sentence, or the one after it, tells of a learner."""
        told = self.facts | self.found["of-a-learner"]
        return bool({sentence, sentence + 1} & told) or sentence in self.cues.school

    def tells_of_work(self, sentence: int) -> bool:
        """Whether the post is of school, or a sentence speaks of a colleague."""
        return self.is_of_school or sentence in self.found["of-a-colleague"]
