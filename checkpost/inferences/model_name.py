"""Names that a model sees: the one that ships, or an installed spaCy pipeline (`[check] name-model` in checkpost.toml).

What it finds: People that the model sees named and no list or rule accounts for: hints, to be read as such.
Why it matters: Lists and rules know the organisation's own people and whom words introduce; a name is personal data
wherever it stands (UK GDPR, Article 4(1)).
Not flagged: Whoever is on a roster or found by another check (these say who), people in the public eye, sentences
about books and films, the organisation and its partners, and the post's own author.
"""

import re
from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.listed import FirstNames
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.names import is_given, is_word, name_words
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from checkpost.text.nlp import person_spans

CONCERN = "people/other"

_CREDIT = 60  # characters after a name alone at the foot of a text
_BEFORE_CREDIT = re.compile('[–—~"”“]$|\\bby$|["”’\'] ?-$', re.IGNORECASE)
_WORK = re.compile(r"['’]s? (?:new |latest |first |last )?[\"“‘]?(?:the |a )?[A-Z]|, [\"“‘]|, ?\d{4}")
_SURE = 0.9  # a hint at a stranger is worth reading only where the model hardly doubts


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every person that the model sees and nothing else accounts for."""
    author = frozenset(case.author)
    for doc in case.documents:
        if doc.part.kind not in PUBLISHED:
            continue
        people = tuple(_people(doc, case.knowledge))
        known = tuple(_known(doc, case.knowledge)) if people else ()
        for span in people:
            own = author.issuperset(name_words(doc.text(span))) or _is_credited(doc, span)
            if not own and not any(span.overlaps(other) for other in known):
                yield Hit(
                    concern=CONCERN,
                    message="This looks like somebody's name.",
                    part=doc.part.name,
                    span=span,
                    confidence=Confidence.LOW,
                    evidence=("the name model",),
                    rough=True,
                )


def _people(doc: Document, knowledge: Knowledge) -> Iterator[ProseSpan]:
    if knowledge.name_model:
        yield from person_spans(doc.prose, knowledge.name_model)
        return
    for name in knowledge.reading(doc).names:
        span = ProseSpan(name.start, name.end)
        if name.kind == "PERSON" and name.probability >= _SURE and _is_full(name_words(doc.text(span))):
            yield span


def _is_full(words: tuple[str, ...]) -> bool:
    """Whether a name is a first name and more: words alone are as often heroes, hamsters and hills."""
    return len(words) > 1 and is_given(words[0]) and not is_word(words[0])


def _is_credited(doc: Document, span: ProseSpan) -> bool:
    """Whether a name says whose words or works something is: `– Jane Ray`, `by Jane Ray`, `Jane Ray's Wild Geese`."""
    before, after = doc.prose[: span.start].rstrip(" ("), doc.prose[span.end :]
    line = before.endswith("\n\n") and len(after.strip()) < _CREDIT
    return line or bool(_BEFORE_CREDIT.search(before[-4:])) or bool(_WORK.match(after))


def _known(doc: Document, knowledge: Knowledge) -> Iterator[ProseSpan]:
    """Where people of the roster, people in the public eye, the organisation and its partners stand."""
    cues, slots = doc.derived(Cues), knowledge.slots(doc)
    yield from (mention.span for mention in knowledge.mentions(doc))
    yield from (cues.span(at, at + 1) for at in cues.figures | FirstNames(cues, knowledge.roster).things)
    for slot in ("organisation", "partner"):
        yield from (cues.span(*pair) for pair in slots[slot].items())
    yield from (doc.sentence_at(match.span.start) for match in load("bare-name").find(doc, slots, "elsewhere"))


INFERENCE = Inference("model-name", (CONCERN,), infer)
