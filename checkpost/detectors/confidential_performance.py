"""Results, attendance and judgements that are not out.

What it finds: A figure beside a headline measure (Progress 8, achievement rate), beside the attendance of a class, a
year or the school, or beside results that the draft itself calls provisional, predicted, mock or embargoed; an
inspection judgement from a draft, a feedback meeting or a rehearsal; counts of complaints, exclusions and incidents.
Why it matters: Provisional figures change, and in a small group they point to single learners. Results are under
embargo until results day (JCQ, Notice to Centres), and draft inspection findings are confidential until published
(Ofsted, school inspection operating guide).
Not flagged: Figures with their published source; national figures; attendance as an aim or as arithmetic, and a full
100%; results that nothing calls unpublished; measures explained.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load, phrase_words
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import PUBLISHED, Detector, phrase_hits
from checkpost.text.document import Document

CONCERN = "confidential/performance"
_LEXICON = "confidential-performance"
_FIGURE = re.compile(
    r"(?<![\w.£])[-+−]?\d{1,3}(?:\.\d{1,2})?(?: ?%| ?per ?cent\b)|(?<![\w.£])[-+−]?\d{1,2}\.\d{1,2}(?!\w|\.\d)"
    r"|\b\d{1,3} (?:out )?of (?:the |our |my )?\d{1,3}\b|\b\d{2,3}/\d{2,3}(?![/\d])",
    re.IGNORECASE,
)
_CLASS_CODE = re.compile(r"\b(?:[1-9]|1[0-3])[A-Z]{1,2}\d?\b")
_PERFECT = re.compile(r"100(?:\.0+)? ?(?:%|per ?cent)", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield one hit for every sentence that shows a figure or judgement from inside."""
    seen: set[ProseSpan] = set()
    for hit in (*_figures(doc, knowledge), *_verdicts(doc, knowledge), *phrase_hits(doc, knowledge, _LEXICON)):
        sentence = doc.sentence_at(hit.span.start) if hit.span else None
        if sentence and sentence not in seen:
            seen.add(sentence)
            yield hit


def _figures(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    figures = [ProseSpan(*m.span()) for m in _FIGURE.finditer(doc.prose) if not _PERFECT.fullmatch(m[0].strip())]
    if not figures:
        return
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), phrase_words(doc)
    measures: Mapping[str, list[Match]] = {
        name: list(terms.find(doc, slots, name)) for name in ("headline", "attendance", "outcome", "fall")
    }
    inside = terms.has(doc, slots, "unpublished")
    classes = {words[match.first].sentence for match in terms.find(doc, slots, "class")}
    for name, matches in measures.items():
        for match in matches:
            sentence = doc.sentence_at(match.span.start)
            beside = [figure for figure in figures if figure.overlaps(sentence)] or _listed(doc, figures, sentence)
            of_class = words[match.first].sentence in classes or any(
                _CLASS_CODE.search(doc.text(doc.sentence_at(figure.start))) for figure in beside
            )
            if beside and (name in ("headline", "fall") or (name == "attendance" and of_class) or inside):
                start = min(match.span.start, beside[0].start)
                yield _hit(doc, ProseSpan(start, max(match.span.end, beside[-1].end)), match, "a figure beside a measure")


def _listed(doc: Document, figures: list[ProseSpan], sentence: ProseSpan) -> list[ProseSpan]:
    """Figures of classes in the sentences or lines that touch this one: a heading's list, a pun after the list."""
    at = doc.sentences.index(sentence)
    before, after = doc.sentences[max(at - 1, 0) : at], doc.sentences[at + 1 :]
    lines = [*before, *takewhile(lambda line: _CLASS_CODE.search(doc.text(line)), after)]
    lines = [line for line in lines if _CLASS_CODE.search(doc.text(line))]
    return [figure for figure in figures if any(figure.overlaps(line) for line in lines)]


def _verdicts(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), phrase_words(doc)
    verdicts = list(terms.find(doc, slots, "verdict"))
    if not verdicts or not terms.has(doc, slots, "inspection"):
        return
    marks = {words[match.first].sentence for match in terms.find(doc, slots, "not-out-verdict")}
    for match in verdicts:
        here = words[match.first].sentence
        capital = doc.text(match.span)[:1].isupper()
        plain = match.span.end - match.span.start > len("outstanding")  # two words: never an ordinary adjective
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
