"""`WORK/network.pt` -> `WORK/NAME.int8.onnx` (fused attention, weights in 8 bits) and `WORK/NAME.npz` (the relation layer).

    python training/export.py WORK NAME

The word embeddings are the base model's own, unchanged; they stand in `WORK/embeddings.bin`, which the networks share.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx.external_data_helper import convert_model_to_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from network import ATTENTION_HEADS, VOCABULARY, WIDTH, encode, load_network, load_tokenizer

INPUTS = ["ids", "cs", "mask", "first", "last", "sentence"]
OUTPUTS = ["classes", "entities", "arcs", "dependent", "head", "reference", "deeds", "sides"]


def main(work: Path, name: str) -> None:
    net, _labels = load_network(work)
    ids, shapes, first, last = encode(load_tokenizer(), ["Two", "states", "signed", "a", "treaty", "."])
    sentence = [0] + [1] * (len(first) - 1)
    example = tuple(torch.tensor([row, row]) for row in (ids, shapes, [1] * len(ids), first, last, sentence))
    axes = {x: {0: "b", 1: "p"} for x in INPUTS[:3]} | {x: {0: "b", 1: "w"} for x in [*INPUTS[3:], *OUTPUTS]}
    axes["arcs"] = {0: "b", 1: "w", 2: "h"}
    plain, fused, small = (work / f"{name}.{part}.onnx" for part in ("plain", "fused", "int8"))
    torch.onnx.export(
        net, example, str(plain), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    optimized = optimize_model(
        str(plain), model_type="bert", num_heads=ATTENTION_HEADS, hidden_size=WIDTH, optimization_options=FusionOptions("bert"), opt_level=1,
    )  # fmt: skip
    optimized.save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(small),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    _share_embeddings(small, work / "embeddings.bin")
    trained = work / "reference.pt"
    scorer = torch.load(trained, weights_only=False)["scorer"] if trained.exists() else {}
    np.savez(
        work / f"{name}.npz",
        **{f"reference_{field}": array for field, array in scorer.items()},
        relation_weight=net.rel.weight.detach().numpy().T.astype(np.float32),
        relation_bias=net.rel.bias.detach().numpy().astype(np.float32),
        **{f"party_{field}": array for field, array in net.parties.weights().items()},
    )
    print(
        f"{small.name} {small.stat().st_size / 1e6:.1f} MB, embeddings.bin {(work / 'embeddings.bin').stat().st_size / 1e6:.1f} MB"
    )


def _share_embeddings(path: Path, embeddings: Path) -> None:
    """Move the word embeddings out of the network's file, next to it."""
    model = onnx.load(str(path))
    (table,) = [t for t in model.graph.initializer if list(t.dims) == [VOCABULARY, WIDTH]]
    embeddings.unlink(missing_ok=True)
    others = max(len(t.raw_data) for t in model.graph.initializer if t is not table)
    assert len(table.raw_data) > others
    convert_model_to_external_data(model, location=embeddings.name, size_threshold=others + 4096)
    onnx.save_model(model, str(path))
    embeddings.chmod(0o644)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2])
