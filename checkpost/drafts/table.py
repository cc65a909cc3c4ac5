"""From the rows of a table to posts: a row is a post, and a finding's place is a cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from checkpost.drafts.columns import (
    WRITTEN,
    Column,
    Columns,
    by_number,
    listed,
    locate,
    moment,
    no_text,
    without_headings,
)
from checkpost.drafts.fields import Declared
from checkpost.drafts.origin import Origin, unreadable
from checkpost.errors import InputError
from checkpost.model import Medium, NotChecked, Part, Post

MOST_ROWS = 50_000
_FIRST_ROWS = 20  # among which the headings stand
_SEVERAL = re.compile(r"(?:\|\||\n|[,;](?=\s|https?:))\s*")  # between the addresses in one cell
_ACCOUNTS = frozenset("personal private organisation organization school".split())
_YES = frozenset(("true", "yes", "y", "1", "x"))


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell whose content is not known, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as spreadsheets show it, the line of the file on which it begins, and its cells."""

    number: int
    line: int
    cells: Sequence[object]

    def text(self, at: int) -> str:
        """The text of a cell; empty if there is none."""
        value = self.cells[at] if at < len(self.cells) else None
        if value is None or isinstance(value, Unread):
            return ""
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    @property
    def texts(self) -> list[str]:
        """All cells as text."""
        return [self.text(at) for at in range(len(self.cells))]


def headed(rows: Sequence[Row], named: Mapping[str, tuple[str, ...]]) -> tuple[int, Columns] | None:
    """Where the posts begin among the first rows of a table, and its columns; None if no column is a post's text."""
    filled = [(at, row) for at, row in enumerate(rows[:_FIRST_ROWS]) if any(text.strip() for text in row.texts)]
    for order, (at, row) in enumerate(filled):
        columns = locate(row.texts, named)
        # Below the first row, a lone cell that reads "Post" is not the headings yet.
        if columns and (order == 0 or len(columns.of) > 1):
            return at + 1, columns
    if not filled:
        return None
    columns = by_number(named) if named else without_headings(filled[0][1].texts)
    return (filled[0][0], columns) if columns else None


def posts(rows: Iterable[Row], origin: Origin, place: str, notes: tuple[str, ...] = ()) -> Iterator[Post]:
    """The posts of a table.

    Args:
        rows: All its rows, headings included.
        origin: The file.
        place: The name of the table to show: the file's, with the sheet's if there are several.
        notes: On how the file was read: they go with its first post.

    Raises:
        InputError: No column holds a post's text, or there is no post.
    """
    each = iter(rows)
    first = [row for row, _ in zip(each, range(_FIRST_ROWS), strict=False)]
    found = headed(first, origin.columns)
    if found is None:
        filled = next((row.texts for row in first if any(text.strip() for text in row.texts)), [])
        raise no_text(filled, origin.columns) if filled else InputError("it is empty: there is nothing to check.")
    begin, columns = found
    if columns.unknown:
        notes = (*notes, f"These columns were not checked: {listed(columns.unknown)}.")
    count = 0
    for row in _chained(first[begin:], each):
        if count >= MOST_ROWS:
            yield unreadable(f"{place} row {row.number}", f"only the first {MOST_ROWS:,} posts of a table are checked.")
            return
        post = _post(row, columns, origin, place, notes if not count else ())
        if post:
            count += 1
            yield post
    if not count:
        raise InputError("it has headings, and no posts below them.")


def _chained(first: Sequence[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


def _post(row: Row, columns: Columns, origin: Origin, place: str, notes: tuple[str, ...]) -> Post | None:
    """The post of one row; None if nothing in it would be published."""
    written = [part for field in WRITTEN for part in _parts(row, field, columns.of.get(field, ()))]
    images, cells = _images(row, columns, origin.folder)
    faults = list(_faults(row, columns))
    if not images and not faults and not any(part.source.strip() for part in written):
        return None
    body = next((part for part in written if part.name == "text"), Part("text", "", medium=Medium.CELL))
    others = tuple(part for part in written if part is not body)
    name = f"{place} row {row.number}"
    data = {**_context(row, columns), "images": images}
    post = Declared(data, origin.folder).post(replace(origin, source=name), body, notes, others)
    # A post with a cell that is not known is not empty.
    known = (item for item in post.not_checked if not (faults and item.what == "the draft"))
    return replace(
        post,
        parts=tuple(_in_cell(part, cells) for part in post.parts),
        not_checked=(*known, *faults),
        line=row.line,
    )


def _parts(row: Row, field: str, columns: Sequence[Column]) -> Iterator[Part]:
    for order, column in enumerate(columns):
        text = row.text(column.at)
        if text.strip():
            yield Part(f"{field}[{order}]" if order else field, text, medium=Medium.CELL, label=column.heading)


def _faults(row: Row, columns: Columns) -> Iterator[NotChecked]:
    for field, places in columns.of.items():
        for column in places:
            value = row.cells[column.at] if column.at < len(row.cells) else None
            if isinstance(value, Unread):
                yield NotChecked(field, f'column "{column.heading}": {value.why}')
    if columns.width is not None and any(text.strip() for text in row.texts[columns.width :]):
        why = (
            "the row has more cells than the table has columns, so its text may have been cut. Is there a comma in a "
            "text that is not in quotes? Save the table anew from your spreadsheet."
        )
        yield NotChecked("the row", why)


def _images(row: Row, columns: Columns, folder: Path) -> tuple[list[dict[str, str]], dict[str, tuple[Column, int]]]:
    """The pictures of a row, each with its alternative text, and the cell and the offset in it of every such text.

    The n-th picture has the n-th text, whether each has its own column (Metricool) or all share a cell (Publer).
    """
    files = [
        name.strip()
        for column in columns.of.get("media", ())
        for name in _SEVERAL.split(row.text(column.at))
        if name.strip()
    ]
    alts = [alt for column in columns.of.get("alt", ()) for alt in _alts(row.text(column.at), column)]
    images: list[dict[str, str]] = []
    cells: dict[str, tuple[Column, int]] = {}
    for at in range(max(len(files), len(alts))):
        image = {"file": _local(files[at].strip(), folder)} if at < len(files) else {}
        if at < len(alts) and alts[at][0]:
            image["alt"], column, offset = alts[at]
            cells[f"images[{at}].alt"] = column, offset
        images.append(image)
    while images and not images[-1]:
        images.pop()
    return images, cells


def _alts(cell: str, column: Column) -> Iterator[tuple[str, Column, int]]:
    at = 0
    for text in cell.split("||"):
        yield text.strip(), column, at + len(text) - len(text.lstrip())
        at += len(text) + len("||")


def _local(file: str, folder: Path) -> str:
    """A picture on the web is read from the table's own folder, if it lies there under its name."""
    if "://" not in file:
        return file
    name = unquote(urlsplit(file).path).rpartition("/")[2]
    return name if name and (folder / name).is_file() else file


def _context(row: Row, columns: Columns) -> dict[str, object]:
    data: dict[str, object] = {}
    for field in ("platform", "account", "author", "approved_by"):
        value = next((row.text(column.at).strip() for column in columns.of.get(field, ())), "")
        if value and (field != "account" or value.casefold() in _ACCOUNTS):  # a scheduler's account is a profile's name
            data[field] = value
    chosen = [name for at, name in columns.networks.items() if row.text(at).strip().casefold() in _YES]
    if len(chosen) == 1:
        data.setdefault("platform", chosen[0])
    posted_at = _posted_at(row, columns)
    return {**data, "posted_at": posted_at} if posted_at else data


def _posted_at(row: Row, columns: Columns) -> datetime | None:
    for column in columns.of.get("when", ()):
        if column.at < len(row.cells) and (when := moment(row.cells[column.at])):
            return when
    texts = [row.text(column.at) for field in ("date", "time") for column in columns.of.get(field, ())[:1]]
    return moment(" ".join(texts)) or (moment(texts[0]) if texts else None)


def _in_cell(part: Part, cells: Mapping[str, tuple[Column, int]]) -> Part:
    """A picture's alternative text with the cell that it stands in."""
    if part.name not in cells:
        return part
    column, offset = cells[part.name]
    return replace(part, medium=Medium.CELL, label=column.heading, begins=offset)
