"""Writes a network as ONNX: matrices as int8, a scale for each output; the word table as int8, a scale for each word.

The map to the scores, the norms and the other embeddings stay in float. Activations are scaled as they come.
"""

import tempfile
import warnings
from pathlib import Path

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

_OPSET = 17


class Int8Words(nn.Module):
    """The word table with one byte a number: a word's vector is its row times its scale."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Map ids to vectors."""
        return self.rows[ids].to(torch.float32) * self.scale[ids]


def export(network: Network, path: Path, *, quantised: bool = True, skip: tuple[str, ...] = ("/scores/",)) -> None:
    """Write a network to `path`. Nodes whose name contains any of `skip` keep float weights."""
    network = network.eval()
    if quantised:
        network.words = Int8Words(network.words.weight.detach())  # type: ignore[assignment]
    sample = torch.ones(1, 16, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's notes on itself
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            network,
            (sample, torch.zeros_like(sample)),
            plain if quantised else path,
            input_names=["ids", "shapes"],
            output_names=["scores"],
            dynamic_axes={name: {0: "texts", 1: "pieces"} for name in ("ids", "shapes", "scores")},
            opset_version=_OPSET,
            dynamo=False,
        )
        if quantised:
            import onnx  # noqa: PLC0415

            nodes = [
                n.name for n in onnx.load(plain).graph.node if n.op_type == "MatMul" and any(s in n.name for s in skip)
            ]
            quantize_dynamic(
                plain,
                path,
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=nodes,
            )
