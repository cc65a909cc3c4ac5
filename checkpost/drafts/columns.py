"""Which column of a table holds what: by the headings of the schedulers' own files, or as the user says.

Headings are those of Buffer, Publer, Metricool, Sprout Social, Hootsuite, SocialBee, HighLevel, Ayrshare and PostFast,
as their help pages and the files of their users give them, and the words that people use in tables of their own.
Hootsuite's file has no headings: date, message, link.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checkpost.errors import InputError, nearest

WRITTEN = ("text", "title", "comment", "link")  # what is published as words, in the order in which it is reported
_ALIASES = {
    "text": "text; message; message text; messages; content; caption; captions; post; post text; post content; "
    "post copy; post caption; post message; post body; copy; social copy; body; tweet; status; status update; update",
    "title": "title; document title; tiktok title; youtube title; video title; pin title; pinterest title; link title; "
    "post title; headline; subject",
    "comment": "comment; comments; first comment; first comments; first comment text; follow up comment; "
    "followupcomment",
    "link": "link; links; url; urls; link url; linkurl; post link; website",
    "alt": "alt; alt text; alt texts; alttext; image alt; image alt text; alt text picture; picture alt text; "
    "media alt text; image description",
    "media": "media; media url; media urls; mediaurls; image; images; image url; image urls; imageurl; imageurls; "
    "image file; picture; pictures; picture url; photo; photos; photo url; gif url; gifurl; gifurls; video; video url; "
    "video urls; videourl; videourls; video thumbnail url; attachment; attachments",
    "when": "posting time; date time; datetime; date and time; scheduled at; scheduled time; scheduled for; "
    "schedule date; scheduledate; scheduled date; publish at; publish date; postatspecifictime; posted at",
    "date": "date; posting date; post date",
    "time": "time; time 24hr",
    "platform": "platform; platforms; network; networks; social network; channel; channels",
    "account": "account; account type",
    "author": "author; author name",
    "approved_by": "approved by",
}
_FIELD_OF = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split("; ")}
_NETWORKS = {
    "facebook": "facebook", "twitter": "x", "twitter x": "x", "x": "x", "linkedin": "linkedin",
    "instagram": "instagram", "pinterest": "pinterest", "tiktok": "tiktok", "youtube": "youtube", "threads": "threads",
    "bluesky": "bluesky",
}  # fmt: skip
_MOST_NAMED = 8
_DATES = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M%p")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the row, counted from 0, and its heading."""

    at: int
    heading: str


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they hold, and the headings of those that were not recognised."""

    of: Mapping[str, tuple[Column, ...]]
    networks: Mapping[int, str]
    unknown: tuple[str, ...]
    width: int | None  # how many there are; None if that is not known


def parse_map(settings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The columns that a user names: `text=Caption,alt=Alt text`; a heading with a comma in it stands in quotes.

    Raises:
        InputError: A part of it cannot be understood.
    """
    named: dict[str, tuple[str, ...]] = {}
    for setting in settings:
        for item in next(csv.reader([setting], skipinitialspace=True), []):
            field, equals, heading = item.partition("=")
            field = field.strip()
            if not equals or not heading.strip():
                raise InputError(f'--csv-map "{item}": write what the column holds and its heading, as text=Caption.')
            if field not in _ALIASES:
                known = ", ".join(_ALIASES)
                raise InputError(f'--csv-map: "{field}" is none of {known}.{nearest(field, _ALIASES)}')
            named[field] = (*named.get(field, ()), heading.strip())
    return named


def locate(row: Sequence[str], named: Mapping[str, tuple[str, ...]]) -> Columns | None:
    """The columns by a row of headings; None if that row has none for a post's text."""
    keys = [_key(cell) for cell in row]
    wanted = {_key(heading): field for field, headings in named.items() for heading in headings}
    found: dict[str, list[Column]] = {}
    networks: dict[int, str] = {}
    unknown: list[str] = []
    for at, (cell, key) in enumerate(zip(row, keys, strict=True)):
        field = wanted.get(key) or (_FIELD_OF.get(key) or _FIELD_OF.get(_bare(key)))
        if field in named and key not in wanted:
            field = None  # the user says which column that is
        if field:
            found.setdefault(field, []).append(Column(at, cell.strip()))
        elif key in _NETWORKS:
            networks[at] = _NETWORKS[key]
        elif key:
            unknown.append(cell.strip())
    if "text" not in found or any(field not in found for field in named):
        return None
    return Columns({field: tuple(columns) for field, columns in found.items()}, networks, tuple(unknown), len(row))


def by_number(named: Mapping[str, tuple[str, ...]]) -> Columns | None:
    """The columns of a table without headings, where the user gives numbers: `text=2`. None if they are no numbers."""
    numbers = {field: tuple(int(n) - 1 for n in places if n.isdecimal()) for field, places in named.items()}
    if "text" not in named or any(len(numbers[field]) < len(named[field]) or -1 in numbers[field] for field in named):
        return None
    return Columns({field: tuple(Column(at, letter(at)) for at in ats) for field, ats in numbers.items()}, {}, (), None)


def without_headings(row: Sequence[str]) -> Columns | None:
    """The columns of Hootsuite's file: date and time, message, links. None if a row is not one of such a file."""
    if len(row) < 2 or moment(row[0]) is None or not row[1].strip() or moment(row[1]) is not None:
        return None
    places = {"when": range(1), "text": range(1, 2), "link": range(2, max(len(row), 3))}
    columns = {field: tuple(Column(at, letter(at)) for at in ats) for field, ats in places.items()}
    return Columns(columns, {}, (), max(len(row), 3))


def no_text(row: Sequence[str], named: Mapping[str, tuple[str, ...]]) -> InputError:
    """What to say of a table in which no column was found for a post's text, by its first row."""
    headings = [cell.strip() for cell in row if cell.strip()]
    told = listed(headings) or "none"
    keys = {_key(heading) for heading in headings}
    missing = [heading for headings in named.values() for heading in headings if _key(heading) not in keys]
    if missing:
        return InputError(f'there is no column "{missing[0]}". Its columns are: {told}.{nearest(missing[0], headings)}')
    return InputError(
        f"no column was recognised as the posts' text. Its columns are: {told}. Say which one it is: "
        "--csv-map text=HEADING (or leave the file out: --exclude NAME)."
    )


def listed(headings: Sequence[str]) -> str:
    """Headings for a message: the first few of them, cut short."""
    shown = ", ".join(f'"{heading[:40]}"' for heading in headings[:_MOST_NAMED])
    return shown + (f" and {len(headings) - _MOST_NAMED} more" if len(headings) > _MOST_NAMED else "")


def letter(at: int) -> str:
    """A column's letter as spreadsheets have it: A, B, … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def moment(value: object) -> datetime | None:
    """A date, or a date and time, in one of the forms that schedulers write; the day goes before the month."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (local time, as the table says)
    text = " ".join(str(value).split())
    if not text or len(text) > 40:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in (day + time for day in _DATES for time in _TIMES):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  (as above)
        except ValueError:
            continue
    return None


def _key(heading: str) -> str:
    """A heading without case and punctuation: `Alt text(s)` and `alt_texts` are one."""
    return " ".join(re.sub(r"\(s\)", "s", heading.casefold()).replace("_", " ").translate(_NO_PUNCTUATION).split())


_NO_PUNCTUATION = {ord(sign): " " for sign in "-/.:*?()#[]'\"|,;"}


def _bare(key: str) -> str:
    """A heading's key without the number of `Picture Url 3`."""
    return re.sub(r" \d+$", "", key)
