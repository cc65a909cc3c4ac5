"""The public sets, each saying only what it knows: a label that a set is silent about has no weight.

btc, wnut17: names. davidson, edos, hatemojibuild: offence. Sources and licences: MODEL_CARD.md.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from own import Example, Piece

_KINDS = frozenset({"PERSON", "ORG", "LOCATION"})
# What stray posts hardly ever are: said of all of them, with little weight.
_HARDLY = dict.fromkeys(("marked", "performance", "material", "learner-contact"), 0.2)
_OFFENCE: Mapping[tuple[str, str], tuple[Mapping[str, float], Mapping[str, float]]] = {
    # set and its label: what that means, and how much it counts
    ("davidson", "hate"): ({"discrimination": 1.0}, {"discrimination": 0.7}),
    ("davidson", "offensive"): ({"abuse": 1.0, "discrimination": 0.0}, {"abuse": 0.5, "discrimination": 0.2}),
    ("davidson", "neither"): ({"abuse": 0.0, "discrimination": 0.0}, {"abuse": 0.5, "discrimination": 0.5}),
    ("edos", "sexist"): ({"discrimination": 1.0}, {"discrimination": 0.7}),
    ("edos", "not sexist"): ({"discrimination": 0.0}, {"discrimination": 0.3}),
    ("hatemojibuild", "hateful"): ({"discrimination": 1.0}, {"discrimination": 1.0}),
    ("hatemojibuild", "non-hateful"): ({"discrimination": 0.0}, {"discrimination": 1.0}),
}


def names(shared: Path, corpus: str, split: str) -> list[Example]:
    """Tweets whose names are marked (`btc`, `wnut17`; `train`, `dev`). A handle is no name here."""
    return [
        Example(
            pieces=tuple(_pieces(row["text"], row["spans"])),
            carries=dict.fromkeys(_HARDLY, 0.0),
            weight=_HARDLY,
            topic=corpus,
        )
        for row in _rows(shared, corpus, split)
    ]


def offence(shared: Path, corpus: str, split: str) -> dict[str, list[Example]]:
    """Posts judged for offence, by the set's own label."""
    found: dict[str, list[Example]] = {}
    for row in _rows(shared, corpus, split):
        carries, weight = _OFFENCE[corpus, row["label"]]
        found.setdefault(row["label"], []).append(
            Example(
                pieces=(Piece(row["text"]),),
                carries={**dict.fromkeys(_HARDLY, 0.0), **carries},
                weight={**_HARDLY, **weight},
                tagged=False,
                topic=corpus,
            )
        )
    return found


def prose(shared: Path) -> list[str]:
    """Harmless education prose: for development only, nothing is trained on it."""
    return [row["text"] for row in _rows(shared, "dfe_teaching", "eval")]


def _rows(shared: Path, corpus: str, split: str) -> Iterator[dict[str, Any]]:
    with (shared / corpus / f"{split}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _pieces(text: str, spans: list[dict[str, Any]]) -> Iterator[Piece]:
    at = 0
    for span in sorted((s for s in spans if s["label"] in _KINDS), key=lambda s: s["start"]):
        if span["start"] < at:
            continue
        if span["start"] > at:
            yield Piece(text[at : span["start"]])
        yield Piece(text[span["start"] : span["end"]], span["label"])
        at = span["end"]
    if at < len(text):
        yield Piece(text[at:])
