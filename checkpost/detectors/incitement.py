"""Calls on others to break their contract, a rule or the law, or to disrupt the organisation.

What it finds: Urging people to stay away from a duty, to stop doing part of the job, to be off sick without
being ill, to falsify or hide a record, to leak, block or damage something.
Why it matters: Inducing others to break a contract can make the author liable, and a public call is easily
proved. Lawful union action after a ballot is another matter (Trade Union and Labour Relations (Consolidation)
Act 1992).
Not flagged: The organisation's own rules and requests, children kept at home because they are ill, history,
news of ballots.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every call of the kind."""
    yield from passages(doc, phrase_hits(doc, knowledge, "incitement"), reach=2)


DETECTOR = Detector("incitement", ("conduct/incitement",), find)
