"""Reads tables as text: values with commas, semicolons, tabs or bars between them."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from checkpost.drafts.origin import Origin, unreadable
from checkpost.drafts.table import Row, headed, posts
from checkpost.errors import InputError
from checkpost.model import Post
from checkpost.text.separated import is_open

_SEPARATORS = ",;\t|"
_SAID = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)  # Excel's own word for it, on the first line
_TRIED = 20  # rows


def read(text: str, origin: Origin, notes: tuple[str, ...]) -> Iterator[Post]:
    """The posts of a table.

    Raises:
        InputError: It holds no posts, or no table.
    """
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else _separator(body, origin)
    yield from posts(_rows(body, separator, first_line=2 if said else 1), origin, origin.source, notes)
    if is_open(body, separator):
        why = "a quotation mark is opened and never closed, so the rows after it were read as one. Mend it first."
        yield unreadable(f"{origin.source} (its end)", why)


def _rows(text: str, separator: str, first_line: int = 1) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line, number = first_line, 0
    try:
        for cells in reader:
            number += 1
            yield Row(number, line, cells)
            line = first_line + reader.line_num
    except csv.Error as error:
        raise InputError(
            f"row {number + 1}: a cell has over {csv.field_size_limit():,} characters. Is a quotation mark not closed?"
        ) from error


def _separator(text: str, origin: Origin) -> str:
    """The separator by which most columns are recognised or, failing that, that makes most columns."""
    start = text[:200_000]

    def worth(separator: str) -> tuple[int, int]:
        try:
            rows = list(islice(_rows(start, separator), _TRIED))
        except InputError:
            return 0, 0
        found = headed(rows, origin.columns)
        return len(found[1].of) + len(found[1].networks) if found else 0, max(
            (len(row.cells) for row in rows), default=0
        )

    return max(_SEPARATORS, key=worth)
