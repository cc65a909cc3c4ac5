"""Finds the drafts and the pictures in a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from checkpost.drafts.formats import READERS
from checkpost.drafts.pictures import SUFFIXES


def drafts(folder: Path) -> Iterator[Path]:
    """Every file under a folder that can be a draft, in a fixed order; hidden files and folders are passed over.

    What exiftool wrote about a picture into a file beside it (photo.jpg.json) is read with the picture.

    Raises:
        OSError: A folder cannot be listed: a draft in it would go unchecked.
    """
    return (path for path in _files(folder, frozenset(READERS)) if Path(path.stem).suffix.casefold() not in SUFFIXES)


def pictures(folder: Path) -> Iterator[Path]:
    """Every picture and clip under a folder, likewise.

    Raises:
        OSError: A folder cannot be listed.
    """
    return _files(folder, SUFFIXES)


def _files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise error

    for base, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.casefold() in suffixes:
                yield Path(base, name)
