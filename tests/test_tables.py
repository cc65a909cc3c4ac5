"""Posts in tables: each scheduler's columns, every dialect of CSV, workbooks; a finding's place is its cell."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from checkpost.drafts.columns import letter, moment, parse_map
from checkpost.drafts.formats import read_file, read_stdin
from checkpost.errors import InputError
from checkpost.model import Post, PostReport
from checkpost.report.diagnostic import file_and_line
from tests.organisation import EXAMPLES, engine

MAIL = "megan.r@postbox.example"
CONCERN = "personal-data/contact-details"

# The headings of each scheduler's file, and a row of it; § marks where a cell names the address.
WHEN = datetime(2026, 5, 14, 10, 30)  # noqa: DTZ001  (local time, as the files say)
_PUBLER = (
    "Date|Text|Link(s)|Media URL(s)|Title|Label(s)|Alt text(s)|Comment(s)|Pin board, FB album, or Google category|"
    "Post subtype|CTA|Reminder"
)
_METRICOOL = (
    "Text,Date,Time,Draft,Facebook,Twitter/X,LinkedIn,GBP,Instagram,Picture Url 1,Picture Url 2,Alt text picture 1,"
    "Alt text picture 2,Document title,Shortener,First Comment Text,TikTok Title"
)
BUFFER = ("Text,Image URL,Tags,Posting Time", "Write to § today;;news;2026-05-14 10:30")
PUBLER = (
    _PUBLER,
    "2026/05/14 10:30;A §;https://a.example/x;one.jpg||two.jpg;B §;;a hall||C §;D §;;;;",
)
METRICOOL = (
    _METRICOOL,
    "A §;2026-05-14;10:30:00;FALSE;FALSE;FALSE;FALSE;FALSE;TRUE;;;a hall;B §;C §;FALSE;D §;E §",
)
SPROUT = ("date,time_24hr,message_text,link,image_url", "14/05/2026;10:30;A §;;")
HOOTSUITE = ("", "14/05/2026 10:30;A §;https://a.example/x")
FILES = {"buffer": BUFFER, "publer": PUBLER, "metricool": METRICOOL, "sprout": SPROUT, "hootsuite": HOOTSUITE}


def cells_of(headings: str) -> list[str]:
    return headings.split("|" if "|" in headings else ",") if headings else []


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode()


def workbook() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def as_xlsx(rows: Sequence[Sequence[object]], path: Path) -> Path:
    book, sheet = workbook()
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def read(data: bytes, name: str = "posts.csv", **columns: str) -> list[Post]:
    return list(read_stdin(data, name, {field: (heading,) for field, heading in columns.items()}))


def places(report: PostReport) -> set[str]:
    """Every place, in words, at which the address was found."""
    return {f.place.words for f in report.findings if f.concern == CONCERN and f.place}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_finding_of_a_schedulers_file_stands_in_its_cell(name: str, kind: str, tmp_path: Path) -> None:
    for picture in ("one.jpg", "two.jpg"):
        (tmp_path / picture).write_bytes((EXAMPLES / "sports-day.jpg").read_bytes())
    headings, line = FILES[name]
    marked = line.split(";")
    head = cells_of(headings)
    row = [cell.replace("§", MAIL) for cell in marked]
    rows = [head, row] if head else [row]
    path = tmp_path / f"{name}.{kind}"
    _ = path.write_bytes(as_csv(rows)) if kind == "csv" else as_xlsx(rows, path)
    (post,) = read_file(path)
    number = len(rows)
    assert (post.name, post.source, post.line) == (f"{path} row {number}", f"{path} row {number}", number)
    assert post.context.posted_at == WHEN
    report = engine().check_post(post)
    expected = {
        f'column "{head[at] if head else letter(at)}", character {cell.index("§") + 1}'
        for at, cell in enumerate(marked)
        if "§" in cell
    }
    assert places(report) == expected
    assert not post.not_checked
    assert file_and_line(report) == (path.as_posix(), number)


def test_a_metricool_row_for_one_network_is_for_that_platform() -> None:
    (post,) = read(as_csv([cells_of(METRICOOL[0]), METRICOOL[1].split(";")]))
    assert post.context.platform == "instagram"


def test_the_nth_picture_has_the_nth_alternative_text() -> None:
    (post,) = read(as_csv([cells_of(PUBLER[0]), PUBLER[1].split(";")]))
    assert [(image.file, image.alt) for image in post.images] == [("one.jpg", "a hall"), ("two.jpg", "C §")]


def test_the_report_in_json_gives_line_and_column_in_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(as_csv([["Caption", "Notes"], ["All is well.", ""], [f"One line\nand {MAIL}", ""]]))
    command = [sys.executable, "-m", "checkpost", "check", str(path), "--config", str(EXAMPLES / "checkpost.toml")]
    done = subprocess.run([*command, "--format", "json"], capture_output=True, check=False)
    posts = json.loads(done.stdout)["posts"]
    assert [post["id"] for post in posts] == [f"{path} row 2", f"{path} row 3"]
    (found,) = [finding for finding in posts[1]["findings"] if finding["concern"] == CONCERN]
    assert found["part"] == "text"
    assert found["span"] == {
        "start": 13, "end": 13 + len(MAIL), "line": 2, "column": 5, "end_line": 2, "end_column": 5 + len(MAIL),
        "where": 'column "Caption", character 14',
    }  # fmt: skip
    shown = subprocess.run(command, capture_output=True, check=False).stdout.decode()
    assert f'{path.name} row 3, column "Caption", character 14' in " ".join(shown.split()).replace("\n", "")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dialects_and_encodings(separator: str, encoding: str) -> None:
    rows = [["Date", "Message"], ["14/05/2026", f"Café, open; “yes”\n{MAIL}"]]
    (post,) = read(as_csv(rows, separator).decode().encode(encoding))
    assert post.parts[0].source == f"Café, open; “yes”\n{MAIL}"


def test_excels_word_on_the_separator_is_no_row() -> None:
    (post,) = read(b"sep=;\r\nText;Title\r\nHello;x,y\r\n")
    assert (post.parts[0].source, post.name, post.line) == ("Hello", "posts.csv row 2", 3)


def test_rows_are_counted_as_spreadsheets_do_and_lines_as_editors_do() -> None:
    first, second = read(b'Text,Title\n\n"one\ntwo\nthree",\n,,\nlast,\n')
    assert (first.name, first.line) == ("posts.csv row 3", 3)
    assert (second.name, second.line) == ("posts.csv row 5", 7)


def test_a_row_with_too_many_cells_is_not_taken_for_checked() -> None:
    cut, whole = read(b"Text,Title\nWell done, Year 9, on the trip\nFine,x\n")
    assert "comma" in cut.not_checked[0].why
    assert not whole.not_checked


def test_in_a_table_without_headings_all_cells_are_read_and_too_many_reported() -> None:
    first, cut = read(
        b"14/05/2026 10:30,Hello,https://a.example/x,https://a.example/y\n14/05/2026 11:30,One,two,,,three\n"
    )
    assert [(part.name, part.label) for part in first.parts] == [("text", "B"), ("link", "C"), ("link[1]", "D")]
    assert "comma" in cut.not_checked[0].why


def test_a_quotation_mark_that_nothing_closes_is_reported() -> None:
    posts = read(b'Text,Title\nFine,x\n"open,\nand so on\n')
    assert "never closed" in posts[-1].not_checked[0].why


def test_columns_that_were_not_checked_are_named() -> None:
    (post,) = read(b"Text,Budget,Owner\nHello,5,me\n")
    assert post.notes == ('These columns were not checked: "Budget", "Owner".',)


def test_headings_may_stand_below_a_title() -> None:
    (post,) = read(b"Our plan for May,,\n,,\nDate,Caption,Alt text\n1/5/2026,Hello,A hall\n")
    assert [(part.name, part.source) for part in post.parts] == [("text", "Hello"), ("images[0].alt", "A hall")]


@pytest.mark.parametrize(
    ("data", "columns", "why"),
    [
        (b"Name,Year\nA,9\n", {}, "--csv-map text=HEADING"),
        (b"Name,Year\nA,9\n", {"text": "Nme"}, 'Did you mean "Name"?'),
        (b"Text,Title\n", {}, "no posts below"),
        (b"", {}, "empty"),
        (b"\n\n,,\n", {}, "empty"),
    ],
)
def test_a_table_without_posts_says_why(data: bytes, columns: dict[str, str], why: str) -> None:
    (post,) = read(data, **columns)
    assert why in post.not_checked[0].why


def test_the_user_says_which_column_is_what() -> None:
    data = as_csv([["Wording", "Text", "Description"], [f"Write to {MAIL}", "x", "a hall"]])
    (post,) = read(data, text="wording", alt="Description")
    assert [(p.name, p.label) for p in post.parts] == [("text", "Wording"), ("images[0].alt", "Description")]
    (bare,) = read(as_csv([["9", f"Write to {MAIL}"]]), text="2")
    assert (bare.name, bare.parts[0].label) == ("posts.csv row 1", "B")


def test_the_users_map_is_read_from_an_option() -> None:
    assert parse_map(["text=Caption,alt=Alt text", '"link=Web, or app"']) == {
        "text": ("Caption",), "alt": ("Alt text",), "link": ("Web, or app",),
    }  # fmt: skip
    for wrong, why in (("txt=A", 'Did you mean "text"'), ("text", "text=Caption"), ("text=", "text=Caption")):
        with pytest.raises(InputError, match=why.replace("?", r"\?")):
            parse_map([wrong])


@pytest.mark.parametrize(
    "text", ["2026-05-14 10:30", "14/05/2026 10:30", "05/14/2026 10:30", "2026-05-14T10:30:00", "14.05.2026 10:30"]
)
def test_moments(text: str) -> None:
    assert moment(text) == WHEN
    assert moment("soon") is None


def test_a_workbooks_formulas_errors_dates_and_hidden_sheets(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet.title = "Plan"
    sheet.append(["Date", "Caption", "Alt text"])
    sheet.append([WHEN, f"Write to {MAIL}", 12.0])
    sheet.append([None, '="Write to "&A1', None])
    sheet.append([None, "#REF!", None])
    sheet["B4"].data_type = "e"
    hidden = book.create_sheet("Old")
    hidden.append(["Caption"])
    hidden.append(["Hello"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Budget").append(["Item", "Cost"])
    book.create_sheet("Empty")
    path = tmp_path / "plan.xlsx"
    book.save(path)
    dated, formula, error, old, budget = read_file(path)
    assert dated.context.posted_at == WHEN
    assert [part.source for part in dated.parts] == [f"Write to {MAIL}", "12"]
    assert dated.name == f'{path} sheet "Plan" row 2'
    assert "formula" in formula.not_checked[0].why
    assert "error" in error.not_checked[0].why
    assert "hidden" in old.notes[0]
    assert 'sheet "Budget"' in budget.name
    assert "no column" in budget.not_checked[0].why


@pytest.mark.parametrize("cut", [0, 10, 100, 2000, -200])
def test_a_damaged_workbook_says_so(cut: int, tmp_path: Path) -> None:
    path = as_xlsx([["Text"], ["Hello"]], tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:cut])
    (post,) = read_file(path)
    assert "damaged" in post.not_checked[0].why


def test_an_old_or_locked_workbook_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (locked,) = read_file(tmp_path / "a.xlsx")
    assert "password" in locked.not_checked[0].why
    (old,) = read_file(tmp_path / "a.xls")
    assert "save it as .xlsx" in old.not_checked[0].why


def test_a_sheet_of_formatted_empty_rows_ends(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet.append(["Text"])
    sheet.append(["Hello"])
    for row in range(3, 12_000):
        sheet.cell(row, 1).number_format = "0.0"
    book.save(tmp_path / "a.xlsx")
    assert len(list(read_file(tmp_path / "a.xlsx"))) == 1


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)


@given(before=CELLS, other=CELLS, separator=st.sampled_from(",;\t|"))
def test_whatever_stands_around_it_an_address_is_found_at_its_offset(before: str, other: str, separator: str) -> None:
    cell = f"{before} {MAIL}"
    rows = [["Post", "Title", "Owner"], [cell, other, "x"]]
    (post,) = read(as_csv(rows, separator))
    body = post.parts[0]
    assert body.source == cell
    assert f'column "Post", character {len(before) + 2}' in places(engine().check_post(post))
