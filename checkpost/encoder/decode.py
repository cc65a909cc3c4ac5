"""From the network's scores to a reading: tags to names, and weighted means to the labels of sentences."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from checkpost.encoder.labels import LABELS, TAGS
from checkpost.encoder.pieces import Pieces
from checkpost.encoder.reading import Name
from checkpost.model import ProseSpan

Scores = NDArray[np.float32]

_FURTHEST = 15.0  # how far a piece's share in its sentence may be pushed, as in training


def names(pieces: Pieces, scores: Scores) -> Iterator[Name]:
    """The names that the tags of words' first pieces spell.

    Args:
        pieces: A text.
        scores: (pieces, all scores).
    """
    if not scores[:, : len(TAGS)].argmax(axis=1).any():
        return  # few posts name anybody
    owners = np.asarray(pieces.owners, dtype=np.int64)
    firsts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    best = scores[firsts, : len(TAGS)].argmax(axis=1)
    named = np.flatnonzero(best)
    probability = _softmax(scores[firsts[named], : len(TAGS)])
    tags, words = best[named].tolist(), owners[firsts[named]].tolist()
    begin = 0
    for at in range(1, len(tags) + 1):
        if at == len(tags) or named[at] != named[at - 1] + 1 or not _continues(tags[begin], tags[at]):
            yield _name(pieces, words[begin:at], probability[begin:at], tags[begin])
            begin = at


def _continues(first: int, tag: int) -> bool:
    """Whether a tag goes on with the name whose first tag is given: an I of the same kind."""
    return tag % 2 == 0 and (tag - 1) // 2 == (first - 1) // 2


def _name(pieces: Pieces, owners: Sequence[int], probability: Scores, tag: int) -> Name:
    begin = (tag - 1) // 2 * 2 + 1  # the B of the kind; its I follows
    return Name(
        start=pieces.words[owners[0]].start,
        end=pieces.words[owners[-1]].end,
        kind=TAGS[begin].removeprefix("B-"),
        probability=float(probability[:, begin : begin + 2].sum(axis=1).min()),
    )


def label_scores(pieces: Pieces, scores: Scores, sentences: Sequence[ProseSpan]) -> Scores:
    """(sentences, labels): what each sentence's pieces say, weighted by how much they count; -30 where it has none."""
    found = np.full((len(sentences), len(LABELS)), -30.0, dtype=np.float32)
    if not pieces.ids:
        return found
    starts = [pieces.words[owner].start for owner in pieces.owners]
    count = np.minimum(np.maximum(scores[:, len(TAGS) : len(TAGS) + len(LABELS)], -_FURTHEST), _FURTHEST)
    says = scores[:, len(TAGS) + len(LABELS) :]
    first = 0
    for at in range(len(sentences)):
        after = bisect_left(starts, sentences[at + 1].start, first) if at + 1 < len(sentences) else len(starts)
        if after > first:
            found[at] = np.add.reduce(_softmax(count[first:after], axis=0) * says[first:after], axis=0)
        first = after
    return found


def _softmax(scores: Scores, axis: int = 1) -> Scores:
    # Ufuncs' own reductions, as arrays' methods take twice as long for so few numbers.
    most: Scores = np.maximum.reduce(scores, axis=axis, keepdims=True)
    shifted = np.exp(scores - most)
    total: Scores = np.add.reduce(shifted, axis=axis, keepdims=True)
    softened: Scores = shifted / total
    return softened


def calibrated(scores: Scores, calibration: Sequence[tuple[float, float]] | Scores) -> Scores:
    """(sentences, labels) scores as probabilities: Platt scaling by each label's slope and offset."""
    slope, offset = np.asarray(calibration, dtype=np.float32).T
    found: Scores = 1 / (1 + np.exp(-(slope * scores + offset)))
    return found
