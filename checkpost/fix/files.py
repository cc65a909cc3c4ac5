"""Writes files so that a crash, a full disk or a power cut leaves the old file or the new one, whole."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from checkpost.errors import InputError

BACKUP = ".checkpost-backup"

Check = Callable[[Path], None]


def write(path: Path, data: bytes, check: Check | None = None) -> None:
    """Put bytes into a file, new or not, in one step. A link keeps leading to its file, and permissions stay.

    Args:
        path: The file.
        data: What it is to hold.
        check: Looks at the written file before it takes the other's place, and raises InputError to stop that.

    Raises:
        InputError: The file or its folder cannot be written, or the check failed. The old file is as it was.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise InputError(f"{path} is write-protected: it was left as it is.")
        _replace(target, data, check)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


def write_with_backup(path: Path, data: bytes, check: Check) -> None:
    """The same for a file that cannot be had again: a copy of it stands beside it until the new one is checked.

    Raises:
        InputError: As above, or there is a copy of an earlier run that somebody should look at.
    """
    target = path.resolve()
    backup = target.with_name(target.name + BACKUP)
    if backup.exists():
        raise InputError(f"{backup} is left from a run that was broken off: look whether {path.name} is whole first.")
    try:
        write(backup, target.read_bytes())
        shutil.copystat(target, backup)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        write(path, data, check)
        check(target)
    except InputError:
        backup.replace(target)
        raise
    backup.unlink()


def _replace(target: Path, data: bytes, check: Check | None) -> None:
    # The ending stays, so that whoever checks the file sees what kind it is.
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}.", suffix=f".part{target.suffix}", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if check:
            check(part)
        if target.exists():
            shutil.copymode(target, part)
        else:
            part.chmod(0o666 & ~_umask())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """See that the folder's own record of the file is on the disk. Windows opens no folders, and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
