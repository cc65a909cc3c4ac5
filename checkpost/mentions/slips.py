"""A right name beside one cut short or with a slip of the pen in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_word
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
            for key, _ in self.reading.keys(word):
                for entry in self.reading.roster.by_family.get(key, ()):
                    if len(key) >= 4 and not is_word(key) and self._slip(at - 1, at, entry.calls, cut=True):
                        yield self.reading.mention(entry, at - 1, at + 1, "near", Confidence.MEDIUM)
                for entry in self.reading.roster.by_call.get(key, ()):
                    if len(key) >= 3 and not is_word(key) and self._slip(at + 1, at, entry.families, cut=False):
                        yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)

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
