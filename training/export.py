"""`WORK/network.pt` -> `WORK/encoder.int8.onnx`: ONNX, fused attention, weights in 8 bits. `python training/export.py WORK`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from network import ATTENTION_HEADS, WIDTH, Network, encode, load_tokenizer

OUTPUTS = ["upos", "xpos", "arc", "lab", "ner", "uner"]


def main(work: Path) -> None:
    net = Network(json.loads((work / "labels.json").read_text("utf-8"))["labels"])
    net.load_state_dict(torch.load(work / "network.pt", map_location="cpu"))
    net.eval()
    ids, shapes, first = encode(load_tokenizer(), ["Two", "states", "signed", "a", "treaty", "."])
    example = tuple(torch.tensor([row, row]) for row in (ids, shapes, [1] * len(ids), first))
    words = {0: "b", 1: "w"}
    axes = {name: {0: "b", 1: "p"} for name in ("ids", "cs", "mask")} | {"first": words}
    axes |= {name: dict(words) for name in OUTPUTS}
    axes["arc"][2] = "h"
    axes["lab"][3] = "h"
    plain, fused = work / "encoder.onnx", work / "encoder.fused.onnx"
    names = ["ids", "cs", "mask", "first"]
    torch.onnx.export(
        net,
        example,
        str(plain),
        input_names=names,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    optimized = optimize_model(
        str(plain),
        model_type="bert",
        num_heads=ATTENTION_HEADS,
        hidden_size=WIDTH,
        optimization_options=FusionOptions("bert"),
        opt_level=1,
    )
    optimized.save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(work / "encoder.int8.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    print(f"encoder.int8.onnx {(work / 'encoder.int8.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
