"""Things in the air and on the water."""

import numpy as np

from canvas import PALETTE, pick, shade, vary


def airplane(pen, rng, phase):
    """An airliner from the side: swept wing, tail fin, a row of windows."""
    paint = vary(rng, pick(rng, (238, 240, 242), (215, 218, 222)), 8)
    livery = vary(rng, PALETTE[pick(rng, "red", "blue", "green", "orange", "purple")])
    pen.poly([(-0.02, 0.03), (-0.2, 0.2), (-0.14, 0.2), (0.12, 0.04)], shade(paint, 0.75))
    pen.poly([(-0.47, 0.04), (-0.53, 0.27), (-0.44, 0.27), (-0.3, 0.05)], livery)
    pen.poly([(-0.5, 0.055), (0.36, 0.065), (0.46, 0.035), (0.5, 0.0), (0.45, -0.04), (-0.3, -0.05)], paint)
    pen.poly([(-0.42, 0.0), (0.495, 0.0), (0.497, -0.012), (-0.38, -0.016)], livery)
    for i in range(15):
        pen.circle(-0.32 + i * 0.048, 0.028, 0.01, (60, 75, 95))
    pen.poly([(0.41, 0.05), (0.455, 0.03), (0.4, 0.028)], (50, 65, 85))
    pen.poly([(-0.04, -0.01), (0.14, -0.02), (-0.14, -0.25), (-0.24, -0.25)], shade(paint, 0.82))
    pen.round_rect(-0.06, -0.13, 0.09, -0.07, 0.03, shade(livery, 0.9))
    pen.poly([(-0.44, 0.02), (-0.34, 0.015), (-0.46, -0.07), (-0.53, -0.07)], shade(paint, 0.85))


def helicopter(pen, rng, phase):
    """Bubble cabin, tail boom with small rotor, skids, large rotor on top."""
    paint = vary(rng, PALETTE[pick(rng, "red", "blue", "yellow", "white", "green", "orange", "black")])
    pen.poly([(-0.05, 0.06), (-0.46, 0.07), (-0.46, 0.03), (-0.05, -0.08)], shade(paint, 0.9))
    pen.poly([(-0.44, 0.04), (-0.52, 0.2), (-0.45, 0.2), (-0.37, 0.06)], paint)
    spin = 2 * np.pi * phase
    dx, dy = 0.08 * np.cos(spin * 3), 0.08 * np.sin(spin * 3)
    pen.line([(-0.47 - dx, 0.1 - dy), (-0.47 + dx, 0.1 + dy)], 0.014, (50, 50, 54))
    pen.ellipse(0.1, 0, 0.24, 0.15, paint)
    pen.poly([(0.1, 0.11), (0.22, 0.1), (0.32, 0.02), (0.32, -0.03), (0.12, -0.01)], pick(rng, (60, 85, 105), (150, 195, 215)))
    pen.line([(0.2, 0.105), (0.21, -0.02)], 0.012, paint)
    pen.rect(0.03, 0.13, 0.1, 0.2, shade(paint, 0.6))
    reach = 0.3 + 0.2 * abs(np.cos(spin))
    pen.line([(0.065 - reach, 0.205), (0.065 + reach, 0.215)], 0.018, (55, 55, 60))
    for x in (0.0, 0.2):
        pen.line([(x, -0.12), (x - 0.01, -0.2)], 0.014, (70, 70, 74))
    pen.line([(-0.12, -0.2), (0.28, -0.2), (0.33, -0.17)], 0.02, (70, 70, 74))


def drone(pen, rng, phase):
    """Four arms with rotors around a small body with a camera."""
    paint = vary(rng, pick(rng, (50, 52, 56), (225, 226, 228), (110, 112, 118)))
    for side in (-1, 1):
        for depth, tone in ((0.08, 0.75), (-0.03, 1.0)):
            x, y = side * (0.36 - depth * 0.4), depth + 0.06
            pen.line([(side * 0.08, 0.02), (x, y)], 0.035, shade(paint, tone))
            pen.rect(x - 0.02, y, x + 0.02, y + 0.07, shade(paint, tone * 0.8))
            reach = 0.09 + 0.06 * abs(np.cos(2 * np.pi * phase * 2 + depth * 30))
            pen.ellipse(x, y + 0.08, reach, 0.014, (150, 155, 160))
    pen.round_rect(-0.15, -0.06, 0.15, 0.08, 0.05, paint)
    pen.circle(0.0, -0.09, 0.055, (35, 35, 38))
    pen.circle(0.0, -0.09, 0.028, (90, 130, 170))
    pen.circle(-0.11, 0.03, 0.014, (230, 40, 40))
    pen.circle(0.11, 0.03, 0.014, (60, 220, 80))
    for side in (-1, 1):
        pen.line([(side * 0.1, -0.05), (side * 0.17, -0.19), (side * 0.09, -0.19)], 0.018, shade(paint, 0.8))


def balloon(pen, rng, phase):
    """A hot-air balloon with gores and a basket."""
    names = ("red", "yellow", "blue", "green", "orange", "purple", "white")
    first, second = (vary(rng, PALETTE[names[i]]) for i in rng.permutation(len(names))[:2])
    angles = np.linspace(0.0, np.pi, 9)
    for i in range(8):
        outline = []
        for x_share in (np.cos(angles[i]), np.cos(angles[i + 1])):
            side = []
            for t in np.linspace(0, 1, 12):
                turn = np.pi * (0.02 + 0.98 * t)
                radius = 0.34 * np.sin(turn) ** 0.75 * (1.0 if t < 0.5 else 1.0 - 0.35 * (t - 0.5))
                side.append((x_share * max(radius, 0.05 if t > 0.5 else 0.0), 1.0 - 0.72 * t))
            outline.append(side)
        pen.poly(outline[0] + outline[1][::-1], first if i % 2 else second)
    for x in (-0.05, 0.05):
        pen.line([(x, 0.29), (x, 0.14)], 0.008, (80, 70, 60))
    pen.round_rect(-0.07, 0.03, 0.07, 0.14, 0.015, (140, 95, 50))
    pen.line([(-0.07, 0.085), (0.07, 0.085)], 0.01, (105, 70, 38))


def sailboat(pen, rng, phase):
    """A small hull with a mast and two triangular sails."""
    rock = pen.at(0, 0.0, 1, 0.05 * np.sin(2 * np.pi * phase))
    hull = vary(rng, PALETTE[pick(rng, "white", "red", "blue", "brown", "green")])
    sail = vary(rng, pick(rng, (245, 245, 240), (245, 245, 240), (225, 110, 60), (215, 60, 60), (250, 220, 120)), 8)
    rock.line([(0, 0.1), (0, 0.98)], 0.02, (110, 85, 60))
    rock.poly([(-0.025, 0.2), (-0.025, 0.93), (-0.37, 0.2)], sail)
    rock.poly([(0.025, 0.22), (0.025, 0.85), (0.33, 0.2)], shade(sail, 0.88))
    rock.line([(-0.025, 0.45), (-0.24, 0.45)], 0.006, shade(sail, 0.75))
    rock.poly([(-0.43, 0.15), (0.47, 0.17), (0.34, 0.0), (-0.34, 0.0)], hull)
    rock.poly([(-0.4, 0.11), (0.43, 0.125), (0.41, 0.09), (-0.375, 0.08)], shade(hull, 0.6))
    pen.ellipse(0, 0.0, 0.42, 0.025, (215, 228, 236))


def cargo_ship(pen, rng, phase):
    """A long dark hull stacked with coloured containers, the bridge at the stern."""
    hull = vary(rng, pick(rng, (45, 50, 70), (120, 35, 35), (40, 70, 60), (60, 60, 64)))
    names = ("red", "blue", "green", "orange", "grey", "white", "brown")
    for i in range(8):
        for level in range(int(rng.integers(1, 4))):
            x, y = -0.26 + i * 0.085, 0.17 + level * 0.06
            pen.rect(x, y, x + 0.08, y + 0.056, vary(rng, PALETTE[pick(rng, *names)]))
    pen.rect(-0.45, 0.15, -0.3, 0.37, (232, 232, 228))
    for level in range(3):
        pen.rect(-0.44, 0.2 + level * 0.055, -0.31, 0.225 + level * 0.055, (60, 75, 90))
    pen.rect(-0.43, 0.37, -0.36, 0.45, hull)
    pen.rect(-0.43, 0.41, -0.36, 0.43, (235, 200, 60))
    pen.poly([(-0.5, 0.17), (0.42, 0.17), (0.54, 0.22), (0.45, 0.0), (-0.47, 0.0)], hull)
    pen.poly([(-0.48, 0.04), (0.465, 0.04), (0.45, 0.0), (-0.47, 0.0)], (150, 45, 40))
    pen.ellipse(0, 0.0, 0.5, 0.02, (215, 228, 236))
