"""`checkpost.toml`: which policies are in force, whose organisation it is, who is on its rolls.

Found by `find`, read by `load` into a frozen `Config`. An unknown key is an error that names the nearest known one:
a typo must never switch a check off.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from checkpost.data import line_of, read_toml, root
from checkpost.errors import DataError, nearest
from checkpost.model import Confidence, Severity

FILE_NAME = "checkpost.toml"


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation that posts are about: what it is called and what of it is public."""

    name: str | None = None
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return ((self.name,) if self.name else ()) + self.aliases


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the organisation's, in degrees: pictures taken there are said to be, in words."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Allow:
    """A term that somebody allowed for one concern, with a reason, until a day."""

    term: str
    concern: str
    reason: str
    by: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that `checkpost.toml` says. Paths are absolute."""

    path: Path | None = None
    policies: tuple[str, ...] = ()
    organisation: Organisation = Organisation()
    learners: Path | None = None
    staff: Path | None = None
    cache: bool = True
    confidential: Path | None = None
    partners: Path | None = None
    fail_on: Severity = Severity.REVIEW
    min_severity: Severity = Severity.ADVISE
    min_confidence: Confidence = Confidence.LOW
    platforms: tuple[str, ...] = ()
    working_hours: tuple[time, time] = (time(8, 30), time(16, 0))
    name_model: str | None = None
    baseline: Path | None = None
    include: tuple[str, ...] = ()  # patterns of the files of a folder that are drafts; all, if there is none
    exclude: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # headings of a table, by what they hold
    exiftool: bool = False
    sites: tuple[Site, ...] = ()
    allow: tuple[Allow, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the configuration names, which are no drafts."""
        named = (self.learners, self.staff, self.confidential, self.partners, self.baseline)
        return tuple(path for path in named if path)


# Every key of the file and the kind of value it takes.
_TEXT, _TEXTS, _FILE, _SWITCH = "text", "a list of texts", "a file's path", "true or false"
_SCHEMA: Mapping[str, Mapping[str, str]] = {
    "organisation": {
        "name": _TEXT,
        "aliases": _TEXTS,
        "handles": _TEXTS,
        "hashtags": _TEXTS,
        "domains": _TEXTS,
        "contacts": _TEXTS,
    },
    "people": {"learners": _FILE, "staff": _FILE, "cache": _SWITCH},
    "lexicons": {"confidential": _FILE, "partners": _FILE},
    "check": {
        "fail-on": _TEXT,
        "min-severity": _TEXT,
        "min-confidence": _TEXT,
        "platforms": _TEXTS,
        "working-hours": _TEXT,
        "name-model": _TEXT,
        "baseline": _FILE,
        "exiftool": _SWITCH,
    },
}
_ALLOW = frozenset({"term", "concern", "reason", "by", "until"})


def find(start: Path | None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration for a draft: CHECKPOST_CONFIG, else the nearest upward from `start`, else the user's own.

    Args:
        start: The checked file or folder; None for the working directory.
        environ: The environment.
    """
    if named := environ.get("CHECKPOST_CONFIG"):
        return Path(named)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    candidate = user_folder(environ) / FILE_NAME
    return candidate if candidate.is_file() else None


def user_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where a person keeps settings: `%APPDATA%` on Windows, else `$XDG_CONFIG_HOME` or `~/.config`."""
    if sys.platform == "win32" and environ.get("APPDATA"):
        return Path(environ["APPDATA"]) / "checkpost"
    base = environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "checkpost"


def load(path: Path | None) -> Config:
    """Read a configuration; None gives the defaults (no organisation, the shipped policies).

    Raises:
        DataError: The file is missing or has a fault; the message names file, line and the nearest valid word.
    """
    if path is None:
        return Config()
    path = path.resolve()
    data = read_toml(path)
    _check_keys(path, data)
    check = data.get("check", {})
    people = dict(data.get("people", {}))
    keep = people.pop("cache", True)
    files: dict[str, Any] = {**people, **data.get("lexicons", {})}
    return Config(
        path=path,
        policies=tuple(_texts(path, "policies", data.get("policies", []))),
        organisation=Organisation(
            name=data.get("organisation", {}).get("name"),
            **{key: tuple(value) for key, value in data.get("organisation", {}).items() if key != "name"},
        ),
        **{key: _file(path, key, value) for key, value in files.items()},  # type: ignore[arg-type]  # see _SCHEMA
        cache=keep,
        fail_on=_choice(path, check, "fail-on", Severity, Severity.REVIEW),
        min_severity=_choice(path, check, "min-severity", Severity, Severity.ADVISE),
        min_confidence=_choice(path, check, "min-confidence", Confidence, Confidence.LOW),
        platforms=tuple(name.casefold() for name in check.get("platforms", [])),
        working_hours=_hours(path, check.get("working-hours", "08:30-16:00")),
        name_model=check.get("name-model"),
        baseline=_file(path, "baseline", check["baseline"]) if "baseline" in check else None,
        exiftool=check.get("exiftool", False),
        sites=tuple(_site(path, name, value) for name, value in _table(path, "sites", data).items()),
        allow=tuple(_allow(path, table) for table in data.get("allow", [])),
    )


def _check_keys(path: Path, data: Mapping[str, Any]) -> None:
    known = {*_SCHEMA, "policies", "sites", "allow"}
    for key, value in data.items():
        if key not in known:
            raise DataError(path, f'unknown key "{key}".{nearest(key, known)}', line_of(path, key))
        if key in _SCHEMA:
            if not isinstance(value, dict):
                raise DataError(path, f"write [{key}] as a table.", line_of(path, key))
            _check_table(path, key, value)


def _check_table(path: Path, table: str, values: Mapping[str, Any]) -> None:
    schema = _SCHEMA[table]
    for key, value in values.items():
        if key not in schema:
            raise DataError(path, f'unknown key "{key}" in [{table}].{nearest(key, schema)}', line_of(path, key))
        if schema[key] == _TEXTS:
            _texts(path, key, value)
        elif not isinstance(value, bool if schema[key] == _SWITCH else str):
            raise DataError(path, f'"{key}" must be {schema[key]}.', line_of(path, key))


def _texts(path: Path, key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DataError(path, f'"{key}" must be a list of texts, such as {key} = ["…"].', line_of(path, key))
    return value


def _file(path: Path, key: str, value: str) -> Path:
    found = path.parent / value
    if not found.is_file():
        raise DataError(path, f'{key} = "{value}": there is no such file beside {path.name}.', line_of(path, key))
    return found


_Level = TypeVar("_Level", Severity, Confidence)


def _choice(path: Path, table: Mapping[str, Any], key: str, choices: type[_Level], default: _Level) -> _Level:
    value = table.get(key, default.value)
    if value not in list(choices):
        words = ", ".join(choices)
        raise DataError(path, f'{key} = "{value}" is none of {words}.{nearest(value, choices)}', line_of(path, key))
    return choices(value)


def _hours(path: Path, value: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError as error:
        where = line_of(path, "working-hours")
        raise DataError(path, f'working-hours = "{value}": write it as "08:30-16:00".', where) from error
    return start, end


def _table(path: Path, key: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise DataError(path, f"write [{key}] as a table.", line_of(path, key))
    return table


def _site(path: Path, name: str, value: object) -> Site:
    try:
        latitude, longitude = (float(part) for part in str(value).split(","))
    except ValueError as error:
        why = f'the site "{name}" has no position: write it as "53.3811, -1.4701", latitude first.'
        raise DataError(path, why, line_of(path, name)) from error
    return Site(name, latitude, longitude)


def _allow(path: Path, table: Mapping[str, Any]) -> Allow:
    for key in table:
        if key not in _ALLOW:
            raise DataError(path, f'unknown key "{key}" in [[allow]].{nearest(key, _ALLOW)}', line_of(path, key))
    for key in ("term", "concern", "reason", "by"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise DataError(
                path,
                f'an [[allow]] has no "{key}": say what is allowed, for which concern, why and by whom.',
                line_of(path, "[[allow]]"),
            )
    until = table.get("until")
    if until is not None and not isinstance(until, date):
        raise DataError(path, "until must be a date, such as until = 2027-07-31.", line_of(path, "until"))
    return Allow(table["term"], table["concern"], table["reason"], table["by"], until)


def shipped_policies() -> tuple[str, ...]:
    """Ids of the packs that ship with checkpost: in force where no configuration says otherwise."""
    return tuple(sorted(path.stem for path in (root() / "policies").glob("*.toml")))
