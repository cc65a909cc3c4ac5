"""Results, attendance and judgements that are not out.

What it finds: A figure beside a headline measure (Progress 8, achievement rate), beside the attendance of a
class, a year or the school, or beside results that the draft itself calls provisional, predicted, mock or
embargoed; an inspection judgement from a draft, a feedback meeting or a rehearsal; counts of complaints,
exclusions and incidents, and of what lies open in a log.
Why it matters: Provisional figures change, and in a small group they point to single learners. Results are
under embargo until results day (JCQ, Notice to Centres), and draft inspection findings are confidential
until published (Ofsted, school inspection operating guide).
Not flagged: Figures with their published source; national figures; attendance as an aim or as arithmetic,
and a full 100%; results that nothing calls unpublished; measures explained.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import takewhile

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector, phrase_hits
from checkpost.text.document import Document

CONCERN = "confidential/performance"
_LEXICON = "confidential-performance"
_FIGURE = late(
    r"(?<![\w.£])[-+−]?\d{1,3}(?:\.\d{1,2})?(?: ?%| ?per ?cent\b)"
    r"|(?<![\w.£])[-+−]?\d{1,2}\.\d{1,2}(?!\w|\.\d)"
    r"|\b[a-z]{3,9}(?:[- ][a-z]{3,5})? (?:per ?cent|percent)\b"
    r"|\b(?:half|a third|two[- ]thirds|three[- ]quarters|a quarter|a fifth) (?:of )?"
    r"(?:the class|the year|them|my|our)\b"
    r"|\b(?:\d{1,3}|[a-z]{3,9}) (?:out of|in) (?:twelve|fifteen|twenty|thirty|[1-9]\d)(?:-\w{3,5})?\b"
    r"|\b\d{1,3} (?:out )?of (?:the |our |my )?\d{1,3}\b|\b\d{2,3}/\d{2,3}(?![/\d])",
    re.IGNORECASE,
)
_MAY_BE_FIGURE = late(  # what stands in small letters in every text with a figure
    r"%|per ?cent|\d\.\d|\d\d/\d\d|half|third|quarter|fifth|out of|in (?:twelve|fifteen|twenty|thirty|[1-9]\d)"
    r"|of (?:the |our |my )?\d"
)
_CLASS_CODE = late(r"\b(?:[1-9]|1[0-3])[A-Z]{1,2}\d?\b")
_LONGEST_LIST = 40  # lines: a class each
_CLAUSE = 24  # characters between a verb and its figure
_PERFECT = late(r"100(?:\.0+)? ?(?:%|per ?cent)", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield one hit for every sentence that shows a figure or judgement from inside."""
    seen: set[int] = set()
    starts = [sentence.start for sentence in doc.sentences]
    for hit in (
        *_figures(doc, knowledge),
        *_verdicts(doc, knowledge),
        *_tallies(doc, knowledge),
        *phrase_hits(doc, knowledge, _LEXICON),
    ):
        at = bisect_right(starts, hit.span.start) if hit.span else 0
        if at not in seen:
            seen.add(at)
            yield hit


def _figures(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    figures = _by_sentence(doc)
    if not figures:
        return
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    inside = terms.has(doc, slots, "unpublished")
    coded = {at for at, sentence in enumerate(doc.sentences) if _CLASS_CODE.search(doc.text(sentence))}
    classes = coded | {words[match.first].sentence for match in terms.find(doc, slots, "class")}
    for match in terms.find(doc, slots, "headline", "fall", "attendance", "outcome"):
        here = words[match.first].sentence
        beside = figures.get(here) or _listed(figures, here, coded)
        of_class = match.group.name == "attendance" and not classes.isdisjoint({here - 1, here, here + 1})
        if beside and (match.group.name in ("headline", "fall") or of_class or inside):
            start, end = min(match.span.start, beside[0].start), max(match.span.end, beside[-1].end)
            yield _hit(doc, ProseSpan(start, end), match, "a figure beside a measure")
    yield from _moved(doc, knowledge, figures)


def _moved(doc: Document, knowledge: Knowledge, figures: Mapping[int, list[ProseSpan]]) -> Iterator[Hit]:
    """Our own figures that rose or fell, where what they measure is named in the sentence or beside it."""
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    moves = list(terms.find(doc, slots, "moved"))
    measured = {words[match.first].sentence for match in terms.find(doc, slots, "measure")} if moves else set()
    for match in moves:
        here = words[match.first].sentence
        near = [figure for figure in figures.get(here, ()) if 0 <= figure.start - match.span.end <= _CLAUSE]
        if near and not measured.isdisjoint({here - 1, here, here + 1}):
            yield _hit(doc, ProseSpan(match.span.start, near[0].end), match, "a figure beside a measure")


def _tallies(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """How many entries a log of concerns or incidents has, in the sentence that names it or in one beside it."""
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    logs = {words[match.first].sentence for match in terms.find(doc, slots, "log")}
    for match in terms.find(doc, slots, "tally") if logs else ():
        here = words[match.first].sentence
        if not logs.isdisjoint({here - 1, here, here + 1}):
            yield _hit(doc, match.span, match, "a count beside a log")


def _by_sentence(doc: Document) -> dict[int, list[ProseSpan]]:
    """The figures of a document by the index of their sentence; a full 100% is none."""
    if not _MAY_BE_FIGURE.search(doc.lower):
        return {}
    starts = [sentence.start for sentence in doc.sentences]
    found: dict[int, list[ProseSpan]] = {}
    for match in _FIGURE.finditer(doc.prose):
        if not _PERFECT.fullmatch(match[0].strip()):
            found.setdefault(bisect_right(starts, match.start()) - 1, []).append(ProseSpan(*match.span()))
    return found


def _listed(figures: Mapping[int, list[ProseSpan]], here: int, coded: set[int]) -> list[ProseSpan]:
    """Figures of classes in the lines that touch one: a heading's list, a remark after the list."""
    after = takewhile(coded.__contains__, range(here + 1, here + _LONGEST_LIST))
    return [figure for at in (*({here - 1} & coded), *after) for figure in figures.get(at, ())]


def _verdicts(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    verdicts = list(terms.find(doc, slots, "verdict"))
    if not verdicts or not terms.has(doc, slots, "inspection"):
        return
    marks = {words[match.first].sentence for match in terms.find(doc, slots, "not-out-verdict")}
    for match in verdicts:
        here = words[match.first].sentence
        capital = doc.text(match.span)[:1].isupper()
        plain = " " in doc.text(match.span)  # two words: never an ordinary adjective
        if marks & {here, here - 1, here + 1} and (capital or plain):
            yield _hit(doc, match.span, match, "a judgement that is not out")


def _hit(doc: Document, span: ProseSpan, match: Match, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=match.group.message or match.group.note,
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence, f"{_LEXICON}: {match.group.name}"),
    )


DETECTOR = Detector("confidential-performance", (CONCERN,), find, reads=PUBLISHED)
