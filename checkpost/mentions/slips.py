"""A right name beside one cut short or with a slip of the pen in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_given, is_word
from checkpost.roster import CALL, FAMILY
from checkpost.text.words import WordKind


@dataclass(frozen=True)
class Slips:
    """Finds names that are nearly right."""

    reading: Reading

    def find(self) -> Iterator[Mention]:
        """A right name beside one with a slip in it, or cut short: `Siobhan ONeil`, `zo kaminski`."""
        known = self.reading.called | self.reading.related
        for at, word in enumerate(self.reading.words):
            if word.kind is not WordKind.PLAIN:
                continue
            if word.is_capitalised:
                yield from self._with_letter(at)
            for key, _ in self.reading.keys[at]:
                if key in known:
                    yield from self._beside(at, key)

    def _beside(self, at: int, key: str) -> Iterator[Mention]:
        """A name by a word that is right, with the word before or after it."""
        roster = self.reading.roster
        if len(key) >= 4 and key in self.reading.related and not is_word(key):
            for entry in roster.who([FAMILY + key], self._slips(at - 1, at, CALL))[:1]:
                yield self.reading.mention(entry, at - 1, at + 1, "near", Confidence.MEDIUM)
        if len(key) >= 3 and key in self.reading.called and not is_word(key):
            for entry in roster.who([CALL + key], self._slips(at + 1, at, FAMILY))[:1]:
                yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)

    def _with_letter(self, at: int) -> Iterator[Mention]:
        """A first name with a slip in it, and the family's first letter or a class: `Megna R.`, `Megna in 9B`."""
        words, cues = self.reading.words, self.reading.cues
        key = self.reading.key(at)
        if len(key) < 5 or is_given(key) or is_word(key):
            return
        after = at + 1
        letter = words[after].text if after < len(words) and cues.gap(after) == " " else ""
        dotted = self.reading.doc.prose[words[at].span.end + 2 : words[at].span.end + 3] == "."
        near = cues.class_near(at, at + 2, 2)
        with_letter = len(letter) == 1 and letter.isupper() and (dotted or near or words[at].sentence in cues.school)
        if not (with_letter or near):
            return
        roster = self.reading.roster
        calls = [call for call in roster.near(CALL, key) if len(call) > 5 and not is_word(call[1:])]
        if with_letter:
            for entry in roster.who(calls, [f"{FAMILY}{letter.casefold()}*"]).of("learner")[:1]:
                yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)
                return
        swapped = [call for call in calls if sorted(call[1:]) == sorted(key)]
        if near and not self.reading.goes_on(after):
            for entry in roster.who(swapped, swapped).of("learner")[:1]:
                yield self.reading.mention(entry, at, after, "near", Confidence.MEDIUM)

    def _slips(self, at: int, beside: int, mark: str) -> Iterator[str]:
        """The names that a word beside another is nearly: one slip off, or (of first names) cut short."""
        if not 0 <= at < len(self.reading.words) or self.reading.words[at].kind is not WordKind.PLAIN:
            return
        word, roster = self.reading.words[at], self.reading.roster
        if self.reading.cues.gap(max(at, beside)).strip(" ") or (
            word.is_capitalised != self.reading.words[beside].is_capitalised
        ):
            return
        for key, _ in self.reading.keys[at]:
            if key in SHORT_WORDS:
                continue
            if len(key) >= 4:
                yield from (name for name in roster.near(mark, key) if len(name) > 5)
            if mark == CALL and len(key) >= 2:
                yield f"{mark}{key}*"
