"""Home addresses and home postcodes.

What it finds: A house number with its street, with or without town and postcode; a postcode by itself, or a
street without a number, where the words around it say that somebody lives there.
Why it matters: It leads strangers to the door of a child, a family or a colleague, and some families must
not be found. UK GDPR, Article 4(1), counts it as personal data.
Not flagged: The address of the organisation, a partner, a business or a venue; "write to us at…"; famous
and fictional addresses; the outward half of a postcode (S7), which holds thousands of homes; distances and
times such as "30 Minute Walk". The shape of postcodes is Royal Mail's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.phrases import Slots
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/contact-details"

_FAR = 250  # characters: further off, words say nothing of an address
_POSTCODE = r"(?:[a-pr-uwyz][a-hk-y]?\d[a-z\d]?|gir) ?\d[abd-hjlnp-uw-z]{2}"
_ROAD = "road|rd|street|st|avenue|ave|lane|ln|crescent|cres|terrace|gardens|gdns|grove|mews|boulevard|villas|cottages"
# Words that are as often something else: "the 2 Mile Walk", "Year 9 Science Park".
_DOUBTFUL = (
    "close|way|drive|dr|rise|hill|view|walk|place|court|ct|green|row|square|sq|mount|bank|croft|meadows?|fold|parade"
    "|wharf|quay|vale|dale|brow|chase|garth|gate|park|end|fields?|heights|nook|wynd|brae|loan|common"
)
_WORD = r"[^\W\d_][\w'-]{1,20}"
_TOWN = rf"(?:(?:, ?\r?\n|, ?|\r?\n){_WORD}(?: {_WORD}){{0,2}}){{0,3}}"
_ADDRESS = late(
    r"(?:(?:flat|apt|apartment|unit) ?[\da-z]{1,4},? )?(?<![\w.,:/£$€#-])\d{1,4}[a-h]?,? "
    rf"(?P<name>(?:(?:st\.|{_WORD}) ){{1,3}}?)(?:{_ROAD}|{_DOUBTFUL})\b"
    rf"(?:{_TOWN},?\s{{1,2}}(?P<code>{_POSTCODE})\b)?",
    re.IGNORECASE,
)
_STREET = late(
    r"\b(?:live|lives|living|staying|moved|moving)\b[^.!?\n]{0,30}? (?:on|in|to|at|off) "
    r"(?P<street>(?:[A-Z][\w'-]{1,20} ){1,2}(?:Road|Rd|Street|Avenue|Ave|Lane|Crescent|Terrace|Gardens|Grove"
    r"|Mews|Close|Way|Drive|Rise|Croft|View))\b(?! [A-Z])"
)
_IN_USE = late(r"(?!(?:ks|yr?|l|p|t)\d)", re.IGNORECASE)  # key stages, years, levels, periods, terms
_CODE = late(rf"(?<![\w-]){_POSTCODE}(?![\w-])", re.IGNORECASE)
_NO_NAME = late(
    r"\b(?:miles?|minutes?|mins?|days?|hours?|weeks?|years?|months?|km|k|met(?:re|er)s?|points?|steps?|people|of|the"
    r"|and|to|in|on"
    r"|at|for|from|with|per|a|an|my|our|is|are|was|were|pupils|students|learners|children|staff|by|that|this|more"
    r"|new)\b",
    re.IGNORECASE,
)
_COUNTED = late(
    r"\b(?:years?|yr|class|room|top|level|grade|chapter|day|week|stage|phase|period|set|page|paper|unit|aged?|ks"
    r"|lesson|act|figure"
    r"|minibus|bus|the|a|under|over|our|my|their)\s*$",
    re.IGNORECASE,
)

_NUMBER_ALONE = late(
    r"\b(?:lady|man|woman|bloke|couple|family|people|lot|neighbours?|lad|chap|lads|girls|students) (?:at|from|in|of) "
    r"(?P<number>(?:number|no\.?) \d{1,4}[a-d]?)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|she|they|he's|she's|i|i'm|i've|we|we've|family|mum|dad|nan|gran)\b", re.IGNORECASE)
# What stands in small letters in every text with one of them.
_MAY_BE_HOUSE = late(r"\d[a-h]?,? [^\W\d_]")
_MAY_BE_ROAD = late(rf" (?:{_ROAD}|{_DOUBTFUL})\b")
_MAY_BE_CODE = late(r"\d[abd-hjlnp-uw-z]{2}")
_MAY_BE_NUMBER = late(r"n(?:umber|o\.?) \d")
_MAY_BE_STREET = late(r"liv(?:es?|ing)|stay|mov")


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every address that is, or may well be, somebody's home."""
    if not doc.digits and not _MAY_BE_STREET.search(doc.lower):
        return
    surroundings: _Surroundings | None = None
    end = -1
    candidates = sorted(_candidates(doc.prose, doc.lower), key=lambda found: (found[0].start, -found[0].end))
    for span, match, how in candidates:
        if span.start < end:
            continue
        surroundings = surroundings or _Surroundings(doc, knowledge.slots(doc))
        confidence = surroundings.judge(span, match, how)
        if confidence:
            end = span.end
            yield Hit(
                concern=CONCERN,
                message="This looks like somebody's home address.",
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=(f"a {how} and the words around it",),
                replacement="[address removed]",
            )


def _candidates(prose: str, lower: str) -> Iterator[tuple[ProseSpan, re.Match[str], str]]:
    for match in _ADDRESS.finditer(prose) if _MAY_BE_HOUSE.search(lower) and _MAY_BE_ROAD.search(lower) else ():
        if match["code"] or not (
            _NO_NAME.search(match["name"]) or _COUNTED.search(prose[max(match.start() - 12, 0) : match.start()])
        ):
            yield ProseSpan(*match.span()), match, "house number and street"
    for match in _CODE.finditer(prose) if _MAY_BE_CODE.search(lower) else ():
        yield ProseSpan(*match.span()), match, "postcode"
    for match in _NUMBER_ALONE.finditer(prose) if _MAY_BE_NUMBER.search(lower) else ():
        yield ProseSpan(*match.span("number")), match, "house number"
    for match in _STREET.finditer(prose) if _MAY_BE_STREET.search(lower) else ():
        yield ProseSpan(*match.span("street")), match, "street"


class _Surroundings:
    """What the words of a document say of its places: that somebody lives there, or that all may come."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self._doc = doc
        terms = load("contact-details")
        groups = (
            ("home", "home"),
            ("correspondence", "venue"),
            ("venue", "venue"),
            ("person", "person"),
            ("famous", "famous"),
        )
        self._cues = sorted(
            (found.span.start, found.span.end, cue) for group, cue in groups for found in terms.find(doc, slots, group)
        )
        self._starts = [start for start, _, _ in self._cues]

    def judge(self, span: ProseSpan, match: re.Match[str], how: str) -> Confidence | None:
        """How sure it is that a candidate is a home; None if it isn't one."""
        cue = self._nearest(span)
        if cue == "venue" or any(kind == "famous" for _, _, kind in self._between(span.start, span.end)):
            return None
        if how in ("street", "house number"):
            is_of_a_thing = match[0].startswith("mov") and not (
                self._has_person(span) or _SOMEBODY.search(self._before(span))
            )
            return None if is_of_a_thing else Confidence.MEDIUM
        if cue == "home":
            return Confidence.HIGH
        is_sure = match[0].isupper() if how == "postcode" else match["name"].istitle()
        if (is_sure and self._has_person(span)) or (how != "postcode" and match["code"]):
            return Confidence.MEDIUM
        return Confidence.LOW if how == "postcode" and not self._is_of_a_place(span) else None

    def _before(self, span: ProseSpan) -> str:
        """The sentence up to an address."""
        return self._doc.prose[self._doc.sentence_at(span.start).start : span.start]

    def _is_of_a_place(self, span: ProseSpan) -> bool:
        """Whether a postcode ends a longer address ("Sheffield S1 2AA"), or is written as none is ("ks3 6ab")."""
        before = self._doc.prose[max(span.start - 30, 0) : span.start].split()
        is_last = bool(before) and (before[-1][:1].isupper() or before[-1].endswith(","))
        return is_last or not _IN_USE.match(self._doc.text(span))

    def _between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        return self._cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _nearest(self, span: ProseSpan) -> str | None:
        """What is said nearest before the address (else after it): that it is a home, or a public place."""
        sentence = self._doc.sentence_at(span.start)
        lead = self._doc.sentence_at(max(sentence.start - 2, 0))  # a venue's name may stand on the line above
        for start, end, cue in reversed(self._between(max(lead.start, span.start - _FAR), span.start)):
            if end <= span.start and (cue == "venue" or (cue == "home" and start >= sentence.start)):
                return cue
        after = self._between(span.end, min(sentence.end, span.end + _FAR))
        return next((cue for _, _, cue in after if cue in ("home", "venue")), None)

    def _has_person(self, span: ProseSpan) -> bool:
        sentence = self._doc.sentence_at(span.start)
        near = self._between(max(sentence.start, span.start - _FAR), min(sentence.end, span.end + _FAR))
        return any(cue == "person" and not (start < span.end and span.start < end) for start, end, cue in near)


DETECTOR = Detector("postal-address", (CONCERN,), find, reads=EVERYWHERE)
