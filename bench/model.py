"""How well the trained model reads, on development data: what MODEL_CARD.md quotes.

    python bench/model.py --shared DATA

DATA is the folder of the public sets (training/README.md). Intervals are 95 %, from 1000 resamplings of texts.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))

import corpora  # noqa: E402
import evaluate  # noqa: E402
import names  # noqa: E402
import own  # noqa: E402
from evaluate import Figures, total  # noqa: E402

from checkpost.encoder.labels import LABELS  # noqa: E402
from checkpost.encoder.runtime import LEVELS, Encoder, load  # noqa: E402

DATA = ROOT / "training" / "data"
TEXT = (
    "What a day! My Year 9s ran their hearts out, and somebody broke the school record in the 800 m. "
    "Huge thanks to everybody who brought ice lollies, cheered, or lent us a stopwatch."
)


def interval(rows: Sequence[Figures], figure: Callable[[Figures], float]) -> str:
    """A figure and its interval."""
    counts = np.array([(row.hits, row.found, row.wanted) for row in rows])
    drawn = np.random.default_rng(7).integers(0, len(rows), (1000, len(rows)))
    low, high = np.percentile([figure(Figures(*counts[each].sum(axis=0))) for each in drawn], [2.5, 97.5])
    return f"{figure(total(rows)):.2f} ({low:.2f}–{high:.2f})"


def label_rows(encoder: Encoder, examples: Sequence[own.Example], least: str) -> dict[str, list[Figures]]:
    """For every label and example, whether it was reported with at least some confidence, and should be."""
    enough = LEVELS[: LEVELS.index(least) + 1]
    rows: dict[str, list[Figures]] = {label: [] for label in LABELS}
    for example, reading in zip(examples, encoder.read([e.text for e in examples]), strict=True):
        said = {label for s in reading.sentences for label, level in s.sure.items() if level in enough}
        for label in LABELS:
            found, wanted = label in said, example.carries[label] > 0.5
            rows[label].append(Figures(found and wanted, found, wanted))
    return rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
    encoder = load()
    held = [e for path in sorted(DATA.glob("*.txt")) for e in own.read(path) if e.is_held_out]
    print(f"{encoder.settings.name}; {len(held)} examples of {len({e.topic for e in held})} held-out topics")

    for name, examples in (
        ("btc dev", corpora.names(shared, "btc", "dev")),
        ("wnut17 dev", corpora.names(shared, "wnut17", "dev")),
        ("own, held out", held),
    ):
        print(f"PERSON F1 {name:15} {interval(evaluate.person_names(encoder, examples), lambda f: f.f1)}")

    chance = random.Random(11)  # noqa: S311  (drawing examples)
    groups = evaluate.carriers(held, names.load(DATA / "names.toml", held_out=True), chance, 40)
    seen = {group: evaluate.found_in(encoder, texts) for group, texts in groups.items()}
    recalls = {group: statistics.mean(found) for group, found in seen.items()}
    places = [Figures(found, 1, 1) for each in seen.values() for found in each]
    print(f"overlap recall of held-out names, {len(recalls)} groups: {interval(places, lambda f: f.recall)}")
    print(
        "  lowest:",
        ", ".join(f"{group} {recalls[group]:.2f}" for group in sorted(recalls, key=recalls.__getitem__)[:12]),
    )

    for least in ("low", "medium"):
        print(f"labels, reported with {least} confidence or more: precision, recall, F1 (interval)")
        rows = label_rows(encoder, held, least)
        for label, each in rows.items():
            sums = total(each)
            f1 = interval(each, lambda f: f.f1)
            print(f"  {label:17} n {sums.wanted:3}  {sums.precision:.2f}  {sums.recall:.2f}  {f1}")
        every = total(row for each in rows.values() for row in each)
        mean = statistics.mean(total(each).f1 for each in rows.values())
        print(f"  all: {every.precision:.2f} {every.recall:.2f} {every.f1:.2f}; mean F1 {mean:.2f}")

    prose = [sentence for reading in encoder.read(corpora.prose(shared)) for sentence in reading.sentences]
    alarms = sum(bool(sentence.sure) for sentence in prose)
    print(f"harmless prose: {alarms} of {len(prose)} sentences raise an alarm (1 in {len(prose) / max(1, alarms):.0f})")

    begun = time.perf_counter()
    encoder.read([TEXT] * 300)
    print(f"posts of {len(TEXT.split())} words a second, one thread: {300 / (time.perf_counter() - begun):.0f}")


if __name__ == "__main__":
    main()
