"""Keeps the index of a long roster in the user's cache folder, so that the next check need not build it again.

What is kept is the roster itself, in another order: names, groups, consents. So it is kept as little as can be.
Only of a file that takes long to read (`_WORTH`); one file for each roster, in a folder and with rights for this user
alone; replaced when the roster changes; for 30 days at most. `[people] cache = false` keeps nothing, and deleting the
folder loses nothing.

A file here is trusted no further than its shape: it holds text and numbers only, a digest of its own content, and one
of all that it was made from (the roster, the lists of names, the code). One that is damaged, out of date, a link, or
that another user owns or may write is passed over.
"""

import hashlib
import os
import stat
import struct
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checkpost.data import root
from checkpost.roster.index import Index
from checkpost.roster.people import People

_WORTH = 256 * 1024  # bytes of a roster: some 4,000 people, who take a twentieth of a second to index
_DAYS = 30
_SUFFIX = ".roster"
_MAGIC = b"checkpost roster\n"
_NUMBERS = 8  # sections of numbers, after two of text
_HEAD = struct.Struct(f"={len(_MAGIC)}s32s32s{2 + _NUMBERS}Q")  # magic, made from, content; lengths of the sections


@dataclass(frozen=True, slots=True)
class Place:
    """Where the index of one roster is kept, and the digest of what it must have been made from."""

    path: Path
    kind: str
    made_from: bytes

    @classmethod
    def of(cls, roster: Path, kind: str, data: bytes) -> "Place | None":
        """The place for a roster; None if it is read as fast without."""
        if len(data) < _WORTH:
            return None
        made_from = _digest(kind.encode(), _digest(data), _version())
        name = _digest(kind.encode(), str(roster.resolve()).encode("utf-8", "surrogatepass")).hex()[:32]
        return cls(folder() / (name + _SUFFIX), kind, made_from)

    def load(self) -> tuple[People, Index] | None:
        """The roster and its index, if it is there, whole, this user's own and made from the same."""
        try:
            data = _read_own(self.path)
            return unpack(self.kind, self.made_from, data) if data else None
        except (OSError, ValueError):
            return None

    def save(self, people: People, index: Index) -> None:
        """Keep a roster and its index. Where that cannot be, a check goes on without."""
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(os.lstat(self.path.parent), stat.S_ISDIR, others_may=0o055):
                return
            _delete_old(self.path.parent)
            handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.path.parent)  # with rights 0600
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(pack(self.made_from, people, index))
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


def folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    r"""Where programs keep what they can build again, by the custom of the system.

    `%LOCALAPPDATA%\checkpost\Cache` on Windows, `~/Library/Caches/checkpost` on a Mac, else `$XDG_CACHE_HOME/checkpost`
    or `~/.cache/checkpost`.
    """
    if platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "checkpost" / "Cache"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "checkpost"
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "checkpost"


def pack(made_from: bytes, people: People, index: Index) -> bytes:
    """A roster and its index as the content of a file."""
    numbers = (index.starts, index.parts, index.bounds, index.people, *index.borne)
    sections = ["\n".join(text).encode() for text in (people.lines, index.keys)]
    sections.extend(array("I", section).tobytes() for section in numbers)
    head = _HEAD.pack(_MAGIC, made_from, _digest(*sections), *map(len, sections))
    return b"".join((head, *sections))


def unpack(kind: str, made_from: bytes, data: bytes) -> tuple[People, Index] | None:
    """The roster and its index that a file's content holds; None if it is damaged, or was made from something else.

    Raises:
        ValueError: It is damaged.
    """
    if len(data) < _HEAD.size:
        return None
    magic, source, content, *lengths = _HEAD.unpack_from(data)
    if (magic, source) != (_MAGIC, made_from):
        return None
    view, at = memoryview(data), _HEAD.size
    sections = []
    for length in lengths:
        sections.append(view[at : at + length])
        at += length
    if at != len(data) or content != _digest(*sections):
        return None
    lines, keys = (str(section, "utf-8").split("\n") if section else [] for section in sections[:-_NUMBERS])
    starts, parts, bounds, people, *borne = (section.cast("I") for section in sections[-_NUMBERS:])
    firsts, seconds, pairs, lasts = borne
    return People(kind, lines), Index(keys, starts, parts, bounds, people, (firsts, seconds, pairs, lasts))


def _read_own(path: Path) -> bytes | None:
    """A file's content, if it is a plain file of this user's that nobody else may read or write, and not too old."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)  # neither is on every system
    with os.fdopen(os.open(path, flags), "rb") as file:
        about = os.fstat(file.fileno())
        if path.is_symlink() or not _is_own(about, stat.S_ISREG) or _is_old(about):
            return None
        return file.read()


def _is_own(about: os.stat_result, is_kind: Callable[[int], bool], others_may: int = 0) -> bool:
    """Whether it is what it should be, and this user's alone. Windows keeps a user's folders by other means."""
    if not is_kind(about.st_mode):
        return False
    return sys.platform == "win32" or (about.st_uid == os.geteuid() and not about.st_mode & 0o077 & ~others_may)


def _is_old(about: os.stat_result) -> bool:
    return time.time() - about.st_mtime > _DAYS * 24 * 3600


def _delete_old(place: Path) -> None:
    """Delete what was kept of rosters that nobody has checked with for long, and what a crash left behind."""
    for path in (*place.glob("*" + _SUFFIX), *place.glob("*.tmp")):
        with suppress(OSError):
            if _is_old(path.lstat()):
                path.unlink()


@cache
def _version() -> bytes:
    """A digest of the code and the lists of names that an index is made by."""
    here = Path(__file__).resolve().parent
    code = [*sorted(here.glob("*.py")), here.parent / "names.py", here.parent / "text" / "words.py"]
    lists = root() / "names" / "nicknames.toml"
    return _digest(sys.byteorder.encode(), *(path.read_bytes() for path in (*code, lists) if path.is_file()))


def _digest(*parts: bytes | memoryview) -> bytes:
    found = hashlib.blake2b(digest_size=32)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()
