"""Policy packs: what an organisation's policy says of each concern, clause by clause, and how a hit is judged by it.

A pack is `lexicons/policies/<id>.toml`, or a file of one's own beside checkpost.toml. It knows concerns, never
detectors.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from checkpost.concerns import vocabulary
from checkpost.config import shipped_policies
from checkpost.data import line_of, read_toml, root
from checkpost.errors import DataError, nearest
from checkpost.knowledge import Standard
from checkpost.model import ClauseRef, Confidence, Hit, PolicyInForce, Severity

ACCOUNTS = ("personal", "organisation", "both")
CHECKABLE = ("text", "image", "context", "advice", "none")
_CLAUSE_KEYS = frozenset(
    {"id", "heading", "summary", "applies_to", "checkable", "reason", "reminder", "remind_on", "concerns"}
)
_TEXTS = ("disclaimers", "approved_platforms", "legislation", "date_conflicts")
_DATES = ("effective", "review_due")
_FLAGS = ("disclaimer_exact", "disclaimer_in_profile")
_PACK_KEYS = frozenset(
    ("id", "title", "issuer", "version", "source", "reporting_contact", "approver", "clause", *_DATES, *_FLAGS, *_TEXTS)
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of a policy, summed up in our own words.

    `checkable` says what can show a breach: the text, a picture, the declared context; `advice` where only a reminder
    helps, `none` where the clause has no bearing on a draft, each with its `reason`. `reminder` is for drafts that
    touch one of `remind_on` (concerns or families).
    """

    id: str
    heading: str
    summary: str
    applies_to: str
    checkable: str
    concerns: Mapping[str, Severity]
    reason: str | None = None
    reminder: str | None = None
    remind_on: tuple[str, ...] = ()

    def binds(self, account: str | None) -> bool:
        """Whether the clause applies to an account. An account that isn't declared may be either."""
        return account is None or self.applies_to in ("both", account)


@dataclass(frozen=True)
class Pack:
    """A policy: its particulars and every clause."""

    path: Path
    id: str
    title: str
    issuer: str
    clauses: tuple[Clause, ...]
    version: str = ""
    effective: date | None = None
    review_due: date | None = None
    source: str = ""
    reporting_contact: str | None = None
    approver: str | None = None
    disclaimers: tuple[str, ...] = ()
    disclaimer_exact: bool = False
    disclaimer_in_profile: bool = False
    approved_platforms: tuple[str, ...] = ()
    legislation: tuple[str, ...] = ()
    date_conflicts: tuple[str, ...] = ()

    @cached_property
    def by_concern(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that cover each concern, in the policy's order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            for concern in clause.concerns:
                found.setdefault(concern, []).append(clause)
        return {concern: tuple(clauses) for concern, clauses in found.items()}

    @property
    def standard(self) -> Standard:
        """What the policy prescribes that a draft can be measured against."""
        return Standard(
            self.id, self.disclaimers, self.disclaimer_exact, self.disclaimer_in_profile, self.approved_platforms
        )

    def overdue(self, today: date) -> bool:
        """Whether the policy is past its own review date."""
        return self.review_due is not None and self.review_due < today

    def in_force(self, today: date) -> PolicyInForce:
        """The policy as a report names it."""
        return PolicyInForce(self.id, self.title, self.issuer, self.review_due, self.overdue(today))


def load_all(names: Sequence[str], beside: Path | None) -> tuple[Pack, ...]:
    """The packs in force: ids of shipped ones or paths beside the configuration; with no names, all that ship.

    Raises:
        DataError: A pack is missing or has a fault, or two packs have the same id.
    """
    packs: dict[str, Pack] = {}
    for name in names or shipped_policies():
        pack = load(_locate(name, beside))
        if pack.id in packs:
            raise DataError(pack.path, f'two policies in force have the id "{pack.id}". Give one of them another id.')
        packs[pack.id] = pack
    return tuple(packs.values())


def _locate(name: str, beside: Path | None) -> Path:
    if name.endswith(".toml"):
        return (beside.parent if beside else Path.cwd()) / name
    shipped = shipped_policies()
    if name not in shipped:
        message = (
            f'no shipped policy is called "{name}".{nearest(name, shipped)} Shipped: {", ".join(shipped)}. '
            'For a pack of your own, name its file, such as "our-policy.toml".'
        )
        raise DataError(beside or "policies", message, line_of(beside, name) if beside else None)
    return root() / "policies" / f"{name}.toml"


def load(path: Path) -> Pack:
    """Read and validate one pack.

    Raises:
        DataError: The pack has a fault; the message names file, line and the nearest valid word.
    """
    data = read_toml(path)
    _check_particulars(path, data)
    return Pack(
        path=path,
        id=data["id"],
        title=data["title"],
        issuer=data["issuer"],
        clauses=_clauses(path, data.get("clause", [])),
        version=str(data.get("version", "")),
        effective=data.get("effective"),
        review_due=data.get("review_due"),
        source=str(data.get("source", "")),
        reporting_contact=data.get("reporting_contact"),
        approver=data.get("approver"),
        disclaimers=tuple(data.get("disclaimers", ())),
        disclaimer_exact=data.get("disclaimer_exact") is True,
        disclaimer_in_profile=data.get("disclaimer_in_profile") is True,
        approved_platforms=tuple(name.casefold() for name in data.get("approved_platforms", ())),
        legislation=tuple(data.get("legislation", ())),
        date_conflicts=tuple(data.get("date_conflicts", ())),
    )


def _check_particulars(path: Path, data: Mapping[str, Any]) -> None:
    for key in data:
        if key not in _PACK_KEYS:
            raise DataError(path, f'unknown key "{key}".{nearest(key, _PACK_KEYS)}', line_of(path, key))
    for key in ("id", "title", "issuer"):
        _need_text(path, data, key, "the pack")
    for key in _DATES:
        if key in data and not isinstance(data[key], date):
            raise DataError(path, f"{key} must be a date, such as {key} = 2027-09-01.", line_of(path, key))
    for key in _FLAGS:
        if not isinstance(data.get(key, False), bool):
            raise DataError(path, f"{key} must be true or false.", line_of(path, key))
    for key in _TEXTS:
        values = data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise DataError(path, f'"{key}" must be a list of texts.', line_of(path, key))


def _clauses(path: Path, tables: Sequence[Mapping[str, Any]]) -> tuple[Clause, ...]:
    if not tables:
        raise DataError(path, "the pack has no [[clause]].")
    clauses: dict[str, Clause] = {}
    for number, table in enumerate(tables, start=1):
        clause = _clause(path, table, number)
        if clause.id in clauses:
            raise DataError(path, f'clause "{clause.id}" stands twice.', line_of(path, "[[clause]]", number))
        clauses[clause.id] = clause
    return tuple(clauses.values())


def _need_text(path: Path, table: Mapping[str, Any], key: str, what: str, line: int = 1) -> None:
    if not isinstance(table.get(key), str) or not table[key].strip():
        raise DataError(path, f'{what} has no "{key}".', line)


def _clause(path: Path, table: Mapping[str, Any], number: int) -> Clause:
    top = line_of(path, "[[clause]]", number) or 1
    _need_text(path, table, "id", f"clause number {number}", top)
    name = table["id"]
    for key in table:
        if key not in _CLAUSE_KEYS:
            hint = nearest(key, _CLAUSE_KEYS)
            raise DataError(path, f'clause {name}: unknown key "{key}".{hint}', line_of(path, key, after=top))
    for key in ("heading", "summary"):
        _need_text(path, table, key, f"clause {name}", top)
    for key, choices in (("applies_to", ACCOUNTS), ("checkable", CHECKABLE)):
        if table.get(key) not in choices:
            hint = nearest(str(table.get(key)), choices)
            words = ", ".join(choices)
            raise DataError(path, f"clause {name}: {key} must be one of {words}.{hint}", line_of(path, key, after=top))
    covered = {
        concern: _severity(path, name, concern, value, top) for concern, value in table.get("concerns", {}).items()
    }
    return Clause(
        id=name,
        heading=table["heading"],
        summary=table["summary"],
        applies_to=table["applies_to"],
        checkable=table["checkable"],
        concerns=covered,
        reason=table.get("reason"),
        reminder=table.get("reminder"),
        remind_on=tuple(table.get("remind_on", ())),
    )


def _severity(path: Path, clause: str, concern: str, value: object, top: int) -> Severity:
    line = line_of(path, concern, after=top)
    if concern not in vocabulary():
        raise DataError(
            path, f'clause {clause}: no concern is called "{concern}".{nearest(concern, vocabulary())}', line
        )
    if not isinstance(value, str) or value not in list(Severity):
        hint = nearest(str(value), Severity)
        raise DataError(path, f'clause {clause}: "{value}" is none of {", ".join(Severity)}.{hint}', line)
    return Severity(value)


def judge(hit: Hit, packs: Iterable[Pack], account: str | None) -> tuple[ClauseRef, ...]:
    """Every clause of the packs in force that a hit falls under, the severest first.

    A hit of low confidence carries each clause's severity softened by one step. No clause means house advice.
    """
    found = []
    for pack in packs:
        if hit.policies is not None and pack.id not in hit.policies:
            continue
        for clause in pack.by_concern.get(hit.concern, ()):
            if clause.binds(account):
                severity = clause.concerns[hit.concern]
                if hit.confidence is Confidence.LOW:
                    severity = severity.softened()
                found.append(ClauseRef(pack.id, clause.id, clause.heading, clause.summary, severity))
    return tuple(sorted(found, key=lambda ref: -ref.severity.rank))
