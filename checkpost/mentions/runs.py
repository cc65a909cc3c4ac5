"""Names of two parts in running text: in full, reversed, with an initial or a title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.cues import virtues
from checkpost.mentions.reading import Mention, Reading, stands_alone
from checkpost.model import Confidence
from checkpost.names import TITLES, is_given, is_word, name_key
from checkpost.roster import Form
from checkpost.text.words import Word, WordKind

_DOES = frozenset("is was has had did does gets got won wins came scored made said says you".split())
_CHATTY = frozenset("aiuxnrkcbosy")  # letters that stand for words in messages: "u", "n", "x"


@dataclass(frozen=True)
class Runs:
    """Finds names of two parts."""

    reading: Reading

    def find(self) -> Iterator[Mention]:
        """Names of two parts in running text."""
        after = 0
        for at in self.reading.openings:
            found = self._longest(at) if at >= after and self.reading.words[at].kind is WordKind.PLAIN else None
            if found:
                yield found
                after = found.after

    def _longest(self, start: int) -> Mention | None:
        best: Mention | None = None
        for form, after, bounds in self.reading.forms_at(start):
            confidence = self._confidence(form, start, after, bounds)
            if confidence and (best is None or (after, confidence.rank) > (best.after, best.confidence.rank)):
                best = self.reading.mention(form.entry, start, after, form.how, confidence)
        return best

    def _confidence(self, form: Form, start: int, after: int, bounds: tuple[int, ...]) -> Confidence | None:
        words = self.reading.words[start:after]
        place = _Place(form, words, words, start, after)
        if form.joint in bounds:
            cut = bounds.index(form.joint) + 1
            place = _Place(form, words[:cut], words[cut:], start, after)
        elif len(words) > 1 or not (stands_alone(form) or self._is_file_initial(form)):
            return None
        if form.how == "title":
            return self._title(place)
        if form.how in ("initial", "surname-initial"):
            return self._initial(place) if len(words) > 1 else Confidence.MEDIUM
        return self._full(place)

    def _is_file_initial(self, form: Form) -> bool:
        """Whether a word of a file name is an initial and a family name: `cmckenzie.jpg`."""
        family = form.text[form.joint :]
        return (
            self.reading.is_file
            and form.how == "surname-initial"
            and form.joint == 1
            and len(family) > 4
            and not is_word(family)
        )

    def _title(self, place: "_Place") -> Confidence | None:
        title, family = place.first, place.second
        lower_is_fine = title in ("mr", "mrs", "ms", "dr") or not is_word(family)
        fits = place.two and (place.two[0].is_capitalised or lower_is_fine)
        return Confidence.HIGH if fits else None

    def _initial(self, place: "_Place") -> Confidence | None:
        letters_first = len(place.first) < len(place.second) and place.form.how != "initial"
        letters, name = (place.one, place.two) if letters_first else (place.two, place.one)
        text = place.second if letters_first else place.first
        bare = [word.text.split("'")[0] for word in letters]
        cut_off = letters_first and len(letters) == 1 and "'" in letters[0].text
        if self._goes_on_from_name(place.start) if letters_first else self._begins_next(place):
            return None
        if cut_off or any(len(letter) > 3 for letter in bare) or (self.reading.is_file and is_word(text)):
            return None
        near_class = self.reading.cues.class_near(place.start, place.after)
        if all(letter.isupper() for letter in bare):
            dotted = self.reading.doc.prose[letters[-1].span.end : letters[-1].span.end + 1] == "."
            capitals = all(word.is_capitalised for word in name)
            fits = _fits_capitals(bare[-1], text, dotted=dotted, capitals=capitals)
            sure = Confidence.HIGH if dotted or near_class else Confidence.MEDIUM
            return sure if fits else None
        return Confidence.MEDIUM if self._fits_lower(bare, text, place, near_class=near_class) else None

    def _goes_on_from_name(self, start: int) -> bool:
        """Whether a first name stands directly before: the letter is somebody else's middle initial."""
        before = self.reading.words[start - 1] if start else None
        joined = before is not None and before.is_capitalised and self.reading.cues.gap(start) == " "
        return joined and before is not None and is_given(before.key)

    def _begins_next(self, place: "_Place") -> bool:
        """Whether the letter after a comma begins the next name of a list: `Shah, P. Rao`."""
        words, cues = self.reading.words, self.reading.cues
        follows = place.after < len(words) and words[place.after].is_capitalised and cues.joins(place.after)
        return follows and "," in cues.gap(place.start + len(place.one))

    def _fits_lower(self, bare: Sequence[str], text: str, place: "_Place", *, near_class: bool) -> bool:
        """Whether a small letter stands for a name: in a post without capitals, and not as a word of its own."""
        letter = bare[0].casefold()
        if is_word(text) or len(text) < 4 or len(bare) > 1 or letter in "ai":
            return False
        if self.reading.is_file:
            return True
        return self.reading.cues.is_lower(place.start) and (near_class or letter not in _CHATTY)

    def _full(self, place: "_Place") -> Confidence | None:
        listed = place.form.how == "reversed" and "," in self.reading.cues.gap(place.start + len(place.one))
        if listed and self._goes_on_from_name(place.start):
            return None  # "Piotr Rowntree, Megan's dad"
        if self._is_figure(place) or (place.form.how == "givens" and not self._can_be_givens(place)):
            return None
        one, two = is_word(place.first), is_word(place.second)
        if one and two:
            return Confidence.MEDIUM if self._words_are_name(place) else None
        if one or two:
            word, other = (place.one, place.two) if one else (place.two, place.one)
            lower = not word[0].is_capitalised and other[0].is_capitalised and not self.reading.is_file
            sure = place.capitals and place.form.how != "givens"
            return None if lower else Confidence.HIGH if sure else Confidence.MEDIUM
        run_together = place.after - place.start == 1
        return Confidence.MEDIUM if place.form.how == "givens" or run_together else Confidence.HIGH

    def _is_figure(self, place: "_Place") -> bool:
        """Whether the name is somebody's in the public eye, and nothing makes it a learner's."""
        figures = self.reading.figures.intersection(range(place.start, place.after))
        if not figures or self.reading.is_ours(place.start, place.after):
            return False
        return place.form.how == "givens" or place.one[0].sentence not in self.reading.cues.school

    def _can_be_givens(self, place: "_Place") -> bool:
        """Whether two first names stand for themselves, not in somebody else's longer name."""
        return place.capitals and not self.reading.goes_on(place.after)

    def _words_are_name(self, place: "_Place") -> bool:
        """Whether two ordinary words are a name."""
        if not place.capitals or place.form.how == "reversed":
            cues = self.reading.cues
            return cues.class_near(place.start, place.after, 2) or place.start in cues.after_praise
        if self.reading.is_ours(place.start, place.after, adjacent=True):
            return True
        return not self.reading.is_file and self._reads_as_name(place.start, place.after)

    def _reads_as_name(self, start: int, after: int) -> bool:
        """Whether two capitalised words that are also ordinary words read as a name."""
        words, cues = self.reading.words, self.reading.cues
        following = [word.key for word in words[after : after + 2]]
        if cues.is_shouted(start):
            return cues.starts_sentence(start) and bool(following) and following[0] in _DOES
        if self.reading.goes_on(after):
            return False
        if following[:1] in (["and"], ["or"]) and following[-1] in virtues():
            return False
        if cues.starts_sentence(start):
            return not (cues.ends_with(start) == "?" and words[start].key in ("will", "may", "can"))
        if not cues.follows_capital(start) or start in cues.after_praise:
            return True
        # "For Deaf Awareness Week Faith Hope showed …", and neither "Mrs Faith Hope", "Mary Faith Hope" nor a heading
        before = words[start - 1]
        longer = before.key in TITLES or is_given(name_key(before.key))
        return not longer and (before.sentence in cues.school or not cues.is_heading(start))


@dataclass(frozen=True, slots=True)
class _Place:
    """A form found: the words of its first and second part."""

    form: Form
    one: Sequence[Word]
    two: Sequence[Word]
    start: int
    after: int

    @property
    def first(self) -> str:
        return self.form.text[: self.form.joint]

    @property
    def second(self) -> str:
        return self.form.text[self.form.joint :]

    @property
    def capitals(self) -> bool:
        return all(word.is_capitalised for word in (*self.one[:1], *self.two[:1]))


def _fits_capitals(letter: str, text: str, *, dotted: bool, capitals: bool) -> bool:
    """Whether a capital letter beside a name stands for another: neither `I` nor `A` before a word."""
    if dotted:
        return capitals or not is_word(text)
    return capitals and not (is_word(text) and letter in "AI")
