"""First names alone, where what stands around them makes them a learner's or a colleague's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checkpost.cues import virtues
from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_word, short_forms
from checkpost.roster import Entry
from checkpost.text.words import WordKind

_FILE_LENGTH = 4
_SEASONAL = frozenset(  # what stands after a season, not after somebody called Autumn
    "term half holiday holidays show fair fete school reading camp break collection leaves colours day "
    "days club concert walk bulletin newsletter timetable uniform dresses sun solstice festival series "
    "exam exams".split()
)


@dataclass(frozen=True)
class Calls:
    """Finds first names."""

    reading: Reading

    def find(self, taken: set[int], *, among_learners: bool) -> Iterator[Mention]:
        """First names that what stands around them makes a learner's or colleague's."""
        for at, word in enumerate(self.reading.words):
            keys = [key for key, _ in self.reading.keys(word) if key in self.reading.roster.by_call]
            if not keys or at in taken or not self._may_be_name(at) or self._is_other(at):
                continue
            for key in keys:
                entries = [entry for entry in self.reading.roster.by_call[key] if _is_called(key, entry)]
                kind = self._whose(at, key, among_learners=among_learners) if entries else None
                entry = next((entry for entry in entries if entry.kind == kind), None)
                if entry:
                    yield self._mention(entry, at)
                    break

    def _may_be_name(self, at: int) -> bool:
        """Whether a word is written as names are: with a capital, and not as an acronym."""
        word = self.reading.words[at]
        if word.kind is WordKind.HASHTAG:
            return word.is_capitalised and not word.text.isupper() and bool(self.reading.cues.school)
        if word.kind is not WordKind.PLAIN or len(word.text) < 2:
            return False
        shouted = word.text.isupper() and not self.reading.cues.is_shouted(at)
        return self.reading.is_file or (word.is_capitalised and not shouted)

    def _mention(self, entry: Entry, at: int) -> Mention:
        mention = self.reading.mention(entry, at, at + 1, "first-name", Confidence.MEDIUM)
        return replace(mention, span=self.reading.cues.span(at, at + 1))

    def _is_other(self, at: int) -> bool:
        """Whether a first name is part of another name, or of somebody of the author's own."""
        if at in self.reading.figures or self.reading.goes_on(at + 1) or {at, at - 1} & self.reading.cues.after_own:
            return True
        cues = self.reading.cues
        return cues.follows_capital(at) and at not in cues.after_praise and at - 1 not in cues.classes

    def _whose(self, at: int, key: str, *, among_learners: bool) -> str | None:
        cues, word, following = self.reading.cues, self.reading.words[at], at + 1
        if self.reading.is_picture:
            hidden = is_word(key) or (self.reading.is_file and len(key) < _FILE_LENGTH)
            return None if hidden else self.reading.roster.by_call[key][0].kind
        possessive = "'s" in word.key or word.key.endswith("s'")
        owner = possessive and (following in cues.kin or following in cues.belongings)
        ours = at > 0 and self.reading.words[at - 1].key == "our"
        learners = owner or at in cues.after_praise or cues.class_near(at, following, 2)
        if key in virtues() and following < len(self.reading.words) and self.reading.words[following].key in _SEASONAL:
            return None
        if is_word(key):
            named = key not in virtues() and (ours or among_learners) and not cues.starts_sentence(at)
            return "learner" if learners or named else None
        works_here = any(entry.kind == "staff" for entry in self.reading.roster.by_call[key])
        if works_here and not (owner or cues.class_near(at, following)) and word.sentence in cues.work:
            return "staff"
        return "learner" if learners or ours or among_learners or word.sentence in cues.school else None


def _is_called(key: str, entry: Entry) -> bool:
    """Whether a single word is what somebody is called, and not a middle name or a letter."""
    if len(key) < 2 or key in SHORT_WORDS:
        return False
    if key in entry.known_as or key not in entry.given[1:]:
        return True
    return entry.given[0] in {"muhammad", *short_forms("muhammad")}  # borne before the name one is called by
