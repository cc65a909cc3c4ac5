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
    owners = np.asarray(pieces.owners, dtype=np.int64)
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    tag_scores = scores[firsts, : len(TAGS)]
    if not tag_scores.argmax(axis=1).any():
        return
    probability = _softmax(tag_scores)
    tags = probability.argmax(axis=1).tolist()
    run: list[int] = []
    for at, tag in enumerate(tags):
        if run and not _continues(tags[run[0]], tag):
            yield _name(pieces, owners[firsts[run]], probability[run], tags[run[0]])
            run = []
        if tag:
            run.append(at)
    if run:
        yield _name(pieces, owners[firsts[run]], probability[run], tags[run[0]])


def _continues(first: int, tag: int) -> bool:
    """Whether a tag goes on with the name whose first tag is given: an I of the same kind."""
    return tag != 0 and tag % 2 == 0 and (tag - 1) // 2 == (first - 1) // 2


def _name(pieces: Pieces, owners: NDArray[np.int64], probability: Scores, tag: int) -> Name:
    begin = (tag - 1) // 2 * 2 + 1  # the B of the kind; its I follows
    return Name(
        start=pieces.words[int(owners[0])].start,
        end=pieces.words[int(owners[-1])].end,
        kind=TAGS[begin].removeprefix("B-"),
        probability=float(probability[:, begin : begin + 2].sum(axis=1).min()),
    )


def label_scores(pieces: Pieces, scores: Scores, sentences: Sequence[ProseSpan]) -> Scores:
    """(sentences, labels): what each sentence's pieces say, weighted by how much they count; -30 where it has none."""
    found = np.full((len(sentences), len(LABELS)), -30.0, dtype=np.float32)
    if not pieces.ids:
        return found
    starts = [pieces.words[owner].start for owner in pieces.owners]
    count = scores[:, len(TAGS) : len(TAGS) + len(LABELS)].clip(-_FURTHEST, _FURTHEST)
    says = scores[:, len(TAGS) + len(LABELS) :]
    first = 0
    for at in range(len(sentences)):
        after = bisect_left(starts, sentences[at + 1].start, first) if at + 1 < len(sentences) else len(starts)
        if after > first:
            found[at] = (_softmax(count[first:after], axis=0) * says[first:after]).sum(axis=0)
        first = after
    return found


def _softmax(scores: Scores, axis: int = 1) -> Scores:
    shifted = np.exp(scores - scores.max(axis=axis, keepdims=True, initial=-1e9))
    softened: Scores = shifted / shifted.sum(axis=axis, keepdims=True)
    return softened


def calibrated(scores: Scores, calibration: Sequence[tuple[float, float]] | Scores) -> Scores:
    """(sentences, labels) scores as probabilities: Platt scaling by each label's slope and offset."""
    slope, offset = np.asarray(calibration, dtype=np.float32).T
    found: Scores = 1 / (1 + np.exp(-(slope * scores + offset)))
    return found
