"""The short "before you post" list: what no check can see, where this draft's content makes it worth a thought."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from checkpost.policy.pack import Clause, Pack

MOST = 5  # a list that is read; the whole policy is not


def reminders(packs: Iterable[Pack], concerns: AbstractSet[str], account: str | None) -> tuple[str, ...]:
    """The reminders of clauses that what was found touches, the closest first.

    Args:
        packs: The packs in force.
        concerns: The concerns found in the draft.
        account: The draft's account, or None.
    """
    if not concerns:
        return ()
    families = {concern.partition("/")[0] for concern in concerns}
    relevant = [
        (_distance(clause, concerns, families), clause.reminder, pack.id, clause.id)
        for pack in packs
        for clause in pack.reminding
        if clause.binds(account)
    ]
    near = sorted((found for found in relevant if found[0] is not None), key=lambda found: found[0] or 0)
    return tuple(f"{reminder} ({pack} {clause})" for _, reminder, pack, clause in near[:MOST])


def _distance(clause: Clause, concerns: AbstractSet[str], families: AbstractSet[str]) -> int | None:
    """0 where a concern found is named, 1 where its family is, 2 where the clause always applies; None elsewhere."""
    if not concerns.isdisjoint(clause.remind_on):
        return 0
    if not families.isdisjoint(clause.remind_on):
        return 1
    return 2 if "always" in clause.remind_on else None
