"""Money and jobs of the organisation that are not public.

What it finds: Redundancies and restructures; deficits and cuts of the organisation's own budgets; pay frozen
or cut here; bids and contracts under way; and sums of money beside words of somebody's pay, a bid, a
contract, a shortfall or what management spends.
Why it matters: People's jobs and negotiations hang on such news. It falls under the duty of confidence in a
contract of employment, and under commercial confidence (Freedom of Information Act 2000, section 43) until
the organisation publishes it.
Not flagged: Published accounts; pay in job adverts; prices, fees, donations and fundraising; the state's
budgets and national pay disputes; an author's own past; the words as subject matter in a lesson; bids won
and announced.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector, phrase_hits
from checkpost.text.document import Document

CONCERN = "confidential/finance"
_LEXICON = "confidential-finance"
_BESIDE_SUMS = ("sum-bid", "sum-pay", "sum-budget", "sum-spending", "sum-rate")
_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    "|ninety|hundred"
)
_SUM = late(
    r"£ ?\d[\d,]{0,12}(?:\.\d{1,3})?(?: ?(?:k|m|bn|mil|million|billion|thousand|grand)\b)?(?:p/?a|pa)?"
    rf"|\b(?:\d[\d,.]{{0,8}}|{_NUMBER}) ?(?:grand|quid|k)\b"
    r"|\b\d{2,3}k\b|\b(?:half a|quarter of a|a|\d[\d.]{0,5}) million\b",
    re.IGNORECASE,
)
_MAY_BE = late(rf"£|grand|quid|million|(?:[\d,.]|{_NUMBER}) ?k\b")  # in the text in small letters
_NEXT = 6  # a sum that is a sentence by itself, right after the word
_REACH = 80  # characters between a sum and the word that says what it is: about one clause


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every sentence with news in it, or with a sum beside words that say what it is."""
    by_sentence: dict[ProseSpan, list[Hit]] = {}
    for hit in (*_sums(doc, knowledge), *phrase_hits(doc, knowledge, _LEXICON)):
        if hit.span:
            by_sentence.setdefault(doc.sentence_at(hit.span.start), []).append(hit)
    for hits in by_sentence.values():
        spans = [hit.span for hit in hits if hit.span]
        yield replace(hits[0], span=ProseSpan(min(s.start for s in spans), max(s.end for s in spans)))


def _sums(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    found = _SUM.finditer(doc.prose) if _MAY_BE.search(doc.lower) else ()
    sums = [ProseSpan(*match.span()) for match in found]
    if not sums:
        return
    terms = load(_LEXICON)
    matches = list(terms.find(doc, knowledge.slots(doc), *_BESIDE_SUMS))
    for amount in sums:
        sentence = doc.sentence_at(amount.start)
        near = [
            match
            for match in matches
            if (match.span.overlaps(sentence) or 0 <= amount.start - match.span.end <= _NEXT)
            and max(match.span.start - amount.end, amount.start - match.span.end) <= _REACH
        ]
        if near:
            match = near[0]
            yield Hit(
                concern=CONCERN,
                message=match.group.message or match.group.note,
                part=doc.part.name,
                span=ProseSpan(min(amount.start, match.span.start), max(amount.end, match.span.end)),
                confidence=Confidence.MEDIUM,
                evidence=("a sum of money", f"{_LEXICON}: {match.group.name}"),
            )


DETECTOR = Detector("confidential-finance", (CONCERN,), find, reads=PUBLISHED)
