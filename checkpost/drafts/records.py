"""Drafts as data: JSON, with one post or a list of them, and JSON Lines, with a post a line."""

import json
from collections.abc import Iterator

from checkpost.drafts import pictures
from checkpost.drafts.fields import record
from checkpost.drafts.origin import Origin, unreadable
from checkpost.errors import InputError
from checkpost.model import Post


def whole(text: str, origin: Origin, _notes: tuple[str, ...]) -> Iterator[Post]:
    """The posts of a JSON file.

    Raises:
        InputError: It is not JSON, or holds no post.
    """
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
        name = f"{origin.source}#{number}" if isinstance(data, list) else origin.source
        yield from _record(item, origin.source, name, origin)


def lines(text: str, origin: Origin, _notes: tuple[str, ...]) -> Iterator[Post]:
    """The posts of a JSON Lines file; a line that is broken costs that line only.

    Raises:
        InputError: It holds no post.
    """
    empty = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        empty = False
        name = f"{origin.source}:{number}"
        try:
            item = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield unreadable(name, f"the line is not JSON ({error}).")
        else:
            yield from _record(item, name, name, origin)
    if empty:
        raise InputError("it holds no post.")


def _record(item: object, source: str, name: str, origin: Origin) -> Iterator[Post]:
    try:
        yield record(item, name, source, origin.folder, origin.path)
    except InputError as error:
        yield unreadable(name, str(error))
