"""Reads people from the CSV files that school systems and spreadsheets export."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import compress, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from checkpost.errors import DataError
from checkpost.names import name_words
from checkpost.roster.people import COLUMNS, Once, consent, day, person, untitled
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
_NAMED = {alias: column for column, aliases in _ALIASES.items() for alias in aliases}
_AT_ONCE = 4096  # rows
_MISSING = 'no column of names: the first line must hold "name", or "forename" and "surname".'
_UNCLOSED = 'a quotation mark (") is opened and never closed, so the rows after it cannot be told apart.'


def read(path: Path, data: bytes) -> list[list[str]]:
    """What one roster says of people, from the bytes of its file: a column of cells for each of `COLUMNS`.

    Raises:
        DataError: It is not a CSV with a column of names, or a consent or date cannot be understood.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what Excel on Windows writes as "CSV"
    reader = _reader(text)
    titles = list(map(_title, next(reader, [])))
    places = {_NAMED[title]: at for at, title in reversed(list(enumerate(titles))) if title in _NAMED}
    if "name" not in places and "surname" not in places:
        raise DataError(path, _MISSING, 1)
    columns: list[list[str]] = [[] for _ in COLUMNS]
    width = max(places.values()) + 1
    once: dict[str, str] = {}  # cells repeat from row to row: each text is kept once
    rows: list[list[str]] = []
    try:
        while some := list(islice(reader, _AT_ONCE)):
            rows = some if min(map(len, some)) >= width else [row + [""] * (width - len(row)) for row in some]
            for name, column in zip(COLUMNS, columns, strict=True):
                if name in places:
                    cells = list(map(itemgetter(places[name]), rows))
                    column.extend(map(once.setdefault, cells, cells))
                else:
                    column.extend([""] * len(rows))
    except csv.Error:
        _say_which(path, text, places)
        raise
    is_cut_off = any("\n" in cell or "\r" in cell for row in rows[-1:] for cell in row) and is_open(text)
    if is_cut_off or not _are_understood(columns):
        _say_which(path, text, places)
    return _with_names(columns)


def _reader(text: str) -> Any:  # noqa: ANN401  (the csv module's reader)
    return csv.reader(io.StringIO(text, newline=""))  # which takes no character of Unicode's for a line's end


def _are_understood(columns: Sequence[Sequence[str]]) -> bool:
    """Whether every consent and every date can be understood."""
    by_name = dict(zip(COLUMNS, columns, strict=True))
    try:
        for column, understand in (("consent", consent), ("until", day)):
            for cell in set(by_name[column]):
                understand(cell.strip())
    except ValueError:
        return False
    return True


def _say_which(path: Path, text: str, places: Mapping[str, int]) -> None:
    """Go through a file row by row, as long as nothing is amiss.

    Raises:
        DataError: Something is, at the first line where it is.
    """
    reader = _reader(text)
    next(reader)
    row: list[str] = []
    first, last = 1, reader.line_num  # lines of the row
    try:
        for row in reader:
            first, last = last + 1, reader.line_num
            cells = [row[places[column]] if places.get(column, len(row)) < len(row) else "" for column in COLUMNS]
            if all(map(len, _with_names([[cell] for cell in cells]))):
                person("", cells)
    except csv.Error as error:
        raise DataError(path, _UNCLOSED, last + 1) from error
    except ValueError as error:
        raise DataError(path, str(error), last) from error
    if any("\n" in cell or "\r" in cell for cell in row) and is_open(text):  # nobody may be left out in silence
        raise DataError(path, _UNCLOSED, first)


def _with_names(columns: list[list[str]]) -> list[list[str]]:
    """The cells of the rows that name somebody."""
    name, forename, middle, surname, *_ = columns
    has_word = Once[str, bool](lambda cell: bool(untitled(name_words(cell))))
    if not any(name) and all(map(has_word.__getitem__, surname)):
        return columns  # as nearly always
    named = [
        any(has_word[piece] for piece in cells[0].split() or cells[1:])
        for cells in zip(name, forename, middle, surname, strict=True)
    ]
    return columns if all(named) else [list(compress(column, named)) for column in columns]


def _title(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().casefold())
