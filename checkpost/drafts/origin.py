"""Where drafts are read from, and what stands for those that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkpost.model import NotChecked, Post


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, or standard input. `source` is the name to show; `columns` says which of a table's columns hold what."""

    source: str
    path: Path | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the pictures are that a draft names."""
        return self.path.parent if self.path else Path.cwd()


def unreadable(source: str, why: str) -> Post:
    """A post that stands for what could not be read."""
    return Post(source, source, parts=(), not_checked=(NotChecked("the draft", why),))
