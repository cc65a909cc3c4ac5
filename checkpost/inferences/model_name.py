"""Names that a name model sees, where checkpost.toml names one (`[check] name-model`, an installed spaCy pipeline).

What it finds: People that the model sees named and no list knows: hints, to be read as such.
Why it matters: Lists and rules know the organisation's own people and whom words introduce; a name is personal data
wherever it stands (UK GDPR, Article 4(1)).
Not flagged: Whoever is on a roster (other checks say who), people in the public eye, the organisation and its partners.
Without a model nothing is asked, and the report's `tool.model` is null.
"""

from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit
from checkpost.rules import Detector
from checkpost.text.document import Document
from checkpost.text.nlp import person_spans

CONCERN = "people/other"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every person that the model sees and nothing else accounts for."""
    if not knowledge.name_model:
        return
    cues = Cues(doc)
    known = [mention.span for mention in knowledge.mentions(doc)]
    known.extend(cues.span(at, at + 1) for at in cues.figures)
    slots = knowledge.slots(doc)
    known.extend(cues.span(*pair) for slot in ("organisation", "partner") for pair in slots[slot].items())
    for span in person_spans(doc.prose, knowledge.name_model):
        if not any(span.overlaps(other) for other in known):
            yield Hit(
                concern=CONCERN,
                message="This looks like somebody's name.",
                part=doc.part.name,
                span=span,
                confidence=Confidence.LOW,
                evidence=("the name model",),
            )


DETECTOR = Detector("model-name", (CONCERN,), find)
