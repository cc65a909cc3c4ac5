"""Home addresses and home postcodes.

What it finds: A house number with its street, with or without town and postcode; a postcode by itself, or a street
without a number, where the words around it say that somebody lives there.
Why it matters: It leads strangers to the door of a child, a family or a colleague, and some families must not be
found. UK GDPR, Article 4(1), counts it as personal data.
Not flagged: The address of the organisation, a partner, a business or a venue; "write to us at…"; famous and
fictional addresses; the outward half of a postcode (S7), which holds thousands of homes; distances and times such as
"30 Minute Walk". The shape of postcodes is Royal Mail's.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Slots, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/contact-details"

_POSTCODE = r"(?:[a-z]{1,2}\d[a-z\d]?|gir) ?\d[abd-hjlnp-uw-z]{2}"
_ROAD = r"road|rd|street|st|avenue|ave|lane|ln|crescent|cres|terrace|gardens|gdns|grove|mews|boulevard|villas|cottages"
# Words that are as often something else: "the 2 Mile Walk", "Year 9 Science Park".
_DOUBTFUL = (
    "close|way|drive|dr|rise|hill|view|walk|place|court|ct|green|row|square|sq|mount|bank|croft|meadows?|fold|parade"
    "|wharf|quay|vale|dale|brow|chase|garth|gate|park|end|fields?|heights|nook|wynd|brae|loan|common"
)
_WORD = r"[^\W\d_][\w'-]{1,20}"
_TOWN = rf"(?:(?:, ?|\r?\n){_WORD}(?: {_WORD}){{0,2}}){{0,3}}"
_ADDRESS = re.compile(
    rf"(?:(?:flat|apt|apartment|unit) ?[\da-z]{{1,4}},? )?(?<![\w.,:/£$€#-])\d{{1,4}}[a-h]?,? (?P<name>(?:(?:st\.|{_WORD}) ){{1,3}}?)"
    rf"(?:{_ROAD}|(?P<doubtful>{_DOUBTFUL}))\b(?:{_TOWN},?\s{{1,2}}(?P<code>{_POSTCODE})\b)?",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"\b(?:live|lives|living|staying|moved|moving)\b[^.!?\n]{{0,30}}? (?:on|in|to|at|off) (?P<street>(?:[A-Z][\w'-]{{1,20}} ){{1,2}}"
    r"(?:Road|Rd|Street|Avenue|Ave|Lane|Crescent|Terrace|Gardens|Grove|Mews|Close|Way|Drive|Rise|Croft|View))\b(?! [A-Z])"
)
_CODE = re.compile(rf"(?<![\w-]){_POSTCODE}(?![\w-])", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:miles?|minutes?|mins?|days?|hours?|weeks?|years?|months?|km|k|met(?:re|er)s?|points?|steps?|people|of|the|and|to|in|on"
    r"|at|for|from|with|per|a|an|my|our|is|are|was|were|pupils|students|learners|children|staff|by|that|this|more|new)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:years?|yr|class|room|top|level|grade|chapter|day|week|stage|phase|period|set|page|paper|unit|aged?|ks|lesson|act|figure"
    r"|minibus|bus|the|a|under|over|our|my|their)\s*$",
    re.IGNORECASE,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every address that is, or may well be, somebody's home."""
    if not any(c.isdigit() for c in doc.prose) and " liv" not in doc.prose and " mov" not in doc.prose:
        return
    taken: list[ProseSpan] = []
    slots = None
    for match, how in _candidates(doc.prose):
        span = ProseSpan(*match.span("street" if how == "street" else 0))
        slots = slots or knowledge.slots(doc)
        if any(span.overlaps(other) for other in taken) or _is_famous(doc, span):
            continue
        confidence = _judge(doc, slots, span, match, how)
        if confidence:
            taken.append(span)
            yield Hit(
                concern=CONCERN,
                message="This looks like somebody's home address.",
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=(f"a {how} and the words around it",),
                replacement="[address removed]",
            )


def _candidates(prose: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _ADDRESS.finditer(prose):
        if not _NO_NAME.search(match["name"]) and not _COUNTED.search(prose[max(match.start() - 12, 0) : match.start()]):
            yield match, "house number and street"
    for match in _CODE.finditer(prose):
        yield match, "postcode"
    for match in _STREET.finditer(prose):
        yield match, "street"


def _judge(doc: Document, slots: Slots, span: ProseSpan, match: re.Match[str], how: str) -> Confidence | None:
    cue = _nearest_cue(doc, slots, span)
    if how == "street":
        return None if cue == "venue" else Confidence.MEDIUM
    if cue == "venue":
        return None
    if cue == "home":
        return Confidence.HIGH
    person = _has_person(doc, slots, span)
    if how == "postcode":
        return Confidence.MEDIUM if person and match[0].isupper() else None
    if match["code"] or (person and match["name"].istitle()):
        return Confidence.MEDIUM
    return None


def _nearest_cue(doc: Document, slots: Slots, span: ProseSpan) -> str | None:
    """Which is said nearest before the address (or, if neither is, after it): that it is a home, or a public place."""
    terms = load("contact-details")
    sentence = doc.sentence_at(span.start)
    lead = doc.sentence_at(max(sentence.start - 2, 0))  # a venue's name may stand on the line above
    before: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    for group, cue in (("home", "home"), ("correspondence", "venue"), ("venue", "venue")):
        for found in terms.find(doc, slots, group):
            at = found.span
            if at.end <= span.start and at.start >= (lead.start if cue == "venue" else sentence.start):
                before.append((at.end, cue))
            elif span.end <= at.start < sentence.end:
                after.append((-at.start, cue))
    return max(before or after, default=(0, None))[1]


def _has_person(doc: Document, slots: Slots, span: ProseSpan) -> bool:
    sentence = doc.sentence_at(span.start)
    people = load("contact-details").find(doc, slots, "person")
    return any(sentence.start <= who.span.start < sentence.end and not who.span.overlaps(span) for who in people)


def _is_famous(doc: Document, span: ProseSpan) -> bool:
    return any(match.span.overlaps(span) for match in load("contact-details").find(doc, {}, "famous"))


DETECTOR = Detector("postal-address", (CONCERN,), find, reads=EVERYWHERE)
