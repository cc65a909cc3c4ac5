"""Reads drafts in each format, by the file's ending. What a format needs is imported when such a file is read."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from checkpost.drafts import pictures, records, written
from checkpost.drafts.decode import decode
from checkpost.drafts.fields import Declared
from checkpost.drafts.origin import Origin, unreadable
from checkpost.errors import InputError
from checkpost.model import Part, Post

__all__ = ["MAX_BYTES", "READERS", "Reader", "kinds", "read_file", "read_stdin", "unreadable"]

MAX_BYTES = 32 * 1024 * 1024  # a draft is a page; a whole term's posts as JSON Lines are a few megabytes
Reader = Callable[[bytes, Origin], Iterator[Post]]
_TextReader = Callable[[str, Origin, tuple[str, ...]], Iterator[Post]]
_OLDER = {
    ".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".pages": ".docx", ".pdf": ".docx", ".gdoc": ".docx",
    ".xls": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx", ".numbers": ".xlsx", ".gsheet": ".xlsx", ".msg": ".eml",
}  # fmt: skip


def read_file(
    path: Path, shown: str | None = None, columns: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Post]:
    """The posts of one file. A file that cannot be read yields one post that says why.

    Args:
        path: The file.
        shown: The name to show; the path as given, if None.
        columns: Which columns of a table hold what, where its headings do not say.
    """
    origin = Origin(shown or str(path), path, columns or {})
    reader = READERS.get(path.suffix.casefold())
    if pictures.is_picture(path) and path.is_file():
        yield Declared({"images": [path.name]}, path.parent).post(origin, Part("text", ""))
        return
    if reader is None:
        yield unreadable(origin.source, _unknown(path))
        return
    try:
        data = _read(path)
    except FileNotFoundError:
        yield unreadable(origin.source, "there is no such file. Check the name and the folder.")
    except OSError as error:
        yield unreadable(origin.source, f"it cannot be opened ({error.strerror}).")
    except InputError as error:
        yield unreadable(origin.source, str(error))
    else:
        yield from _read_bytes(data, origin, reader)


def read_stdin(
    data: bytes, filename: str | None, columns: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Post]:
    """The posts on standard input; `filename` says what format they are in and what name to show."""
    path = Path(filename) if filename else None
    reader = READERS.get(path.suffix.casefold(), _plain) if path else _plain
    yield from _read_bytes(data, Origin(filename or "<stdin>", path, columns or {}), reader)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"it is larger than {MAX_BYTES // 1024 // 1024} MB.")
    return path.read_bytes()


def _read_bytes(data: bytes, origin: Origin, reader: Reader) -> Iterator[Post]:
    try:
        yield from reader(data, origin)
    except InputError as error:
        yield unreadable(origin.source, str(error))
    except Exception as error:  # noqa: BLE001  (one broken file must not stop the rest)
        # The error's own text may quote the draft: its type is enough to report a defect by.
        yield unreadable(origin.source, f"reading it failed ({type(error).__name__}). Please report it as a defect.")


def _unknown(path: Path) -> str:
    suffix = path.suffix.casefold()
    if suffix in _OLDER:
        return f"{path.suffix} files cannot be read: save it as {_OLDER[suffix]} (or copy the text into a .txt file)."
    return f"{path.suffix or 'a file without an ending'} is not a kind of draft that can be read ({kinds()})."


def kinds() -> str:
    """The endings of all files that can be read, for a message."""
    return ", ".join(READERS)


def _decoded(read: _TextReader) -> Reader:
    """A reader of bytes from one of text."""

    def reader(data: bytes, origin: Origin) -> Iterator[Post]:
        text, note = decode(data)
        yield from read(text, origin, (note,) if note else ())

    return reader


def _table(text: str, origin: Origin, notes: tuple[str, ...]) -> Iterator[Post]:
    from checkpost.drafts import delimited  # noqa: PLC0415

    yield from delimited.read(text, origin, notes)


def _workbook(data: bytes, origin: Origin) -> Iterator[Post]:
    from checkpost.drafts import workbook  # noqa: PLC0415

    yield from workbook.read(data, origin)


def _word(data: bytes, origin: Origin) -> Iterator[Post]:
    from checkpost.drafts import word  # noqa: PLC0415

    yield from word.read(data, origin)


def _message(data: bytes, origin: Origin) -> Iterator[Post]:
    from checkpost.drafts import message  # noqa: PLC0415

    yield from message.read(data, origin)


_plain, _markdown, _hypertext = (_decoded(read) for read in (written.plain, written.markdown, written.hypertext))
_delimited, _json, _json_lines = (_decoded(read) for read in (_table, records.whole, records.lines))
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": _plain,
        ".md": _markdown,
        ".markdown": _markdown,
        ".html": _hypertext,
        ".htm": _hypertext,
        ".docx": _word,
        ".eml": _message,
        ".csv": _delimited,
        ".tsv": _delimited,
        ".xlsx": _workbook,
        ".xlsm": _workbook,
        ".json": _json,
        ".jsonl": _json_lines,
        ".ndjson": _json_lines,
    }
)
