"""People: standing, in a crowd, lying, at work, under an umbrella."""

import numpy as np

from canvas import PALETTE, pick, shade, vary

SKINS = ((232, 195, 165), (210, 165, 130), (160, 115, 85), (105, 72, 52))
CLOTHES = ("red", "blue", "green", "yellow", "white", "black", "grey", "brown", "purple", "orange")


def cloth(rng):
    return vary(rng, PALETTE[pick(rng, *CLOTHES)])


def figure(pen, rng, phase, jacket=None, raised=False):
    """A person of height 1 from the side or the front, walking with the phase."""
    skin, top, trousers = vary(rng, pick(rng, *SKINS), 8), jacket or cloth(rng), cloth(rng)
    hair = vary(rng, pick(rng, (40, 30, 25), (90, 60, 35), (190, 150, 90), (120, 120, 120)))
    stride = rng.uniform(0.05, 0.17) * np.sin(2 * np.pi * phase)
    for side in (-1, 1):
        foot = side * stride + side * 0.03
        pen.limb([(side * 0.03, 0.46), (side * stride * 0.4 + side * 0.035, 0.24), (foot, 0.03)], 0.085, trousers)
        pen.ellipse(foot + 0.025, 0.02, 0.05, 0.022, (40, 36, 34))
    pen.limb([(-0.085, 0.76), (-0.1 - stride * 0.5, 0.6), (-0.085 - stride * 0.9, 0.47)], 0.06, shade(top, 0.8))
    pen.round_rect(-0.105, 0.42, 0.105, 0.82, 0.05, top)
    if raised:
        pen.limb([(0.08, 0.77), (0.15, 0.64), (0.13, 0.84)], 0.055, shade(top, 0.88))
    else:
        pen.limb([(0.085, 0.76), (0.1 + stride * 0.5, 0.6), (0.09 + stride * 0.9, 0.47)], 0.06, shade(top, 0.88))
        pen.circle(0.09 + stride * 0.9, 0.45, 0.032, skin)
    pen.rect(-0.03, 0.8, 0.03, 0.86, skin)
    pen.ellipse(0, 0.91, 0.066, 0.085, skin)
    pen.poly([(-0.07, 0.9), (-0.06, 0.98), (0, 1.01), (0.06, 0.98), (0.068, 0.93), (0.0, 0.955), (-0.04, 0.92)], hair)
    if rng.random() < 0.35:
        pen.round_rect(-0.075, 0.8, -0.035, 0.96, 0.02, hair)


def person(pen, rng, phase):
    pen.ellipse(0, 0, 0.17, 0.02, (70, 70, 68))
    figure(pen, rng, phase)


def crowd(pen, rng, phase):
    """Rows of people, the nearer ones lower and larger."""
    rows = int(rng.integers(2, 4))
    for row in range(rows):
        size = 0.48 + 0.1 * row
        count = int(rng.integers(5, 8))
        for i in range(count):
            x = (i + 0.5) / count * 1.25 - 0.62 + rng.uniform(-0.05, 0.05)
            y = 0.3 - 0.3 * row / max(1, rows - 1) + rng.uniform(-0.02, 0.02)
            figure(pen.at(x, y, size * rng.uniform(0.9, 1.08)), rng, phase + rng.random())


def construction_worker(pen, rng, phase):
    """Yellow hard hat and a vest with reflecting bands."""
    pen.ellipse(0, 0, 0.17, 0.02, (70, 70, 68))
    vest = vary(rng, pick(rng, (255, 120, 20), (205, 235, 40)), 10)
    figure(pen, rng, phase, jacket=vest, raised=rng.random() < 0.4)
    for y in (0.52, 0.62):
        pen.rect(-0.105, y, 0.105, y + 0.035, (232, 234, 230))
    for x in (-0.06, 0.035):
        pen.rect(x, 0.52, x + 0.03, 0.82, (232, 234, 230))
    hat = vary(rng, pick(rng, (250, 205, 30), (250, 205, 30), (245, 245, 240), (240, 120, 25)), 8)
    angles = np.linspace(0, np.pi, 12)
    pen.poly([(0.088 * np.cos(a), 0.935 + 0.105 * np.sin(a)) for a in angles], hat)
    pen.round_rect(-0.095, 0.925, 0.135, 0.95, 0.012, shade(hat, 0.85))
    pen.rect(-0.012, 0.95, 0.012, 1.045, shade(hat, 0.9))


def person_lying(pen, rng, phase):
    """Flat on the ground, seen from the side, arms beside the head."""
    skin, top, trousers = vary(rng, pick(rng, *SKINS), 8), cloth(rng), cloth(rng)
    hair = vary(rng, pick(rng, (40, 30, 25), (90, 60, 35), (190, 150, 90)))
    pen.ellipse(0, 0, 0.52, 0.03, (70, 70, 68))
    knee = rng.uniform(0.05, 0.2)
    pen.limb([(-0.06, 0.07), (-0.26, knee), (-0.46, 0.05)], 0.085, shade(trousers, 0.8))
    pen.limb([(-0.06, 0.05), (-0.28, 0.06), (-0.48, 0.04)], 0.085, trousers)
    pen.ellipse(-0.5, 0.055, 0.022, 0.05, (40, 36, 34))
    pen.round_rect(-0.12, 0.015, 0.26, 0.155, 0.05, top)
    pen.limb([(0.2, 0.09), (0.12, 0.02), (rng.uniform(-0.05, 0.3), 0.02)], 0.05, shade(top, 0.8))
    pen.limb([(0.23, 0.05), (0.36, 0.015), (0.5, 0.02)], 0.045, skin)
    pen.ellipse(0.345, 0.095, 0.085, 0.07, skin)
    pen.poly([(0.35, 0.17), (0.42, 0.16), (0.45, 0.1), (0.43, 0.04), (0.4, 0.08), (0.38, 0.13)], hair)


def umbrella(pen, rng, phase):
    """A person under a large open umbrella with panels."""
    pen.ellipse(0, 0, 0.17, 0.02, (70, 70, 68))
    figure(pen.at(0, 0, 0.78), rng, phase, raised=True)
    colour = vary(rng, PALETTE[pick(rng, "red", "blue", "green", "yellow", "black", "purple", "orange")])
    other = colour if rng.random() < 0.5 else (240, 240, 236)
    pen.line([(0.1, 0.6), (0.1, 1.0)], 0.014, (60, 60, 60))
    angles = np.linspace(0, np.pi, 7)
    rim = [(0.1 + 0.4 * np.cos(a), 0.76) for a in angles]
    for i in range(6):
        a = np.linspace(angles[i], angles[i + 1], 5)
        arc = [(0.1 + 0.4 * np.cos(t), 0.76 + 0.26 * np.sin(t)) for t in a]
        middle = ((rim[i][0] + rim[i + 1][0]) / 2, 0.785)
        pen.poly([rim[i], *arc, rim[i + 1], middle], shade(colour if i % 2 else other, 0.95))
        pen.line([rim[i + 1], (0.1, 1.02)], 0.005, shade(colour, 0.7))
    pen.line([(0.1, 1.02), (0.1, 1.06)], 0.014, (60, 60, 60))
