"""A raised voice in a post that is hostile already.

What it finds: Words in capitals for emphasis and doubled exclamation marks, where the post also abuses, threatens,
runs somebody down, complains or goads. Alone such signs are cheer as often as anger.
Why it matters: A reply written in anger is the post that staff regret most; policies ask for a calm tone.
Not flagged: Cheers, headlines and emphasis in posts that are friendly otherwise.
"""

import re
from collections.abc import Iterator

from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import Case, Inference, in_sentences, passages
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "conduct/heated"
_HOSTILE = (
    "conduct/abuse",
    "conduct/harassment",
    "conduct/disparagement",
    "conduct/grievance",
    "conduct/incitement",
    "conduct/heated",
    "context/reply-to-criticism",
)
_BANGS = re.compile(r"[!?]{2,}")
# Words that are spoken louder in a quarrel. An abbreviation is none of them.
_LOUD = frozenset(
    "not never no every all any one two three four five six seven eight nine ten twice times what why how who when you"
    " your me us them again another single this that still now stop ever nobody nothing only day days life out down off"
    " wrong enough actually really always can will our my is are was did ring get got hundred thousand pounds years"
    " weeks hours minutes more same before after fine without have done read listen where people sorry yes".split()
)
_FEWEST = 2  # loud words in a sentence without marks


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every passage in a raised voice, if anything hostile was found in the text."""
    if any(hit.part == case.text.part.name for hit in case.found(*_HOSTILE)):
        yield from passages(case.text, in_sentences(case.text, _raised(case.text)), reach=2)


def _raised(doc: Document) -> Iterator[Hit]:
    for sentence in doc.sentences:
        loud = [
            word
            for word in doc.words_in(sentence)
            if word.kind is WordKind.PLAIN and word.text.isupper() and len(word.text) > 1 and word.key in _LOUD
        ]
        marks = _BANGS.search(doc.text(sentence))
        if len(loud) >= _FEWEST or marks:
            yield Hit(
                concern=CONCERN,
                message="Beside such words, capitals and exclamation marks read as anger.",
                part=doc.part.name,
                span=ProseSpan(sentence.start, sentence.end),
                confidence=Confidence.MEDIUM,
                evidence=("a raised voice in a hostile post",),
            )


INFERENCE = Inference("raised-voice", (CONCERN,), infer)
