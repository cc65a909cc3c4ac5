"""People whom the draft declares in a picture, named in the post.

What it finds: The name of somebody who is declared to be in one of the post's pictures, in full, by the first name or
in an @handle with both names, in the post's text.
Why it matters: A name beside a face tells everybody who it is, and a stranger can search for it; guidance for UK
schools (Hwb, for Wales) asks for "names with no images, or images with no names".
Not flagged: The author's own name, and whoever is on a roster: other checks find them.
"""

from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.model import Confidence, Hit
from checkpost.pictured import named_in_text
from checkpost.rules import Case, Inference

_CONCERNS = {
    "learner": ("people/learner", "A learner is named."),
    "staff": ("people/staff", "A colleague is named."),
    "family": ("people/family", "A learner's relative is named."),
    "other": ("people/other", "A private person is named."),
}


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


INFERENCE = Inference("pictured-name", tuple(concern for concern, _ in _CONCERNS.values()), infer)
