"""What introduces people on no roster: a trade, a home, a job of ours, thanks (lexicons/terms/private-person.toml)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.rules import Case
from checkpost.text.document import Document

_OF_PLACES = ("at", "from", "next")


@dataclass(frozen=True)
class Introductions:
    """Where the lexicon's groups stand in one post's own text, by index into `Document.phrase_words`."""

    case: Case
    cues: Cues

    def leads_to(self, at: int, *groups: str) -> bool:
        """Whether a term of some groups stands directly before a word."""
        return any(match.after == at for group in groups for match in self._found[group])

    def begins(self, at: int, *groups: str) -> bool:
        """Whether a term of some groups begins at a word."""
        return any(match.first == at for group in groups for match in self._found[group])

    def says(self, sentence: int, *groups: str) -> bool:
        """Whether a term of some groups stands in a sentence."""
        words = self.cues.words
        return any(words[match.first].sentence == sentence for group in groups for match in self._found[group])

    @cached_property
    def at_a_place(self) -> frozenset[int]:
        """Indexes of the words that begin where somebody is found: `at the allotments`, `from next door`."""
        return frozenset(m.first for m in self._found["lives"] if self.cues.words[m.first].key in _OF_PLACES)

    def describes(self, after: int) -> bool:
        """Whether what somebody is follows the name: `(ex landlady, 2009)`, `, our plumber,`."""
        return self.cues.gap(after) in (" (", ", ") and any(self.begins(at, "trade") for at in range(after, after + 3))

    def is_of_partner(self, first: int, after: int) -> bool:
        """Whether a partner's name makes somebody its own: `Brightwater's Gary`, `Gary from Brightwater`."""
        words, partners = self.cues.words, self.case.knowledge.slots(self.case.text)["partner"]
        owned = first in partners.values() and "'s" in words[first - 1].key and self.cues.gap(first) == " "
        named = after + 1 in partners and words[after].key in ("at", "from", "of", "with")
        return owned or (named and self.cues.gap(after) == " ")

    def is_fellow(self, first: int) -> bool:
        """Whether somebody is called the author's fellow: `my fellow TA and friend …`."""
        return any(word.key == "fellow" for word in self.cues.words[max(first - 3, 0) : first])

    def takes_leave(self, sentence: int) -> bool:
        """Whether what is said of colleagues who go is said in a sentence or the one before."""
        return self.says(sentence, "takes-leave") or self.says(sentence - 1, "takes-leave")

    @cached_property
    def _found(self) -> "_Matches":
        return _Matches(self.case.text, self.case.knowledge)


class _Matches(dict[str, Sequence[Match]]):
    """The matches of each group in a text, looked for when they are first asked for."""

    def __init__(self, doc: Document, knowledge: Knowledge) -> None:
        super().__init__()
        self._doc, self._slots = doc, knowledge.slots(doc)

    def __missing__(self, group: str) -> Sequence[Match]:
        found = self[group] = tuple(load("private-person").find(self._doc, self._slots, group))
        return found
