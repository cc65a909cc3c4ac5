"""The organisation's own people, from the CSV files that its systems export.

A roster is data about children. It is read when a check starts and kept in memory. Of a very long one, an index is also
kept in the user's own cache folder: `cache` says what and for how long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from typing import overload

from checkpost.derived import Deriving
from checkpost.errors import DataError
from checkpost.garbage import no_collection
from checkpost.roster import cache
from checkpost.roster.entry import FORMS, Entry, Form, forms
from checkpost.roster.index import Index, Numbers
from checkpost.roster.keys import CALL, FAMILY, INITIALS, WORD
from checkpost.roster.people import NAME_COLUMNS, People
from checkpost.roster.read import read
from checkpost.roster.roll import Roll
from checkpost.roster.spelling import SHORTEST, spelt

__all__ = ["CALL", "FAMILY", "FORMS", "NOBODY", "Entry", "Form", "Found", "Roster", "forms", "load"]

_ENOUGH = 20  # people of one name to compare an account with: in a very long roster, more would tell no more


class Found(Sequence[Entry]):
    """People whom a word fits, learners before staff. Each is read when it is asked for."""

    def __init__(self, parts: Iterable[tuple[Roll, Numbers]] = ()) -> None:
        self._parts = tuple((roll, numbers) for roll, numbers in parts if numbers)

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __len__(self) -> int:
        return sum(len(numbers) for _, numbers in self._parts)

    def __iter__(self) -> Iterator[Entry]:
        return (roll.people[number] for roll, numbers in self._parts for number in numbers)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return tuple(islice(self, at.stop)) if at.start is at.step is None else tuple(self)[at]
        at = at if at >= 0 else len(self) + at
        for roll, numbers in self._parts:
            if 0 <= at < len(numbers):
                return roll.people[numbers[at]]
            at -= len(numbers)
        raise IndexError(at)

    def of(self, kind: str) -> "Found":
        """Those of one kind."""
        return Found(part for part in self._parts if part[0].kind == kind)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of people among them."""
        return frozenset(roll.kind for roll, _ in self._parts)


NOBODY = Found()


class _ByKey(Mapping[str, Found]):
    """People by what the index calls them with one mark. `has` tells whether a word calls anybody."""

    def __init__(self, rolls: Sequence[Roll], mark: str) -> None:
        self._rolls, self._mark = rolls, mark
        self.has: Callable[[str], bool] = lru_cache(maxsize=16384)(self._fits_anybody)

    def __getitem__(self, word: str) -> Found:
        if not self.has(word):
            raise KeyError(word)
        return Found((roll, roll.fits(self._mark + word)) for roll in self._rolls)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.has(word)

    def _fits_anybody(self, word: str) -> bool:
        return any(roll.has(self._mark + word) for roll in self._rolls)

    def __iter__(self) -> Iterator[str]:
        keys = merge(*(roll.keys_from(self._mark) for roll in self._rolls))
        return iter(dict.fromkeys(key[1:] for key in keys))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Roster(Deriving):
    """Everybody on the rolls, with what others make of them (`derived`).

    `by_word`, `by_call` and `by_family` find people by a word of their name or of what they are known as, by what
    they may be called, and by the family's name, whole or each word of a double one; `by_initials` the first learner
    with some initials.
    """

    def __init__(self, entries: Iterable[Entry] = (), rolls: Iterable[Roll] = ()) -> None:
        people = tuple(entries)
        kinds = sorted({entry.kind for entry in people})  # learners first
        made = (Roll.of(kind, (entry for entry in people if entry.kind == kind)) for kind in kinds)
        self.rolls = tuple(roll for roll in (*rolls, *made) if len(roll))
        self.by_word = _ByKey(self.rolls, WORD)
        self.by_call = _ByKey(self.rolls, CALL)
        self.by_family = _ByKey(self.rolls, FAMILY)
        self.by_initials = _ByKey(self.rolls, INITIALS)
        self.forms = lru_cache(maxsize=4096)(self._forms)
        self.begins = lru_cache(maxsize=4096)(self._begins)
        self.spelt = lru_cache(maxsize=1024)(self._spelt)
        self._found = lru_cache(maxsize=2048)(self._find)

    def __bool__(self) -> bool:
        return bool(self.rolls)

    @property
    def entries(self) -> Found:
        """Everybody."""
        return Found((roll, range(len(roll))) for roll in self.rolls)

    def _forms(self, text: str, cuts: tuple[int, ...] | None = None) -> tuple[Form, ...]:
        """Whose names may be written so, run together: for each way to write it, the first learner and colleague.

        Args:
            text: The words, run together.
            cuts: Where the first part may end; None for anywhere.
        """
        return tuple(
            Form(text, roll.people[number], how, joint)
            for roll in self.rolls
            for number, how, joint in roll.forms(text, cuts)
        )

    def _begins(self, text: str, cuts: tuple[int, ...] | None = None) -> bool:
        """Whether some form may begin with a text: no only where none does. `cuts` as in `_forms`."""
        return any(roll.may_begin(text, cuts) for roll in self.rolls)

    def has(self, key: str) -> bool:
        """Whether a key of the index fits anybody."""
        return any(roll.has(key) for roll in self.rolls)

    def who(self, some: Iterable[str], others: Iterable[str]) -> Found:
        """The people whom one of some keys of the index fits and one of some others (see `Roll.fits`)."""
        return self._found(tuple(some), tuple(others))

    def _find(self, some: tuple[str, ...], others: tuple[str, ...]) -> Found:
        return Found((roll, roll.both(some, others)) for roll in self.rolls)

    def with_words(self, some: Iterable[str], others: Iterable[str]) -> Found:
        """The people with one of some words in their name, or in what they are known as, and one of some others."""
        return self.who((WORD + word for word in some), (WORD + word for word in others))

    def _spelt(self, pieces: tuple[str, ...]) -> Mapping[str, float]:
        """How much some pieces of an account's name spell of the name of a learner, and of a colleague, at best."""
        begun = {piece[at:size] for piece in pieces for at in (0, 1) for size in range(at + SHORTEST, len(piece) + 1)}
        best = {"learner": 0.0, "staff": 0.0}
        for entries in (self.by_call, self.by_family):
            for beginning in begun:
                for entry in islice(entries.get(beginning, NOBODY), _ENOUGH):
                    best[entry.kind] = max(best[entry.kind], spelt(pieces, entry))
        return best

    def beginning(self, mark: str, text: str) -> Iterator[str]:
        """The keys of the index that begin with a text after a mark."""
        return chain.from_iterable(roll.keys_from(mark + text) for roll in self.rolls)

    def near(self, mark: str, word: str) -> Iterator[str]:
        """The keys of the index that differ from a word by one slip of the pen."""
        return chain.from_iterable(roll.near(mark, word) for roll in self.rolls)


def load(learners: Path | None, staff: Path | None, *, keep: bool = True) -> Roster:
    """Read the rosters that the configuration names.

    Args:
        learners: The learners' file.
        staff: The staff's file.
        keep: Whether an index of a long roster may be kept in the user's cache folder.

    Raises:
        DataError: A file is not a CSV with a column of names.
    """
    named = [(path, kind) for path, kind in ((learners, "learner"), (staff, "staff")) if path]
    return Roster(rolls=[_roll(path, kind, keep=keep) for path, kind in named])


def _roll(path: Path, kind: str, *, keep: bool) -> Roll:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(path, f"cannot be read ({error.strerror}).") from error
    kept = cache.Place.of(path, kind, data) if keep else None
    found = kept.load() if kept else None
    if found is None:
        with no_collection():
            found = _read(path, kind, data)
        if kept:
            kept.save(*found)
    return Roll(kind, *found)


def _read(path: Path, kind: str, data: bytes) -> tuple[People, Index]:
    columns = read(path, data)
    people, names = People.of(kind, columns), columns[:NAME_COLUMNS]
    del columns  # the people have what the others say
    return people, Index.of_people(people, names)
