"""What each clause of a policy is checked by, and what several policies ask in common.

This is where packs and rules meet: both know concerns, and neither knows the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checkpost.concerns import Concern, vocabulary
from checkpost.data import cases_folder, read_toml
from checkpost.model import Severity
from checkpost.policy.pack import Clause, Pack
from checkpost.rules import Detector, Inference, detectors, inferences


@dataclass(frozen=True, slots=True)
class ClauseCase:
    """Two posts (keys as in JSON input) for clauses of a pack: one that raises a finding under them, one near it."""

    id: str
    clauses: tuple[str, ...]
    flagged: Mapping[str, object]
    quiet: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """A clause, the rules that can raise one of its concerns, and the cases that prove it."""

    clause: Clause
    checks: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How each of several packs ranks one concern at its severest; None where a pack is silent on it."""

    concern: Concern
    severities: Mapping[str, Severity | None]


@cache
def cases(pack: str) -> tuple[ClauseCase, ...]:
    """The cases of a shipped pack; none for a pack of one's own."""
    path = cases_folder() / f"{pack}.toml"
    if not path.is_file():
        return ()
    return tuple(
        ClauseCase(f"{pack}#{number}", tuple(table["clauses"]), table["flagged"], table["quiet"])
        for number, table in enumerate(read_toml(path)["case"], start=1)
    )


def coverage(pack: Pack) -> tuple[ClauseCoverage, ...]:
    """Every clause of a pack, in its order, with what checks it."""
    rules: list[Detector | Inference] = [*detectors().values(), *inferences().values()]
    return tuple(
        ClauseCoverage(
            clause,
            tuple(rule.id for rule in rules if clause.concerns.keys() & set(rule.concerns)),
            tuple(case.id for case in cases(pack.id) if clause.id in case.clauses),
        )
        for clause in pack.clauses
    )


def compare(packs: Sequence[Pack]) -> tuple[Comparison, ...]:
    """Every concern that one of the packs speaks of, with the severest word of each."""
    return tuple(
        Comparison(concern, {pack.id: _severest(pack, concern.id) for pack in packs})
        for concern in vocabulary().values()
        if any(concern.id in pack.by_concern for pack in packs)
    )


def _severest(pack: Pack, concern: str) -> Severity | None:
    found = [clause.concerns[concern] for clause in pack.by_concern.get(concern, ())]
    return max(found, key=lambda severity: severity.rank, default=None)
