"""The pen that all drawings share: shapes in a subject's own coordinates, mapped to pixels with sub-pixel accuracy.

A subject stands on y = 0, y grows upwards and 1 is about its largest extent, so the same drawing serves a 128-pixel
training picture and a video frame. Colours are RGB triples of 0–255.
"""

import cv2
import numpy as np

SHIFT = 4
CIRCLE = np.linspace(0, 2 * np.pi, 28, endpoint=False)

PALETTE = {
    "red": (200, 30, 35),
    "blue": (35, 75, 190),
    "green": (40, 135, 60),
    "yellow": (235, 200, 45),
    "white": (236, 236, 232),
    "black": (32, 32, 36),
    "grey": (130, 134, 140),
    "brown": (120, 76, 42),
    "orange": (235, 125, 30),
    "purple": (120, 55, 150),
}


def vary(rng, colour, amount=18):
    """The colour with each channel moved a little."""
    return tuple(np.clip(np.add(colour, rng.uniform(-amount, amount, 3)), 0, 255))


def shade(colour, factor):
    """Darker below 1, lighter above."""
    if factor <= 1:
        return tuple(c * factor for c in colour)
    return tuple(255 - (255 - c) * (2 - factor) for c in colour)


def mix(a, b, share):
    return tuple(x * (1 - share) + y * share for x, y in zip(a, b))


def pick(rng, *choices):
    return choices[rng.integers(len(choices))]


class Pen:
    """Draws filled anti-aliased shapes on an image, in the coordinates of one subject."""

    def __init__(self, image, x, y, unit, flip=False, tilt=0.0):
        self.image = image
        self.origin = np.array([x, y], float)
        self.unit = unit
        cos, sin = np.cos(tilt), np.sin(tilt)
        mirror = -1.0 if flip else 1.0
        self.matrix = unit * np.array([[mirror * cos, mirror * sin], [sin, -cos]]).T

    def at(self, x, y, scale=1.0, tilt=0.0):
        """A pen for a part of the subject, with its own origin, scale and turn."""
        part = Pen(self.image, 0, 0, self.unit * scale)
        part.origin = self.origin + np.array([x, y]) @ self.matrix
        cos, sin = np.cos(tilt), np.sin(tilt)
        part.matrix = scale * np.array([[cos, sin], [-sin, cos]]) @ self.matrix
        return part

    def _pixels(self, points):
        mapped = np.asarray(points, float) @ self.matrix + self.origin
        return np.round(mapped * (1 << SHIFT)).astype(np.int32)

    def poly(self, points, colour):
        cv2.fillPoly(self.image, [self._pixels(points)], colour, cv2.LINE_AA, SHIFT)

    def rect(self, x0, y0, x1, y1, colour):
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def ellipse(self, x, y, rx, ry, colour, turn=0.0):
        points = np.stack([rx * np.cos(CIRCLE), ry * np.sin(CIRCLE)], 1)
        if turn:
            cos, sin = np.cos(turn), np.sin(turn)
            points = points @ np.array([[cos, sin], [-sin, cos]])
        self.poly(points + (x, y), colour)

    def circle(self, x, y, r, colour):
        self.ellipse(x, y, r, r, colour)

    def round_rect(self, x0, y0, x1, y1, r, colour):
        """A rectangle with rounded corners."""
        r = min(r, (x1 - x0) / 2, (y1 - y0) / 2)
        angles = np.linspace(0, np.pi / 2, 5)
        corners = ((x1 - r, y1 - r, 0), (x0 + r, y1 - r, 1), (x0 + r, y0 + r, 2), (x1 - r, y0 + r, 3))
        points = [
            (cx + r * np.cos(a + q * np.pi / 2), cy + r * np.sin(a + q * np.pi / 2)) for cx, cy, q in corners for a in angles
        ]
        self.poly(points, colour)

    def line(self, points, width, colour):
        thickness = max(1, int(round(width * self.unit)))
        cv2.polylines(self.image, [self._pixels(points)], False, colour, thickness, cv2.LINE_AA, SHIFT)

    def limb(self, points, width, colour):
        """A line with round ends, for arms, legs and tails."""
        self.line(points, width, colour)
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2, colour)


def vertical_gradient(image, top, bottom, y0=0.0, y1=1.0):
    """Fills rows y0–y1 (shares of the height) from one colour to the other."""
    height = image.shape[0]
    first, last = int(y0 * height), int(round(y1 * height))
    if last <= first:
        return
    t = np.linspace(0, 1, last - first)[:, None, None]
    image[first:last] = np.array(top) * (1 - t) + np.array(bottom) * t


def blend(image, mask, colour):
    """Lays a colour over the image, mask (h, w) in [0, 1] being its opacity."""
    mask = mask[..., None].astype(np.float32)
    image[:] = (image * (1 - mask) + np.array(colour, np.float32) * mask).astype(np.uint8)


def soft_noise(rng, height, width, cells, phase=0.0):
    """Smooth noise in [0, 1], with about `cells` blobs along the height; phases 0 to 1 scroll it up once around."""
    rows, columns = cells + 3, int(np.ceil(cells * width / height)) + 3
    grid = rng.random((rows, columns)).astype(np.float32)
    scroll = phase % 1 * rows
    grid = np.roll(grid, -int(scroll), 0)
    big = cv2.resize(grid, None, fx=height / cells, fy=height / cells, interpolation=cv2.INTER_CUBIC)
    offset = int((scroll % 1) * height / cells)
    return np.clip(big[offset : offset + height, :width], 0, 1)
