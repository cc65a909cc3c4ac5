"""What the trained model says of a text, as hits: what detectors and inferences of tone share.

It speaks of sentences, so its hits are rough: a rule that saw the same concern there keeps its own words and gains the
model's evidence.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from checkpost.encoder.labels import CONCERNS
from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.text.document import Document

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "abuse": "This reads as abusive or obscene.",
        "discrimination": "This reads as demeaning a group of people, or somebody for belonging to it.",
        "harassment": "This reads as a threat, as bullying, or as setting others on somebody.",
        "disparagement": "This reads as running down colleagues, learners, families, partners or the organisation.",
        "grievance": "This reads as a complaint about work, made in public.",
        "rumour": "This reads as gossip or as something that nobody has verified.",
        "heated": "This reads as heated.",
        "politics": "This reads as taking part in contested politics.",
        "religion": "This reads as an opinion on a faith, or on a contested matter of religion.",
        "solicitation": "This reads as asking for support, money or custom, or as promoting somebody else's cause.",
        "incitement": "This reads as urging others to break a rule, or to disrupt the organisation's work.",
        "endorsement": "This reads as a reference or recommendation for a person.",
        "paid-promotion": "This reads as promotion that was paid for or rewarded.",
        "chain-mail": "This reads as something to be passed on to many.",
        "sexual": "This reads as sexual or indecent.",
        "marked": "This reads as something that is not public yet.",
        "finance": "This reads as money matters that are not public.",
        "performance": "This reads as results or figures that are not public.",
        "material": "This reads as showing internal material.",
        "special-category": "This reads as a sensitive fact about a particular person.",
        "learner-contact": "This reads as private contact between staff and learners or their families.",
        "spokesperson": "This reads as speaking for the organisation.",
    }
)


_SHORTEST = 1  # spaces in a sentence: a signature or a lone word only echoes what stands around it


def sentence_hits(doc: Document, knowledge: Knowledge, *labels: str) -> Iterator[Hit]:
    """A hit for every sentence of two words or more that the model is sure enough carries one of the labels."""
    for sentence in knowledge.reading(doc).sentences:
        if doc.prose.count(" ", sentence.start, sentence.end) < _SHORTEST:
            continue
        for label in labels:
            level = sentence.sure.get(label)
            if level:
                yield Hit(
                    concern=CONCERNS[label],
                    message=MESSAGES[label],
                    part=doc.part.name,
                    span=ProseSpan(sentence.start, sentence.end),
                    confidence=Confidence(level),
                    evidence=(f"the trained model, {sentence.probability[label]:.0%} sure",),
                    rough=True,
                )
