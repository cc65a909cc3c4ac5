"""The network: a BERT encoder whose every token speaks for names, and for the labels of its sentence.

Input: token ids and word shapes (`checkpost.encoder.words.Shape`), both (batch, tokens). Padding is id 0.
Output: (batch, tokens, 7 + 2 x 22): scores of the name tags; for every label how much the token counts, and what it
says.
A sentence's score for a label is the mean of what its tokens say, weighted by the softmax of how much they count:
pooling stands outside the network, so that one pass over a post gives all its sentences, each read in its context.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from checkpost.encoder.labels import LABELS, TAGS

_WIDTH, _HEADS, _INNER, _VOCABULARY, _POSITIONS, _SHAPES = 384, 12, 1536, 30522, 512, 4


class Layer(nn.Module):
    """One transformer layer, post-norm, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.out = nn.Linear(_WIDTH, _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.up = nn.Linear(_WIDTH, _INNER)
        self.down = nn.Linear(_INNER, _WIDTH)
        self.last_norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (batch, tokens, width) to the same; `mask` is (batch, 1, 1, tokens), added to the attention's scores."""
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, _HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)
        seen = functional.scaled_dot_product_attention(q, k, v, mask, dropout_p=self.dropout if self.training else 0.0)
        seen = self.out(seen.transpose(1, 2).reshape(batch, tokens, _WIDTH))
        x = self.norm(x + functional.dropout(seen, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.last_norm(x + functional.dropout(inner, self.dropout, self.training))


class Network(nn.Module):
    """Embeddings, six layers, and one linear map to all scores."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(_VOCABULARY, _WIDTH)
        self.positions = nn.Embedding(_POSITIONS, _WIDTH)
        self.shapes = nn.Embedding(_SHAPES, _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.scores = nn.Linear(_WIDTH, len(TAGS) + 2 * len(LABELS))
        self.dropout = dropout

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Map (batch, tokens) ids and shapes to (batch, tokens, scores)."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        mask = (ids == 0)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, mask.to(x.dtype))
        return self.scores(functional.dropout(x, self.dropout, self.training))

    @classmethod
    def of_base(cls, weights: Path, layers: int = 6) -> "Network":
        """Start from the base model's weights; shapes and scores start at nothing."""
        base = load_file(weights)
        network = cls(layers)
        state = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            "positions.weight": base["embeddings.position_embeddings.weight"],
            "shapes.weight": base["embeddings.token_type_embeddings.weight"][:1].repeat(_SHAPES, 1),
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        for at in range(layers):
            for kind in ("weight", "bias"):
                theirs, ours = f"encoder.layer.{at}.", f"layers.{at}."
                parts = [base[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                state[f"{ours}qkv.{kind}"] = torch.cat(parts)
                state[f"{ours}out.{kind}"] = base[f"{theirs}attention.output.dense.{kind}"]
                state[f"{ours}norm.{kind}"] = base[f"{theirs}attention.output.LayerNorm.{kind}"]
                state[f"{ours}up.{kind}"] = base[f"{theirs}intermediate.dense.{kind}"]
                state[f"{ours}down.{kind}"] = base[f"{theirs}output.dense.{kind}"]
                state[f"{ours}last_norm.{kind}"] = base[f"{theirs}output.LayerNorm.{kind}"]
        missing, unexpected = network.load_state_dict(state, strict=False)
        if unexpected or set(missing) != {"scores.weight", "scores.bias"}:
            raise ValueError(f"the base model does not fit: {missing} {unexpected}")
        with torch.no_grad():
            network.scores.weight[len(TAGS) : len(TAGS) + len(LABELS)].zero_()  # a plain mean to begin with
            network.scores.bias.zero_()
            network.scores.bias[-len(LABELS) :] = -3.0  # most sentences carry no label
        return network
