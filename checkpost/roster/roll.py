"""One roll of people, indexed so that a name costs a few look-ups however long the roll is.

A name can be written in some hundred forms. They are not listed: a run of letters is cut in two, and a form is found
where somebody has both parts, one as a first name and the other as a family name, say.
"""

import sys
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, count, pairwise
from typing import overload

from checkpost.names import TITLES
from checkpost.roster.entry import FORMS, Entry, may_be_shortened
from checkpost.roster.index import Index, Numbers
from checkpost.roster.keys import CALL, FAMILY, FAMILY_LETTERS, INITIALS, LETTERS, PAIR, WORD
from checkpost.text.words import is_one_slip

_NONE: Numbers = ()
_LONGEST_TITLE = max(map(len, TITLES))
_TITLE_STARTS = frozenset(title[:size] for title in TITLES for size in range(1, len(title) + 1))


@dataclass(frozen=True)
class Roll:
    """The people of one file, and the index by which they are found."""

    kind: str
    people: Sequence[Entry]
    index: Index
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", dict(zip(self.index.keys, count(), strict=False)))

    @classmethod
    def of(cls, kind: str, people: Iterable[Entry]) -> "Roll":
        """Index some people, all of one kind."""
        people = tuple(people)
        return cls(kind, people, Index.of(kind, people))

    def __len__(self) -> int:
        return len(self.people)

    def has(self, key: str) -> bool:
        """Whether a key fits anybody (see `fits`)."""
        return key in self._places or (key.endswith("*") and self.has_from(key[:-1]))

    def fits(self, key: str) -> Numbers:
        """The people whom a key fits, in order; of a key that ends in `*`, of each key that begins so."""
        return _Fitting(self, key) if self.has(key) else _NONE

    @cached_property
    def people_of(self) -> Callable[[str], Numbers]:
        """What `fits` gives, worked out: the rules of a post ask for the same names again."""
        return lru_cache(maxsize=256)(self._people_of)

    def _people_of(self, key: str) -> Numbers:
        if key.endswith("*"):
            return list(chain.from_iterable(map(self._people_of, self.keys_from(key[:-1]))))
        parts = self._parts(key)
        if key[0] == INITIALS:
            return parts
        if len(parts) == 1:
            return self._bearers(parts[0])
        return sorted(set(chain.from_iterable(map(self._bearers, parts))))

    def _parts(self, key: str) -> Numbers:
        """The parts of names that a key fits (see `Index`); of a key that ends in `*`, of each key that begins so."""
        index = self.index
        if key.endswith("*"):
            first, after = self._range(key[:-1])
            return index.parts[index.starts[first] : index.starts[after]]
        place = self._places.get(key)
        return _NONE if place is None else index.parts[index.starts[place] : index.starts[place + 1]]

    def _bearers(self, part: int) -> Numbers:
        """The people who bear a part of a name."""
        return self.index.people[self.index.bounds[part] : self.index.bounds[part + 1]]

    def keys_from(self, beginning: str) -> Sequence[str]:
        """The keys that begin so."""
        first, after = self._range(beginning)
        return self.index.keys[first:after]

    def _range(self, beginning: str) -> tuple[int, int]:
        first = bisect_left(self.index.keys, beginning)
        return first, bisect_left(self.index.keys, beginning + chr(sys.maxunicode), first)

    def has_from(self, beginning: str) -> bool:
        """Whether some key begins so."""
        at = bisect_left(self.index.keys, beginning)
        return at < len(self.index.keys) and self.index.keys[at].startswith(beginning)

    def near(self, mark: str, word: str) -> Iterator[str]:
        """The keys of a kind that differ from a word by one slip of the pen, after its first letter."""
        for slip in _slips(word, self._letters):
            if mark + slip in self._places and is_one_slip(word, slip):
                yield mark + slip

    @cached_property
    def _letters(self) -> str:
        return "".join(sorted(filter(str.isalpha, set("".join(self.index.keys)))))

    def both(self, some: Iterable[str], others: Iterable[str]) -> list[int]:
        """The people whom one of some keys fits and one of some others, in order."""
        one = set(chain.from_iterable(map(self._parts, some)))
        two = set(chain.from_iterable(map(self._parts, others))) if one else one
        return sorted(self._with_both(one, two)) if two else []

    def _with_both(self, one: Collection[int], two: Collection[int]) -> Iterator[int]:
        """The people who bear one of some parts and one of some others."""
        if sum(map(self._sizes.__getitem__, one)) > sum(map(self._sizes.__getitem__, two)):
            one, two = two, one
        firsts, seconds, pairs, lasts = self.index.borne
        for number in set(chain.from_iterable(map(self._bearers, one))):
            if firsts[number] in two or lasts[number] in two or seconds[number] in two or pairs[number] in two:
                yield number

    def _first(self, one: str, other: str) -> int | None:
        """The first person whom both keys fit."""
        if one not in self._places or other not in self._places:
            return None
        return min(self._with_both(set(self._parts(one)), set(self._parts(other))), default=None)

    def _first_of(self, key: str) -> int | None:
        """The first person whom a key fits."""
        return min((self._bearers(part)[0] for part in self._parts(key)), default=None)

    @cached_property
    def _sizes(self) -> list[int]:
        """How many people bear each part."""
        return [after - first for first, after in pairwise(self.index.bounds)]

    def forms(self, text: str, cuts: Iterable[int] | None = None) -> list[tuple[int, str, int]]:
        """The first person whose name may be written so, for each way to write it and to cut it.

        Args:
            text: The words, run together.
            cuts: Where the first part may end; None for anywhere.

        Returns:
            (number, how, joint), the lowest number first; `how` and `joint` as in `Form`.
        """
        found: list[tuple[int, str, int]] = []
        for joint in range(1, len(text)) if cuts is None else cuts:
            left = text[:joint]
            if joint > 1 and not self._may_stand_first(left):
                continue
            right = text[joint:]
            found.extend((number, how, joint) for number, how in self._halves(left, right) if number is not None)
        return sorted(found, key=lambda form: (form[0], FORMS.index(form[1])))

    def _halves(self, left: str, right: str) -> Iterator[tuple[int | None, str]]:
        family_left, family_right = FAMILY + left in self._places, FAMILY + right in self._places
        if family_right:
            yield self._first(CALL + left, FAMILY + right), "full"
            yield self._first(LETTERS + left, FAMILY + right), "surname-initial"
            if left in TITLES:
                yield self._first_of(FAMILY + right), "title"
        if family_left:
            yield self._first(FAMILY + left, CALL + right), "reversed"
            yield self._first(FAMILY + left, LETTERS + right), "surname-initial"
        by_letters = self._first(CALL + left, FAMILY_LETTERS + right)
        by_given = self._first_with_pair(left, right) if len(right) == 1 and may_be_shortened(left) else None
        yield min((number for number in (by_letters, by_given) if number is not None), default=None), "initial"
        if WORD + right in self._places:
            yield self._first_with_pair(left, right, is_whole=True), "givens"

    def _first_with_pair(self, one: str, two: str, *, is_whole: bool = False) -> int | None:
        """The first person of whose first names one follows another: whole, or at least by how it begins."""
        if WORD + one not in self._places:
            return None
        for number in self.both([WORD + one], [WORD + two if is_whole else PAIR + one[0] + two]):
            for first, second in pairwise(self.people[number].given):
                if first == one and (second == two if is_whole else second[0] == two):
                    return number
        return None

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.index.keys), default=0)

    def may_begin(self, text: str, cuts: Iterable[int] | None = None) -> bool:
        """Whether some form may begin with a text: now and then yes where none does, but never no where one does.

        `cuts` are where the first part may end within the text.
        """
        if len(text) > self._longest + max(self._longest, _LONGEST_TITLE):
            return False
        if text in _TITLE_STARTS or any(self.has_from(mark + text) for mark in (CALL, FAMILY, WORD, LETTERS)):
            return True
        return any(
            (joint == 1 or self._may_stand_first(text[:joint]))
            and any(self.has_from(mark + text[joint:]) for mark in (CALL, FAMILY, WORD, LETTERS, FAMILY_LETTERS))
            for joint in (range(1, len(text)) if cuts is None else cuts)
            if joint < len(text)
        )

    def _may_stand_first(self, text: str) -> bool:
        """Whether a text may be the first part of a form."""
        places = self._places
        return (
            CALL + text in places
            or FAMILY + text in places
            or WORD + text in places
            or LETTERS + text in places
            or text in TITLES
        )


@dataclass(eq=False, slots=True)  # not frozen, which takes three times as long to make
class _Fitting(Sequence[int]):
    """The people whom a key fits, one at least: who they are is worked out if it matters."""

    roll: Roll
    key: str

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self.roll.people_of(self.key))

    def __iter__(self) -> Iterator[int]:
        return iter(self.roll.people_of(self.key))

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Numbers: ...
    def __getitem__(self, at: int | slice) -> int | Numbers:
        return self.roll.people_of(self.key)[at]


def _slips(word: str, letters: str) -> Iterator[str]:
    """What a word becomes by one letter left out, changed or put in, or two swapped, after the first letter."""
    for at in range(1, len(word) + 1):
        before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
        if here:
            yield before + after
            if after:
                yield before + after[0] + here + after[1:]
            for letter in letters:
                yield before + letter + after
        for letter in letters:
            yield before + letter + here + after
