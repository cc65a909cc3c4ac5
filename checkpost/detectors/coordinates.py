"""Map coordinates, and the codes that stand for them.

What it finds: A place to within a house or so: latitude and longitude in decimals or in degrees and
minutes, an Open Location Code ("plus code"), a grid reference, three words after /// or "what3words", or a map
link that holds a point.
Why it matters: Coordinates lead to a door, a gate or a camp site; UK GDPR, Article 4(1), names location
data.
Not flagged: Two decimals beside each other that are no place (scores, prices, measurements); coordinates
that mean a town at best; the point of a place that the text says is public, such as a car park or a school.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit, PartKind, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector
from checkpost.text.document import Document

CONCERN = "personal-data/location"

_DECIMALS = late(
    r"(?<![\d.£$€])(?P<lat>[+-]?\d{1,2}\.\d{3,10}) ?°? ?(?P<ns>[NS]?)[ ,;/]{1,3}"
    r"(?:lon(?:g(?:itude)?)?[ :]{0,2})?(?P<lon>[+-]?\d{1,3}\.\d{3,10})(?![\d.%]) ?°? ?(?P<ew>[EW]?)\b",
    re.IGNORECASE,
)
_DEGREES = late(
    r"\d{1,2} ?° ?\d{1,2}(?:\.\d+)? ?['′](?: ?\d{1,2}(?:\.\d+)? ?(?:\"|″|''))? ?[NS][ ,;/]{0,3}"
    r"\d{1,3} ?° ?\d{1,2}(?:\.\d+)? ?['′](?: ?\d{1,2}(?:\.\d+)? ?(?:\"|″|''))? ?[EW]\b",
    re.IGNORECASE,
)
_PLUS_CODE = late(r"(?<![\w+])(?:[23456789CFGHJMPQRVWX]{4}){1,2}\+[23456789CFGHJMPQRVWX]{2,3}(?![\w+])")
_WORDS = late(
    r"(?:(?<![/:\w])///|w3w\.co/|what3words\.com/)[^\W\d_]{3,20}\.[^\W\d_]{3,20}\.[^\W\d_]{3,20}",
    re.IGNORECASE,
)
_WORDS_CALLED = late(
    r"\b(?:w3w|what ?(?:3|three) ?words)\b[^\n.]{0,20}?[ :](?P<place>[^\W\d_]{3,20}\.[^\W\d_]{3,20}\.[^\W\d_]{3,20})\b",
    re.IGNORECASE,
)
_GRID = late(
    r"\b(?i:grid ref(?:erence)?|OS ref|OS grid|GR)\b[ :]{0,2}(?:is )?(?:[HNOST][A-HJ-Z] ?\d{3,5} ?\d{3,5})(?!\d)"
)
_LINK = late(
    r"(?:google\.[a-z.]{2,6}/maps|maps\.apple\.com|openstreetmap\.org|maps\.app\.goo\.gl|goo\.gl/maps"
    r"|waze\.com)/?[^\s<>\"]{4,200}",
    re.IGNORECASE,
)
# What stands in every text with one of them, if only in small letters: a name, three decimals, a mark, six figures.
_MAY_BE = late(r"map|goo\.gl|waze|w3w|words|\.\d\d\d|[°+]|///|\d\d\d ?\d\d\d")
_POINT = late(r"[-+]?\d{1,2}\.\d{3,}(?:,|%2C|/)[-+]?\d{1,3}\.\d{3,}|goo\.gl", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every point on the map that isn't said to be a public place's."""
    if not _MAY_BE.search(doc.lower):
        return
    taken: list[ProseSpan] = []
    for span, how, confidence in _points(doc.prose):
        if any(span.overlaps(other) for other in taken) or _is_public(doc, knowledge, span):
            continue
        taken.append(span)
        yield Hit(
            concern=CONCERN,
            message="This gives an exact place on the map.",
            part=doc.part.name,
            span=span,
            confidence=confidence,
            evidence=(how,),
            replacement="[place removed]",
        )


def _points(prose: str) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for match in _LINK.finditer(prose):
        if _POINT.search(match[0]):
            yield ProseSpan(*match.span()), "a map link to a point", Confidence.MEDIUM
    for match in _DECIMALS.finditer(prose):
        latitude, longitude = float(match["lat"]), float(match["lon"])
        marked = bool(match["ns"] and match["ew"])
        fine = min(len(match[group].partition(".")[2]) for group in ("lat", "lon")) > 3
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (marked or (fine and _is_near(latitude, longitude))):
            end = match.start() + len(match[0].rstrip())
            yield (
                ProseSpan(match.start(), end),
                "latitude and longitude",
                Confidence.HIGH if marked else Confidence.MEDIUM,
            )
    for match in _WORDS_CALLED.finditer(prose):
        yield ProseSpan(*match.span("place")), "a what3words address", Confidence.HIGH
    for pattern, how in (
        (_DEGREES, "latitude and longitude"),
        (_PLUS_CODE, "a plus code"),
        (_WORDS, "a what3words address"),
        (_GRID, "a grid reference"),
    ):
        for match in pattern.finditer(prose):
            yield ProseSpan(*match.span()), how, Confidence.HIGH


def _is_near(latitude: float, longitude: float) -> bool:
    """Whether two bare decimals can be a place that a British post means: here, or where trips go."""
    return 35 <= latitude <= 71 and -11 <= longitude <= 30


def _is_public(doc: Document, knowledge: Knowledge, span: ProseSpan) -> bool:
    """Whether the words before it, in the same sentence, say what public place it is."""
    if doc.part.kind is not PartKind.TEXT:
        return False
    sentence = doc.sentence_at(span.start)
    terms, slots = load("location"), knowledge.slots(doc)

    def says(group: str) -> bool:
        found = terms.find(doc, slots, group)
        return any(
            sentence.start <= match.span.start < sentence.end and not match.span.overlaps(span) for match in found
        )

    return says("public-place") and not says("somebody")


DETECTOR = Detector("coordinates", (CONCERN,), find, reads=PUBLISHED)
