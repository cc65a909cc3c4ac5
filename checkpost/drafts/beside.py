"""Finds the pictures that belong to a draft: those that lie beside it under its own name, and those that it names."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from checkpost.drafts.pictures import SUFFIXES

_ENDINGS = re.compile("|".join(re.escape(suffix) for suffix in sorted(SUFFIXES)), re.IGNORECASE)


def pictures(draft: Path, text: str) -> Iterator[str]:
    """The names of a draft's pictures: `trip.jpg` beside `trip.md`, and every file whose name the text has in it."""
    try:
        there = _pictures_in(draft.parent, draft.parent.stat().st_mtime_ns)
    except OSError:
        return
    named = frozenset(_named(text, there)) if _ENDINGS.search(text) else frozenset()
    for name in there:
        stem = os.path.splitext(name)[0]  # noqa: PTH122  (a Path for each picture and draft is dear)
        if stem.casefold() == draft.stem.casefold() or name in named:
            yield name


@lru_cache(maxsize=8)
def _pictures_in(folder: Path, _changed: int) -> tuple[str, ...]:
    """The names of a folder's pictures; the time of its last change only tells the cache."""
    with os.scandir(folder) as entries:
        return tuple(sorted(entry.name for entry in entries if Path(entry.name).suffix.casefold() in SUFFIXES))


def _named(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """The names that a text has in it; the longest first, as `out.jpg` is not named by `day out.jpg`."""
    for name in sorted(names, key=len, reverse=True):
        if name in text:
            text, count = re.subn(rf"(?<![\w-]){re.escape(name)}(?!\w)", "\n", text)
            if count:
                yield name
