"""Makes the index of a roll: which keys fit which parts of names, and whose the parts are."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import itemgetter
from typing import TypeVar

from checkpost.names import TITLES, name_words
from checkpost.roster.entry import Entry
from checkpost.roster.keys import (
    CALL,
    INITIALS,
    LETTERS,
    PAIR,
    WORD,
    First,
    Names,
    first_of,
    keys_of_first,
    keys_of_last,
)
from checkpost.roster.people import Once, People, person, untitled

Numbers = Sequence[int]
Key = TypeVar("Key")
NOTHING = 0  # the number of no part


@dataclass(frozen=True)
class Index:
    """By what the people of a roll are found: text and numbers only, so that the cache can keep it as it is.

    The key `keys[n]` fits the parts of names `parts[starts[n]:starts[n + 1]]` (initials: a person), and the people of
    a part `p` are `people[bounds[p]:bounds[p + 1]]`, in order. `borne` are the parts that each person bears, or
    `NOTHING`: the first names or the first of two, the second, both together, the family's name.
    """

    keys: Sequence[str]  # sorted
    starts: Numbers
    parts: Numbers
    bounds: Numbers
    people: Numbers
    borne: tuple[Numbers, Numbers, Numbers, Numbers]

    @classmethod
    def of(cls, kind: str, people: Iterable[Entry]) -> "Index":
        """Index some people, all of one kind."""
        firsts, lasts = _Met[First](), _Met[Names]()
        borne = [(firsts[first_of(entry)], lasts[entry.family]) for entry in people]
        return _index(kind, firsts, [first for first, _ in borne], lasts, [last for _, last in borne])

    @classmethod
    def of_people(cls, people: People, names: Sequence[Sequence[str]]) -> "Index":
        """Index people whose names have these cells, a column for each of the first of `people.COLUMNS`.

        Most are understood by their distinct cells alone, and never one by one.
        """
        name, forename, middle, surname, known = names
        words = Once(name_words)
        given = Once[str, Names](lambda cell: untitled(words[cell]))
        firsts, lasts = _Met[First](), _Met[Names]()
        in_cells = Once[Names, int](lambda cells: firsts[given[cells[0]] + given[cells[1]], words[cells[2]]])
        in_cell = Once[str, int](lambda cell: lasts[words[cell]])
        of_first = list(map(in_cells.__getitem__, zip(forename, middle, known, strict=True)))
        of_last = list(map(in_cell.__getitem__, surname))
        first, last = list(firsts), list(lasts)
        untouched = [TITLES.isdisjoint(family) and family[:1] for family in last]
        for number, (whole, one, other) in enumerate(zip(name, of_first, of_last, strict=True)):
            begin, known_as = untouched[other], first[one][1]
            says_more = not begin or first[one][0][:1] in ((), begin)
            if whole or says_more or (known_as and not set(known_as).isdisjoint(last[other])):
                entry = person(people.kind, people.lines[number].split("\t"), words.__getitem__)
                of_first[number], of_last[number] = firsts[first_of(entry)], lasts[entry.family]
        return _index(people.kind, firsts, of_first, lasts, of_last)


class _Met(dict[Key, int]):
    """Numbers what is met, as it is met."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number


def _index(
    kind: str, firsts: Iterable[First], of_first: Sequence[int], lasts: Iterable[Names], of_last: Sequence[int]
) -> Index:
    """The index of people.

    Args:
        kind: What they are.
        firsts: By number, what decides by what the first names are found (see `keys.First`).
        of_first: Everybody's first names.
        lasts: The family's names.
        of_last: Everybody's family name.
    """
    parts = _Parts()
    used = set(of_first)
    of_firsts = [parts.of_first(first) if number in used else (NOTHING,) * 3 for number, first in enumerate(firsts)]
    used = set(of_last)
    of_lasts = [parts.of_last(last) if number in used else NOTHING for number, last in enumerate(lasts)]
    alone, seconds, pairs = (list(map(itemgetter(at), of_firsts)) for at in range(3))
    borne = (
        array("I", map(alone.__getitem__, of_first)),
        array("I", map(seconds.__getitem__, of_first)),
        array("I", map(pairs.__getitem__, of_first)),
        array("I", map(of_lasts.__getitem__, of_last)),
    )
    bearers: list[list[int]] = [[] for _ in range(parts.count)]
    for which in borne:
        for number, part in enumerate(which):
            if part:
                bearers[part].append(number)
    found: dict[str, Sequence[int]] = {**parts.fitting}
    if kind == "learner":
        for number, initials in _initials(firsts, of_first, lasts, of_last):
            found.setdefault(INITIALS + initials, (number,))
    keys = sorted(found)
    lists = [found[key] for key in keys]
    return Index(keys, *_flat(lists), *_flat(bearers), borne)


class _Parts:
    """The parts of names met so far, and by key those that it fits."""

    def __init__(self) -> None:
        self.count = 1  # with NOTHING
        self.fitting: dict[str, list[int]] = defaultdict(list)
        self._alone = Once[str, int](lambda name: self._new(keys_of_first((name,), ())))
        self._seconds = Once[str, int](lambda name: self._new((CALL + name, WORD + name, LETTERS + name[0])))
        self._letters = Once[str, tuple[list[int], list[int]]](
            lambda letters: (self.fitting[LETTERS + letters], self.fitting[PAIR + letters])
        )

    def of_first(self, first: First) -> tuple[int, int, int]:
        """The parts that first names are: one or, where there are two plain ones, each of them and both together.

        A third of a roll may have a middle name, and hardly two people the same two: little is said of both together.
        """
        given = first[0]
        if len(first) == 2 and not first[1]:
            if len(given) == 1:
                return self._alone[given[0]], NOTHING, NOTHING
            if len(given) == 2 and len(given[0]) > 1 < len(given[1]) and TITLES.isdisjoint(given):
                one, two = given
                both = self.count
                self.count += 1
                self.fitting[CALL + one + two].append(both)
                for parts in self._letters[one[0] + two[0]]:
                    parts.append(both)
                return self._alone[one], self._seconds[two], both
        return self._new(keys_of_first(*first)), NOTHING, NOTHING

    def of_last(self, family: Names) -> int:
        """The part that a family name is."""
        return self._new(keys_of_last(family))

    def _new(self, keys: Iterable[str]) -> int:
        number = self.count
        self.count += 1
        for key in keys:
            self.fitting[key].append(number)
        return number


def _initials(
    firsts: Iterable[First], of_first: Sequence[int], lasts: Iterable[Names], of_last: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Everybody's initials, or at least the first person's of each, in the order of the roll."""
    spelt, letters = _Met[tuple[str, str, bool]](), _Met[str]()
    first_sorts = [spelt[_spelt(first)] for first in firsts]
    last_sorts = [letters[_letters(last)] for last in lasts]
    size = len(letters)
    pairs = [first_sorts[one] * size + last_sorts[other] for one, other in zip(of_first, of_last, strict=True)]
    first_bearers = dict(zip(reversed(pairs), reversed(range(len(pairs))), strict=True))
    firsts_met, lasts_met = list(spelt), list(letters)
    for pair, number in sorted(first_bearers.items(), key=itemgetter(1)):
        (given, own, is_whole), family = firsts_met[pair // size], lasts_met[pair % size]
        yield number, given if is_whole else given + family
        for letter in own:
            yield number, letter + family[0]


def _spelt(first: First) -> tuple[str, str, bool]:
    """Letters of the words of first names, or of the whole name; letters that may stand for them alone; which it is."""
    given, known_as = first[:2]
    letters = "".join([word[0] for word in given])
    own = _letters(known_as) + letters if known_as else letters
    if len(first) == 4 and first[2] != given + first[3]:
        return _letters(first[2]), own, True
    return letters, own, False


def _letters(words: Names) -> str:
    return "".join([word[0] for word in words])


def _flat(lists: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Where each of some lists begins in all of them joined, and where the last ends; and all of them joined."""
    return array("I", accumulate(map(len, lists), initial=0)), array("I", chain.from_iterable(lists))
