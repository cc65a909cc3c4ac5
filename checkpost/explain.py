"""Explains a concern, a detector, a clause or a policy: what it is, why, what to do, and what it hangs together with.

Every word comes from where it is kept once: concerns.toml, the rule's docstring, the pack.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpost.concerns import Concern, vocabulary
from checkpost.coverage import cases
from checkpost.errors import CheckpostError, nearest
from checkpost.policy.pack import Clause, Pack
from checkpost.rules import Detector, Inference, detectors, documentation, inferences


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title and titled sections."""

    title: str
    sections: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """As plain text, a blank line between sections."""
        body = "\n\n".join(f"{heading}\n{_indented(text)}" for heading, text in self.sections)
        return f"{self.title}\n\n{body}\n"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


def explain(word: str, packs: Sequence[Pack]) -> Explanation:
    """Explain what a word names.

    Args:
        word: A concern (`people/learner`), a detector or inference (`roster-name`), a clause (`clt-2020:4.6.b`, or a
            bare clause id that only one pack has), or a pack (`clt-2020`).
        packs: The packs to look clauses up in.

    Raises:
        CheckpostError: Nothing is called that; the message names the nearest word.
    """
    rules: dict[str, Detector | Inference] = {**detectors(), **inferences()}
    if word in vocabulary():
        return _concern(vocabulary()[word], packs)
    if word in rules:
        return _rule(rules[word])
    by_id = {pack.id: pack for pack in packs}
    if word in by_id:
        return _pack(by_id[word])
    policy, _, clause_id = word.rpartition(":")
    found = [
        (pack, clause) for pack in packs if policy in ("", pack.id) for clause in pack.clauses if clause.id == clause_id
    ]
    if len(found) == 1:
        return _clause(*found[0])
    if found:
        which = ", ".join(f"{pack.id}:{clause.id}" for pack, clause in found)
        raise CheckpostError(f'more than one policy has a clause "{clause_id}": say which ({which}).')
    clauses = (f"{pack.id}:{clause.id}" for pack in packs for clause in pack.clauses)
    names = [*vocabulary(), *rules, *by_id, *clauses]
    raise CheckpostError(
        f'nothing is called "{word}".{nearest(word, names)} Name a concern (people/learner), a check (email-address), '
        "a policy (clt-2020) or a clause (clt-2020:4.6.b)."
    )


def _concern(concern: Concern, packs: Sequence[Pack]) -> Explanation:
    return Explanation(
        f"{concern.title} [{concern.id}]",
        (
            ("What it is", concern.meaning),
            ("Why it matters", concern.why),
            ("What to do", concern.advice),
            ("Found here", concern.flagged),
            ("Fine", concern.quiet),
            ("Found by", "\n".join(_finders(concern.id)) or "no check yet: it may be in a post without being found"),
            ("Policies", "\n".join(_clauses_on(concern.id, packs)) or "no policy in force speaks of it: house advice"),
        ),
    )


def _finders(concern: str) -> Iterator[str]:
    rules: list[Detector | Inference] = [*detectors().values(), *inferences().values()]
    for rule in rules:
        if concern in rule.concerns:
            yield f"{rule.id}: {documentation(rule).splitlines()[0]}"


def _clauses_on(concern: str, packs: Sequence[Pack]) -> Iterator[str]:
    for pack in packs:
        for clause in pack.by_concern.get(concern, ()):
            yield f"{pack.id}:{clause.id} ({clause.concerns[concern]}) {clause.summary}"


def _rule(rule: Detector | Inference) -> Explanation:
    first, _, rest = documentation(rule).partition("\n\n")
    concerns = "\n".join(f"{concern}: {vocabulary()[concern].title}" for concern in rule.concerns)
    return Explanation(f"{first} [{rule.id}]", (("How it works", rest), ("Concerns", concerns)))


def _pack(pack: Pack) -> Explanation:
    dates = (
        f"Version {pack.version}. In force since {pack.effective or 'an unstated day'}, "
        f"due for review {pack.review_due or 'on no stated day'}."
    )
    clauses = "\n".join(f"{pack.id}:{clause.id}  {clause.summary}" for clause in pack.clauses)
    return Explanation(
        f"{pack.title}, {pack.issuer} [{pack.id}]",
        (
            ("Dates", "\n".join([dates, *pack.date_conflicts])),
            ("Whom to ask", pack.approver or "the policy does not say"),
            ("Where to report", pack.reporting_contact or "the policy does not say"),
            ("Disclaimers", "\n".join(pack.disclaimers) or "none is prescribed"),
            ("Clauses", clauses),
        ),
    )


def _clause(pack: Pack, clause: Clause) -> Explanation:
    who = {"both": "every account", "personal": "personal accounts", "organisation": "the organisation's accounts"}
    sections = [("What it asks", clause.summary), ("Whom it binds", who[clause.applies_to])]
    if clause.concerns:
        triggers = [
            f"{concern} ({severity}): {vocabulary()[concern].title}" for concern, severity in clause.concerns.items()
        ]
        sections.append(("What triggers it", "\n".join(triggers)))
        sections.extend(_examples(pack, clause))
    if clause.reason:
        sections.append(("Why no check", clause.reason))
    if clause.reminder:
        sections.append(("Before you post", clause.reminder))
    return Explanation(f"{clause.heading} [{pack.id}:{clause.id}], {pack.title}, {pack.issuer}", tuple(sections))


def _examples(pack: Pack, clause: Clause) -> Iterator[tuple[str, str]]:
    """A post that falls under a clause and one near it that does not: its own case, else its first concern's."""
    case = next((case for case in cases(pack.id) if clause.id in case.clauses), None)
    first = vocabulary()[next(iter(clause.concerns))]
    yield "Found here", _shown(case.flagged) if case else first.flagged
    yield "Fine", _shown(case.quiet) if case else first.quiet


def _shown(post: Mapping[str, object]) -> str:
    """A case's post in words: its text, and what else it declares."""
    declared = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in post.items() if key != "text"]
    return "\n".join([str(post.get("text", "")), *declared]).strip()
