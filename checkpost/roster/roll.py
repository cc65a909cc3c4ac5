"""One roll of people, indexed so that a name costs a few look-ups however long the roll is.

A name can be written in some hundred forms. They are not listed: a run of letters is cut in two, and a form is found
where somebody has both parts, one as a first name and the other as a family name, say.
"""

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, chain, count

from checkpost.names import TITLES
from checkpost.roster.entry import FORMS, Entry
from checkpost.roster.keys import CALL, FAMILY, FAMILY_LETTERS, LETTERS, WORD, Describer
from checkpost.text.words import is_one_slip

Numbers = Sequence[int]
_NONE: Numbers = ()
_LONGEST_TITLE = max(map(len, TITLES))
_TITLE_STARTS = frozenset(title[:size] for title in TITLES for size in range(1, len(title) + 1))


@dataclass(frozen=True)
class Roll:
    """The people of one file. `starts[n]:starts[n + 1]` are the places in `numbers` of those that `keys[n]` fits.

    `keys` are sorted.
    """

    kind: str
    lines: Sequence[str]
    keys: Sequence[str]
    starts: Numbers
    numbers: Numbers
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", dict(zip(self.keys, count(), strict=False)))

    @classmethod
    def of(cls, kind: str, entries: Iterable[Entry]) -> "Roll":
        """Index some people, all of one kind."""
        lines: list[str] = []
        index: dict[str, list[int]] = defaultdict(list)
        firsts: dict[str, int] = {}
        describe = Describer().describe
        for number, entry in enumerate(entries):
            line, first, last, only_first = describe(entry)
            lines.append(line)
            for key in first.keys:
                index[key].append(number)
            for key in last.keys:
                found = index[key]
                if not found or found[-1] != number:  # "Rose Rose"
                    found.append(number)
            for key in only_first:
                firsts.setdefault(key, number)
        found_in: dict[str, Sequence[int]] = {**index, **{key: (number,) for key, number in firsts.items()}}
        keys = sorted(found_in)
        lists = [found_in[key] for key in keys]
        starts = array("I", accumulate(map(len, lists), initial=0))
        return cls(kind, lines, keys, starts, array("I", chain.from_iterable(lists)))

    def __len__(self) -> int:
        return len(self.lines)

    def entry(self, number: int) -> Entry:
        """One person."""
        name, words, known_as, group, role, consent, until, family, channels = self.lines[number].split("\t")[1:]
        return Entry(
            name=name,
            kind=self.kind,
            words=tuple(words.split()),
            known_as=tuple(known_as.split()),
            group=group or None,
            role=role or None,
            consent=consent == "yes" if consent else None,
            consent_until=date.fromisoformat(until) if until else None,
            family=tuple(family.split()),
            consent_channels=tuple(filter(None, channels.split("|"))),
        )

    def fits(self, key: str) -> Numbers:
        """The people whom a key fits, in order; of a key that ends in `*`, those whom any key fits that begins so."""
        if key.endswith("*"):
            first, after = self._range(key[:-1])
            return self.numbers[self.starts[first] : self.starts[after]]
        place = self._places.get(key)
        return _NONE if place is None else self.numbers[self.starts[place] : self.starts[place + 1]]

    def keys_from(self, beginning: str) -> Sequence[str]:
        """The keys that begin so."""
        first, after = self._range(beginning)
        return self.keys[first:after]

    def _range(self, beginning: str) -> tuple[int, int]:
        first = bisect_left(self.keys, beginning)
        return first, bisect_left(self.keys, beginning + chr(sys.maxunicode), first)

    def has_from(self, beginning: str) -> bool:
        """Whether some key begins so."""
        at = bisect_left(self.keys, beginning)
        return at < len(self.keys) and self.keys[at].startswith(beginning)

    def near(self, mark: str, word: str) -> Iterator[str]:
        """The keys of a kind that differ from a word by one slip of the pen, after its first letter."""
        for slip in _slips(word, self._letters):
            if mark + slip in self._places and is_one_slip(word, slip):
                yield mark + slip

    @cached_property
    def _letters(self) -> str:
        return "".join(sorted(filter(str.isalpha, set("".join(self.keys)))))

    def both(self, some: Iterable[str], others: Iterable[str]) -> list[int]:
        """The people whom one of some keys fits and one of some others, in order."""
        one = [found for key in some if (found := self.fits(key))]
        two = [found for key in others if (found := self.fits(key))] if one else []
        if sum(map(len, one)) > sum(map(len, two)):
            one, two = two, one
        few = set(chain.from_iterable(one))
        return sorted(few.intersection(chain.from_iterable(two))) if few else []

    def _with(self, key: str, mark: str) -> int | None:
        """The first person whom a key fits and whose line holds a mark."""
        return next((number for number in self.fits(key) if mark in self.lines[number].partition("\t")[0]), None)

    def forms(self, text: str) -> list[tuple[int, str, int]]:
        """The first person whose name may be written so, for each way to write it and to cut it.

        Returns:
            (number, how, joint), the lowest number first; `how` and `joint` as in `Form`.
        """
        found: list[tuple[int, str, int]] = []
        for joint in range(1, len(text)):
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
            if len(left) == 1:
                yield self._with(FAMILY + right, LETTERS + left), "surname-initial"
            else:
                yield self._first(LETTERS + left, FAMILY + right), "surname-initial"
            if left in TITLES:
                yield self.fits(FAMILY + right)[0], "title"
        if family_left:
            yield self._first(FAMILY + left, CALL + right), "reversed"
            if len(right) == 1:
                yield self._with(FAMILY + left, LETTERS + right), "surname-initial"
            else:
                yield self._first(FAMILY + left, LETTERS + right), "surname-initial"
        if len(right) == 1:
            by_family = self._with(CALL + left, FAMILY + right)
            by_given = next(iter(self.fits(f"-{left} {right}")), None)
            numbers = [number for number in (by_family, by_given) if number is not None]
            yield min(numbers, default=None), "initial"
        else:
            yield self._first(CALL + left, FAMILY_LETTERS + right), "initial"
        yield next(iter(self.fits(f"+{left} {right}")), None), "givens"

    def _first(self, one: str, other: str) -> int | None:
        """The first person whom both keys fit."""
        if one not in self._places or other not in self._places:
            return None
        few, many = sorted((self.fits(one), self.fits(other)), key=len)
        return min(set(few).intersection(many), default=None)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.keys), default=0)

    def may_begin(self, text: str) -> bool:
        """Whether some form may begin with a text: now and then yes where none does, but never no where one does."""
        if len(text) > self._longest + max(self._longest, _LONGEST_TITLE):
            return False
        if text in _TITLE_STARTS or any(self.has_from(mark + text) for mark in (CALL, FAMILY, WORD, LETTERS)):
            return True
        return any(
            (joint == 1 or self._may_stand_first(text[:joint]))
            and any(self.has_from(mark + text[joint:]) for mark in (CALL, FAMILY, WORD, LETTERS, FAMILY_LETTERS))
            for joint in range(1, len(text))
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
