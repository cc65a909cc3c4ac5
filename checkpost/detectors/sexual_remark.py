"""Sexual and indecent remarks.

What it finds: Sexual words and slang, innuendo of set forms, remarks on how attractive a colleague, parent,
learner or visitor is, and the emoji that stand for such things beside a person.
Why it matters: Such a remark may be sexual harassment (Equality Act 2010, section 26), which employers must
act to prevent (section 40A); about a learner it is a safeguarding matter.
Not flagged: Relationships and sex education, biology, policies, birds, wallpaper strippers, aubergines on an
allotment.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/sexual"

# Hardly ever a fruit beside a person. Drops, hot faces and tongues have too many other uses.
_EMOJI = re.compile("[\N{AUBERGINE}\N{PEACH}]")
_INNOCENT = "not-sexual"
_PEOPLE = frozenset(
    {"he", "him", "his", "she", "her", "they", "them", "who", "sir", "miss", "mr", "mrs", "me", "my", "mum"}
    | {"dad", "man", "woman", "teacher", "colleague"}
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every such remark."""
    yield from passages(doc, _signs(doc, knowledge), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "sexual_remark")
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


def _innocent(doc: Document, knowledge: Knowledge) -> bool:
    return load("sexual_remark").has(doc, knowledge.slots(doc), _INNOCENT)


DETECTOR = Detector("sexual-remark", (CONCERN,), find)
