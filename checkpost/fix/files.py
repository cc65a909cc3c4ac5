"""Writes files so that a crash, a full disk or a power cut leaves the old file or the new one, whole."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from checkpost.errors import InputError


def write(path: Path, data: bytes) -> None:
    """Put bytes into a file, new or not, in one step. A link keeps leading to its file, and permissions stay.

    Raises:
        InputError: The file or its folder cannot be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise InputError(f"{path} is write-protected: it was left as it is.")
        _replace(target, data)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): it was left as it is.") from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
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
