"""The organisation's own people, from the CSV files that its systems export.

A roster is data about children: it is read when a check starts, kept in memory, and never written anywhere.
"""

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from checkpost.errors import DataError
from checkpost.names import TITLES, name_words, short_forms

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
_BETWEEN = re.compile(r"\s*(?:[,;/+&]|\band\b)\s*")
_PARTICLES = frozenset(
    "al ap ab bin bint da dal das de del della der di do dos du el ibn la le mac mc o st ter ul van von".split()
)
_FAMILY_FIRST = frozenset("bui dang dinh do duong ho hoang huynh le ly ngo nguyen pham phan tran truong vo vu".split())


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
    family: tuple[str, ...] = ()
    consent_channels: tuple[str, ...] = ()  # where the consent is for some channels only

    @property
    def given(self) -> tuple[str, ...]:
        """The words of the name that are not the family's, in order."""
        size = len(self.family)
        return self.words[size:] if self.family == self.words[:size] else self.words[: len(self.words) - size]

    @property
    def is_grown_up(self) -> bool:
        """Whether this is an apprentice or adult learner: it is they who are called Mr or Mrs, not their parents."""
        return (self.group or "").casefold().startswith(("appren", "adult", "access", "esol"))

    @property
    def calls(self) -> tuple[str, ...]:
        """What the person may be called, each run together: `summerrose`, `summer`, `rose`, a short form."""
        given = [word for word in self.given if len(word) > 1]
        known = [word for word in self.known_as if word not in TITLES and word not in self.family]
        found = ["".join(given), "".join(known), *known, *given]
        for name in (*known, *given[:1]):
            found.extend(sorted(short_forms(name)))
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def families(self) -> tuple[str, ...]:
        """The family's name, run together, and each word of a double one."""
        single = [word for word in self.family if word not in _PARTICLES and len(word) > 1]
        return tuple(dict.fromkeys(("".join(self.family), *single)))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write somebody's name, its words run together.

    `joint` is where the first part ends: `meganr` is `megan` and `r`. `how` is one of the words of `FORMS`.
    """

    text: str
    entry: Entry
    how: str
    joint: int


FORMS = ("full", "reversed", "initial", "surname-initial", "givens", "title")


def forms(entry: Entry) -> Iterator[Form]:
    """Every way to write a name that needs no other evidence than itself.

    >>> megan = Entry("Megan Rowntree", "learner", ("megan", "rowntree"), family=("rowntree",))
    >>> {"meganrowntree", "rowntreemegan", "meganr", "mrowntree", "rowntreem"} <= {form.text for form in forms(megan)}
    True
    """
    given = entry.given
    initials = {"".join(word[0] for word in given), *(word[0] for word in (*given[:1], *entry.calls))}
    if given and entry.family[:1] == entry.words[:1]:  # Nguyen Van Minh is Minh
        initials |= {word[0] for word in given}
    for family in entry.families:
        for call in entry.calls:
            yield Form(call + family, entry, "full", len(call))
            yield Form(family + call, entry, "reversed", len(family))
        for initial in filter(None, initials):
            yield Form(initial + family, entry, "surname-initial", len(initial))
            yield Form(family + initial, entry, "surname-initial", len(family))
        for title in TITLES:
            yield Form(title + family, entry, "title", len(title))
    letters = {family[0] for family in entry.families} | {"".join(word[0] for word in entry.family)}
    for call in entry.calls:
        for letter in filter(None, letters):
            yield Form(call + letter, entry, "initial", len(call))
    for first, second in pairwise(given):
        yield Form(first + second, entry, "givens", len(first))
        if len(first) > 2 and first not in _PARTICLES:  # "Ellie-M"
            yield Form(first + second[0], entry, "initial", len(first))


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
                if word not in TITLES:
                    index[word].append(entry)
        return {word: tuple(found) for word, found in index.items()}

    @cached_property
    def forms(self) -> Mapping[str, tuple[Form, ...]]:
        """Every form of every name, by its text run together."""
        index: dict[str, list[Form]] = defaultdict(list)
        for entry in self.entries:
            for form in dict.fromkeys(forms(entry)):
                index[form.text].append(form)
        return {text: tuple(found) for text, found in index.items()}

    @cached_property
    def _sorted_forms(self) -> Sequence[str]:
        return sorted(self.forms)

    def begins(self, text: str) -> bool:
        """Whether some form begins with a text."""
        at = bisect_left(self._sorted_forms, text)
        return at < len(self._sorted_forms) and self._sorted_forms[at].startswith(text)

    @cached_property
    def called(self) -> tuple[tuple[Entry, tuple[str, ...], tuple[str, ...]], ...]:
        """Every entry with what the person may be called and the family's names."""
        return tuple((entry, entry.calls, entry.families) for entry in self.entries)

    @cached_property
    def by_call(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by each thing that the person may be called."""
        return _index((call, entry) for entry in self.entries for call in entry.calls)

    @cached_property
    def by_family(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by the family's name, whole, and by each word of a double one."""
        return _index((family, entry) for entry in self.entries for family in entry.families)

    @cached_property
    def by_initials(self) -> Mapping[str, tuple[Entry, ...]]:
        """Learners by their initials: of what they are called and the family's name, and of every name."""
        return _index(
            (letters, entry)
            for entry in self.entries
            if entry.kind == "learner"
            for letters in dict.fromkeys(
                (
                    "".join(word[0] for word in entry.words),
                    *(call[0] + family[0] for call in (*entry.known_as, *entry.given) for family in entry.families[:1]),
                )
            )
        )

    @cached_property
    def by_family_start(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by the first two letters of the family's names."""
        return _index((family[:2], entry) for entry in self.entries for family in entry.families)

    def __bool__(self) -> bool:
        return bool(self.entries)


def _index(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for word, entry in pairs:
        if entry not in index[word]:
            index[word].append(entry)
    return {word: tuple(found) for word, found in index.items()}


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
    family = ""
    if "," in name:  # "Hughes, Amelia"
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}"
    words = tuple(word for word in name_words(name) if word not in TITLES)
    if not words:
        return None
    known_as = name_words(cells.get("known_as", ""))
    return Entry(
        name=name,
        kind=kind,
        words=words,
        known_as=known_as,
        group=cells.get("group"),
        role=cells.get("role"),
        consent=_consent(path, line, cells.get("consent")),
        consent_until=_day(path, line, cells.get("until")),
        consent_channels=tuple(filter(None, _BETWEEN.split(cells.get("channels", "").casefold()))),
        family=name_words(cells.get("surname", family)) or _family(name, words, known_as),
    )


def _family(name: str, words: tuple[str, ...], known_as: tuple[str, ...]) -> tuple[str, ...]:
    """The family's part of a name: the last word, with hyphens and particles, or the first where it comes first."""
    if len(words) > 2 and (known_as == words[-1:] or (words[0] in _FAMILY_FIRST and known_as != words[:1])):
        return words[:1]
    size = min(len(name_words(name.rpartition(" ")[2])), max(len(words) - 1, 1))
    while size + 1 < len(words) and words[-size - 1] in _PARTICLES:
        size += 1
    return words[-size:]


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
