"""What can go wrong in a way that the person at the keyboard can mend.

Every message says what is wrong, where, and what to do. Anything else that escapes is a defect of checkpost.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path


class CheckpostError(Exception):
    """A check that cannot go on until somebody mends something."""


class InputError(CheckpostError):
    """A draft, picture or folder that cannot be read."""


class DataError(CheckpostError):
    """A fault in a file that configures a check: `checkpost.toml`, a pack, a lexicon, a roster.

    Args:
        path: The file.
        message: What is wrong and what to do.
        line: 1-based line of the fault, where it is known.
    """

    def __init__(self, path: Path | str, message: str, line: int | None = None) -> None:
        self.path = Path(path)
        self.line = line
        self.message = message
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {message}")


def nearest(word: str, choices: Iterable[str]) -> str:
    """A "did you mean …?" to hang on an error message, or nothing where no choice is near.

    >>> nearest("persnal-data/location", ["personal-data/location", "image/location"])
    ' Did you mean "personal-data/location"?'
    >>> nearest("zzz", ["people/learner"])
    ''
    """
    match = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return f' Did you mean "{match[0]}"?' if match else ""
