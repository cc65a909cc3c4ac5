"""Which files of a folder are left out: as .gitignore says, and as the user does.

As in ripgrep, .gitignore counts only inside a Git work tree, nested ones included, and a folder that the user names is
looked into even where it is ignored. pathspec matches the patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checkpost.errors import InputError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class Ignored:
    """The patterns in force in one folder, those of the folders above it first."""

    specs: tuple[tuple[Path, "GitIgnoreSpec"], ...] = ()
    in_work_tree: bool = False

    @classmethod
    def at(cls, folder: Path) -> "Ignored":
        """The patterns that stand above a folder.

        Args:
            folder: A folder that the user named, resolved.
        """
        top = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)
        if top is None:
            return cls()
        rules = cls((), in_work_tree=True).with_file(top, top / ".git" / "info" / "exclude")
        above = [place for place in reversed(folder.parents) if place.is_relative_to(top)]
        for place in above:
            rules = rules.with_file(place, place / ".gitignore")
        return replace(rules, specs=()) if rules.leaves_out(folder, is_folder=True) else rules

    def within(self, folder: Path) -> "Ignored":
        """The patterns in a folder below, with those of its own .gitignore."""
        return self.with_file(folder, folder / ".gitignore") if self.in_work_tree else self

    def leaves_out(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a path is ignored: the last pattern that speaks of it decides, the nearest file's first."""
        for base, spec in reversed(self.specs):
            name = path.relative_to(base).as_posix() + "/" * is_folder
            included = spec.check_file(name).include if name != "./" else None
            if included is not None:
                return included
        return False

    def with_file(self, base: Path, file: Path) -> "Ignored":
        """These patterns and those of a file, which are relative to `base`."""
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return self
        try:
            spec = _spec(lines, str(file))
        except InputError:  # Git passes over what it does not understand
            spec = _spec([line for line in lines if _is_pattern(line)], str(file))
        return replace(self, specs=(*self.specs, (base, spec)))


@dataclass(frozen=True)
class Choice:
    """What the user includes and excludes, as patterns like .gitignore's, relative to the folder that is checked."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    passed_over: frozenset[Path] = frozenset()

    def matcher(self) -> "Matcher":
        """The patterns, ready to be matched.

        Raises:
            InputError: One of them is no pattern.
        """
        return Matcher(
            _spec(self.include, "--include") if self.include else None,
            _spec(self.exclude, "--exclude") if self.exclude else None,
        )


@dataclass(frozen=True)
class Matcher:
    """The patterns of a `Choice`."""

    include: "GitIgnoreSpec | None"
    exclude: "GitIgnoreSpec | None"

    def leaves_out(self, relative: Path, *, is_folder: bool) -> bool:
        """Whether a path below the folder is left out; folders are never left out for want of being included."""
        name = relative.as_posix() + "/" * is_folder
        if self.exclude and self.exclude.match_file(name):
            return True
        return not is_folder and self.include is not None and not self.include.match_file(name)


def _is_pattern(line: str) -> bool:
    try:
        _spec([line], "")
    except InputError:
        return False
    return True


def _spec(lines: Sequence[str], where: str) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (only where there is something to match)

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError(f"{where} holds a pattern that cannot be understood ({error}).") from error
