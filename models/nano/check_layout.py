"""Compares model.py with reference embeddings of MobileCLIP2-S0 on synthetic weights.

An importer that agrees with the same references computes the same function as the training code.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from model import DualEncoder, NanoConfig

S0 = NanoConfig(
    imageSize=256,
    embeddingSize=512,
    layers=(2, 6, 10, 2),
    widths=(64, 128, 256, 512),
    scaleBranches=True,
    vocabularySize=49408,
    textWidth=512,
    textLayers=12,
)


def uniform(name, count):
    """SplitMix64 numbers in [0, 1), seeded by the tensor's name."""
    seed = np.uint64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
    with np.errstate(over="ignore"):
        z = seed + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)


def synthetic(name, shape):
    """The value of a tensor by the published recipe."""
    last = name.rsplit(".", 1)[-1]
    if last == "num_batches_tracked":
        return np.zeros((), np.int64)
    if last == "logit_scale":
        return np.float32(4.6051702)
    u = uniform(name, int(np.prod(shape))).reshape(shape)
    s = 2 * u - 1
    if last == "running_var":
        return 0.75 + 0.5 * u
    if last == "gamma":
        return 0.2 + 0.2 * u
    if last in ("running_mean", "positional_embedding", "bias", "in_proj_bias"):
        return 0.1 * s
    if name.endswith("token_embedding.weight"):
        return s
    if len(shape) == 1:
        return 0.8 + 0.4 * u
    fan = shape[0] if last == "text_projection" else np.prod(shape[1:])
    return np.sqrt(np.float32(3 / fan)) * s


def pattern(kind, height, width):
    """One of the published synthetic pictures, (3, h, w) uint8."""
    y, x, c = np.mgrid[:height, :width, :3]
    if kind == 0:
        picture = ((3 * x + 5 * y + 40 * c) ^ ((x * y) >> 4)) & 255
    elif kind == 1:
        picture = np.where((x // 32 + y // 32 + c) % 3 == 0, 255, 0)
    else:
        ramps = 255 * x // (width - 1), 255 * y // (height - 1), 255 * (x + y) // (height + width - 2)
        picture = np.choose(c, ramps)
    return picture.transpose(2, 0, 1).astype(np.uint8)


def build():
    model = DualEncoder(S0).eval()
    state = model.state_dict()
    model.load_state_dict({k: torch.as_tensor(synthetic(k, tuple(v.shape))).to(v.dtype) for k, v in state.items()})
    return model


def cosines(model, reference):
    with torch.no_grad():
        for image in reference["images"]:
            pixels = torch.from_numpy(pattern(image["pattern"], image["height"], image["width"]))[None].float() / 255
            label = f"pattern {image['pattern']} {image['height']}x{image['width']}"
            yield label, model.encode_image(pixels)[0], image["embedding"]
        for text in reference["texts"]:
            yield repr(text["text"][:40]), model.encode_text(torch.tensor([text["input_ids"]]))[0], text["embedding"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parents[3] / "shared"
    parser.add_argument("--shared", type=Path, default=default, help="folder that holds reference/")
    reference_dir = parser.parse_args().shared / "reference"
    model = build()
    rows = [r.split("\t") for r in (reference_dir / "checkpoints/MobileCLIP2-S0.tsv").read_text().splitlines()[1:]]
    names = {r[0]: r[2] if len(r) > 2 else "" for r in rows}
    ours = {k: "x".join(map(str, v.shape)) for k, v in model.state_dict().items()}
    assert ours == names, f"tensor layout differs: {sorted(set(ours.items()) ^ set(names.items()))[:6]}"
    reference = json.loads((reference_dir / "embeddings/MobileCLIP2-S0.json").read_text())
    worst = 1.0
    for label, got, expected in cosines(model, reference):
        cosine = torch.nn.functional.cosine_similarity(got, torch.tensor(expected), dim=0).item()
        worst = min(worst, cosine)
        print(f"{cosine:.7f}  {label}")
    assert worst >= 0.9999, worst
    print(f"{len(ours)} tensors as published, worst cosine {worst:.7f}")


if __name__ == "__main__":
    main()
