"""A right name beside one cut short or with a slip of the pen in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_given, is_word
from checkpost.roster import Entry
from checkpost.text.words import WordKind, is_one_slip


@dataclass(frozen=True)
class Slips:
    """Finds names that are nearly right."""

    reading: Reading

    def find(self) -> Iterator[Mention]:
        """A right name beside one with a slip in it, or cut short: `Siobhan ONeil`, `zo kaminski`."""
        for at, word in enumerate(self.reading.words):
            if word.kind is not WordKind.PLAIN:
                continue
            yield from self._with_letter(at)
            for key, _ in self.reading.keys(word):
                for entry in self.reading.roster.by_family.get(key, ()):
                    if len(key) >= 4 and not is_word(key) and self._slip(at - 1, at, entry.calls, cut=True):
                        yield self.reading.mention(entry, at - 1, at + 1, "near", Confidence.MEDIUM)
                for entry in self.reading.roster.by_call.get(key, ()):
                    if len(key) >= 3 and not is_word(key) and self._slip(at + 1, at, entry.families, cut=False):
                        yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)

    def _with_letter(self, at: int) -> Iterator[Mention]:
        """A first name with a slip in it, and the family's first letter or a class: `Megna R.`, `Megna in 9B`."""
        words, cues = self.reading.words, self.reading.cues
        key = next(self.reading.keys(words[at]), ("", True))[0]
        if not words[at].is_capitalised or len(key) < 5 or is_given(key) or is_word(key):
            return
        after = at + 1
        letter = words[after].text if after < len(words) and cues.gap(after) == " " else ""
        dotted = self.reading.doc.prose[words[at].span.end + 2 : words[at].span.end + 3] == "."
        near = cues.class_near(at, at + 2, 2)
        for call, entry in self._nearly(key):
            if len(letter) == 1 and letter.isupper() and any(letter.casefold() == name[0] for name in entry.families):
                if dotted or near or words[at].sentence in cues.school:
                    yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)
                    return
            elif near and len(call) == len(key) and sorted(call) == sorted(key) and not self.reading.goes_on(after):
                yield self.reading.mention(entry, at, after, "near", Confidence.MEDIUM)
                return

    def _nearly(self, key: str) -> Iterator[tuple[str, Entry]]:
        """What people are called that differs by one slip."""
        for call, entries in self.reading.roster.by_call.items():
            if call[0] == key[0] and len(call) >= 5 and not is_word(call) and is_one_slip(key, call):
                yield from ((call, entry) for entry in entries if entry.kind == "learner")

    def _slip(self, at: int, beside: int, names: Sequence[str], *, cut: bool) -> bool:
        if not 0 <= at < len(self.reading.words) or self.reading.words[at].kind is not WordKind.PLAIN:
            return False
        word = self.reading.words[at]
        if self.reading.cues.gap(max(at, beside)).strip(" ") or (
            word.is_capitalised != self.reading.words[beside].is_capitalised
        ):
            return False
        for key, _ in self.reading.keys(word):
            if key in SHORT_WORDS:
                continue
            for name in names:
                if len(name) >= 5 and len(key) >= 4 and key[0] == name[0] and is_one_slip(key, name):
                    return True
                if cut and 2 <= len(key) < len(name) and name.startswith(key):
                    return True
        return False
