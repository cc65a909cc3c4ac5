"""Finds the drafts in a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from checkpost.drafts.formats import READERS


def drafts(folder: Path) -> Iterator[Path]:
    """Every file under a folder that can be a draft, in a fixed order; hidden files and folders are passed over.

    Raises:
        OSError: A folder cannot be listed: a draft in it would go unchecked.
    """

    def fail(error: OSError) -> None:
        raise error

    for base, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.casefold() in READERS:
                yield Path(base, name)
