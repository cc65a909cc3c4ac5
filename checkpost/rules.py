"""What a detector and an inference are, and how the engine finds them: by looking into their package."""

import importlib
import pkgutil
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from checkpost.disclosure import Sign, signs
from checkpost.knowledge import Knowledge
from checkpost.lexicon import Lexicon, Match, load
from checkpost.model import PUBLISHED, Hit, PartKind, Post, ProseSpan
from checkpost.names import name_words
from checkpost.text.document import Document

EVERYWHERE = frozenset(PartKind)
PICTURES = frozenset(PartKind) - {PartKind.TEXT}


@dataclass(frozen=True, slots=True)
class Detector:
    """Finds what one text, or one field of a picture's metadata, itself shows.

    `find` reads one document and yields hits with prose spans. It is called for parts of the kinds in `reads` only.
    """

    id: str
    concerns: tuple[str, ...]
    find: Callable[[Document, Knowledge], Iterable[Hit]]
    reads: frozenset[PartKind] = PUBLISHED


@dataclass(frozen=True)
class Case:
    """One post as an inference sees it: its documents and what the detectors found in them."""

    post: Post
    documents: tuple[Document, ...]
    hits: tuple[Hit, ...]
    knowledge: Knowledge

    @cached_property
    def text(self) -> Document:
        """The post's own text."""
        return next(doc for doc in self.documents if doc.part.kind is PartKind.TEXT)

    @cached_property
    def author(self) -> tuple[str, ...]:
        """The author's name as words (see `names.name_words`): none where the draft does not declare it."""
        return name_words(self.post.context.author.name or "")

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """What discloses the author's work."""
        return signs(self.post, self.documents, self.hits, self.knowledge)

    @property
    def is_for_work(self) -> bool:
        """Whether the organisation posts it, or somebody who shows that they work in education."""
        return self.post.context.account == "organisation" or bool(self.signs)

    def found(self, *concerns: str) -> Iterator[Hit]:
        """Hits of some concerns, or of whole families (`people/`)."""
        for hit in self.hits:
            if hit.concern in concerns or hit.concern.partition("/")[0] + "/" in concerns:
                yield hit

    def spans_of(self, *concerns: str) -> Iterator[ProseSpan]:
        """Where hits of some concerns, or of whole families, stand in the post's own text."""
        return (hit.span for hit in self.found(*concerns) if hit.span and hit.part == self.text.part.name)

    def matches(self, lexicon: str, *groups: str) -> Iterator[Match]:
        """The terms of a lexicon's groups in the post's own text (see `Lexicon.find`)."""
        return load(lexicon).find(self.text, self.knowledge.slots(self.text), *groups)

    def of_image(self, index: int) -> Iterator[Document]:
        """The documents of one picture."""
        return (doc for doc in self.documents if doc.part.image == index)


@dataclass(frozen=True, slots=True)
class Inference:
    """Concludes something from a whole post: a combination, or something that is missing."""

    id: str
    concerns: tuple[str, ...]
    infer: Callable[[Case], Iterable[Hit]]
    is_last: bool = False  # it also sees what the other inferences found


@cache
def detectors() -> Mapping[str, Detector]:
    """Every detector by its id: the `DETECTOR` of each module in `checkpost.detectors`."""
    return {rule.id: rule for rule in _discover("checkpost.detectors", "DETECTOR")}


@cache
def inferences() -> Mapping[str, Inference]:
    """Every inference by its id: the `INFERENCE` of each module in `checkpost.inferences`."""
    return {rule.id: rule for rule in _discover("checkpost.inferences", "INFERENCE")}


def _discover(package: str, attribute: str) -> list[Any]:
    path = importlib.import_module(package).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    return [getattr(importlib.import_module(f"{package}.{name}"), attribute) for name in names]


def documentation(rule: Detector | Inference) -> str:
    """The rule's own account of itself: what it finds, why, what it leaves alone. Its module's docstring."""
    call = rule.find if isinstance(rule, Detector) else rule.infer
    return (importlib.import_module(call.__module__).__doc__ or "").strip()


def phrase_hits(doc: Document, knowledge: Knowledge, name: str, *groups: str) -> Iterator[Hit]:
    """Hits for the terms of a lexicon's groups that name a concern: all that a detector of words needs.

    Raises:
        DataError: The lexicon has a fault.
    """
    terms: Lexicon = load(name)
    for match in terms.find(doc, knowledge.slots(doc), *groups):
        group = match.group
        if group.concern:
            yield Hit(
                concern=group.concern,
                message=group.message or group.note,
                part=doc.part.name,
                span=match.span,
                confidence=group.confidence,
                evidence=(f"{name}: {group.name}",),  # never the term: it may be the very words of a masked match
            )


def one_per_sentence(doc: Document, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The longest hit of each sentence, for concerns that one sentence shows once in however many words."""
    longest: dict[ProseSpan, Hit] = {}
    for hit in hits:
        if hit.span is None:
            yield hit
            continue
        sentence = doc.sentence_at(hit.span.start)
        best = longest.get(sentence)
        if best is None or best.span is None or _length(hit.span) > _length(best.span):
            longest[sentence] = hit
    yield from longest.values()


def _length(span: ProseSpan) -> int:
    return span.end - span.start


def in_sentences(doc: Document, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits widened to the sentences that they stand in, for what is said rather than the words that betray it."""
    for hit in hits:
        if hit.span:
            start, end = doc.sentence_at(hit.span.start).start, doc.sentence_at(hit.span.end - 1).end
            yield replace(hit, span=ProseSpan(min(start, hit.span.start), max(end, hit.span.end)))
        else:
            yield hit


def passages(doc: Document, hits: Iterable[Hit], reach: int = 1) -> Iterator[Hit]:
    """Hits of one concern that stand together, as one hit from the first sign to the last.

    A tone runs through a passage: its author needs one finding for it, not one for every word. `reach` is how many
    sentences on the next sign may stand: 0 is the same sentence only.
    """
    found = sorted(hits, key=lambda hit: (hit.span is not None, hit.span and (hit.span.start, hit.span.end)))
    if not found:
        return
    starts = [sentence.start for sentence in doc.sentences]
    last: dict[str, tuple[Hit, ProseSpan]] = {}
    for hit in found:
        if hit.span is None:
            yield hit
            continue
        before, span = last.get(hit.concern, (None, hit.span))
        if before and bisect_right(starts, hit.span.start) - bisect_right(starts, span.end - 1) <= reach:
            last[hit.concern] = (_joined(before, hit), ProseSpan(span.start, max(span.end, hit.span.end)))
            continue
        if before:
            yield replace(before, span=span)
        last[hit.concern] = (hit, hit.span)
    for hit, span in last.values():
        yield replace(hit, span=span)


def _joined(one: Hit, other: Hit) -> Hit:
    """The surer of two hits, with the evidence of both."""
    surer = other if other.confidence.rank > one.confidence.rank else one
    return replace(surer, evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))), replacement=None)
