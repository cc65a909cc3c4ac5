"""Reads drafts in each format: .txt, .md, .json, .jsonl, standard input."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from checkpost.drafts import front_matter, pictures
from checkpost.drafts.decode import decode
from checkpost.drafts.fields import Declared, record
from checkpost.errors import InputError
from checkpost.model import Markup, NotChecked, Part, Post

MAX_BYTES = 32 * 1024 * 1024  # a draft is a page; a whole term's posts as JSON Lines are a few megabytes


def read_file(path: Path, shown: str | None = None) -> Iterator[Post]:
    """The posts of one file. A file that cannot be read yields one post that says why.

    Args:
        path: The file.
        shown: The name to show; the path as given, if None.
    """
    source = shown or str(path)
    reader = READERS.get(path.suffix.casefold())
    if pictures.is_picture(path) and path.is_file():
        yield Declared({"images": [path.name]}, path.parent).post(source, source, Part("text", ""), path)
        return
    if reader is None:
        kinds = ", ".join(READERS)
        yield unreadable(
            source, f"{path.suffix or 'a file without an ending'} is not a kind of draft that can be read ({kinds})."
        )
        return
    try:
        data = _read(path)
    except FileNotFoundError:
        yield unreadable(source, "there is no such file. Check the name and the folder.")
    except OSError as error:
        yield unreadable(source, f"it cannot be opened ({error.strerror}).")
    except InputError as error:
        yield unreadable(source, str(error))
    else:
        yield from read_bytes(data, source, path, reader)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"it is larger than {MAX_BYTES // 1024 // 1024} MB.")
    return path.read_bytes()


def read_stdin(data: bytes, filename: str | None) -> Iterator[Post]:
    """The posts on standard input; `filename` says what format they are in and what name to show."""
    path = Path(filename) if filename else None
    reader = READERS.get(path.suffix.casefold(), _plain) if path else _plain
    yield from read_bytes(data, filename or "<stdin>", path, reader)


Reader = Callable[[str, str, Path | None, tuple[str, ...]], Iterator[Post]]


def read_bytes(data: bytes, source: str, path: Path | None, reader: Reader) -> Iterator[Post]:
    """The posts in a file's bytes."""
    try:
        text, note = decode(data)
        yield from reader(text, source, path, (note,) if note else ())
    except InputError as error:
        yield unreadable(source, str(error))


def unreadable(source: str, why: str) -> Post:
    """A post that stands for what could not be read."""
    return Post(source, source, parts=(), not_checked=(NotChecked("the draft", why),))


def _draft(text: str, source: str, path: Path | None, notes: tuple[str, ...], markup: Markup) -> Iterator[Post]:
    data, body, first_line = front_matter.split(text)
    extra = {key: value for key, value in data.items() if key != "text"}
    folder = path.parent if path else Path.cwd()
    if "text" in data:
        raise InputError('the front matter has a key "text": write the post below the closing --- instead.')
    part = Part("text", body, markup=markup, first_line=first_line)
    yield Declared(extra, folder).post(source, source, part, path, notes)


def _plain(text: str, source: str, path: Path | None, notes: tuple[str, ...]) -> Iterator[Post]:
    yield from _draft(text, source, path, notes, Markup.PLAIN)


def _markdown(text: str, source: str, path: Path | None, notes: tuple[str, ...]) -> Iterator[Post]:
    yield from _draft(text, source, path, notes, Markup.MARKDOWN)


def _json(text: str, source: str, path: Path | None, _notes: tuple[str, ...]) -> Iterator[Post]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}, column {error.colno}: it is not JSON ({error.msg}).") from error
    except RecursionError as error:
        raise InputError("its JSON is nested too deep.") from error
    if described := pictures.exiftool_items(text.encode("utf-8", "replace")):
        data = [{"images": [{"file": pictures.name_of(item), "metadata": item}]} for item in described]
    items = data if isinstance(data, list) else [data]
    if not items:
        raise InputError("it holds no post.")
    for number, item in enumerate(items, start=1):
        yield from _record(item, source, f"{source}#{number}" if isinstance(data, list) else source, path)


def _json_lines(text: str, source: str, path: Path | None, _notes: tuple[str, ...]) -> Iterator[Post]:
    empty = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        empty = False
        name = f"{source}:{number}"
        try:
            item = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield unreadable(name, f"the line is not JSON ({error}).")
        else:
            yield from _record(item, name, name, path)
    if empty:
        raise InputError("it holds no post.")


def _record(item: object, source: str, name: str, path: Path | None) -> Iterator[Post]:
    try:
        yield record(item, name, source, path.parent if path else Path.cwd(), path)
    except InputError as error:
        yield unreadable(name, str(error))


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": _plain,
        ".md": _markdown,
        ".markdown": _markdown,
        ".json": _json,
        ".jsonl": _json_lines,
        ".ndjson": _json_lines,
    }
)
