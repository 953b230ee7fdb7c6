"""Reads and writes safetensors: a little-endian header length, a JSON header, then the tensors' bytes."""

import json
from pathlib import Path

import numpy as np
import torch

DTYPES = {"F16": np.float16, "F32": np.float32}


def save(path, state):
    """Writes a state dict. Matrices and filters go to half precision; vectors are few and keep theirs, since a
    batch-norm variance can be too small for it. Batch counters are of no use after training and are left out."""
    header, blocks, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        kind = "F16" if tensor.dim() > 1 else "F32"
        data = tensor.detach().cpu().numpy().astype(DTYPES[kind]).tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        blocks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(len(text).to_bytes(8, "little") + text + b"".join(blocks))


def load(path):
    """The tensors by name, in float32."""
    raw = Path(path).read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    state = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        values = np.frombuffer(raw[start + first : start + last], DTYPES[entry["dtype"]])
        state[name] = torch.from_numpy(values.astype(np.float32).reshape(entry["shape"]))
    return state


def load_model(folder):
    """The committed model, ready to encode."""
    from model import DualEncoder, NanoConfig

    model = DualEncoder(NanoConfig.load(Path(folder) / "nano.json"))
    missing, unknown = model.load_state_dict(load(Path(folder) / "nano.safetensors"), strict=False)
    absent = [name for name in missing if not name.endswith("num_batches_tracked")]
    assert not absent and not unknown, (absent, unknown)
    return model.eval()
