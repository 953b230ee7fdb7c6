"""Renders labelled pictures of the classes, each one determined by a seed.

`python3 render.py data --count 60000 --seed 1 --out DIR` writes pictures.npy (uint8, n×size×size×3) and labels.npy;
`python3 render.py sheet --out sample.png` writes a contact sheet.
"""

import argparse
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from backgrounds import PLACES, half_width, pen_for
from canvas import Pen, pick, vary
from classes import BY_NAME, NAMES, THINGS
from draw_objects import tree
from draw_people import person
from draw_vehicles import car

OVERSAMPLING = 2
OUTDOORS = ("street", "road", "field", "yard", "building site")


def distractors(image, rng, place):
    """A few small unrelated things in the distance, too small to be the subject."""
    if place not in OUTDOORS or rng.random() < 0.6:
        return
    pen, wide = pen_for(image), half_width(image)
    for _ in range(rng.integers(1, 3)):
        draw, size = pick(rng, (tree, 0.22), (tree, 0.2), (person, 0.1), (car, 0.12))
        spot = pen.at(rng.uniform(-wide, wide), rng.uniform(0.26, 0.36), size * rng.uniform(0.7, 1.1))
        draw(spot, rng, rng.random())


def place_subject(image, rng, thing):
    """Draws the subject mostly inside the picture, on the ground or at its height."""
    height, width = image.shape[:2]
    size = rng.uniform(thing.smallest, thing.largest)
    reach = max(0.04, width / height / 2 - thing.half * size * 0.85)
    x = rng.uniform(-reach, reach)
    if thing.lift >= 1:
        y = rng.uniform(0.12 + thing.tall * size * 0.5, 0.95 - thing.tall * size * 0.6)
    else:
        top = max(0.03, min(0.2 + thing.lift, 0.98 - thing.tall * size))
        y = rng.uniform(0.02, top)
    flip, tilt = thing.flips and rng.random() < 0.5, rng.uniform(-0.05, 0.05)
    pen = Pen(image, width / 2 + x * height, height * (1 - y), size * height, flip, tilt)
    thing.draw(pen, rng, rng.random())


def obstruct(image, rng):
    """Now and then a pole or a leaf in front."""
    if rng.random() > 0.08:
        return
    pen, wide = pen_for(image), half_width(image)
    x = rng.uniform(-wide, wide)
    pen.rect(x, 0, x + rng.uniform(0.01, 0.04), 1, vary(rng, (90, 92, 95), 40))


def lighting(picture, rng, thing):
    """Exposure, contrast, colour cast and sometimes dusk."""
    values = picture.astype(np.float32)
    contrast, brightness = rng.uniform(0.75, 1.2), rng.uniform(-22, 22)
    cast = rng.uniform(0.92, 1.08, 3)
    if not thing.is_scene and rng.random() < 0.18:
        contrast *= rng.uniform(0.5, 0.8)
        cast *= np.array(pick(rng, (0.85, 0.95, 1.2), (1.15, 0.95, 0.8), (1, 1, 1)))
        brightness -= 12
    values = (values - 118) * (contrast * cast) + (118 * min(1.0, contrast + 0.2) + brightness)
    return np.clip(values, 0, 255).astype(np.uint8)


def degrade(picture, rng):
    """Blur, sensor noise and JPEG compression, in the order a camera adds them."""
    if rng.random() < 0.5:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.1))
    if rng.random() < 0.5:
        noise = rng.normal(0, rng.uniform(1, 11), picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 92))]
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, quality)[1], cv2.IMREAD_COLOR)
    return picture


def compose(image, rng, thing):
    """Fills an image with a scene of the class, undegraded."""
    if thing.is_scene:
        thing.draw(image, rng, rng.random())
        return
    place = pick(rng, *thing.places)
    PLACES[place](image, rng)
    distractors(image, rng, place)
    place_subject(image, rng, thing)


def render(thing, seed, size=128):
    """One picture of the class, (size, size, 3) uint8 RGB."""
    rng = np.random.default_rng(seed)
    image = np.zeros((size * OVERSAMPLING, size * OVERSAMPLING, 3), np.uint8)
    compose(image, rng, thing)
    obstruct(image, rng)
    picture = cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA)
    return degrade(lighting(picture, rng, thing), rng)


def labelled(job):
    """Worker: the pictures of one slice of a data set."""
    cv2.setNumThreads(1)
    seed, first, count, size = job
    pictures = np.empty((count, size, size, 3), np.uint8)
    for i in range(count):
        pictures[i] = render(THINGS[(first + i) % len(THINGS)], (seed, first + i), size)
    return first, pictures


def write_data(out, count, seed, size, processes):
    """Renders a data set with the classes in turn, so that each is as frequent as the others."""
    out.mkdir(parents=True, exist_ok=True)
    shape = (count, size, size, 3)
    pictures = np.lib.format.open_memmap(out / "pictures.npy", "w+", np.uint8, shape)
    step = 512
    jobs = [(seed, first, min(step, count - first), size) for first in range(0, count, step)]
    with Pool(processes) as pool:
        for first, part in pool.imap_unordered(labelled, jobs):
            pictures[first : first + len(part)] = part
    np.save(out / "labels.npy", np.arange(count) % len(THINGS))


def write_sheet(out, names, each, seed, size):
    """Labelled cells, eight in a row, in 256 colours to keep the file small."""
    cells = []
    for name in names:
        for i in range(each):
            cell = render(BY_NAME[name], (seed, NAMES.index(name), i), size)
            cell = cv2.copyMakeBorder(cell, 2, 14, 2, 2, cv2.BORDER_CONSTANT, value=(255, 255, 255))
            scale = min(0.34, 0.34 * size / (5.6 * len(name)))
            cv2.putText(cell, name, (3, size + 12), cv2.FONT_HERSHEY_SIMPLEX, scale, (0, 0, 0), 1, cv2.LINE_AA)
            cells.append(cell)
    columns = 8
    cells += [np.full_like(cells[0], 255)] * (-len(cells) % columns)
    rows = [np.hstack(cells[i : i + columns]) for i in range(0, len(cells), columns)]
    Image.fromarray(np.vstack(rows)).quantize(256).save(out, optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = parser.add_subparsers(dest="mode", required=True)
    data = modes.add_parser("data", help="render a data set")
    data.add_argument("--count", type=int, default=60000)
    data.add_argument("--processes", type=int, default=2)
    sheet = modes.add_parser("sheet", help="render a contact sheet")
    sheet.add_argument("--each", type=int, default=1, help="pictures per class")
    sheet.add_argument("--names", nargs="*", default=NAMES, help="only these classes")
    for mode in (data, sheet):
        mode.add_argument("--seed", type=int, default=1)
        mode.add_argument("--size", type=int, default=128)
        mode.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.mode == "data":
        write_data(args.out, args.count, args.seed, args.size, args.processes)
    else:
        write_sheet(args.out, args.names, args.each, args.seed, args.size)


if __name__ == "__main__":
    main()
