"""The model, loaded: texts in, readings out."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checkpost.encoder.decode import Scores, calibrated, label_scores, names
from checkpost.encoder.labels import LABELS
from checkpost.encoder.pieces import END, START, Cutter, Pieces
from checkpost.encoder.reading import Reading, Sentence
from checkpost.encoder.voice import is_voiced
from checkpost.errors import InputError
from checkpost.model import ProseSpan
from checkpost.text.sentences import sentences

WEIGHTS = Path(__file__).resolve().parent / "weights"
LEVELS = ("high", "medium", "low")
_WINDOW, _STEP = 126, 84  # pieces of one window, and how far on the next begins

Score = Callable[[NDArray[np.int64], NDArray[np.int64]], Scores]  # (1, pieces) ids and shapes → (pieces, scores)


@dataclass(frozen=True, slots=True)
class Settings:
    """What development data settled: how scores become probabilities, and from which on a label is reported."""

    name: str
    calibration: Sequence[tuple[float, float]]  # a slope and an offset for each label
    voiced: Mapping[str, Mapping[str, float]]  # label → confidence → the probability from which on it holds
    plain: Mapping[str, Mapping[str, float]]  # the same for texts that are in nobody's own voice

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read the settings beside the weights."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            name=f"{data['name']} {data['version']}",
            calibration=[tuple(data["labels"][label]["calibration"]) for label in LABELS],
            voiced={label: data["labels"][label]["thresholds"]["voiced"] for label in LABELS},
            plain={label: data["labels"][label]["thresholds"]["plain"] for label in LABELS},
        )


class Encoder:
    """Reads texts. The same text gives the same reading, whatever is read beside it."""

    def __init__(self, score: Score, cutter: Cutter, settings: Settings) -> None:
        self._score = score
        self._cutter = cutter
        self.settings = settings
        self._calibration = np.asarray(settings.calibration, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The reading of every text, in order."""
        return [self.read_one(text, tuple(sentences(text))) for text in texts]

    def read_one(self, text: str, spans: Sequence[ProseSpan]) -> Reading:
        """The reading of a text whose sentences are known."""
        (pieces,) = self._cutter.cut([text])
        if not pieces.ids:
            return Reading()
        scores = self.scores(pieces)
        probability = calibrated(label_scores(pieces, scores, spans), self._calibration)
        sure = _sure(probability, self.settings.voiced if is_voiced(text) else self.settings.plain)
        return Reading(
            tuple(names(pieces, scores)),
            tuple(
                Sentence(span.start, span.end, dict(zip(LABELS, row, strict=True)), sure)
                for span, row, sure in zip(spans, probability.tolist(), sure, strict=True)
            ),
        )

    def scores(self, pieces: Pieces) -> Scores:
        """(pieces, scores) of a text of any length: each piece as the window that has it furthest inside reads it."""
        parts: list[Scores] = []
        total = len(pieces.ids)
        done = 0
        margin = (_WINDOW - _STEP) // 2
        # One window at a time: dynamic quantisation scales a whole batch alike, so that batches would make a post's
        # figures depend on the posts beside it; and on a CPU they are no faster.
        for start in range(0, max(1, total - (_WINDOW - _STEP)), _STEP):
            end = min(start + _WINDOW, total)
            ids = np.asarray([[START, *pieces.ids[start:end], END]], dtype=np.int64)
            shapes = np.asarray([[0, *pieces.shapes[start:end], 0]], dtype=np.int64)
            stop = end if end == total else end - margin
            parts.append(self._score(ids, shapes)[1:-1][done - start : stop - start])
            done = stop
        return np.concatenate(parts)


def _sure(probability: Scores, thresholds: Mapping[str, Mapping[str, float]]) -> list[dict[str, str]]:
    """The labels of each sentence that are worth reporting, with the highest confidence that each reaches."""
    found: list[dict[str, str]] = [{} for _ in probability]
    lowest = np.asarray([thresholds[label]["low"] for label in LABELS])
    for sentence, at in np.argwhere(probability >= lowest).tolist():
        label, value = LABELS[at], float(probability[sentence, at])
        found[sentence][label] = next(level for level in LEVELS if value >= thresholds[label][level])
    return found


@cache
def load(folder: Path = WEIGHTS) -> Encoder:
    """The model of a folder, loaded once; the one that ships if none is given.

    Raises:
        InputError: Its files, or onnxruntime or tokenizers, are missing or do not load.
    """
    try:
        import onnxruntime  # noqa: PLC0415  (dear to import)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        cutter = Cutter(folder / "tokenizer.json")
        settings = Settings.load(folder / "settings.json")
    except Exception as error:
        raise InputError(
            f"the model that reads names and tone cannot be loaded ({type(error).__name__}). Install checkpost again."
        ) from error

    def score(ids: NDArray[np.int64], shapes: NDArray[np.int64]) -> Scores:
        found: Scores = session.run(None, {"ids": ids, "shapes": shapes})[0][0]
        return found

    return Encoder(score, cutter, settings)
