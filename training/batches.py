"""From examples to tensors: several to a sequence at times, sequences of like length to a batch."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from own import Example
from torch import Tensor

from checkpost.encoder.labels import LABELS, TAGS
from checkpost.encoder.pieces import END, START, Cutter, Pieces
from checkpost.text.sentences import sentences

LONGEST = 96  # pieces of one sequence
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Sequence1:
    """One input: pieces, a tag for each, and which sentence of which example each belongs to."""

    ids: list[int]
    shapes: list[int]
    tags: list[int]
    sentence: list[int]  # index into `owner`; -1 for the marks at start and end
    owner: list[int]  # index into `examples` for each sentence
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some sequences: (sequences, pieces), and for the examples in them (examples, labels)."""

    ids: Tensor
    shapes: Tensor
    tags: Tensor
    sentence: Tensor
    owner: Tensor
    carries: Tensor
    weight: Tensor


def sequences(examples: Sequence[Example], cutter: Cutter, chance: random.Random | None = None) -> list[Sequence1]:
    """One sequence for each example; given a source of chance, some take the next example along."""
    cut = cutter.cut([example.text for example in examples])
    found: list[Sequence1] = []
    for example, pieces in zip(examples, cut, strict=True):
        last = found[-1] if found else None
        room = last is not None and len(last.ids) + len(pieces.ids) <= LONGEST - 2
        if chance and last and room and chance.random() < 0.25:
            _add(last, example, pieces)
        else:
            fresh = Sequence1([START], [0], [_IGNORED], [-1], [], [])
            _add(fresh, example, pieces)
            found.append(fresh)
    for each in found:
        each.ids.append(END)
        each.shapes.append(0)
        each.tags.append(_IGNORED)
        each.sentence.append(-1)
    return [each for each in found if each.owner]


def _add(sequence: Sequence1, example: Example, pieces: Pieces) -> None:
    room = LONGEST - 1 - len(sequence.ids)
    word_tags = _word_tags(example, pieces)
    spans = list(sentences(example.text))
    starts: dict[int, int] = {}
    owner = len(sequence.examples)
    before = -1
    for at in range(min(room, len(pieces.ids))):
        word = pieces.owners[at]
        sentence = sum(span.start <= pieces.words[word].start for span in spans) - 1
        if sentence not in starts:
            starts[sentence] = len(sequence.owner)
            sequence.owner.append(owner)
        sequence.ids.append(pieces.ids[at])
        sequence.shapes.append(pieces.shapes[at])
        sequence.tags.append(word_tags[word] if word != before else _IGNORED)
        sequence.sentence.append(starts[sentence])
        before = word
    sequence.examples.append(example)


def _word_tags(example: Example, pieces: Pieces) -> list[int]:
    if not example.tagged:
        return [_IGNORED] * len(pieces.words)
    tags = [0] * len(pieces.words)
    for start, end, kind in example.names:
        inside = [at for at, word in enumerate(pieces.words) if word.start < end and start < word.end]
        for nth, at in enumerate(inside):
            tags[at] = TAGS.index(f"{'I' if nth else 'B'}-{kind}")
    return tags


def batches(found: list[Sequence1], size: int, chance: random.Random) -> Iterator[Batch]:
    """Batches of like length, in random order."""
    chance.shuffle(found)
    made: list[list[Sequence1]] = []
    for at in range(0, len(found), size * 40):
        chunk = sorted(found[at : at + size * 40], key=lambda each: len(each.ids))
        made.extend(chunk[start : start + size] for start in range(0, len(chunk), size))
    chance.shuffle(made)
    for each in made:
        yield collate(each)


def collate(found: Sequence[Sequence1]) -> Batch:
    """Pad to the longest."""
    longest = max(len(each.ids) for each in found)

    def padded(rows: list[list[int]], filler: int) -> Tensor:
        return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])

    sentence_rows, owner, examples = [], [], []
    for each in found:
        sentence_rows.append([at + len(owner) if at >= 0 else -1 for at in each.sentence])
        owner.extend(at + len(examples) for at in each.owner)
        examples.extend(each.examples)
    return Batch(
        ids=padded([each.ids for each in found], 0),
        shapes=padded([each.shapes for each in found], 0),
        tags=padded([each.tags for each in found], _IGNORED),
        sentence=padded(sentence_rows, -1),
        owner=torch.tensor(owner),
        carries=torch.tensor([[e.carries.get(label, 0.0) for label in LABELS] for e in examples]),
        weight=torch.tensor([[e.weight.get(label, 0.0) for label in LABELS] for e in examples]),
    )
