"""Trains the dual encoder on rendered pictures and captions made on the fly.

Each step draws one caption per class and classifies a batch of pictures against them. That avoids the false negatives
of a contrastive loss in which several pictures of a batch show the same thing. Resumes from OUT/checkpoint.pt.
"""

import argparse
import copy
import queue
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import weights
import zeroshot
from bpe import Tokenizer
from captions import caption
from classes import NAMES
from model import DualEncoder, NanoConfig


def augment(rng, picture, size):
    """A random crop, mirrored half of the time, with other exposure and colour balance."""
    full = picture.shape[0]
    side = rng.uniform(0.8, 1.0) * full
    width, height = (int(min(full, side * rng.uniform(0.92, 1.08))) for _ in range(2))
    x, y = rng.integers(full - width + 1), rng.integers(full - height + 1)
    crop = picture[y : y + height, x : x + width]
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    filter_ = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
    values = cv2.resize(crop, (size, size), interpolation=filter_).astype(np.float32)
    gains = (rng.uniform(0.9, 1.1) * rng.uniform(0.96, 1.04, 3)).astype(np.float32)
    return np.clip(values * gains + np.float32(rng.uniform(-10, 10)), 0, 255) / 255


def load_data(folder):
    """Pictures (mapped, not read) and labels of a rendered data set."""
    return np.load(folder / "pictures.npy", mmap_mode="r"), np.load(folder / "labels.npy")


class Batches:
    """An endless stream of augmented batches over one or more data sets, prepared in another thread.

    `size` may be changed while it runs; a few batches of the old size still follow.
    """

    def __init__(self, folders, size, batch, seed):
        self.sets = [load_data(folder) for folder in folders]
        self.size, self.batch = size, batch
        self.ready = queue.Queue(3)
        threading.Thread(target=self._produce, args=(seed,), daemon=True).start()

    def _produce(self, seed):
        cv2.setNumThreads(1)
        rng = np.random.default_rng(seed)
        index = np.array([(s, i) for s, (pictures, _) in enumerate(self.sets) for i in range(len(pictures))])
        while True:
            order = rng.permutation(len(index))
            for first in range(0, len(order) - self.batch + 1, self.batch):
                self.ready.put(self._load(rng, index[order[first : first + self.batch]], self.size))

    def _load(self, rng, chosen, size):
        pictures = np.stack([augment(rng, self.sets[s][0][i], size) for s, i in chosen])
        labels = np.array([self.sets[s][1][i] for s, i in chosen])
        return torch.from_numpy(pictures).permute(0, 3, 1, 2), torch.from_numpy(labels)

    def __next__(self):
        return self.ready.get()

    def next_of(self, size):
        """The next batch of a size, dropping those that were prepared before."""
        self.size = size
        while True:
            batch = next(self)
            if batch[0].shape[-1] == size:
                return batch


class Average:
    """An exponential average of the weights, which generalises better than the last ones."""

    def __init__(self, model, decay=0.998):
        self.model, self.decay = copy.deepcopy(model), decay

    def update(self, model, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            for mine, theirs in zip(self.model.state_dict().values(), model.state_dict().values()):
                if mine.is_floating_point():
                    mine.lerp_(theirs, 1 - decay)
                else:
                    mine.copy_(theirs)


def settle_norms(model, stream, count, size):
    """Recomputes the batch-norm statistics for the averaged weights, at the size that the model is used with."""
    norms = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    model.train()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for _ in range(count):
            pictures, _ = stream.next_of(size)
            model.encode_image(pictures.contiguous(memory_format=torch.channels_last))
    for norm in norms:
        norm.momentum = 0.1
    return model.eval()


def held_out_accuracy(model, tokenizer, held, size):
    """Top-1 over the classes with plain prompts, and per class."""
    pictures, labels = held
    scores = zeroshot.encode_pictures(model, pictures, size) @ zeroshot.encode_prompts(model, tokenizer, NAMES).T
    right = scores.argmax(-1).numpy() == labels
    return right.mean(), np.array([right[labels == c].mean() for c in range(len(NAMES))])


def optimiser(model, decay):
    """AdamW that leaves vectors (norms, biases, scales) undecayed."""
    matrices = [p for p in model.parameters() if p.dim() in (2, 4)]
    others = [p for p in model.parameters() if p.dim() not in (2, 4)]
    return torch.optim.AdamW([{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}])


def learning_rate(progress, step, peak, warmup):
    """A linear warm-up, then a cosine down to almost nothing; progress runs from 0 to 1."""
    return peak * min(1.0, (step + 1) / warmup) * (0.002 + 0.998 * 0.5 * (1 + np.cos(np.pi * progress)))


def training_step(model, optim, batch, ids):
    pictures, labels = batch
    with torch.autocast("cpu", torch.bfloat16):
        images = model.encode_image(pictures.contiguous(memory_format=torch.channels_last))
        texts = model.encode_text(ids)
    logits = model.logit_scale.exp() * images.float() @ texts.float().T
    loss = F.cross_entropy(logits, labels, label_smoothing=0.01)
    optim.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optim.step()
    with torch.no_grad():
        model.logit_scale.clamp_(0, 4.0)
    return loss.item(), (logits.argmax(-1) == labels).float().mean().item()


class Run:
    """The state that a resumed training continues from."""

    def __init__(self, args, config):
        self.args, self.path = args, args.out / "checkpoint.pt"
        self.model = DualEncoder(config).to(memory_format=torch.channels_last)
        self.optim = optimiser(self.model, args.decay)
        self.average, self.step, self.seconds = Average(self.model), 0, 0.0
        if self.path.exists():
            state = torch.load(self.path)
            self.model.load_state_dict(state["model"])
            self.average.model.load_state_dict(state["average"])
            self.optim.load_state_dict(state["optim"])
            self.step, self.seconds = state["step"], state["seconds"]

    def progress(self):
        """The share of the training done, by steps or by time, whichever is further."""
        return max(self.step / self.args.steps, self.seconds / 60 / self.args.minutes)

    def save(self):
        state = {"model": self.model.state_dict(), "average": self.average.model.state_dict()}
        state |= {"optim": self.optim.state_dict(), "step": self.step, "seconds": self.seconds}
        torch.save(state, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").replace(self.path)

    def export(self, stream, tokenizer, config, held):
        """Writes the averaged weights as nano.safetensors and returns their held-out accuracy."""
        model = settle_norms(copy.deepcopy(self.average.model), stream, self.args.settle, config.imageSize)
        weights.save(self.args.out / "nano.safetensors", model.state_dict())
        counts = sum(p.numel() for p in model.parameters())
        facts = {"parameters": counts, "temperature": round(model.logit_scale.exp().item(), 4)}
        config.save(self.args.out / "nano.json", **facts, trainingMinutes=round(self.seconds / 60), steps=self.step)
        return held_out_accuracy(weights.load_model(self.args.out), tokenizer, held, config.imageSize)


def report(accuracy, by_class):
    worst = ", ".join(f"{NAMES[c]} {by_class[c]:.2f}" for c in np.argsort(by_class)[:8])
    print(f"held-out {accuracy:.4f}; worst: {worst}", flush=True)


def train(args):
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    tokenizer = Tokenizer.load()
    config = NanoConfig(imageSize=args.sizes[-1], vocabularySize=len(tokenizer.ids))
    run = Run(args, config)
    pictures, labels = load_data(args.held)
    held = pictures[: args.held_count], labels[: args.held_count]
    seed = (args.seed, run.step)
    stream, rng = Batches(args.data, args.sizes[0], args.batch, seed), np.random.default_rng((*seed, 1))
    loss, right = 4.0, 0.0
    while run.progress() < 1:
        began, progress = time.time(), run.progress()
        stream.size = next(size for size, end in zip(args.sizes, args.until) if progress < end)
        for group in run.optim.param_groups:
            group["lr"] = learning_rate(progress, run.step, args.lr, args.warmup)
        ids = torch.tensor([tokenizer.encode(caption(rng, name)) for name in NAMES])
        step_loss, step_right = training_step(run.model, run.optim, next(stream), ids)
        run.average.update(run.model, run.step)
        run.step, run.seconds = run.step + 1, run.seconds + time.time() - began
        loss, right = loss * 0.95 + step_loss * 0.05, right * 0.95 + step_right * 0.05
        if run.step % 25 == 0:
            rate = args.batch / (time.time() - began)
            scale = run.model.logit_scale.exp().item()
            print(f"{run.step} {progress:.3f} loss {loss:.3f} batch {right:.3f} scale {scale:.1f} {rate:.0f}/s", flush=True)
        if run.step % args.every == 0 or run.progress() >= 1:
            run.save()
            report(*run.export(stream, tokenizer, config, held))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders written by render.py data")
    parser.add_argument("--held", type=Path, required=True, help="held-out folder")
    parser.add_argument("--held-count", type=int, default=1280, help="held-out pictures used while training")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, weights and nano.json")
    parser.add_argument("--sizes", type=int, nargs="+", default=[64, 96, 128], help="sides of the pictures, in turn")
    parser.add_argument("--until", type=float, nargs="+", default=[0.45, 0.7, 1], help="progress at which each size ends")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--minutes", type=float, default=1e9, help="ends the schedule by this training time at the latest")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.05)
    parser.add_argument("--warmup", type=int, default=150)
    parser.add_argument("--every", type=int, default=300, help="steps between checkpoints")
    parser.add_argument("--settle", type=int, default=20, help="batches for the batch-norm statistics")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
