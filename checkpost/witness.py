"""What the trained model says of a text, as hits: what detectors and inferences of tone share.

It speaks of sentences, so its hits are rough: a rule that saw the same concern there keeps its own words and gains the
model's evidence. It also hears what a rule's words cannot tell: that "in the red" is said of a van. Where it is as
good as certain that nothing of the kind is said, a rule's hit is dropped.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from checkpost.encoder.labels import CONCERNS
from checkpost.encoder.reading import Sentence
from checkpost.encoder.voice import is_voiced
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
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


# The probability that a rule's words must reach to count. Of the rules' hits on the training topics held out, the model
# puts half of the wrong ones below, and hardly any of the right ones. What is plainly said it hears best; what is told
# between the lines, or by a fact alone, it hears less well, so that only what it is surest of counts there. It is no
# judge of literal words and of bluntness (swearing, terms, "is a clown").
_PLAINLY, _SAID, _IMPLIED = 0.03, 0.01, 0.0035
_LEAST: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys("discrimination harassment heated religion solicitation incitement".split(), _PLAINLY),
        **dict.fromkeys("grievance learner-contact paid-promotion".split(), _SAID),
        **dict.fromkeys("rumour politics chain-mail marked finance material special-category".split(), _IMPLIED),
    }
)
_LEAST_OF = MappingProxyType({CONCERNS[label]: (label, least) for label, least in _LEAST.items()})
VOICED = frozenset({PartKind.TEXT, PartKind.CAPTION})  # what pictures show has no tone of voice
# What the model is not sure enough of by itself, but is beside a cue that alone is none: the probability from which, a
# lexicon, and its groups that name whom or what it would be about. All but material only where somebody speaks.
_BESIDE: Mapping[str, tuple[float, str, tuple[str, ...]]] = MappingProxyType(
    {
        "disparagement": (0.15, "disparagement", ("person-bare", "whoever-of-work", "body", "workers", "decider")),
        "grievance": (0.3, "work_grievance", ("own-work",)),
        "sexual": (0.2, "sexual_remark", ("visitor",)),
        "material": (0.3, "internal-material", ("paper", "assessed")),
    }
)

_CARRIED = 0.3  # of a sentence's probability, what the one beside must have for what is said to run through both
_SHORTEST = 1  # spaces in a sentence: a signature or a lone word only echoes what stands around it


def sentence_hits(doc: Document, knowledge: Knowledge, *labels: str) -> Iterator[Hit]:
    """A hit for every sentence of two words or more that the model is sure enough carries one of the labels.

    Raises:
        DataError: A lexicon has a fault.
    """
    sentences = knowledge.reading(doc).sentences
    heard = {label for sentence in sentences for label in sentence.sure}
    labels = tuple(label for label in labels if label in heard or label in _BESIDE)
    for at, sentence in enumerate(sentences):
        if doc.prose.count(" ", sentence.start, sentence.end) < _SHORTEST:
            continue
        beside = sentences[max(at - 1, 0) : at] + sentences[at + 1 : at + 2]
        for label in labels:
            level = sentence.sure.get(label) or _with_cue(sentence, label, doc, knowledge)
            level = level or _carried_on(sentence, label, beside)
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


def _carried_on(sentence: Sentence, label: str, beside: Sequence[Sentence]) -> Confidence | None:
    """Low confidence, where the model hears a label in a sentence beside and, less surely, in this one."""
    heard = [other.probability[label] for other in beside if label in other.sure]
    return Confidence.LOW if heard and sentence.probability[label] >= _CARRIED * max(heard) else None


def _with_cue(sentence: Sentence, label: str, doc: Document, knowledge: Knowledge) -> Confidence | None:
    """Low confidence, where the model half hears a label in a sentence that names whom or what it would be about."""
    least, lexicon, groups = _BESIDE.get(label, (1.0, "", ()))
    if sentence.probability[label] < least or not (label == "material" or is_voiced(doc.prose)):
        return None
    cues = load(lexicon).find(doc, knowledge.slots(doc), *groups)
    return Confidence.LOW if any(sentence.start <= cue.span.start < sentence.end for cue in cues) else None


def is_unheard(hit: Hit, doc: Document, knowledge: Knowledge) -> bool:
    """Whether the model is sure that a rule's words do not mean what they seem to, there or in the sentences beside.

    A rule that is highly confident needs no witness, and without the model none is asked for.
    """
    span, (label, least) = hit.span, _LEAST_OF.get(hit.concern, ("", 0.0))
    if not (least and span) or hit.confidence is Confidence.HIGH or doc.part.kind not in VOICED:
        return False
    sentences = knowledge.reading(doc).sentences
    at = [index for index, one in enumerate(sentences) if one.start < span.end and span.start < one.end]
    near = sentences[max(at[0] - 1, 0) : at[-1] + 2] if at else ()
    return bool(near) and max(one.probability[label] for one in near) < least
