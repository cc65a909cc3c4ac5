"""Makes one hit of what several rules, or a rule and the trained model, saw in the same place."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from checkpost.model import Hit, ProseSpan
from checkpost.text.document import Document

# What is said in sentences, by rules or by the model. Swearing and confidential terms are words, and keep their place.
_SAID = ("conduct/", "confidential/", "identity/spokesperson", "context/platform")
_REACH = 2  # sentences on, as far as one breath goes
_WORDS = frozenset({"conduct/abuse", "confidential/term"})


def merge(hits: Iterable[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """One hit where several rules saw the same concern in the same place: the surest, with all the evidence."""
    by_kind: dict[tuple[str, str, frozenset[str] | None, bool], list[tuple[str, Hit]]] = {}
    for rule, hit in hits:
        by_kind.setdefault((hit.concern, hit.part, hit.policies, hit.span is None), []).append((rule, hit))
    merged: list[tuple[str, Hit]] = []
    for alike in by_kind.values():
        merged.extend(_joined(alike))
    return merged


def _joined(alike: list[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """Hits of one kind, those of a place as one; a rough one backs the finer ones in it, if there are any."""
    fine = _overlapping([pair for pair in alike if not pair[1].rough])
    alone = []
    for rough in (pair for pair in alike if pair[1].rough):
        backed = [at for at, pair in enumerate(fine) if _same_place(pair[1], rough[1])]
        for at in backed:
            fine[at] = fine[at][0], _backed(fine[at][1], rough[1])
        if not backed:
            alone.append(rough)
    return [*fine, *_overlapping(alone)]


def _backed(hit: Hit, rough: Hit) -> Hit:
    """A hit with what backs it; of what is said, from the first sentence that says it to the last."""
    surest = max(hit.confidence, rough.confidence, key=lambda confidence: confidence.rank)
    evidence = tuple(dict.fromkeys((*hit.evidence, *rough.evidence)))
    return replace(hit, span=_both(hit, rough) if _is_said(hit) else hit.span, confidence=surest, evidence=evidence)


def _is_said(hit: Hit) -> bool:
    return hit.concern.startswith(_SAID) and hit.concern not in _WORDS and hit.replacement is None


def _both(one: Hit, other: Hit) -> ProseSpan | None:
    """From the start of the first to the end of the last."""
    if one.span and other.span:
        return ProseSpan(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    return one.span


def in_passages(pairs: Iterable[tuple[str, Hit]], documents: Iterable[Document]) -> list[tuple[str, Hit]]:
    """One hit where rules, or a rule and the model, saw the same concern in sentences next to one another."""
    starts = {doc.part.name: [sentence.start for sentence in doc.sentences] for doc in documents}
    kept: list[tuple[str, Hit]] = []
    last: dict[tuple[str, str, frozenset[str] | None], int] = {}
    for rule, hit in sorted(pairs, key=lambda pair: pair[1].span.start if pair[1].span else 0):
        if not (_is_said(hit) and hit.span and hit.part in starts):
            kept.append((rule, hit))
            continue
        kind = hit.concern, hit.part, hit.policies
        at = last.get(kind)
        if at is not None and _are_neighbours(kept[at][1], hit, starts[hit.part]):
            kept[at] = _as_one(kept[at], (rule, hit))
        else:
            last[kind] = len(kept)
            kept.append((rule, hit))
    return kept


def _are_neighbours(one: Hit, other: Hit, starts: Sequence[int]) -> bool:
    """Whether one hit ends in the sentence where the other, which comes after it, begins, or at most two before."""
    if one.span is None or other.span is None:
        return False
    return bisect_right(starts, other.span.start) - bisect_right(starts, one.span.end - 1) <= _REACH


def _as_one(pair: tuple[str, Hit], other: tuple[str, Hit]) -> tuple[str, Hit]:
    """The surer of two hits, with the evidence of both, from the start of the first to the end of the last."""
    best, rest = (other, pair) if _weight(other[1]) > _weight(pair[1]) else (pair, other)
    hit, more = best[1], rest[1]
    evidence = tuple(dict.fromkeys((*hit.evidence, *more.evidence)))
    return best[0], replace(hit, span=_both(hit, more), evidence=evidence, rough=hit.rough and more.rough)


def _is_guessed_name(hit: Hit) -> bool:
    return hit.rough and hit.concern.startswith("people/")


def without_known_people(hits: list[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """Guesses at names give way to whatever says who it is."""
    known = [hit for _, hit in hits if hit.concern.startswith("people/") and not hit.rough and hit.span]
    return [
        (rule, hit)
        for rule, hit in hits
        if not (_is_guessed_name(hit) and any(one.part == hit.part and _same_place(one, hit) for one in known))
    ]


def _overlapping(alike: list[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """One hit for each place."""
    merged: list[tuple[str, Hit]] = []
    if alike:
        alike.sort(key=lambda pair: pair[1].span.start if pair[1].span else 0)
        current = alike[0]
        for other in alike[1:]:
            if _same_place(current[1], other[1]):
                best, rest = (other, current) if _weight(other[1]) > _weight(current[1]) else (current, other)
                evidence = tuple(dict.fromkeys((*best[1].evidence, *rest[1].evidence)))
                current = best[0], replace(best[1], evidence=evidence)
            else:
                merged.append(current)
                current = other
        merged.append(current)
    return merged


def _same_place(one: Hit, other: Hit) -> bool:
    return one.span is None or other.span is None or one.span.overlaps(other.span)


def _weight(hit: Hit) -> tuple[int, int]:
    """Surer first, then the longer span."""
    return hit.confidence.rank, hit.span.end - hit.span.start if hit.span else 0
