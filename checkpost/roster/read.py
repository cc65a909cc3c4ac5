"""Reads people from the CSV files that school systems and spreadsheets export."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from checkpost.errors import DataError
from checkpost.names import TITLES, name_words
from checkpost.roster.entry import PARTICLES, Entry
from checkpost.text.separated import is_open

# What school systems (SIMS, Arbor, Bromcom) and spreadsheets call each column.
_ALIASES = {
    "name": ("name", "full name", "learner", "learner name", "student", "student name", "pupil", "pupil name",
             "staff name"),
    "forename": ("forename", "first name", "given name", "legal forename", "legal first name", "chosen forename"),
    "middle": ("middle name", "middle names", "middle name(s)"),
    "surname": ("surname", "last name", "family name", "legal surname", "legal last name"),
    "known_as": ("known as", "known_as", "preferred name", "preferred forename", "preferred first name", "nickname"),
    "group": ("group", "year", "year group", "yeargroup", "reg", "reg group", "registration group", "form", "class",
              "tutor group", "course", "programme"),
    "role": ("role", "job title", "post", "position"),
    "consent": ("photo consent", "photo_consent", "image consent", "photograph consent", "consent"),
    "channels": ("consent channels", "consent_channels", "photo consent channels", "consent for", "channels"),
    "until": ("consent until", "consent_until", "consent expires", "consent expiry"),
}  # fmt: skip
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in aliases}
_YES = frozenset({"yes", "y", "true", "1", "granted", "given", "full"})
_NO = frozenset({"no", "n", "false", "0", "none", "refused", "withdrawn", "expired", "lapsed"})
_BETWEEN = re.compile(r"\s{0,9}(?:[,;/+&]|\band\b)\s{0,9}")
_FAMILY_FIRST = frozenset("bui dang dinh do duong ho hoang huynh le ly ngo nguyen pham phan tran truong vo vu".split())


def read(path: Path, data: bytes, kind: str) -> Iterator[Entry]:
    """The people of one roster, from the bytes of its file.

    Raises:
        DataError: It is not a CSV with a column of names, or a consent or date cannot be understood.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what Excel on Windows writes as "CSV"
    rows = csv.reader(io.StringIO(text, newline=""))  # which takes no character of Unicode's for a line's end
    titles = list(map(_title, next(rows, [])))
    places = {_COLUMNS[title]: at for at, title in reversed(list(enumerate(titles))) if title in _COLUMNS}
    if "name" not in places and "surname" not in places:
        raise DataError(path, 'no column of names: the first line must hold "name", or "forename" and "surname".', 1)
    cells = itemgetter(*(places.get(column, len(titles)) for column in _ALIASES))
    # Cells repeat from row to row (first names, groups, yes and no): each is understood once.
    consent: Callable[[str], bool | None] = _Once(lambda cell: _consent(path, rows.line_num, cell))
    day: Callable[[str], date | None] = _Once(lambda cell: _day(path, rows.line_num, cell))
    channels: Callable[[str], tuple[str, ...]] = _Once(_channels)
    words: Callable[[str], tuple[str, ...]] = _Once(name_words)
    untitled: Callable[[str], tuple[str, ...]] = _Once(lambda cell: tuple(w for w in words(cell) if w not in TITLES))
    for row in _whole(path, rows, text):
        row.extend([""] * (1 + len(titles) - len(row)))  # the last stands for the columns that are not there
        row[len(titles)] = ""
        name, forename, middle, surname, known, group, role, agreed, named, until = map(str.strip, cells(row))
        family = surname
        if not name:
            name = " ".join(filter(None, (forename, middle, surname)))
            in_name = untitled(forename) + untitled(middle) + untitled(surname)
        elif "," in name:  # "Hughes, Amelia"
            before, _, given = (part.strip() for part in name.partition(","))
            name, family = f"{given} {before}", surname or before
            in_name = untitled(name)
        else:
            in_name = untitled(name)
        if not in_name:
            continue
        known_as = words(known)
        yield Entry(
            name,
            kind,
            in_name,
            known_as,
            group or None,
            role or None,
            consent(agreed),
            day(until),
            words(family) or _family(name, in_name, known_as),
            channels(named),
        )


def _whole(path: Path, rows: Any, text: str) -> Iterator[list[str]]:  # noqa: ANN401  (the csv module's reader)
    """The rows of a file, unless a mark that is not closed made one of many: nobody may be left out in silence."""
    unclosed = 'a quotation mark (") is opened and never closed, so the rows after it cannot be told apart.'
    row: list[str] = []
    first, last = 1, rows.line_num  # lines of the row
    try:
        for row in rows:
            first, last = last + 1, rows.line_num
            yield row
    except csv.Error as error:
        raise DataError(path, unclosed, last + 1) from error
    if any("\n" in cell or "\r" in cell for cell in row) and is_open(text):
        raise DataError(path, unclosed, first)


class _Once(dict[str, Any]):
    """Remembers what a function said of a text."""

    def __init__(self, call: Callable[[str], Any]) -> None:
        super().__init__()
        self._call = call

    def __missing__(self, text: str) -> Any:  # noqa: ANN401  (whatever the function gives)
        found = self[text] = self._call(text)
        return found

    __call__ = dict.__getitem__


def _title(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().casefold())


def _family(name: str, words: tuple[str, ...], known_as: tuple[str, ...]) -> tuple[str, ...]:
    """The family's part of a name: the last word, with hyphens and particles, or the first where it comes first."""
    if len(words) > 2 and (known_as == words[-1:] or (words[0] in _FAMILY_FIRST and known_as != words[:1])):
        return words[:1]
    size = min(len(name_words(name.rpartition(" ")[2])), max(len(words) - 1, 1))
    while size + 1 < len(words) and words[-size - 1] in PARTICLES:
        size += 1
    return words[-size:]


def _consent(path: Path, line: int, cell: str) -> bool | None:
    word = cell.casefold()
    if word in _YES | _NO:
        return word in _YES
    if not word:
        return None
    raise DataError(path, f'consent "{cell}" is neither yes nor no.', line)


def _channels(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, _BETWEEN.split(cell.strip().casefold())))


def _day(path: Path, line: int, cell: str) -> date | None:
    if not cell:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise DataError(path, f'"{cell}" is not a date; write 2027-07-31 or 31/07/2027.', line)
