"""Finds the drafts and the pictures in a folder, in a fixed order.

Passed over are hidden files and folders, the locks of Office programs, the records of approvals and the baseline, and
what exiftool wrote about a picture into a file beside it (photo.jpg.json: it is read with the picture). What cannot be
looked into is a post that says so: a draft in it would go unchecked.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpost.drafts.formats import READERS, unreadable
from checkpost.drafts.ignored import Choice, Ignored, Matcher
from checkpost.drafts.pictures import SUFFIXES
from checkpost.model import Post

_OURS = frozenset(("checkpost-baseline.json",))
_LINK = "this is a link to a folder somewhere else, which was not followed. Name that folder to check it too."


@dataclass(frozen=True)
class Found:
    """The drafts and the pictures in a folder, and what could not be looked into."""

    drafts: tuple[Path, ...]
    pictures: tuple[Path, ...]
    faults: tuple[Post, ...]


def find(folder: Path, choice: Choice) -> Found:
    """Everything in a folder, and in the folders in it, that can be checked.

    Raises:
        InputError: A pattern of the user's cannot be understood.
    """
    drafts: list[Path] = []
    pictures: list[Path] = []
    faults: list[Post] = []
    real = folder.resolve()
    for found in _walk(_Place(folder, real, real, Ignored.at(real)), choice.matcher()):
        if isinstance(found, Post):
            faults.append(found)
            continue
        suffix = found.suffix.casefold()
        if suffix in SUFFIXES:
            pictures.append(found)
        elif suffix in READERS and _is_draft(found) and found.resolve() not in choice.passed_over:
            drafts.append(found)
    return Found(tuple(drafts), tuple(pictures), tuple(faults))


def _is_draft(path: Path) -> bool:
    described = path.suffix.casefold() == ".json" and Path(path.stem).suffix.casefold() in SUFFIXES
    return not described and path.name not in _OURS and not path.name.startswith("~$")


@dataclass(frozen=True)
class _Place:
    """A folder on the way: as the user would name it, as it really is, and the patterns that hold in it."""

    shown: Path
    real: Path
    root: Path
    ignored: Ignored


def _walk(place: _Place, chosen: Matcher) -> Iterator[Path | Post]:
    """The files of a folder, then those of the folders in it."""
    stack = [place]
    while stack:
        here = stack.pop()
        rules = here.ignored.within(here.real)
        below: list[_Place] = []
        try:
            with os.scandir(here.shown) as entries:
                found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            yield unreadable(str(here.shown), f"the folder cannot be listed ({error.strerror}).")
            continue
        for entry in found:
            path = here.shown / entry.name
            real = here.real / entry.name
            is_folder = _is_folder(entry)
            if rules.leaves_out(real, is_folder=is_folder) or chosen.leaves_out(
                real.relative_to(here.root), is_folder=is_folder
            ):
                continue
            if not is_folder:
                yield path
            elif not entry.is_symlink():
                below.append(_Place(path, real, here.root, rules))
            elif not path.resolve().is_relative_to(here.root):
                yield unreadable(str(path), _LINK)
        stack.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one; a link that leads round in a circle is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
