"""People whom the draft declares in a picture, named in the post.

What it finds: The name of somebody who is declared to be in one of the post's pictures, in full, by the first name or
in an @handle with both names, in the post's text; the name of a learner of the roster in a picture's alternative text,
which is published too, where the post's text does not give it.
Why it matters: A name beside a face tells everybody who it is, and a stranger can search for it; guidance for UK
schools (Hwb, for Wales) asks for "names with no images, or images with no names".
Not flagged: The author's own name, and whoever is on a roster and named in the post's text: other checks find them.
"""

from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.model import Confidence, Hit, PartKind
from checkpost.pictured import named_in_text
from checkpost.rules import Case, Inference
from checkpost.standins import Person, learner_noun, stand_in

_CONCERNS = {
    "learner": ("people/learner", "A learner is named."),
    "staff": ("people/staff", "A colleague is named."),
    "family": ("people/family", "A learner's relative is named."),
    "other": ("people/other", "A private person is named."),
}

_WEAK = frozenset({"first-name", "title", "initials"})  # in a picture's words these name nobody surely


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every name of somebody declared in a picture."""
    cues = case.text.derived(Cues)
    known = {at for mention in case.knowledge.mentions(case.text) for at in mention.indexes}
    for hit in case.found("people/"):
        if hit.span and hit.part == case.text.part.name:
            known.update(cues.indexes(hit.span))
    for first, (after, role) in named_in_text(case).items():
        if known.isdisjoint(range(first, after)):
            concern, message = _CONCERNS.get(role, _CONCERNS["other"])
            yield Hit(
                concern=concern,
                message=message,
                span=cues.span(first, after),
                confidence=Confidence.HIGH,
                evidence=("somebody whom the draft declares in a picture",),
            )
    yield from _in_alt_texts(case)


def _in_alt_texts(case: Case) -> Iterator[Hit]:
    """Learners whom nothing but an alternative text names."""
    named = {mention.entry for mention in case.knowledge.mentions(case.text)}
    for doc in case.documents:
        for mention in case.knowledge.mentions(doc) if doc.part.kind is PartKind.ALT else ():
            if mention.entry.kind == "learner" and mention.how not in _WEAK and mention.entry not in named:
                named.add(mention.entry)
                concern, message = _CONCERNS["learner"]
                yield Hit(
                    concern=concern,
                    message=message,
                    part=doc.part.name,
                    span=mention.span,
                    confidence=mention.confidence,
                    evidence=("a name on the roster, in an alternative text",),
                    replacement=stand_in(doc.derived(Cues), mention.span, Person(learner_noun(mention.entry.group))),
                )


INFERENCE = Inference("pictured-name", tuple(concern for concern, _ in _CONCERNS.values()), infer)
