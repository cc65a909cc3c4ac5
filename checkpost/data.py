"""Finds the data that ships with checkpost, and reads TOML with the line of every fault."""

import re
from pathlib import Path
from typing import Any

import tomli

from checkpost.errors import DataError

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The `lexicons/` folder: inside an installed package, or beside it in a source tree."""
    installed = _PACKAGE / "_lexicons"
    return installed if installed.is_dir() else _PACKAGE.parent / "lexicons"


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, with or without a byte order mark.

    Raises:
        DataError: The file is missing, or is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(path, f"cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise DataError(path, "is not UTF-8 text. Save it as UTF-8 and try again.") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file.

    Raises:
        DataError: The file is missing, is not UTF-8 text, or is not TOML.
    """
    text = read_text(path)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise DataError(
            path, f"is not valid TOML: {message}.", int(line[1]) if line else text.count("\n") + 1
        ) from error


def line_of(path: Path, word: str, nth: int = 1, after: int = 1) -> int | None:
    """1-based line on which a word stands for the `nth` time from line `after` on.

    TOML readers give no positions for keys, so words are looked up once a fault is known. Comments don't count.
    """
    pattern = re.compile(rf"(?<![\w./-]){re.escape(word)}(?![\w./-])")
    lines = path.read_text(encoding="utf-8-sig").split("\n") if path.is_file() else []
    numbers = [
        number
        for number, line in enumerate(lines, start=1)
        if number >= after and not line.lstrip().startswith("#") and pattern.search(line)
    ]
    return numbers[nth - 1] if len(numbers) >= nth else None


def cases_folder() -> Path:
    """Where the cases that prove the policies' clauses are: in the installed package, or in the source tree."""
    installed = _PACKAGE / "_cases"
    return installed if installed.is_dir() else _PACKAGE.parent / "tests" / "cases" / "policies"
