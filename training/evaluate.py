"""Figures on development data: names, labels, name recall by group, alarms on harmless prose."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from names import Group, renamed
from numpy.typing import NDArray
from own import Example

from checkpost.encoder.decode import Scores, label_scores
from checkpost.encoder.labels import LABELS
from checkpost.encoder.pieces import Cutter
from checkpost.encoder.runtime import Encoder
from checkpost.text.sentences import sentences

Carriers = dict[str, list[tuple[str, int, int]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Hits, what was found and what there was; the usual figures of these."""

    hits: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what there was that was found."""
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 1.0


def total(figures: Iterable[Figures]) -> Figures:
    """The sum of figures: micro-averaged."""
    rows = list(figures)
    return Figures(sum(f.hits for f in rows), sum(f.found for f in rows), sum(f.wanted for f in rows))


def person_names(encoder: Encoder, examples: Sequence[Example]) -> list[Figures]:
    """Exact spans of PERSON, for every example."""
    figures = []
    for example, reading in zip(examples, encoder.read([example.text for example in examples]), strict=True):
        wanted = {(start, end) for start, end, kind in example.names if kind == "PERSON"}
        found = {(name.start, name.end) for name in reading.names if name.kind == "PERSON"}
        figures.append(Figures(len(wanted & found), len(found), len(wanted)))
    return figures


def sentence_scores(encoder: Encoder, cutter: Cutter, texts: Sequence[str]) -> list[Scores]:
    """For every text, (sentences, labels): the raw scores of its sentences."""
    found = []
    for text, pieces in zip(texts, cutter.cut(texts), strict=True):
        spans = tuple(sentences(text))
        if pieces.ids:
            found.append(label_scores(pieces, encoder.scores(pieces), spans))
    return found


def example_scores(encoder: Encoder, cutter: Cutter, texts: Sequence[str]) -> Scores:
    """(texts, labels): the highest raw score of each text's sentences."""
    return np.asarray([scores.max(axis=0) for scores in sentence_scores(encoder, cutter, texts)], dtype=np.float32)


def average_precision(scores: Scores, truth: NDArray[np.bool_]) -> float:
    """Mean precision over the ranks of what is true."""
    order = np.argsort(-scores, kind="stable")
    hits = truth[order]
    if not hits.any():
        return float("nan")
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def label_table(scores: Scores, examples: Sequence[Example]) -> Mapping[str, float]:
    """Average precision of every label on held-out topics."""
    truth = np.asarray([[example.carries[label] > 0.5 for label in LABELS] for example in examples])
    return {label: average_precision(scores[:, at], truth[:, at]) for at, label in enumerate(LABELS)}


def found_in(encoder: Encoder, texts: Sequence[tuple[str, int, int]]) -> list[bool]:
    """Whether a person is seen that overlaps the place given with each text."""
    readings = encoder.read([text for text, _, _ in texts])
    return [
        any(name.kind == "PERSON" and name.start < end and start < name.end for name in reading.names)
        for reading, (_, start, end) in zip(readings, texts, strict=True)
    ]


def carriers(held_out: Sequence[Example], groups: Mapping[str, Group], chance: random.Random, each: int) -> Carriers:
    """For every group, texts of held-out topics in which one person is called by held-out names of that group.

    Returns: group → (text, start, end of the name).
    """
    single = [e for e in held_out if sum(p.kind == "PERSON" for p in e.pieces) == 1]
    found: dict[str, list[tuple[str, int, int]]] = {}
    for name, group in groups.items():
        if group.given:
            for example in chance.sample(single, each):
                other = renamed(example, [group], chance, 1.0)
                start, end, _ = next(place for place in other.names if place[2] == "PERSON")
                found.setdefault(name, []).append((other.text, start, end))
    return found
