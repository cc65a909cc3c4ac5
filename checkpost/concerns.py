"""The vocabulary between detectors and policies: what a check can find, named apart from any policy.

The text lives in `lexicons/concerns.toml`, where a policy officer can better the advice without Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from checkpost.data import read_toml, root


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of problem. `absence` means that something is missing, so that no words can show it."""

    id: str
    title: str
    meaning: str
    why: str
    advice: str
    flagged: str
    quiet: str
    absence: bool = False
    labelled: bool = True

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]


@cache
def vocabulary() -> Mapping[str, Concern]:
    """Every concern by its id, in the vocabulary's order."""
    tables = read_toml(root() / "concerns.toml")["concern"]
    return {table["id"]: Concern(**table) for table in tables}
