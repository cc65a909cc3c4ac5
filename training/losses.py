"""What is learnt from: tags of words, and labels of whole examples, whose sentences are pooled by the highest score."""

import torch
from batches import Batch
from torch import Tensor
from torch.nn import functional

from checkpost.encoder.labels import LABELS, TAGS

_RARE = 3.0  # how much more a label counts where it is carried: most examples carry one of twenty-two


def label_scores(scores: Tensor, batch: Batch) -> Tensor:
    """(examples, labels): for every example the highest score of its sentences."""
    count, says = scores[..., len(TAGS) :].float().split(len(LABELS), dim=-1)
    inside = batch.sentence >= 0
    sentence = batch.sentence[inside]
    weight = count[inside].clamp(-15, 15).exp()
    empty = torch.zeros(len(batch.owner), len(LABELS))
    total = empty.index_add(0, sentence, weight)
    pooled = empty.index_add(0, sentence, weight * says[inside]) / total.clamp_min(1e-9)
    owner = batch.owner[:, None].expand(-1, len(LABELS))
    return torch.full((len(batch.carries), len(LABELS)), -30.0).scatter_reduce(0, owner, pooled, "amax")


def loss(scores: Tensor, batch: Batch) -> Tensor:
    """Both losses, each over what is known only."""
    tag_scores = scores[..., : len(TAGS)].float().flatten(0, 1)
    tags = functional.cross_entropy(tag_scores, batch.tags.flatten(), ignore_index=-100, reduction="sum")
    tags = tags / (batch.tags >= 0).sum().clamp_min(1)
    each = functional.binary_cross_entropy_with_logits(
        label_scores(scores, batch),
        batch.carries,
        weight=batch.weight * (1 + (_RARE - 1) * batch.carries),
        reduction="sum",
    )
    return 4 * tags + each / len(batch.carries)
