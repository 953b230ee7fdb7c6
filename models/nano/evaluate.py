"""Measures the committed weights: held-out pictures per class, unseen wordings, and the sample clips.

`python3 evaluate.py held` renders its pictures from a seed that training does not use; `python3 evaluate.py clips`
decodes the clips with ffmpeg and compares every frame inside the ground-truth intervals.
"""

import argparse
import json
import subprocess
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch

import weights
import zeroshot
from bpe import Tokenizer
from captions import UNSEEN, unseen_caption
from classes import NAMES
from render import labelled
from render_clips import DEFAULT_OUT, FPS, HEIGHT, WIDTH

HERE = Path(__file__).resolve().parent


def held_out(count, seed, processes):
    """Pictures and labels, the classes in turn."""
    step = 256
    jobs = [(seed, first, min(step, count - first), 128) for first in range(0, count, step)]
    with Pool(processes) as pool:
        parts = sorted(pool.imap_unordered(labelled, jobs), key=lambda part: part[0])
    return np.concatenate([pictures for _, pictures in parts]), np.arange(count) % len(NAMES)


def confusion(predicted, labels, c):
    """The most frequent wrong answer for a class, and its share."""
    answers = np.bincount(predicted[labels == c], minlength=len(NAMES)).astype(float)
    answers[c] = 0
    return (NAMES[answers.argmax()], answers.max() / (labels == c).sum()) if answers.any() else ("", 0.0)


def evaluate_held(model, tokenizer, size, args):
    pictures, labels = held_out(args.count, args.seed, args.processes)
    images = zeroshot.encode_pictures(model, pictures, size)
    predicted = (images @ zeroshot.encode_prompts(model, tokenizer, NAMES).T).argmax(-1).numpy()
    print(f"seen wordings: top-1 {(predicted == labels).mean():.4f} on {len(labels)} pictures\n")
    print("| class | top-1 | most frequent mistake |\n| --- | --- | --- |")
    for c, name in enumerate(NAMES):
        wrong, share = confusion(predicted, labels, c)
        mistake = f"{wrong} ({share:.0%})" if wrong else ""
        print(f"| {name} | {(predicted[labels == c] == c).mean():.0%} | {mistake} |")
    print("\n| unseen wording | top-1 |\n| --- | --- |")
    figures = []
    for frame in UNSEEN:
        texts = zeroshot.encode_texts(model, tokenizer, [unseen_caption(frame, name) for name in NAMES])
        figures.append(((images @ texts.T).argmax(-1).numpy() == labels).mean())
        print(f"| {frame} | {figures[-1]:.1%} |")
    print(f"\nunseen wordings: mean top-1 {np.mean(figures):.4f}, lowest {min(figures):.4f}")


def decode(path):
    """All frames of a clip, RGB."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)


def evaluate_clip(model, prompts, labels, scale, truth_path, size):
    """Prints the share of right frames in each interval and returns right and all."""
    truth = json.loads(truth_path.read_text())
    frames = decode(truth_path.with_name(truth["clip"]))
    scores = scale * zeroshot.encode_pictures(model, frames, size) @ prompts.T
    best, chance = scores.argmax(-1).numpy(), scores.softmax(-1)
    times = np.arange(len(frames)) * 1000 / FPS
    right = total = half_right = half_total = 0
    for interval in truth["intervals"]:
        inside = (times >= interval["startMs"]) & (times <= interval["endMs"])
        hits = best[inside] == labels.index(interval["label"])
        sparse = hits[:: FPS // 2]
        sure = chance[inside][:, labels.index(interval["label"])]
        wrong = sorted({labels[b] for b in best[inside][~hits]})
        right, total = right + hits.sum(), total + len(hits)
        half_right, half_total = half_right + sparse.sum(), half_total + len(sparse)
        spread = f"probability {sure.min():.2f}-{sure.max():.2f}"
        print(f"  {interval['label']}: {hits.mean():.3f} of {len(hits)} frames, {spread} {' '.join(wrong)}")
    print(f"{truth['clip']}: {right / total:.4f} of all frames, {half_right / half_total:.4f} at 2 per second")


def evaluate_clips(model, tokenizer, size, args):
    document = json.loads((args.clips / "prompts.json").read_text())["prompts"]
    labels = [prompt["label"] for prompt in document]
    rows = [zeroshot.encode_prompts(model, tokenizer, p["texts"], p["templates"])[0] for p in document]
    scale = model.logit_scale.exp().item()
    for path in sorted(args.clips.glob("*.json")):
        if path.name != "prompts.json":
            evaluate_clip(model, torch.stack(rows), labels, scale, path, size)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = parser.add_subparsers(dest="mode", required=True)
    held = modes.add_parser("held", help="held-out pictures and unseen wordings")
    held.add_argument("--count", type=int, default=6400)
    held.add_argument("--seed", type=int, default=2)
    held.add_argument("--processes", type=int, default=2)
    clips = modes.add_parser("clips", help="the sample clips")
    clips.add_argument("--clips", type=Path, default=DEFAULT_OUT)
    for mode in (held, clips):
        mode.add_argument("--model", type=Path, default=HERE, help="folder with nano.safetensors and nano.json")
        mode.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model, tokenizer = weights.load_model(args.model), Tokenizer.load()
    size = json.loads((args.model / "nano.json").read_text())["imageSize"]
    (evaluate_held if args.mode == "held" else evaluate_clips)(model, tokenizer, size, args)


if __name__ == "__main__":
    main()
