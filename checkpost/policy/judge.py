"""How a hit is judged by the packs in force."""

from collections.abc import Iterable

from checkpost.model import ClauseRef, Confidence, Hit
from checkpost.policy.pack import Pack


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
