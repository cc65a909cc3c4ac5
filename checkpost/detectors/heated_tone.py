"""Shouting, goading and other signs of a quarrel.

What it finds: Several words in capitals in a row with anger in them, stacked exclamation marks beside angry
words, full stops between words ("Not. Good. Enough."), and what people say to provoke one another.
Why it matters: A reply written in anger is the post that staff regret most; policies ask for a calm tone and
for disagreements to be taken off line.
Not flagged: Cheers ("WE WON!!!"), notices and headlines, abbreviations, one word in capitals for emphasis,
calm advice.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Lexicon, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.phrases import Slots
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

CONCERN = "conduct/heated"

_BANGS = re.compile(r"!{3,}|(?:[!?]){4,}|\?{3,}")
_STOPS = re.compile(r"(?<![\w.])(?:[A-Z][a-z']{0,14}[.!]\s){2,6}[A-Z][a-z']{0,14}[.!]")
_STACKED = "Stacked exclamation marks read as anger here."
_LONG = 3  # letters: "I", "A", "OK" and most abbreviations have fewer or stand alone
_LOUD = 3  # words of that length
_STOPPED = 3  # words with a stop after each
_CURT = frozenset(
    {
        "out",
        "enough",
        "stop",
        "your",
        "not",
        "no",
        "never",
        "shut",
        "ashamed",
        "disgrace",
        "sick",
        "job",
        "wrong",
        "them",
    }
    | {"resign", "off", "how", "dare", "go", "lies", "now", "moaning", "whining"}
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every shout and every provocation."""
    yield from passages(doc, in_sentences(doc, _signs(doc, knowledge)), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "heated_tone")
    shouts = list(_shouted(doc))
    bangs = [match.start() for match in _BANGS.finditer(doc.prose)]
    stops = list(_STOPS.finditer(doc.prose)) if doc.prose.count(".") + doc.prose.count("!") >= _STOPPED else []
    if not (shouts or bangs or stops):
        return
    terms, slots = load("heated_tone"), knowledge.slots(doc)
    angry, joyful = _starts(terms, doc, slots, "angry"), _starts(terms, doc, slots, "joy")

    def is_angry(span: ProseSpan) -> bool:
        return _any_in(span, angry) and not _any_in(span, joyful)

    for span in shouts:
        if is_angry(span):
            yield _hit(doc, span, "Capitals in a row read as shouting.", "words in capitals, with anger in them")
    for sentence in doc.sentences if bangs else ():
        if _any_in(sentence, bangs) and is_angry(sentence):
            yield _hit(doc, sentence, _STACKED, "stacked marks beside angry words")
    for match in stops:
        span = ProseSpan(*match.span())
        words = {word.key for word in doc.words_in(span)}
        if words & _CURT:
            yield _hit(doc, span, "Full stops between words read as anger.", "a full stop after every word")


def _starts(terms: Lexicon, doc: Document, slots: Slots, group: str) -> list[int]:
    return [match.span.start for match in terms.find(doc, slots, group)]


def _any_in(span: ProseSpan, starts: list[int]) -> bool:
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def _shouted(doc: Document) -> Iterator[ProseSpan]:
    """Runs of words in capitals, long enough to be a shout and not only abbreviations."""
    if sum(word.text.isupper() and len(word.text) >= _LONG for word in doc.words) < _LOUD:
        return
    run: list[Word] = []
    for word in (*doc.words, None):
        loud = (
            word is not None
            and word.kind is WordKind.PLAIN
            and word.text.isupper()
            and (not run or "\n" not in doc.prose[run[-1].span.end : word.span.start])
        )
        if loud and word:
            run.append(word)
            continue
        if sum(len(one.text) >= _LONG for one in run) >= _LOUD:
            yield ProseSpan(run[0].span.start, run[-1].span.end)
        run = [word] if word is not None and word.kind is WordKind.PLAIN and word.text.isupper() else []


def _hit(doc: Document, span: ProseSpan, message: str, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=message,
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
    )


DETECTOR = Detector("heated-tone", (CONCERN,), find)
