"""First names alone, where what stands around them makes them a learner's or a colleague's."""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpost.cues import virtues
from checkpost.mentions.reading import Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_word
from checkpost.roster import Entry
from checkpost.text.words import WordKind


@dataclass(frozen=True)
class Calls:
    """Finds first names."""

    reading: Reading

    def find(self, taken: set[int], *, among_learners: bool) -> Iterator[Mention]:
        """First names that what stands around them makes a learner's or colleague's."""
        if self.reading.is_file:
            return
        for at, word in enumerate(self.reading.words):
            if at in taken or word.kind is not WordKind.PLAIN or not word.is_capitalised or len(word.text) < 2:
                continue
            keys = [key for key, is_last in self.reading.keys(word) if is_last or "'" not in word.text]
            entries = [entry for key in keys for entry in self.reading.roster.by_call.get(key, ()) if self._may_be_called(key, entry)]
            if not entries or self._is_other(at):
                continue
            key = next(key for key in keys if key in self.reading.roster.by_call)
            kind = self._whose(at, key, among_learners)
            entry = next((entry for entry in entries if entry.kind == kind), None)
            if entry:
                yield self.reading.mention(entry, at, at + 1, "first-name", Confidence.MEDIUM)

    @staticmethod
    def _may_be_called(key: str, entry: Entry) -> bool:
        """Whether a single word is what somebody is called, and not a middle name or a letter."""
        later = entry.given[1:] if entry.given and not entry.given[0].startswith("m") else ()
        return len(key) > 1 and (key in entry.known_as or key not in later)

    def _is_other(self, at: int) -> bool:
        """Whether a first name is part of another name, or of somebody of the author's own."""
        if at in self.reading.figures or self.reading.goes_on(at + 1) or {at, at - 1} & self.reading.cues.after_own:
            return True
        before = self.reading.words[at - 1] if at else None
        return bool(
            before
            and before.is_capitalised
            and self.reading.cues.gap(at) == " "
            and at not in self.reading.cues.after_praise
            and at - 1 not in self.reading.cues.classes
            and not self.reading.cues.starts_sentence(at - 1)
        )

    def _whose(self, at: int, key: str, among_learners: bool) -> str | None:
        word, following = self.reading.words[at], at + 1
        possessive = "'s" in word.key or word.key.endswith("s'")
        owner = possessive and (following in self.reading.cues.kin or following in self.reading.cues.belongings)
        praised = at in self.reading.cues.after_praise
        ours = at > 0 and self.reading.words[at - 1].key == "our"
        at_school = word.sentence in self.reading.cues.school
        at_work = word.sentence in self.reading.cues.work
        if is_word(key):
            if owner or praised or self.reading.cues.class_near(at, following, 2):
                return "learner"
            return "learner" if key not in virtues() and (ours or among_learners) and not self.reading.cues.starts_sentence(at) else None
        if at_work and not (owner or self.reading.cues.class_near(at, following, 3)) and self.reading.roster.by_call.get(key):
            if any(entry.kind == "staff" for entry in self.reading.roster.by_call[key]):
                return "staff"
        if owner or praised or ours or at_school or among_learners:
            return "learner"
        return None
