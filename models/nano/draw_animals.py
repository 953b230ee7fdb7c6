"""Animals, seen from the side and looking to the right."""

import numpy as np

from canvas import pick, shade, vary


def legs(pen, colour, xs, top, width, phase, swing=0.06, hoof=None):
    """Four legs that swing in opposite pairs; the far pair is darker."""
    for i, x in enumerate(xs):
        move = swing * np.sin(2 * np.pi * phase + (i % 2) * np.pi)
        tone = colour if i % 2 else shade(colour, 0.75)
        pen.limb([(x, top), (x + move * 0.3, top * 0.5), (x + move, width * 0.4)], width, tone)
        if hoof:
            pen.rect(x + move - width * 0.6, 0, x + move + width * 0.6, width * 0.7, hoof)


def dog(pen, rng, phase):
    """Long muzzle, hanging ear, tail up, often with a collar."""
    coat = vary(rng, pick(rng, (165, 115, 65), (205, 165, 105), (70, 50, 38), (45, 42, 40), (225, 210, 185)))
    ear = shade(coat, rng.uniform(0.55, 0.75))
    wag = 0.06 * np.sin(4 * np.pi * phase)
    pen.limb([(-0.34, 0.46), (-0.45, 0.56), (-0.47 + wag, 0.7)], 0.05, coat)
    legs(pen, coat, (-0.3, -0.25, 0.14, 0.19), 0.34, 0.075, phase)
    pen.ellipse(-0.07, 0.42, 0.33, 0.125, coat)
    pen.poly([(0.08, 0.5), (0.18, 0.32), (0.28, 0.42), (0.32, 0.62), (0.2, 0.66)], coat)
    pen.ellipse(0.29, 0.66, 0.12, 0.105, coat)
    pen.round_rect(0.3, 0.57, 0.5, 0.68, 0.045, shade(coat, 1.08))
    pen.ellipse(0.49, 0.665, 0.028, 0.024, (20, 18, 18))
    pen.line([(0.36, 0.595), (0.48, 0.6)], 0.01, shade(coat, 0.4))
    pen.ellipse(0.22, 0.62, 0.05, 0.12, ear, 0.2)
    pen.circle(0.335, 0.705, 0.018, (20, 18, 18))
    if rng.random() < 0.6:
        pen.line([(0.13, 0.55), (0.29, 0.5)], 0.032, vary(rng, pick(rng, (200, 30, 30), (40, 70, 190))))


def cat(pen, rng, phase):
    """Sitting upright: pear-shaped body, pointed ears, whiskers, long curled tail."""
    coat = vary(rng, pick(rng, (215, 135, 55), (120, 118, 115), (40, 38, 38), (230, 225, 215), (150, 115, 80)))
    dark, light = shade(coat, 0.65), shade(coat, 1.3)
    sway = 0.06 * np.sin(2 * np.pi * phase)
    pen.limb([(-0.16, 0.06), (-0.36, 0.08), (-0.44 + sway, 0.24), (-0.36 + sway, 0.4)], 0.06, dark)
    pen.ellipse(-0.04, 0.24, 0.21, 0.24, coat)
    pen.ellipse(0.03, 0.4, 0.14, 0.2, coat)
    for x in (0.02, 0.11):
        pen.limb([(x, 0.32), (x + 0.01, 0.05)], 0.075, shade(coat, 1.1))
    pen.ellipse(-0.09, 0.06, 0.13, 0.06, shade(coat, 0.85))
    pen.ellipse(0.07, 0.4, 0.06, 0.11, light)
    for side in (-1, 1):
        ear = [(0.07 + side * 0.05, 0.76), (0.07 + side * 0.145, 0.95), (0.07 + side * 0.155, 0.7)]
        pen.poly(ear, coat)
        pen.poly([(0.07 + side * 0.085, 0.78), (0.07 + side * 0.132, 0.89), (0.07 + side * 0.138, 0.75)], (220, 150, 145))
    pen.ellipse(0.07, 0.68, 0.165, 0.135, coat)
    if rng.random() < 0.5:
        for i in range(3):
            pen.line([(0.02 + i * 0.05, 0.81), (0.03 + i * 0.04, 0.74)], 0.014, dark)
        for i in range(3):
            pen.line([(-0.22, 0.18 + i * 0.09), (-0.1, 0.2 + i * 0.09)], 0.02, dark)
    for side in (-1, 1):
        pen.ellipse(0.07 + side * 0.065, 0.7, 0.032, 0.036, (165, 205, 80))
        pen.ellipse(0.07 + side * 0.065, 0.7, 0.01, 0.034, (15, 15, 15))
        for slope in (-0.02, 0.02):
            pen.line([(0.07 + side * 0.05, 0.63), (0.07 + side * 0.22, 0.63 + slope)], 0.005, (235, 235, 235))
    pen.poly([(0.05, 0.655), (0.09, 0.655), (0.07, 0.63)], (225, 130, 130))


def horse(pen, rng, phase):
    """Tall, with long legs, an arched neck, a mane and a hanging tail."""
    coat = vary(rng, pick(rng, (135, 80, 45), (90, 55, 35), (180, 130, 80), (50, 42, 38), (215, 210, 202)), 12)
    mane = vary(rng, pick(rng, (35, 28, 24), (70, 45, 28), (225, 205, 160)), 8)
    pen.limb([(-0.36, 0.58), (-0.45, 0.5), (-0.46, 0.24)], 0.06, mane)
    legs(pen, coat, (-0.29, -0.23, 0.12, 0.18), 0.46, 0.062, phase, 0.1, (40, 36, 34))
    pen.ellipse(-0.07, 0.55, 0.32, 0.135, coat)
    pen.poly([(0.06, 0.64), (0.16, 0.46), (0.26, 0.52), (0.4, 0.84), (0.3, 0.93), (0.2, 0.84)], coat)
    pen.poly([(0.27, 0.93), (0.37, 0.9), (0.53, 0.72), (0.49, 0.66), (0.42, 0.68), (0.3, 0.8)], coat)
    pen.poly([(0.28, 0.92), (0.29, 1.0), (0.34, 0.91)], coat)
    pen.poly([(0.02, 0.68), (0.12, 0.86), (0.27, 0.97), (0.29, 0.9), (0.2, 0.82), (0.12, 0.64)], mane)
    pen.circle(0.36, 0.85, 0.016, (15, 12, 12))
    pen.circle(0.5, 0.705, 0.011, (15, 12, 12))


def cow(pen, rng, phase):
    """Square body with patches, horns, a pink muzzle and an udder."""
    coat, patch = pick(rng, ((238, 236, 230), (35, 32, 32)), ((238, 232, 222), (125, 72, 42)), ((150, 90, 55), (235, 228, 218)))
    coat = vary(rng, coat, 8)
    pen.line([(-0.4, 0.55), (-0.46, 0.45), (-0.45, 0.24)], 0.022, coat)
    pen.ellipse(-0.45, 0.22, 0.028, 0.05, patch)
    legs(pen, coat, (-0.33, -0.27, 0.12, 0.19), 0.32, 0.085, phase, 0.04, (50, 44, 40))
    pen.ellipse(-0.2, 0.25, 0.085, 0.07, (235, 175, 170))
    pen.round_rect(-0.41, 0.27, 0.25, 0.62, 0.1, coat)
    for _ in range(3):
        x, y = rng.uniform(-0.3, 0.12), rng.uniform(0.38, 0.54)
        pen.ellipse(x, y, rng.uniform(0.05, 0.1), rng.uniform(0.05, 0.08), patch, rng.uniform(-0.5, 0.5))
    pen.poly([(0.14, 0.6), (0.2, 0.36), (0.34, 0.46), (0.34, 0.62)], coat)
    for side in (0, 1):
        x = 0.29 + side * 0.11
        pen.line([(x, 0.7), (x + (side - 0.4) * 0.07, 0.79), (x + (side - 0.4) * 0.05, 0.84)], 0.024, (222, 212, 185))
    pen.ellipse(0.24, 0.655, 0.065, 0.03, patch, 0.3)
    pen.poly([(0.27, 0.71), (0.42, 0.71), (0.5, 0.5), (0.4, 0.46), (0.29, 0.52)], coat)
    pen.poly([(0.27, 0.71), (0.34, 0.71), (0.35, 0.6), (0.28, 0.58)], patch)
    pen.ellipse(0.45, 0.505, 0.07, 0.05, (232, 172, 165))
    pen.circle(0.37, 0.64, 0.018, (15, 12, 12))
    pen.circle(0.475, 0.515, 0.012, (90, 50, 50))


def sheep(pen, rng, phase):
    """A white curly ball on thin dark legs."""
    wool = vary(rng, pick(rng, (238, 235, 225), (225, 215, 195), (248, 248, 244)), 6)
    face = vary(rng, pick(rng, (45, 40, 40), (70, 60, 55)), 8)
    legs(pen, face, (-0.24, -0.18, 0.14, 0.2), 0.26, 0.05, phase, 0.04)
    for i in range(14):
        a = i / 14 * 2 * np.pi
        pen.circle(-0.02 + 0.27 * np.cos(a), 0.42 + 0.15 * np.sin(a), 0.1, shade(wool, 0.92 if np.sin(a) < 0 else 1.0))
    pen.ellipse(-0.02, 0.42, 0.3, 0.19, wool)
    for _ in range(9):
        x, y = rng.uniform(-0.24, 0.2), rng.uniform(0.32, 0.54)
        pen.line([(x - 0.03, y), (x, y + 0.02), (x + 0.03, y)], 0.01, shade(wool, 0.82))
    pen.ellipse(0.36, 0.5, 0.085, 0.12, face, 0.5)
    pen.ellipse(0.27, 0.545, 0.07, 0.03, face, -0.4)
    pen.ellipse(0.31, 0.62, 0.08, 0.05, wool)
    pen.circle(0.385, 0.53, 0.016, (240, 240, 235))


def bird(pen, rng, phase):
    """In flight, wings up or down with the phase."""
    coat = vary(rng, pick(rng, (60, 62, 68), (225, 225, 222), (120, 95, 70), (50, 80, 130), (150, 60, 50)))
    flap = np.sin(2 * np.pi * phase)
    tip = 0.33 * flap + 0.06
    pen.poly([(-0.02, 0.03), (0.14, 0.03), (0.06, tip * 0.75), (-0.06, tip * 1.2), (-0.18, tip * 1.05)], shade(coat, 0.6))
    pen.poly([(-0.2, 0.0), (-0.46, 0.08), (-0.42, 0.0), (-0.46, -0.06)], shade(coat, 0.8))
    pen.ellipse(0, 0, 0.25, 0.095, coat)
    pen.ellipse(0.02, -0.035, 0.18, 0.055, shade(coat, 1.4))
    pen.circle(0.25, 0.06, 0.078, coat)
    pen.poly([(0.31, 0.085), (0.42, 0.045), (0.31, 0.025)], (240, 165, 40))
    pen.circle(0.275, 0.08, 0.017, (10, 10, 10))
    pen.poly([(-0.12, 0.04), (0.12, 0.05), (0.02, tip), (-0.13, tip * 1.45), (-0.3, tip * 1.3)], shade(coat, 0.85))


def fish(pen, rng, phase):
    """Oval with a forked tail, fins, stripes or scales."""
    skin = vary(rng, pick(rng, (240, 130, 40), (245, 205, 60), (190, 195, 205), (220, 60, 60), (90, 150, 215)))
    wave = 0.06 * np.sin(2 * np.pi * phase)
    pen.poly([(-0.24, 0.0), (-0.46, 0.18 + wave), (-0.4, wave), (-0.46, -0.18 + wave)], shade(skin, 0.8))
    pen.poly([(-0.12, 0.14), (-0.05, 0.29), (0.16, 0.15)], shade(skin, 0.75))
    pen.poly([(-0.06, -0.13), (-0.04, -0.26), (0.1, -0.14)], shade(skin, 0.75))
    pen.ellipse(0.03, 0, 0.33, 0.19, skin)
    pen.ellipse(0.04, -0.07, 0.25, 0.09, shade(skin, 1.35))
    style = rng.random()
    for i in range(3):
        x = -0.14 + i * 0.12
        if style < 0.5:
            pen.rect(x, -0.13, x + 0.04, 0.14, pick(rng, (245, 245, 240), (40, 45, 55)))
        else:
            pen.line([(x, 0.08), (x + 0.04, 0.0), (x, -0.08)], 0.014, shade(skin, 0.7))
    pen.line([(0.2, 0.12), (0.16, 0.0), (0.2, -0.12)], 0.014, shade(skin, 0.6))
    pen.circle(0.265, 0.05, 0.042, (245, 245, 245))
    pen.circle(0.275, 0.05, 0.022, (12, 12, 12))
    pen.poly([(0.02, 0.0), (-0.1, -0.08), (-0.05, 0.03)], shade(skin, 0.65))
