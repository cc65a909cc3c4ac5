"""Settles on development data what scores mean: probabilities (Platt scaling), and from which on a label is reported.

Nothing here sees what is trained on. Development data are the held-out topics of our own examples, which hold many
texts that almost carry a label, and harmless education prose, of which at most one sentence in 250 may raise an alarm.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkpost.encoder.decode import calibrated
from checkpost.encoder.labels import LABELS

Scores = NDArray[np.float32]
Truth = NDArray[np.bool_]

_ALARMS = 1 / 250  # sentences of harmless prose
_PRECISION = {"high": 0.95, "medium": 0.85}
_LEAST = 0.65  # precision of whatever is reported
_PRIOR = 2.0  # pull of (1, 0) on slope and offset, as if it were that many examples


def platt(scores: Scores, truth: Truth) -> tuple[float, float]:
    """Slope and offset that make scores probabilities: logistic regression by Newton's method."""
    x = np.stack([scores, np.ones_like(scores)], axis=1).astype(np.float64)
    start = np.array([1.0, 0.0])
    found = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        gradient = x.T @ (p - truth) + _PRIOR * (found - start)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + _PRIOR * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        found -= np.clip(step, -1, 1)
    return round(float(found[0]), 4), round(float(found[1]), 4)


def unsettled() -> dict[str, dict[str, Any]]:
    """What stands in until scores have been seen: raw scores, and nothing reported."""
    return {label: {"calibration": [1.0, 0.0], "thresholds": {"low": 2, "medium": 2, "high": 2}} for label in LABELS}


def settle(scores: Scores, truth: Truth, harmless: Scores) -> dict[str, dict[str, Any]]:
    """Calibration and thresholds of every label.

    Args:
        scores: (examples, labels) raw scores of development examples.
        truth: What these carry.
        harmless: (sentences, labels) raw scores of prose that carries nothing.
    """
    calibration = [platt(scores[:, at], truth[:, at]) for at in range(len(LABELS))]
    p, quiet = calibrated(scores, calibration), calibrated(harmless, calibration)
    levels = [_levels(p[:, at], truth[:, at]) for at in range(len(LABELS))]
    _silence(levels, quiet)
    return {label: {"calibration": list(calibration[at]), "thresholds": levels[at]} for at, label in enumerate(LABELS)}


def _levels(p: Scores, truth: Truth) -> dict[str, float]:
    """The least probability for each confidence: `low` where F1 is best, the others where precision is high enough."""
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum(truth[order])
    ranks = np.arange(1, len(order) + 1)
    precision = hits / ranks
    f1 = 2 * hits / (ranks + max(1, truth.sum()))
    best = int(np.where(precision >= _LEAST, f1, 0).argmax())
    found = {"low": _between(p[order], best)}
    for level, wanted in _PRECISION.items():
        # One miss more than was seen: few examples must not make a threshold look safe.
        good = np.flatnonzero(hits / (ranks + 1) >= wanted)
        found[level] = max(found["low"], _between(p[order], int(good[-1]))) if len(good) else 0.99
    return found


def _between(p: Scores, rank: int) -> float:
    """A threshold half way between a rank and the next."""
    below = p[rank + 1] if rank + 1 < len(p) else 0.0
    return round(float((p[rank] + below) / 2), 4)


def _silence(levels: list[dict[str, float]], quiet: Scores) -> None:
    """Raise the thresholds of the labels that speak most often on harmless prose, until few enough do."""
    while True:
        alarms = quiet >= np.array([level["low"] for level in levels])
        if alarms.any(axis=1).mean() <= _ALARMS:
            return
        loudest = int(alarms.sum(axis=0).argmax())
        raised = float(np.sort(quiet[alarms[:, loudest], loudest])[0]) + 1e-4
        for level, threshold in levels[loudest].items():
            levels[loudest][level] = round(max(threshold, raised), 4)
