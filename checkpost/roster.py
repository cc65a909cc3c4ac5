"""The organisation's own people, from the CSV files that its systems export.

A roster is data about children: it is read when a check starts, kept in memory, and never written anywhere.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from checkpost.errors import DataError
from checkpost.text.words import fold

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
    "until": ("consent until", "consent_until", "consent expires", "consent expiry"),
}  # fmt: skip
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in aliases}
_YES = frozenset({"yes", "y", "true", "1", "granted", "given", "full"})
_NO = frozenset({"no", "n", "false", "0", "none", "refused", "withdrawn"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir"})
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a roster. `words` are the folded words of the name, apostrophes left out, in the order given."""

    name: str
    kind: str  # "learner" or "staff"
    words: tuple[str, ...]
    known_as: tuple[str, ...] = ()
    group: str | None = None
    role: str | None = None
    consent: bool | None = None
    consent_until: date | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """All words but the last, and the names that the person is known by."""
        return (*self.words[:-1], *(word for word in self.known_as if word not in _TITLES and word != self.words[-1]))


def name_key(text: str) -> str:
    """The form in which words of names are compared: folded, without apostrophes (`O’Neill`, `ONeill`)."""
    return fold(text).replace("'", "").replace("’", "").replace(".", "")


def name_words(name: str) -> tuple[str, ...]:
    """The comparable words of a name.

    >>> name_words("Siobhán O’Neill-Smith")
    ('siobhan', 'oneill', 'smith')
    """
    return tuple(name_key(word) for word in _NAME_WORD.findall(name))


@dataclass(frozen=True)
class Roster:
    """Everybody on the rolls, and indexes by the words of their names."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def by_word(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by each word of their name and of what they are known as."""
        index: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for word in dict.fromkeys((*entry.words, *entry.known_as)):
                if word not in _TITLES:
                    index[word].append(entry)
        return {word: tuple(found) for word, found in index.items()}

    def __bool__(self) -> bool:
        return bool(self.entries)


def load(learners: Path | None, staff: Path | None) -> Roster:
    """Read the rosters that the configuration names.

    Raises:
        DataError: A file is not a CSV with a column of names.
    """
    entries: list[Entry] = []
    if learners:
        entries.extend(_read(learners, "learner"))
    if staff:
        entries.extend(_read(staff, "staff"))
    return Roster(tuple(entries))


def _read(path: Path, kind: str) -> Iterable[Entry]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("cp1252", "replace")  # what Excel on Windows writes as "CSV"
    rows = csv.reader(text.splitlines(keepends=True))
    columns = {
        _COLUMNS[title]: at for at, title in reversed(list(enumerate(map(_title, next(rows, []))))) if title in _COLUMNS
    }
    if "name" not in columns and "surname" not in columns:
        raise DataError(path, 'no column of names: the first line must hold "name", or "forename" and "surname".', 1)
    for row in rows:
        cells = {column: row[at].strip() for column, at in columns.items() if at < len(row) and row[at].strip()}
        entry = _entry(path, rows.line_num, cells, kind)
        if entry:
            yield entry


def _title(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().casefold())


def _entry(path: Path, line: int, cells: Mapping[str, str], kind: str) -> Entry | None:
    name = cells.get("name") or " ".join(cells[key] for key in ("forename", "middle", "surname") if key in cells)
    if "," in name:  # "Hughes, Amelia"
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}"
    words = name_words(name)
    if not words:
        return None
    return Entry(
        name=name,
        kind=kind,
        words=words,
        known_as=name_words(cells.get("known_as", "")),
        group=cells.get("group"),
        role=cells.get("role"),
        consent=_consent(path, line, cells.get("consent")),
        consent_until=_day(path, line, cells.get("until")),
    )


def _consent(path: Path, line: int, cell: str | None) -> bool | None:
    word = (cell or "").casefold()
    if word in _YES | _NO:
        return word in _YES
    if not word:
        return None
    raise DataError(path, f'consent "{cell}" is neither yes nor no.', line)


def _day(path: Path, line: int, cell: str | None) -> date | None:
    if not cell:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise DataError(path, f'"{cell}" is not a date; write 2027-07-31 or 31/07/2027.', line)
