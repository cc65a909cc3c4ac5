"""Names of two parts in running text: in full, reversed, with an initial or a title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.cues import virtues
from checkpost.mentions.reading import Mention, Reading, stands_alone
from checkpost.model import Confidence
from checkpost.names import TITLES, is_word
from checkpost.roster import Form
from checkpost.text.words import Word, WordKind

_CHATTY = frozenset("aiuxnrkcbosy")  # letters that stand for words in messages: "u", "n", "x"


@dataclass(frozen=True)
class Runs:
    """Finds names of two parts."""

    reading: Reading

    def find(self) -> Iterator[Mention]:
        """Names of two parts in running text."""
        at = 0
        while at < len(self.reading.words):
            found = self._longest(at) if self.reading.words[at].kind is WordKind.PLAIN else None
            if found:
                yield found
            at = found.after if found else at + 1

    def _longest(self, start: int) -> Mention | None:
        best: Mention | None = None
        for form, after, bounds in self.reading.forms_at(start):
            confidence = self._confidence(form, start, after, bounds)
            if confidence and (best is None or (after, confidence.rank) > (best.after, best.confidence.rank)):
                best = self.reading.mention(form.entry, start, after, form.how, confidence)
        return best

    def _confidence(self, form: Form, start: int, after: int, bounds: tuple[int, ...]) -> Confidence | None:
        words = self.reading.words[start:after]
        if form.joint in bounds:
            cut = bounds.index(form.joint) + 1
            one, two = words[:cut], words[cut:]
        elif len(words) == 1 and stands_alone(form):
            one = two = words
        else:
            return None
        if form.how == "title":
            return self._title(form, one, two)
        first, second = form.text[: form.joint], form.text[form.joint :]
        if len(words) > 1 and form.how in ("initial", "surname-initial"):
            long_first = len(first) > len(second) or form.how == "initial"
            name, letters, word = (one, two, first) if long_first else (two, one, second)
            return self._initial(name, letters, word, start, after, letters_first=not long_first)
        if form.how not in ("full", "reversed", "givens"):
            return None
        return self._full(form, one, two, start, after)

    def _title(self, form: Form, one: Sequence[Word], two: Sequence[Word]) -> Confidence | None:
        family = form.text[form.joint :]
        if one[0].key not in TITLES or not two:
            return None
        lower_is_fine = one[0].key in ("mr", "mrs", "ms", "dr") or not is_word(family)
        if not two[0].is_capitalised and not lower_is_fine:
            return None
        return Confidence.HIGH

    def _initial(self, name: Sequence[Word], letters: Sequence[Word], text: str, start: int, after: int, *,
                 letters_first: bool) -> Confidence | None:
        bare = [word.text.split("'")[0] for word in letters]
        dotted = self.reading.doc.prose[letters[-1].span.end : letters[-1].span.end + 1] == "."
        if any(len(letter) > 3 for letter in bare) or (letters_first and len(letters) == 1 and "'" in letters[0].text):
            return None
        if all(letter.isupper() for letter in bare):
            if bare[-1] == "I" and not dotted:
                return None
            if not all(word.is_capitalised for word in name) and (is_word(text) or not dotted):
                return None
            if is_word(text) and (not dotted and (letters_first or bare[-1] == "A")):
                return None
            if self.reading.is_file and is_word(text):
                return None
            return Confidence.HIGH if dotted or self.reading.cues.class_near(start, after) else Confidence.MEDIUM
        if is_word(text) or len(text) < 4 or len(bare) > 1 or bare[0].casefold() in "ai":
            return None
        if bare[0].casefold() in _CHATTY and not self.reading.cues.class_near(start, after):
            return None
        lower = not any(word.is_capitalised for word in self.reading.cues.sentence(start)[1:])
        return Confidence.MEDIUM if lower or self.reading.is_file else None

    def _full(self, form: Form, one: Sequence[Word], two: Sequence[Word], start: int, after: int) -> Confidence | None:
        halves = (form.text[: form.joint], one), (form.text[form.joint :], two)
        plain = [(half, words) for half, words in halves if is_word(half)]
        if any(start <= at < after for at in self.reading.figures) and not self.reading.is_ours(start, after):
            if form.how == "givens" or self.reading.words[start].sentence not in self.reading.cues.school:
                return None
        capitals = all(word.is_capitalised for word in (*one[:1], *two[:1]))
        if form.how == "givens" and not self._can_be_givens(start, after, capitals=capitals):
            return None
        if not plain:
            return Confidence.HIGH if form.how != "givens" and form.text not in _words_of(self.reading.words[start:after]) else (
                Confidence.MEDIUM)
        if len(plain) == 1:
            other = one if plain[0][1] is two else two
            if not plain[0][1][0].is_capitalised and other[0].is_capitalised and not self.reading.is_file:
                return None
            return Confidence.HIGH if capitals else Confidence.MEDIUM
        if self.reading.is_ours(start, after, adjacent=True):
            return Confidence.MEDIUM
        return Confidence.MEDIUM if capitals and not self.reading.is_file and self._reads_as_name(start, after) else None

    def _can_be_givens(self, start: int, after: int, *, capitals: bool) -> bool:
        """Whether two first names stand for themselves, not in somebody else's longer name."""
        return capitals and (not self.reading.goes_on(after) or self.reading.is_ours(start, after))

    def _reads_as_name(self, start: int, after: int) -> bool:
        """Whether two capitalised words that are also ordinary words read as a name."""
        sentence = self.reading.cues.sentence(start)
        if self.reading.goes_on(after) or all(word.text.isupper() for word in sentence if len(word.text) > 1):
            return False
        following = self.reading.words[after].key if after < len(self.reading.words) else ""
        if following in ("and", "or") and after + 1 < len(self.reading.words) and self.reading.words[after + 1].key in virtues():
            return False
        if self.reading.cues.starts_sentence(start):
            ending = self.reading.doc.text(self.reading.doc.sentence_at(self.reading.words[start].span.start)).rstrip()[-1:]
            return not (self.reading.words[start].key in ("will", "may", "can") and ending == "?")
        return not (self.reading.words[start - 1].is_capitalised and self.reading.cues.gap(start) == " "
                    and not self.reading.cues.starts_sentence(start - 1) and start not in self.reading.cues.after_praise)


def _words_of(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(key for word in words for key in word.keys)
