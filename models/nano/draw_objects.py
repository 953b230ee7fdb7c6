"""Things that stand, hang or lie about."""

import numpy as np

from canvas import PALETTE, pick, shade, vary


def painted(rng, *names):
    return vary(rng, PALETTE[pick(rng, *names)])


def tree(pen, rng, phase):
    """One broad-leaved or conifer tree."""
    bark = vary(rng, (105, 75, 50))
    leaf = vary(rng, pick(rng, (60, 120, 50), (85, 140, 60), (45, 95, 55), (175, 120, 45)))
    pen.ellipse(0, 0, 0.28, 0.025, (75, 85, 60))
    if rng.random() < 0.35:
        pen.rect(-0.035, 0, 0.035, 0.2, bark)
        for i in range(4):
            y, w = 0.14 + i * 0.19, 0.3 - i * 0.055
            pen.poly([(-w, y), (w, y), (0, y + 0.32)], shade(leaf, 0.8 + 0.07 * i))
        return
    pen.poly([(-0.06, 0), (0.06, 0), (0.035, 0.45), (-0.035, 0.45)], bark)
    for x, y in ((-0.14, 0.6), (0.13, 0.62)):
        pen.line([(0, 0.35), (x, y)], 0.03, bark)
    for i in range(16):
        a = rng.uniform(0, 2 * np.pi)
        r = rng.uniform(0.06, 0.24)
        tone = shade(leaf, 0.75 + 0.4 * (0.5 + 0.5 * np.sin(a)))
        pen.circle(r * 1.15 * np.cos(a), 0.68 + r * 0.95 * np.sin(a), rng.uniform(0.09, 0.14), tone)


def flower(pen, rng, phase):
    """One large blossom on a stem with leaves."""
    petal = painted(rng, "red", "yellow", "white", "purple", "orange", "blue")
    sway = 0.03 * np.sin(2 * np.pi * phase)
    stem = vary(rng, (60, 130, 55))
    pen.line([(0, 0), (0.02, 0.3), (sway, 0.65)], 0.03, stem)
    pen.ellipse(-0.13, 0.24, 0.14, 0.05, stem, -0.5)
    pen.ellipse(0.15, 0.34, 0.13, 0.045, shade(stem, 0.85), 0.5)
    count = int(rng.integers(5, 10))
    for i in range(count):
        a = i / count * 2 * np.pi + 0.3
        x, y = sway + 0.17 * np.cos(a), 0.72 + 0.17 * np.sin(a)
        pen.ellipse(x, y, 0.135, 0.24 / count**0.55 * 0.8, shade(petal, 0.85 + 0.15 * (i % 2)), a)
    pen.circle(sway, 0.72, 0.085, vary(rng, pick(rng, (240, 190, 40), (110, 70, 35))))


def traffic_light(pen, rng, lit):
    """A black box with three lamps on a pole, one lit (0 red, 2 green)."""
    pen.rect(-0.025, -0.2, 0.025, 0.4, (90, 92, 96))
    box = vary(rng, pick(rng, (35, 36, 40), (45, 50, 45), (60, 60, 62)), 6)
    pen.round_rect(-0.165, 0.36, 0.165, 1.0, 0.05, box)
    bright = ((255, 45, 40), (255, 190, 40), (50, 235, 110))
    dim = ((75, 25, 25), (75, 60, 25), (22, 60, 36))
    for i in range(3):
        y = 0.89 - i * 0.205
        if i == lit:
            pen.circle(0, y, 0.115, tuple(0.55 * b + 0.45 * c for b, c in zip(box, bright[i])))
        pen.circle(0, y, 0.085, bright[i] if i == lit else dim[i])
        if i == lit:
            pen.circle(-0.02, y + 0.02, 0.035, shade(bright[i], 1.6))


def red_light(pen, rng, phase):
    traffic_light(pen, rng, 0)


def green_light(pen, rng, phase):
    traffic_light(pen, rng, 2)


def stop_sign(pen, rng, phase):
    """Red octagon with a white rim and the four letters, on a pole."""
    pen.rect(-0.02, -0.2, 0.02, 0.5, (140, 143, 148))
    for radius, colour in ((0.32, (240, 240, 238)), (0.29, vary(rng, (195, 25, 30), 12))):
        angles = np.arange(8) * np.pi / 4 + np.pi / 8
        pen.poly([(radius * np.cos(a), 0.68 + radius * np.sin(a)) for a in angles], colour)
    white, w = (245, 245, 243), 0.03
    low, middle, high = 0.6, 0.68, 0.76
    s = [(-0.145, high - 0.01), (-0.2, high), (-0.22, 0.72), (-0.15, 0.65), (-0.16, low + 0.01), (-0.22, low)]
    pen.line(s, w, white)
    pen.line([(-0.12, high), (-0.01, high)], w, white)
    pen.line([(-0.065, high), (-0.065, low)], w, white)
    ring = [(0.055 + 0.045 * np.cos(a), middle + 0.08 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 12)]
    pen.line(ring, w, white)
    pen.line([(0.14, low), (0.14, high), (0.2, high), (0.215, 0.72), (0.2, middle), (0.14, middle)], w, white)


def traffic_cone(pen, rng, phase):
    """Orange, with white bands and a square foot."""
    orange = vary(rng, (245, 105, 25), 14)
    pen.round_rect(-0.3, 0, 0.3, 0.07, 0.02, shade(orange, 0.75))

    def half(y):
        return 0.22 - 0.17 * (y - 0.07) / 0.83

    pen.poly([(-half(0.07), 0.07), (half(0.07), 0.07), (half(0.9), 0.9), (-half(0.9), 0.9)], orange)
    for y0, y1 in ((0.28, 0.43), (0.58, 0.7)):
        pen.poly([(-half(y0), y0), (half(y0), y0), (half(y1), y1), (-half(y1), y1)], (242, 242, 238))


def suitcase(pen, rng, phase):
    """Upright case with ribs, wheels and a pulled-out handle."""
    colour = painted(rng, "red", "blue", "black", "green", "purple", "grey", "orange", "yellow")
    for x in (-0.14, 0.14):
        pen.line([(x * 0.7, 0.6), (x * 0.7, 0.94)], 0.025, (120, 122, 126))
        pen.circle(x * 1.3, 0.03, 0.035, (35, 35, 38))
    pen.round_rect(-0.125, 0.91, 0.125, 0.96, 0.02, (45, 45, 48))
    pen.round_rect(-0.25, 0.05, 0.25, 0.7, 0.05, colour)
    for x in (-0.15, -0.05, 0.05, 0.15):
        pen.line([(x, 0.09), (x, 0.66)], 0.016, shade(colour, 0.72))
    pen.round_rect(-0.07, 0.69, 0.07, 0.73, 0.015, (45, 45, 48))


def cardboard_box(pen, rng, phase):
    """Brown box in three-quarter view with tape and a label."""
    card = vary(rng, (190, 145, 90), 14)
    height, depth = rng.uniform(0.42, 0.62), rng.uniform(0.12, 0.22)
    pen.ellipse(0.05, 0, 0.48, 0.03, (80, 75, 70))
    pen.poly([(-0.42, 0), (0.22, 0), (0.22, height), (-0.42, height)], card)
    pen.poly([(0.22, 0), (0.46, depth * 0.7), (0.46, height + depth * 0.6), (0.22, height)], shade(card, 0.72))
    top = [(-0.42, height), (0.22, height), (0.46, height + depth * 0.6), (-0.16, height + depth * 0.6)]
    pen.poly(top, shade(card, 1.25))
    tape = (225, 200, 150)
    pen.poly([(-0.14, height), (-0.06, height), (0.19, height + depth * 0.6), (0.11, height + depth * 0.6)], tape)
    pen.rect(-0.14, height - 0.13, -0.06, height, tape)
    pen.rect(0.0, 0.08, 0.16, 0.2, (240, 240, 236))
    for i in range(3):
        pen.line([(0.02, 0.11 + i * 0.03), (0.14, 0.11 + i * 0.03)], 0.008, (60, 60, 60))
    pen.poly([(-0.34, 0.1), (-0.26, 0.1), (-0.3, 0.2)], shade(card, 0.5))


def ball(pen, rng, phase):
    """A football or a beach ball."""
    pen.ellipse(0, 0.0, 0.4, 0.04, (75, 75, 72))
    turn = 2 * np.pi * phase
    if rng.random() < 0.5:
        pen.circle(0, 0.5, 0.5, (242, 242, 240))
        for i in range(6):
            a, r, size = (turn + i * 2 * np.pi / 5, 0.36, 0.14) if i else (0, 0, 0.17)
            x, y = r * np.cos(a), 0.5 + r * np.sin(a)
            spots = [(x + size * np.cos(a + t), y + size * np.sin(a + t)) for t in np.arange(5) * 2 * np.pi / 5]
            pen.poly(spots, (35, 35, 38))
            if i:
                pen.line([(0.15 * np.cos(a), 0.5 + 0.15 * np.sin(a)), (x, y)], 0.02, (60, 60, 62))
        return
    colours = (painted(rng, "red", "orange"), (245, 245, 240), painted(rng, "blue", "green"), (245, 205, 60))
    for i in range(8):
        a = np.linspace(turn + i * np.pi / 4, turn + (i + 1) * np.pi / 4, 6)
        pen.poly([(0, 0.5)] + [(0.5 * np.cos(t), 0.5 + 0.5 * np.sin(t)) for t in a], colours[i % 4])
    pen.circle(0, 0.5, 0.07, (245, 245, 240))


def bottle(pen, rng, phase):
    """Tall body, narrow neck, cap and a label."""
    colour = vary(rng, pick(rng, (40, 110, 60), (60, 140, 200), (120, 70, 30), (185, 215, 225), (30, 60, 40)))
    pen.ellipse(0, 0.0, 0.2, 0.025, (80, 78, 75))
    outline = [(0.17, 0.0), (0.17, 0.56), (0.14, 0.66), (0.06, 0.74), (0.055, 0.93)]
    pen.poly(outline + [(-x, y) for x, y in reversed(outline)], colour)
    pen.rect(-0.065, 0.92, 0.065, 1.0, painted(rng, "red", "white", "blue", "yellow", "black"))
    label = painted(rng, "white", "yellow", "red", "white")
    pen.rect(-0.17, 0.2, 0.17, 0.46, label)
    pen.rect(-0.1, 0.29, 0.1, 0.37, shade(label, 0.5))
    pen.rect(-0.125, 0.04, -0.085, 0.58, shade(colour, 1.5))


def chair(pen, rng, phase):
    """Seat, slatted back and four legs in three-quarter view."""
    wood = vary(rng, pick(rng, (150, 100, 55), (95, 60, 35), (225, 222, 215), (180, 50, 45), (45, 80, 130)))
    for x0, y0, y1, tone in ((-0.1, 0.09, 0.46, 0.7), (0.3, 0.09, 0.46, 0.7), (-0.26, 0, 0.42, 1), (0.18, 0, 0.42, 1)):
        pen.rect(x0 - 0.027, y0, x0 + 0.027, y1, shade(wood, tone))
    pen.rect(-0.285, 0.42, -0.235, 0.98, wood)
    pen.rect(-0.125, 0.46, -0.075, 1.02, shade(wood, 0.85))
    for y in (0.6, 0.74, 0.88):
        pen.poly([(-0.27, y), (-0.09, y + 0.04), (-0.09, y + 0.11), (-0.27, y + 0.07)], shade(wood, 0.93))
    pen.poly([(-0.3, 0.4), (0.22, 0.4), (0.34, 0.47), (-0.12, 0.47)], shade(wood, 1.15))
    pen.poly([(-0.3, 0.36), (0.22, 0.36), (0.22, 0.4), (-0.3, 0.4)], shade(wood, 0.9))


def door_frame(pen, rng):
    frame = vary(rng, pick(rng, (240, 238, 232), (90, 65, 45), (70, 72, 78)))
    pen.rect(-0.27, 0, 0.27, 1.0, frame)
    return painted(rng, "brown", "red", "blue", "green", "white", "grey")


def closed_door(pen, rng, phase):
    """A panelled door, shut, with a handle."""
    leaf = door_frame(pen, rng)
    pen.rect(-0.22, 0, 0.22, 0.95, leaf)
    for y0, y1 in ((0.08, 0.42), (0.52, 0.88)):
        for x0, x1 in ((-0.18, -0.02), (0.02, 0.18)):
            pen.rect(x0, y0, x1, y1, shade(leaf, 0.75))
            pen.rect(x0 + 0.02, y0 + 0.015, x1 - 0.015, y1 - 0.02, shade(leaf, 1.1))
    pen.circle(0.185, 0.47, 0.022, (215, 185, 90))


def open_door(pen, rng, phase):
    """The leaf swung out to one side of a dark or bright opening."""
    leaf = door_frame(pen, rng)
    inside = pick(rng, (28, 26, 28), (45, 40, 38), (250, 235, 180), (205, 225, 240))
    pen.rect(-0.22, 0, 0.22, 0.95, inside)
    pen.poly([(-0.22, 0), (0.22, 0), (0.12, 0.16), (-0.12, 0.16)], shade(inside, 0.75 if sum(inside) > 300 else 1.2))
    reach = rng.uniform(0.14, 0.26)
    outer = [(0.22, 0.0), (0.22 + reach, -0.09), (0.22 + reach, 1.03), (0.22, 0.95)]
    pen.poly(outer, leaf)
    pen.poly([(0.25, 0.05), (0.19 + reach, 0.0), (0.19 + reach, 0.42), (0.25, 0.43)], shade(leaf, 0.78))
    pen.poly([(0.25, 0.52), (0.19 + reach, 0.52), (0.19 + reach, 0.95), (0.25, 0.89)], shade(leaf, 0.78))
    pen.circle(0.2 + reach, 0.47, 0.02, (215, 185, 90))


def ladder(pen, rng, phase):
    """Two rails and rungs, leaning a little."""
    colour = vary(rng, pick(rng, (185, 188, 192), (200, 150, 80), (225, 180, 50), (120, 85, 50)))
    lean = rng.uniform(-0.15, 0.15)
    for x in (-0.14, 0.14):
        pen.line([(x, 0), (x * 0.85 + lean, 1.0)], 0.04, colour)
    for i in range(8):
        t = 0.08 + i * 0.12
        x = lean * t
        pen.line([(x - 0.14, t), (x + 0.14, t)], 0.03, shade(colour, 0.82))


def broken_window(pen, rng, phase):
    """A framed pane with a jagged hole and cracks."""
    frame = vary(rng, pick(rng, (240, 240, 236), (95, 65, 45), (70, 74, 80)))
    pane = vary(rng, pick(rng, (165, 195, 210), (130, 160, 180), (195, 215, 225)))
    pen.rect(-0.42, 0, 0.42, 0.9, frame)
    pen.rect(-0.37, 0.05, 0.37, 0.85, pane)
    pen.poly([(-0.37, 0.5), (-0.1, 0.85), (0.05, 0.85), (-0.37, 0.3)], shade(pane, 1.25))
    x, y = rng.uniform(-0.1, 0.1), rng.uniform(0.38, 0.55)
    hole = []
    for i in range(18):
        a = i / 18 * 2 * np.pi
        r = rng.uniform(0.16, 0.26) if i % 2 else rng.uniform(0.06, 0.12)
        hole.append((x + r * np.cos(a), y + r * 1.05 * np.sin(a)))
        if i % 2:
            reach = rng.uniform(0.3, 0.42)
            end = np.clip(x + reach * np.cos(a), -0.37, 0.37), np.clip(y + reach * np.sin(a), 0.05, 0.85)
            pen.line([hole[-1], end], 0.01, (245, 250, 252))
    pen.poly(hole, (22, 24, 28))
    pen.line(hole + hole[:1], 0.01, (235, 245, 250))
    pen.rect(-0.46, -0.04, 0.46, 0.02, shade(frame, 0.85))


def bench(pen, rng, phase):
    """A park bench with slats and iron legs."""
    wood = vary(rng, pick(rng, (150, 100, 60), (60, 110, 70), (110, 75, 50), (175, 130, 80)))
    for x in (-0.4, 0.4):
        pen.line([(x, 0), (x, 0.22), (x * 1.02, 0.48)], 0.035, (40, 42, 44))
    for y in (0.31, 0.375, 0.44):
        pen.rect(-0.5, y, 0.5, y + 0.045, wood)
    pen.poly([(-0.52, 0.19), (0.52, 0.19), (0.5, 0.245), (-0.5, 0.245)], shade(wood, 1.15))
    pen.rect(-0.52, 0.16, 0.52, 0.19, shade(wood, 0.75))
