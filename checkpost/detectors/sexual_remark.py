"""Sexual and indecent remarks.

What it finds: Sexual words and slang, innuendo of set forms, remarks on how attractive a colleague, parent,
learner or visitor is, and the emoji that stand for such things beside a person.
Why it matters: Such a remark may be sexual harassment (Equality Act 2010, section 26), which employers must
act to prevent (section 40A); about a learner it is a safeguarding matter.
Not flagged: Relationships and sex education, biology, policies, birds, wallpaper strippers, aubergines on an
allotment.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/sexual"

# Hardly ever a fruit beside a person. Drops, hot faces and tongues have too many other uses.
_EMOJI = re.compile("[\N{AUBERGINE}\N{PEACH}]")
_INNOCENT = "not-sexual"
_LEER = re.compile(
    "[\N{AUBERGINE}\N{PEACH}\N{OVERHEATED FACE}\N{SMIRKING FACE}\N{DROOLING FACE}]"
    "|\N{FACE WITH OPEN MOUTH}\u200d\N{DASH SYMBOL}"
)
_PEOPLE = frozenset(
    {"he", "him", "his", "she", "her", "they", "them", "who", "sir", "miss", "mr", "mrs", "me", "my", "mum"}
    | {"dad", "man", "woman", "teacher", "colleague"}
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every such remark."""
    yield from passages(doc, in_sentences(doc, _signs(doc, knowledge)), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "sexual_remark")
    yield from _leers(doc, knowledge)
    found = _EMOJI.search(doc.prose)
    if found and _PEOPLE & doc.keys and not _innocent(doc, knowledge):
        yield Hit(
            concern=CONCERN,
            message="These emoji have a sexual meaning beside a person.",
            part=doc.part.name,
            span=ProseSpan(*found.span()),
            confidence=Confidence.MEDIUM,
            evidence=("emoji that stand for something sexual",),
        )


def _leers(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """What is looked at of somebody, with a sign in the sentence or beside it of how that is meant."""
    terms, slots, words = load("sexual_remark"), knowledge.slots(doc), doc.phrase_words
    sights = list(terms.find(doc, slots, "sight"))
    if not sights or not (_PEOPLE & doc.keys or terms.has(doc, slots, "visitor")):
        return
    starts = [sentence.start for sentence in doc.sentences]
    leers = {words[match.first].sentence for match in terms.find(doc, slots, "leer")}
    leers |= {bisect_right(starts, found.start()) - 1 for found in _LEER.finditer(doc.prose)}
    for match in sights:
        here = words[match.first].sentence
        if not leers.isdisjoint({here - 1, here, here + 1}):
            yield Hit(
                concern=CONCERN,
                message=match.group.message or match.group.note,
                part=doc.part.name,
                span=match.span,
                evidence=("sexual_remark: what is looked at, and how",),
            )


def _innocent(doc: Document, knowledge: Knowledge) -> bool:
    return load("sexual_remark").has(doc, knowledge.slots(doc), _INNOCENT)


DETECTOR = Detector("sexual-remark", (CONCERN,), find)
