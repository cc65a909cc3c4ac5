"""What introduces people on no roster: a trade, a home, a job of ours, thanks (lexicons/terms/private-person.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.lexicon import Match, load
from checkpost.rules import Case

_GROUPS = (
    *("thanks", "trade", "lives", "works-here", "job", "our-job", "our-own", "public"),
    *("spoken-to", "at-work", "is-a-colleague", "theirs", "on-the-line", "recommends", "service"),
    *("met", "parent-talk", "staff-talk", "of-fiction", "of-books"),
    *("contact", "nearby", "takes-over", "takes-leave", "parents", "our-staff"),
)
_OF_PLACES = ("at", "from", "next")


@dataclass(frozen=True)
class Introductions:
    """Where the lexicon's groups stand in one post's own text, by index into `Document.phrase_words`."""

    case: Case
    cues: Cues

    def leads_to(self, at: int, *groups: str) -> bool:
        """Whether a term of some groups stands directly before a word."""
        return any(at in self._after[group] for group in groups)

    def begins(self, at: int, *groups: str) -> bool:
        """Whether a term of some groups begins at a word."""
        return any(at in self._starts[group] for group in groups)

    def says(self, sentence: int, *groups: str) -> bool:
        """Whether a term of some groups stands in a sentence."""
        return any(sentence in self._sentences[group] for group in groups)

    @cached_property
    def at_a_place(self) -> frozenset[int]:
        """Indexes of the words that begin where somebody is found: `at the allotments`, `from next door`."""
        return frozenset(at for at in self._starts["lives"] if self.cues.words[at].key in _OF_PLACES)

    def describes(self, after: int) -> bool:
        """Whether what somebody is follows the name: `(ex landlady, 2009)`, `, our plumber,`."""
        return self.cues.gap(after) in (" (", ", ") and bool({after, after + 1, after + 2} & self._starts["trade"])

    def is_fellow(self, first: int) -> bool:
        """Whether somebody is called the author's fellow: `my fellow TA and friend …`."""
        return any(word.key == "fellow" for word in self.cues.words[max(first - 3, 0) : first])

    def takes_leave(self, sentence: int) -> bool:
        """Whether what is said of colleagues who go is said in a sentence or the one before."""
        return self.says(sentence, "takes-leave") or self.says(sentence - 1, "takes-leave")

    @cached_property
    def _found(self) -> Mapping[str, tuple[Match, ...]]:
        doc = self.case.text
        return load("private-person").find_each(doc, self.case.knowledge.slots(doc), *_GROUPS)

    @cached_property
    def _after(self) -> Mapping[str, frozenset[int]]:
        return {group: frozenset(match.after for match in found) for group, found in self._found.items()}

    @cached_property
    def _starts(self) -> Mapping[str, frozenset[int]]:
        return {group: frozenset(match.first for match in found) for group, found in self._found.items()}

    @cached_property
    def _sentences(self) -> Mapping[str, frozenset[int]]:
        words = self.cues.words
        return {
            group: frozenset(words[match.first].sentence for match in found) for group, found in self._found.items()
        }
