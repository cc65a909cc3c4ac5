"""People as the rows of a roster say them. A row is kept as it was read, and understood when somebody asks for it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar, overload

from checkpost.names import TITLES, name_words
from checkpost.roster.entry import PARTICLES, Entry

COLUMNS = ("name", "forename", "middle", "surname", "known_as", "group", "role", "consent", "channels", "until")
NAME_COLUMNS = 5  # what the first of them say makes a name
Names = tuple[str, ...]
Key = TypeVar("Key")
Value = TypeVar("Value")

_YES = frozenset({"yes", "y", "true", "1", "granted", "given", "full"})
_NO = frozenset({"no", "n", "false", "0", "none", "refused", "withdrawn", "expired", "lapsed"})
_BETWEEN = re.compile(r"\s{0,9}(?:[,;/+&]|\band\b)\s{0,9}")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")
_FAMILY_FIRST = frozenset("bui dang dinh do duong ho hoang huynh le ly ngo nguyen pham phan tran truong vo vu".split())


_OTHER_SPACE = str.maketrans("\t\n", "\v\v")


class Once(dict[Key, Value]):
    """What a function says of a key, asked for once."""

    def __init__(self, call: Callable[[Key], Value]) -> None:
        super().__init__()
        self._call = call

    def __missing__(self, key: Key) -> Value:
        found = self[key] = self._call(key)
        return found


@dataclass(frozen=True)
class People(Sequence[Entry]):
    """The people of one roster. Each is a line: the cells of `COLUMNS`, with tabs between them."""

    kind: str
    lines: Sequence[str]

    @classmethod
    def of(cls, kind: str, columns: Iterable[Sequence[str]]) -> "People":
        """The people whose cells these are, a column for each of `COLUMNS`."""
        lines = list(map("\t".join, zip(*columns, strict=True)))
        tabs, text = len(COLUMNS) - 1, "".join(lines)
        if "\n" in text or text.count("\t") > tabs * len(lines):  # hardly ever: in cells, another space will do
            plain = ([cell.translate(_OTHER_SPACE) for cell in column] for column in columns)
            lines = list(map("\t".join, zip(*plain, strict=True)))
        return cls(kind, lines)

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return People(self.kind, self.lines[at])
        return _said_by(self.kind, self.lines[at])


@lru_cache(maxsize=2048)
def _said_by(kind: str, line: str) -> Entry:
    """Whom a line says: the rules of a post ask for the same people."""
    return person(kind, line.split("\t"))


def person(kind: str, cells: Sequence[str], words: Callable[[str], Names] = name_words) -> Entry:
    """Whom a row says, by its cells of `COLUMNS`. `words` is `name_words`, or remembers what it says.

    Raises:
        ValueError: A consent or date cannot be understood; it says which and why.
    """
    name, forename, middle, surname, known, group, role, agreed, named, until = map(str.strip, cells)
    family = surname
    if not name:
        name = " ".join(filter(None, (forename, middle, surname)))
        in_name = untitled(words(forename)) + untitled(words(middle)) + untitled(words(surname))
    else:
        if "," in name:  # "Hughes, Amelia"
            before, _, given = (part.strip() for part in name.partition(","))
            name, family = f"{given} {before}", surname or before
        in_name = untitled([word for piece in name.split() for word in words(piece)])
    known_as = words(known)
    return Entry(
        _in_one_line(name),
        kind,
        in_name,
        known_as,
        _in_one_line(group) or None,
        _in_one_line(role) or None,
        consent(agreed),
        day(until),
        words(family) or _family(words(name.rpartition(" ")[2]), in_name, known_as),
        tuple(filter(None, map(_in_one_line, _BETWEEN.split(named.casefold())))),
    )


def _in_one_line(text: str) -> str:
    """A text without line ends and other spaces of no width that can be told."""
    return text if text.isprintable() else " ".join(text.split())


def untitled(words: Iterable[str]) -> Names:
    """Words of a name without titles."""
    return tuple([word for word in words if word not in TITLES])


def consent(cell: str) -> bool | None:
    """What a cell says of consent.

    Raises:
        ValueError: Neither yes nor no.
    """
    word = cell.casefold()
    if word in _YES | _NO:
        return word in _YES
    if not word:
        return None
    raise ValueError(f'consent "{cell}" is neither yes nor no.')


def day(cell: str) -> date | None:
    """The day that a cell says.

    Raises:
        ValueError: It says none.
    """
    if not cell:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise ValueError(f'"{cell}" is not a date; write 2027-07-31 or 31/07/2027.')


def _family(last: Names, words: Names, known_as: Names) -> Names:
    """The family's part of a name: the words after its last space and particles, or the first where that is it."""
    if len(words) > 2 and (known_as == words[-1:] or (words[0] in _FAMILY_FIRST and known_as != words[:1])):
        return words[:1]
    size = min(len(last), max(len(words) - 1, 1))
    while size + 1 < len(words) and words[-size - 1] in PARTICLES:
        size += 1
    return words[-size:]
