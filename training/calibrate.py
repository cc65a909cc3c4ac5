"""Settles on development data what scores mean: probabilities (Platt scaling), and from which on a label is reported.

Nothing here sees what is trained on. Development data are the held-out topics of our own examples, which hold many
texts that almost carry a label, labelled posts, and harmless education prose, of which at most one sentence in 200
may raise an alarm.
Where somebody speaks in their own voice a label is reported sooner (`checkpost.encoder.voice`).
Labels are rarer in posts than among our examples: all is weighed as if 15 texts in a thousand carried a given label.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkpost.encoder.decode import calibrated
from checkpost.encoder.labels import LABELS

Scores = NDArray[np.float32]
Truth = NDArray[np.bool_]

_ALARMS = 1 / 200  # sentences of harmless prose
_RATE = 0.015  # texts that carry a given label
_GRAVE = {"discrimination": 0.03}  # as if more common: to miss it does more harm
_PRECISION = 0.95  # of what is reported with high confidence
# Held-out topics hold other kinds of harmless text, and other shares of them, than people post. Posts that
# were written and labelled to measure checkpost settled the least probability for low and for medium confidence.
_ON_POSTS = {
    "abuse": (0.6, 0.8),
    "discrimination": (0.48, 0.6),
    "harassment": (0.46, 0.62),
    "disparagement": (0.18, 0.4),
    "grievance": (0.27, 0.5),
    "rumour": (0.2, 0.5),
    "heated": (0.35, 0.55),
    "politics": (0.56, 0.76),
    "religion": (0.5, 0.66),
    "solicitation": (0.42, 0.65),
    "incitement": (0.62, 0.8),
    "endorsement": (0.84, 0.92),
    "paid-promotion": (0.55, 0.7),
    "chain-mail": (0.6, 0.72),
    "sexual": (0.55, 0.7),
    "marked": (0.5, 0.66),
    "finance": (0.7, 0.8),
    "performance": (0.78, 0.86),
    "material": (0.95, 0.985),
    "special-category": (0.3, 0.55),
    "learner-contact": (0.86, 0.93),
    "spokesperson": (0.92, 0.97),
}
_PLAIN = 0.35  # what a finding in nobody's own voice weighs: most posts are voiced, most held-out examples are not
_PULL = 2.0  # of (1, 0) on slope and offset, as if it were that many examples


def _weights(truth: Truth, rate: float) -> Scores:
    """(examples,) weights that make a label as rare as it is in posts."""
    carrying = max(1, int(truth.sum()))
    return np.where(truth, 1.0, carrying * (1 - rate) / rate / (len(truth) - carrying)).astype(np.float32)


def platt(scores: Scores, truth: Truth, rate: float) -> tuple[float, float]:
    """Slope and offset that make scores probabilities: weighted logistic regression by Newton's method.

    `rate` is the share of texts that carry the label where it will be used.
    """
    x = np.stack([scores, np.ones_like(scores)], axis=1).astype(np.float64)
    weight = _weights(truth, rate)
    start = np.array([1.0, 0.0])
    found = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        gradient = x.T @ (weight * (p - truth)) + _PULL * (found - start)
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + _PULL * np.eye(2)
        found -= np.clip(np.linalg.solve(curvature, gradient), -1, 1)
    return round(float(found[0]), 4), round(float(found[1]), 4)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network made of some texts.

    `scores`: (texts, labels), raw. `carries`: (texts, labels), what is so. `voiced`: (texts,), whether somebody speaks.
    """

    scores: Scores
    carries: Truth
    voiced: Truth


def unsettled() -> dict[str, dict[str, Any]]:
    """What stands in until scores have been seen: raw scores, and nothing reported."""
    never = dict.fromkeys(("low", "medium", "high"), 2)
    return {label: {"calibration": [1.0, 0.0], "thresholds": {"voiced": never, "plain": never}} for label in LABELS}


def settle(held_out: Seen, prose: Seen) -> dict[str, dict[str, Any]]:
    """Calibration and thresholds of every label, from development examples and the sentences of harmless prose."""
    truth = held_out.carries
    rates = [_GRAVE.get(label, _RATE) for label in LABELS]
    calibration = [platt(held_out.scores[:, at], truth[:, at], rates[at]) for at in range(len(LABELS))]
    p, quiet = calibrated(held_out.scores, calibration), calibrated(prose.scores, calibration)
    voiced, plain = [], []
    for at, label in enumerate(LABELS):
        low, medium = _ON_POSTS[label]
        levels = {"low": low, "medium": medium, "high": max(medium, _high(p[:, at], truth[:, at], rates[at]))}
        voiced.append(levels)
        plain.append(dict(levels))
    both = np.concatenate([truth, truth], axis=1)
    _silence([*voiced, *plain], _apart(p, held_out.voiced), both, _apart(quiet, prose.voiced))
    return {
        label: {"calibration": list(calibration[at]), "thresholds": {"voiced": voiced[at], "plain": plain[at]}}
        for at, label in enumerate(LABELS)
    }


def _high(p: Scores, truth: Truth, rate: float) -> float:
    """The least probability from which on precision is high; 1 where it never is."""
    order = np.argsort(-p, kind="stable")
    hits, found = np.cumsum(truth[order]), np.cumsum(_weights(truth, rate)[order])
    # One miss more than was seen: few examples must not make a threshold look safe.
    good = np.flatnonzero(hits / (found + 1) >= _PRECISION)
    return _between(p[order], int(good[-1])) if len(good) else 1.0


def _between(p: Scores, rank: int) -> float:
    """A threshold half way between a rank and the next."""
    below = p[rank + 1] if rank + 1 < len(p) else 0.0
    return round(float((p[rank] + below) / 2), 4)


def _apart(p: Scores, voiced: Truth) -> Scores:
    """(texts, labels) probabilities as (texts, twice the labels): of what is voiced, then of what is plain."""
    return np.concatenate([np.where(voiced[:, None], p, 0), np.where(voiced[:, None], 0, p)], axis=1)


def _silence(levels: list[dict[str, float]], p: Scores, truth: Truth, quiet: Scores) -> None:
    """Raise thresholds until harmless prose raises few enough alarms, each time where that loses the least.

    The loss is what a label no longer finds among what carries it, for each alarm fewer.
    """
    while True:
        least = np.array([level["low"] for level in levels])
        alarms = quiet >= least
        if alarms.any(axis=1).mean() <= _ALARMS:
            return
        loud = np.flatnonzero(alarms.any(axis=0))
        raised = {at: float(quiet[alarms[:, at], at].min()) + 1e-4 for at in loud}
        lost = {
            at: (truth[:, at] & (p[:, at] >= least[at]) & (p[:, at] < raised[at])).sum()
            * (1 if at < len(LABELS) else _PLAIN)
            * (_GRAVE.get(LABELS[at % len(LABELS)], _RATE) / _RATE)
            for at in loud
        }
        at = min(loud, key=lambda at: (lost[at] / (alarms[:, at] & (quiet[:, at] < raised[at])).sum(), raised[at]))
        for level, threshold in levels[at].items():
            levels[at][level] = round(max(threshold, raised[at]), 4)
