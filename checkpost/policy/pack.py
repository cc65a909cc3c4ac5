"""The nouns of a policy: a pack and its clauses. A pack knows concerns, never detectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from checkpost.knowledge import Standard
from checkpost.model import PolicyInForce, Severity


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

    @cached_property
    def reminding(self) -> tuple[Clause, ...]:
        """The clauses that have a reminder."""
        return tuple(clause for clause in self.clauses if clause.reminder)

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
