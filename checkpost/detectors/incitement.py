"""Calls on others to break their contract, a rule or the law, or to disrupt the organisation.

What it finds: Urging people to stay away from a duty, to stop doing part of the job, to be off sick without
being ill, to falsify or hide a record, to leak, block or damage something.
Why it matters: Inducing others to break a contract can make the author liable, and a public call is easily
proved. Lawful union action after a ballot is another matter (Trade Union and Labour Relations (Consolidation)
Act 1992).
Not flagged: The organisation's own rules and requests, children kept at home because they are ill, history,
news of ballots.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/incitement"

# What stands before an imperative: the start, a mark that opens a clause, or a word that urges or goes on.
_OPENS = late(
    r"(?:^|[.!?:;,\u2026\u2013\u2014\n(\"\u201c]\s{0,8}|\b(?:just|and|so|then|or|please|everyone|everybody|all|folks|now|colleagues|lads)\s{1,8})\Z",
    re.IGNORECASE,
)
_EGGED_ON = (
    "incitement: the-lot-of-you",
    "incitement: impunity",
)  # evidence of what eggs on: the call stands beside it
_BEFORE = 24  # characters: the longest of these words, and spaces


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every call of the kind."""
    yield from passages(doc, in_sentences(doc, _signs(doc, knowledge)), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    terms, slots = load("incitement"), knowledge.slots(doc)
    defied = [match.span for match in terms.find(doc, slots, "defiance")]
    for hit in phrase_hits(doc, knowledge, "incitement"):
        yield _with_call(doc, hit, defied) if hit.evidence[0] in _EGGED_ON else hit
    for match in terms.find(doc, slots, "order"):
        start = match.span.start
        if _OPENS.search(doc.prose[max(start - _BEFORE, 0) : start]) or _opens_line(doc, start):
            yield Hit(
                concern=CONCERN,
                message=match.group.message or match.group.note,
                part=doc.part.name,
                span=match.span,
                evidence=("incitement: order",),
            )


def _with_call(doc: Document, hit: Hit, calls: Sequence[ProseSpan]) -> Hit:
    """A hit widened to the calls that it eggs on, in the sentences beside; where none is known, to the one before."""
    if hit.span is None:
        return hit
    starts = [sentence.start for sentence in doc.sentences]
    here = bisect_right(starts, hit.span.start) - 1
    near = [call for call in calls if abs(bisect_right(starts, call.start) - 1 - here) == 1]
    if not near:
        near = [doc.sentences[max(here - 1, 0)]]
    return replace(hit, span=ProseSpan(min(hit.span.start, near[0].start), max(hit.span.end, near[-1].end)))


def _opens_line(doc: Document, start: int) -> bool:
    """Whether a word is the first of its sentence, but for signs such as emoji."""
    return not any(char.isalnum() for char in doc.prose[doc.sentence_at(start).start : start])


DETECTOR = Detector("incitement", (CONCERN,), find)
