"""Renders the demo's sample clips with their ground truth, and its prompts.

A steady camera looks at a place; things come into view one after another, stay, and leave. A thing counts as ground
truth while all of it is inside the central square, which is what the model sees; an empty place counts while nothing
else is in or near that square. Every clip ends as it begins.
"""

import argparse
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

import backgrounds
from canvas import Pen
from classes import BY_NAME, NAMES
from zeroshot import PROMPT_TEMPLATES

WIDTH, HEIGHT, FPS = 640, 360, 15
OVERSAMPLING = 2
HALF_VIEW = WIDTH / HEIGHT / 2
COMING_S, TRIM_S = 1.3, 0.2
DEFAULT_OUT = Path(__file__).resolve().parents[2] / "jobs/src/main/resources/io/frametag/jobs/demo"


def ease(t):
    """From 0 to 1 with a soft start and end."""
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


@dataclass(frozen=True)
class Event:
    """One thing's visit: seconds, height of its ground, size as a share of the picture, and how it moves.

    `roam` is how far to either side of the middle it goes while it stays; `cycle` is the distance (or, where `still`,
    the seconds) of one round of its phase. What grows does so in its place instead of coming from the side.
    """

    name: str
    start: float
    end: float
    seed: int
    size: float
    y: float
    roam: float = 0.04
    cycle: float = 0.45
    left: bool = False
    grows: bool = False
    still: bool = False

    def share(self, t):
        """How much of the way in it has come, 0 to 1."""
        return min(ease((t - self.start) / COMING_S), ease((self.end - t) / COMING_S))

    def x(self, t):
        """The middle of the thing, in picture heights right of the centre."""
        if self.grows:
            return self.roam
        inside = np.clip((t - self.start - COMING_S) / (self.end - self.start - 2 * COMING_S), 0, 1)
        off = HALF_VIEW + BY_NAME[self.name].half * self.size + 0.1 - self.roam
        late = t > (self.start + self.end) / 2
        position = -self.roam + 2 * self.roam * inside + (1 if late else -1) * off * (1 - self.share(t))
        return -position if self.left else position

    def scale(self, t):
        return self.size * (self.share(t) if self.grows else 1.0)

    def shown(self, t):
        return self.start < t < self.end

    def inside(self, t):
        """Whether all of it is in the central square."""
        if self.grows:
            return self.shown(t) and self.share(t) > 0.9
        return self.shown(t) and abs(self.x(t)) + BY_NAME[self.name].half * self.size * 0.95 <= 0.5

    def outside(self, t):
        """Whether none of it is in or near the central square."""
        return not self.shown(t) or not self.grows and abs(self.x(t)) - BY_NAME[self.name].half * self.size > 0.55

    def draw(self, image, t):
        if not self.shown(t):
            return
        phase = t / self.cycle if self.still or self.grows else abs(self.x(t) - self.x(self.start)) / self.cycle
        height, width = image.shape[:2]
        bob = 0.006 * np.sin(2.1 * t) if self.still else 0.0
        spot = width / 2 + self.x(t) * height, height * (1 - self.y - bob)
        pen = Pen(image, *spot, self.scale(t) * height, flip=self.left and BY_NAME[self.name].flips)
        BY_NAME[self.name].draw(pen, np.random.default_rng(self.seed), phase)


@dataclass(frozen=True)
class Clip:
    name: str
    seconds: float
    place: str
    seed: int
    empty: str
    events: tuple
    ripples: float = 0.0


CLIPS = (
    Clip("street", 24, "street", 12, "empty street", (
        Event("car", 2.2, 8.0, 3, 0.72, 0.08),
        Event("fire truck", 8.0, 14.0, 4, 0.82, 0.07, left=True),
        Event("cyclist", 14.0, 19.4, 2, 0.72, 0.08, roam=0.12),
    )),
    Clip("yard", 24, "yard", 4, "empty yard", (
        Event("dog", 1.8, 7.2, 7, 0.7, 0.1, roam=0.12, cycle=0.3),
        Event("person", 7.2, 12.4, 5, 0.82, 0.06, roam=0.25, cycle=0.35, left=True),
        Event("fire", 14.0, 20.6, 3, 0.72, 0.1, roam=-0.03, grows=True, cycle=2.2),
    )),
    Clip("harbour", 24, "water", 3, "open sea", (
        Event("sailboat", 2.0, 8.2, 5, 0.72, 0.12, roam=0.1, still=True, cycle=4.0),
        Event("cargo ship", 8.2, 14.4, 7, 0.85, 0.2, roam=0.03, left=True),
        Event("bird", 14.4, 19.8, 3, 0.6, 0.6, roam=0.15, still=True, cycle=0.9),
    ), ripples=2.2),
    Clip("site", 22, "building site", 9, "", (
        Event("construction worker", 0.3, 5.5, 4, 0.8, 0.06, roam=0.22, cycle=0.35),
        Event("excavator", 5.5, 11.2, 3, 0.8, 0.07, roam=0.03, still=True, cycle=3.0),
        Event("truck", 11.2, 16.6, 8, 0.85, 0.07, left=True),
        Event("smoke", 16.6, 21.8, 2, 0.95, 0.1, roam=0.02, grows=True, cycle=5.0),
    )),
)  # fmt: skip


def backdrop(clip):
    image = np.zeros((HEIGHT * OVERSAMPLING, WIDTH * OVERSAMPLING, 3), np.uint8)
    backgrounds.PLACES[clip.place](image, np.random.default_rng(clip.seed))
    return image


def rippled(image, clip, t):
    """The water's rows swayed sideways, a whole number of times per clip."""
    rows = np.arange(image.shape[0], dtype=np.float32)
    sway = clip.ripples * OVERSAMPLING * np.sin(rows * 0.11 + 2 * np.pi * 6 * t / clip.seconds)
    sway *= np.clip((rows / image.shape[0] - 0.62) * 6, 0, 1)
    x = np.arange(image.shape[1], dtype=np.float32)[None, :] + sway[:, None]
    y = np.repeat(rows[:, None], image.shape[1], 1)
    return cv2.remap(image, x.astype(np.float32), y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def frame(clip, base, t):
    """The picture at a time: backdrop, what is there, and light that changes slowly."""
    image = rippled(base, clip, t) if clip.ripples else base.copy()
    for event in clip.events:
        event.draw(image, t)
    small = cv2.resize(image, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    light = 1 + 0.05 * np.sin(2 * np.pi * t / clip.seconds)
    return np.clip(small * light, 0, 255).astype(np.uint8)


def label_at(clip, t):
    """The ground truth at a time, None in transitions."""
    for event in clip.events:
        if event.inside(t) and all(other is event or other.outside(t) for other in clip.events):
            return event.name
    return clip.empty or None if all(event.outside(t) for event in clip.events) else None


def intervals(clip):
    """Runs of one label, trimmed at both ends, at least a second long."""
    times = np.arange(int(clip.seconds * 100)) / 100
    labels = [label_at(clip, t) for t in times] + [None]
    found, first = [], 0
    for i in range(1, len(labels)):
        if labels[i] == labels[first]:
            continue
        start = times[first] + (TRIM_S if first else 0)
        end = times[i - 1] - (TRIM_S if i < len(times) else 0)
        if labels[first] and end - start >= 1.0:
            found.append({"startMs": round(start * 1000), "endMs": round(end * 1000), "label": labels[first]})
        first = i
    return found


def encode(clip, path, crf):
    """Pipes the frames through x264."""
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-"]
    colour = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_primaries", "bt709"]
    target = ["-color_trc", "bt709", "-c:v", "libx264", "-preset", "slow", "-crf", str(crf), "-pix_fmt", "yuv420p"]
    target += ["-g", str(2 * FPS), "-movflags", "+faststart", "-threads", "1", str(path)]
    command = ["ffmpeg", "-v", "error", "-y", *source, *colour, *target]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        base = backdrop(clip)
        for i in range(int(clip.seconds * FPS)):
            process.stdin.write(frame(clip, base, i / FPS).tobytes())
    assert process.returncode == 0, f"ffmpeg exited with {process.returncode}"


def write_truth(clip, out):
    frames = int(clip.seconds * FPS)
    truth = {"clip": f"{clip.name}.mp4", "fps": FPS, "frames": frames, "intervals": intervals(clip)}
    (out / f"{clip.name}.json").write_text(json.dumps(truth, indent=2) + "\n")


def write_prompts(out):
    """One prompt per class, all in one group, so that they compete."""
    prompts = [
        {"id": name.replace(" ", "-"), "label": name, "texts": [name], "templates": PROMPT_TEMPLATES, "group": "scene"}
        for name in NAMES
    ]
    (out / "prompts.json").write_text(json.dumps({"prompts": prompts}, indent=2) + "\n")


def write_strip(clip, path, count=8):
    """Frames of the clip beside each other, for looking at."""
    base = backdrop(clip)
    times = (np.arange(count) + 0.5) * clip.seconds / count
    cells = [cv2.resize(frame(clip, base, t), (320, 180), interpolation=cv2.INTER_AREA) for t in times]
    rows = [np.hstack(cells[i : i + 4]) for i in range(0, count, 4)]
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for clips, ground truth and prompts.json")
    parser.add_argument("--only", nargs="*", help="names of the clips to render")
    parser.add_argument("--crf", type=int, default=25, help="x264 quality, lower is better and larger")
    parser.add_argument("--strips", type=Path, help="write contact strips here instead of clips")
    args = parser.parse_args()
    chosen = [clip for clip in CLIPS if not args.only or clip.name in args.only]
    for clip in chosen:
        if args.strips:
            write_strip(clip, args.strips / f"{clip.name}.png", 16)
            continue
        args.out.mkdir(parents=True, exist_ok=True)
        encode(clip, args.out / f"{clip.name}.mp4", args.crf)
        write_truth(clip, args.out)
    if not args.strips:
        write_prompts(args.out)


if __name__ == "__main__":
    main()
