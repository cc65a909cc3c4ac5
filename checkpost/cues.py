"""What stands around names: years and classes, praise, kin, school talk (lexicons/terms/people.toml)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from checkpost import lexicon
from checkpost.model import PartKind, ProseSpan
from checkpost.names import TITLES, name_key, public_figures
from checkpost.phrases import NO_SLOTS
from checkpost.text.document import Document
from checkpost.text.words import Tag, Word

_YEAR = re.compile(r"(?:y|yr|year)(?P<year>\d{1,2})(?:'?s)?")
_CLASS = re.compile(r"(?P<year>\d{1,2})(?P<form>[a-z]{1,2}\d?)(?:'?s)?")
NO_CLASS_NAMES = frozenset(  # "middle class", "First Class"
    "the my our a this that first second world business master working middle upper".split()
)
_UNITS = frozenset("am pm st nd rd th km kg cm mm hr ml ft in d g h k l m p s x".split())
YEAR_WORDS = frozenset({"year", "yr", "y", "years", "yrs", "form", "class", "grade", "level"})
_LONG_AGO = re.compile(r"1[0-8]\d\d")
_BEFORE_YEARS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec born died baptised in of since from circa c until till by summer winter spring autumn".split()
)
_SMALL_WORD = 3  # letters of a word that headings leave without a capital
_STAGES = frozenset({"reception", "nursery", "eyfs", "ks1", "ks2", "ks3", "ks4", "ks5", "l2", "l3", "l4", "l5"})
_CLASS_WORDS = YEAR_WORDS | _STAGES


def class_years(words: Sequence[Word]) -> dict[int, int | None]:
    """Where a year or class is named (`Year 9`, `y11s`, `7C`), by the word's index, with its number if it has one."""
    found: dict[int, int | None] = {}
    for at, word in enumerate(words):
        key = word.key
        may_have_number = key[0] == "y" or key[0].isdigit()
        if not (may_have_number or key in _CLASS_WORDS):
            continue
        match = _YEAR.fullmatch(key) or _class_code(word) if may_have_number else None
        if match and 0 < int(match["year"]) <= 13:
            found[at] = int(match["year"])
        elif key in YEAR_WORDS and at + 1 < len(words):
            number = re.fullmatch(r"(\d{1,2})[a-z]?(?:'?s)?", words[at + 1].key)
            if number and 0 < int(number[1]) <= 13:
                found[at] = found[at + 1] = int(number[1])
        elif key in _STAGES and (word.is_capitalised or key[0] in "kl"):
            found[at] = None
    return found


def class_spans(words: Sequence[Word], found: Collection[int]) -> dict[int, int]:
    """Where years and classes stand, of which some were `found` by word: index of the first → index after the last."""
    starts = {at: at + 2 if words[at].key in YEAR_WORDS else at + 1 for at in found}
    starts |= {at - 1: at + 1 for at in range(1, len(words)) if _is_named_class(words[at - 1], words[at])}
    return {at: after for at, after in starts.items() if starts.get(at - 1) != at + 1}


def _is_named_class(one: Word, other: Word) -> bool:
    """Whether two words are a class with a name: `Oak Class`."""
    return other.text == "Class" and one.is_capitalised and one.key not in NO_CLASS_NAMES


def _class_code(word: Word) -> re.Match[str] | None:
    """A class such as `7C` or `10xB`, and no measure such as `5k`, `3D` or `9am`."""
    match = _CLASS.fullmatch(word.key)
    if not match or (match["form"] in _UNITS and not (word.text.rstrip("s")[-1].isupper() and int(match["year"]) > 3)):
        return None
    return match


@dataclass(frozen=True)
class Cues:
    """The cues of one document, by index into `Document.phrase_words`. Rules share them: `doc.derived(Cues)`."""

    doc: Document

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that the indexes count."""
        return self.doc.phrase_words

    @cached_property
    def capitals(self) -> Sequence[int]:
        """Indexes of the words that begin with a capital."""
        return [at for at, word in enumerate(self.words) if word.is_capitalised]

    def places(self, keys: AbstractSet[str]) -> Sequence[int]:
        """Indexes of the words of which one of some keys is a form, in order: for rules that would else look at all."""
        by_key = self.doc.phrase_places.by_key
        return sorted({at for key in by_key.keys() & keys for at in by_key[key]})

    @cached_property
    def classes(self) -> dict[int, int | None]:
        """Where years and classes stand."""
        return class_years(self.words)

    @cached_property
    def school(self) -> frozenset[int]:
        """Sentences that speak of learners."""
        return self._sentences("learner-words", "disclosure") | {self.words[at].sentence for at in self.classes}

    @cached_property
    def care(self) -> frozenset[int]:
        """Sentences that speak of what is done for one learner: reviews, social workers, placements."""
        return self._sentences("care-words")

    @cached_property
    def work(self) -> frozenset[int]:
        """Sentences that speak of colleagues."""
        return self._sentences("staff-words")

    @cached_property
    def long_ago(self) -> frozenset[int]:
        """Sentences that tell of somebody long dead: `born 23 April 1564`, `in 1805`."""
        years = (at for at, word in enumerate(self.words) if _LONG_AGO.fullmatch(word.text))
        return frozenset(self.words[at].sentence for at in years if at and self.words[at - 1].key in _BEFORE_YEARS)

    @cached_property
    def after_praise(self) -> frozenset[int]:
        """Indexes of the words that directly follow praise or a greeting."""
        return frozenset(match.after for match in self._find("praise"))

    @cached_property
    def after_own(self) -> frozenset[int]:
        """Indexes of the words that directly follow the author's own people and pets."""
        return frozenset(match.after for match in self._find("own-kin"))

    @cached_property
    def kin(self) -> frozenset[int]:
        """Indexes of words for relatives."""
        return frozenset(match.first for match in self._find("kin"))

    @cached_property
    def belongings(self) -> frozenset[int]:
        """Indexes of what learners have in school talk."""
        return frozenset(match.first for match in self._find("belongings"))

    @cached_property
    def figures(self) -> frozenset[int]:
        """Indexes of words in the names of people in the public eye."""
        found = {at for match in self._find("namesakes") for at in range(match.first, match.after)}
        is_file = self.doc.part.kind is PartKind.FILE
        for at, word in enumerate(self.words):
            for name in public_figures().get(name_key(word.key), ()) if word.is_capitalised or is_file else ():
                if len(name) > 1 and self._reads(at, name):
                    found.update(range(at, at + len(name)))
        return frozenset(found)

    def _reads(self, at: int, name: Sequence[str]) -> bool:
        """Whether a name stands at a word."""
        here = self.words[at : at + len(name)]
        return len(here) == len(name) and all(
            part in {name_key(key) for key in word.keys} for word, part in zip(here, name, strict=True)
        )

    def class_near(self, first: int, after: int, reach: int = 3) -> bool:
        """Whether a year or class stands in the same sentence, a few words from the words first..after."""
        return any(
            at in self.classes and self._together(at, first)
            for at in range(max(first - reach, 0), min(after + reach, len(self.words)))
        )

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return (
            self.doc.prose[self.words[at - 1].span.end : self.words[at].span.start]
            if 0 < at < len(self.words)
            else "\n"
        )

    def next_mark(self, at: int) -> str:
        """The character directly after a word; nothing at the text's end."""
        end = self.words[at].span.end
        return self.doc.prose[end : end + 1]

    def joins(self, at: int) -> bool:
        """Whether a word can go on the name that the word before it begins: `Dawn Bell`, `D. Bell`."""
        before = self.words[at - 1]
        return self.gap(at) in (" ", "-") or (self.gap(at) == ". " and (len(before.text) == 1 or before.key in TITLES))

    def starts_sentence(self, at: int) -> bool:
        """Whether a word is the first of its sentence."""
        return at == 0 or self.words[at - 1].sentence != self.words[at].sentence

    def follows_capital(self, at: int) -> bool:
        """Whether a capitalised word stands directly before, other than the first of a sentence."""
        before = self.words[at - 1] if at else None
        return bool(before and before.is_capitalised and self.gap(at) == " " and not self.starts_sentence(at - 1))

    def sentence(self, at: int) -> Sequence[Word]:
        """The words of the sentence in which a word stands."""
        first, after = self._bounds[self.words[at].sentence]
        return self.words[first:after]

    def is_shouted(self, at: int) -> bool:
        """Whether the whole sentence of a word is in capitals."""
        return self.words[at].sentence not in self._unshouted

    def is_lower(self, at: int) -> bool:
        """Whether no word but the first of a word's sentence has a capital."""
        return self.words[at].sentence not in self._capitalised

    @cached_property
    def of_lower_sentences(self) -> Sequence[int]:
        """Indexes of the words of sentences in which no word but the first has a capital."""
        return [at for at, word in enumerate(self.words) if word.sentence not in self._capitalised]

    def is_heading(self, at: int) -> bool:
        """Whether every longer word of a word's sentence has a capital: `Time To Give Faith Hope`."""
        return all(word.is_capitalised for word in self.sentence(at) if len(word.text) > _SMALL_WORD)

    def ends_with(self, at: int) -> str:
        """The last character of a word's sentence."""
        return self.doc.text(self.doc.sentences[self.words[at].sentence])[-1:]

    def indexes(self, span: ProseSpan) -> range:
        """The words that a span overlaps."""
        first = bisect_right(self._ends, span.start)
        return range(first, max(first, bisect_left(self._starts, span.end)))

    @cached_property
    def tagged(self) -> Sequence[tuple[Tag, range]]:
        """Every tag with the indexes of its words."""
        return tuple((tag, inside) for tag in self.doc.tags if (inside := self.indexes(tag.span)))

    @cached_property
    def tag_at(self) -> Mapping[int, Tag]:
        """The tag in which a word stands."""
        return {at: tag for tag, inside in self.tagged for at in inside}

    def span(self, first: int, after: int) -> ProseSpan:
        """The prose of some words; of words in tags, their marks too."""
        start, end = self.words[first].span.start, self.words[after - 1].span.end
        if first in self.tag_at:
            start = self.tag_at[first].span.start
        return ProseSpan(start, self.tag_at[after - 1].span.end if after - 1 in self.tag_at else end)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return tuple(word.span.start for word in self.words)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return tuple(word.span.end for word in self.words)

    @cached_property
    def _bounds(self) -> Mapping[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for at, word in enumerate(self.words):
            found[word.sentence] = found.get(word.sentence, (at, at))[0], at + 1
        return found

    @cached_property
    def _unshouted(self) -> frozenset[int]:
        return frozenset(word.sentence for word in self.words if len(word.text) > 1 and not word.text.isupper())

    @cached_property
    def _capitalised(self) -> frozenset[int]:
        return frozenset(
            word.sentence for at, word in enumerate(self.words) if word.is_capitalised and not self.starts_sentence(at)
        )

    def _together(self, one: int, other: int) -> bool:
        return self.words[one].sentence == self.words[other].sentence

    def _sentences(self, *groups: str) -> frozenset[int]:
        return frozenset(self.words[match.first].sentence for match in self._find(*groups))

    def _find(self, *groups: str) -> Sequence[lexicon.Match]:
        return tuple(lexicon.load("people").find(self.doc, NO_SLOTS, *groups))


def virtues() -> frozenset[str]:
    """Names that are above all seasons, months, virtues or verbs."""
    return frozenset(lexicon.load("people").groups["seasons-and-virtues"].terms)
