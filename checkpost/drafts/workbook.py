"""Reads Excel workbooks: every sheet that holds posts, hidden ones included.

Cells are read as they were last shown, so that a formula's result is checked. openpyxl reads row by row: a large sheet
is never held whole.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.chartsheet import Chartsheet
from openpyxl.worksheet.worksheet import Worksheet

from checkpost.drafts.archive import opened
from checkpost.drafts.origin import Origin, unreadable
from checkpost.drafts.table import MOST_ROWS, Row, Unread, headed, posts
from checkpost.errors import InputError
from checkpost.model import Post

_FIRST_ROWS = 20
_MOST_COLUMNS = 500
_MOST_ROWS = MOST_ROWS + _FIRST_ROWS + 1
_MOST_EMPTY = 10_000  # rows without a cell in them, after which nothing more is expected
_FORMULA = "it holds a formula, and no result is saved with it. Open the file in Excel, save it, and check again."
_ERROR = "it shows an error instead of a text. Mend the formula, and check again."
_Cells = Sequence[Cell | MergedCell | ReadOnlyCell | EmptyCell]


def read(data: bytes, origin: Origin) -> Iterator[Post]:
    """The posts of a workbook.

    Raises:
        InputError: It cannot be read, or none of its sheets holds posts.
    """
    shown, raw = _opened(data, data_only=True), _opened(data, data_only=False)
    sheets = [sheet for sheet in shown.worksheets if not isinstance(sheet, Chartsheet)]
    faults: list[tuple[str, InputError]] = []
    found = 0
    for sheet in sheets:
        first = list(islice(_rows(sheet, raw[sheet.title]), _FIRST_ROWS))
        if not any(text.strip() for row in first for text in row.texts):
            continue
        place = origin.source if len(sheets) == 1 else f'{origin.source} sheet "{sheet.title}"'
        if len(sheets) > 1 and headed(first, origin.columns) is None:
            faults.append((sheet.title, InputError("no column in it was recognised as the posts' text.")))
            continue
        notes = (
            (f'The sheet "{sheet.title}" is hidden, and was checked too.',) if sheet.sheet_state != "visible" else ()
        )
        found += 1
        try:
            yield from posts(_rows(sheet, raw[sheet.title]), origin, place, notes)
        except InputError as error:
            yield unreadable(place, str(error))
    if not found:
        titles = ", ".join(f'"{title}"' for title, _ in faults)
        if not faults:
            raise InputError("it is empty: there is nothing to check.")
        raise InputError(
            f"no sheet of it ({titles}) has a column recognised as the posts' text. Say which one it is: "
            "--csv-map text=HEADING."
        )
    for title, fault in faults:
        yield unreadable(f'{origin.source} sheet "{title}"', str(fault))


def _opened(data: bytes, *, data_only: bool) -> openpyxl.Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not looked at
            return openpyxl.load_workbook(
                opened(data, "xl/workbook.xml"), read_only=True, data_only=data_only, keep_links=False
            )
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise InputError("it is damaged, or not the kind of file that its name says.") from error


def _rows(sheet: Worksheet, raw: Worksheet) -> Iterator[Row]:
    """The rows of a sheet: values as shown, and where none is, whether a formula should have given one."""
    empty = 0
    cells, formulas = (each.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS) for each in (sheet, raw))
    pairs = zip(cells, formulas, strict=False)
    try:
        for number, pair in enumerate(pairs, start=1):
            row = Row(number, number, tuple(_values(*pair)))
            empty = 0 if any(value is not None for value in row.cells) else empty + 1
            if empty > _MOST_EMPTY:
                return
            yield row
    except (KeyError, ValueError, TypeError, OSError, EOFError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError("it is damaged: a sheet breaks off.") from error


def _values(cells: _Cells, formulas: _Cells) -> Iterable[object]:
    for cell, formula in zip(cells, formulas, strict=False):
        if cell.value is None and formula.value is not None and formula.data_type == "f":
            yield Unread(_FORMULA)
        elif cell.data_type == "e":
            yield Unread(_ERROR)
        else:
            yield cell.value
