"""Fire, smoke, weather, times of day and landscapes: whole pictures instead of single things.

Every function fills an image, `(image, rng, phase)`; the phase runs from 0 to 1 and moves rain, snow and clouds of
smoke so that phase 1 looks like phase 0 again.
"""

import cv2
import numpy as np

import backgrounds
from backgrounds import half_width, pen_for
from canvas import Pen, blend, mix, pick, shade, soft_noise, vary, vertical_gradient
from draw_objects import tree


def glow(image, x, y, radius, colour, strength):
    """A soft round light at a pixel position."""
    height, width = image.shape[:2]
    dx = (np.arange(width, dtype=np.float32) - x) / radius
    dy = (np.arange(height, dtype=np.float32) - y) / radius
    mask = strength * np.exp(-(dx[None, :] ** 2 + dy[:, None] ** 2))
    blend(image, mask, colour)


def tongue(pen, x, height, width, lean, colour):
    """One flame, pointed at the top."""
    right = [(x + width, 0.0), (x + width * 1.05, height * 0.3), (x + width * 0.45 + lean * 0.5, height * 0.65)]
    left = [(x - width * 0.5 + lean * 0.4, height * 0.6), (x - width * 1.05, height * 0.28), (x - width, 0.0)]
    pen.poly(right + [(x + lean, height)] + left, colour)


def fire(pen, rng, phase):
    """Flames in three layers over a bright glow, sometimes on logs."""
    x, y = pen.origin
    glow(pen.image, x, y - 0.35 * pen.unit, 0.75 * pen.unit, (255, 120, 20), rng.uniform(0.4, 0.7))
    if rng.random() < 0.5:
        for lean in (-0.05, 0.05):
            pen.limb([(-0.4, 0.03 + lean), (0.4, 0.03 - lean)], 0.08, (75, 48, 30))
    count = int(rng.integers(5, 8))
    layers = ((1.0, (225, 65, 15)), (0.72, (250, 140, 25)), (0.45, (255, 225, 100)))
    shapes = [(rng.uniform(0.55, 1.0), rng.uniform(0, 1), int(rng.integers(2, 5))) for _ in range(count)]
    for scale, colour in layers:
        for i, (height, offset, speed) in enumerate(shapes):
            place = (i + 0.5) / count * 0.8 - 0.4
            wave = np.sin(2 * np.pi * (phase * speed + offset))
            tall = height * (1 - abs(place)) * (1 + 0.18 * wave) * scale
            tongue(pen, place * (0.55 + 0.45 * scale), tall, 0.13 * scale**0.5, 0.06 * wave, colour)


def smoke(pen, rng, phase):
    """Soft grey puffs that rise, spread and drift from one point."""
    image = pen.image
    mask = np.zeros(image.shape[:2], np.uint8)
    veil = Pen(mask, *pen.origin, pen.unit)
    drift, count = rng.uniform(-0.35, 0.35), 22
    puffs = [((i / count + phase) % 1.0, rng.uniform(-0.1, 0.1)) for i in range(count)]
    for t, wobble in sorted(puffs, reverse=True):
        wobble *= 0.3 + t
        fade = 255 * min(1.0, 8 * t) * min(1.0, 3.2 * (1 - t)) * (1 - 0.35 * t)
        veil.circle(drift * t * t + wobble, 0.02 + 0.95 * t, 0.07 + 0.26 * t**0.8, fade)
    soft = cv2.GaussianBlur(mask, (0, 0), max(1.0, 0.03 * pen.unit)).astype(np.float32) / 255
    height, width = mask.shape
    clumps = soft_noise(rng, height, width, 11, phase)
    grey = pick(rng, 40, 70, 130, 215) * rng.uniform(0.9, 1.1)
    blend(image, np.clip(soft * 1.3, 0, 0.96), (grey * 0.75, grey * 0.75, grey * 0.77))
    blend(image, soft * np.clip(clumps * 2 - 0.7, 0, 1) * 0.75, (min(255, grey * 1.35),) * 3)


def outdoors(image, rng):
    """A place without a subject, for weather to happen in."""
    place = pick(rng, backgrounds.street, backgrounds.street, backgrounds.road, backgrounds.field)
    place(image, rng)


def dim(image, factor, cast=(1.0, 1.0, 1.0)):
    image[:] = np.clip(image * (factor * np.array(cast, np.float32)), 0, 255).astype(np.uint8)


def rain(image, rng, phase):
    """Grey, wet, with slanting streaks and splashes."""
    outdoors(image, rng)
    pen, wide = pen_for(image), half_width(image)
    blend(image, np.full(image.shape[:2], rng.uniform(0.45, 0.62)), (98, 106, 116))
    slant, length = rng.uniform(-0.05, 0.05), rng.uniform(0.06, 0.14)
    colour = shade((175, 190, 205), rng.uniform(0.95, 1.3))
    for _ in range(int(180 * wide * 2)):
        x, y = rng.uniform(-wide, wide), (rng.random() - phase * 3) % 1.1
        pen.line([(x, y), (x + slant, y + length)], 0.0055, colour)
    for _ in range(24):
        x, y, size = rng.uniform(-wide, wide), rng.uniform(0, 0.22), rng.uniform(0.01, 0.025)
        pen.line([(x - size, y + size * 0.4), (x, y), (x + size, y + size * 0.4)], 0.004, (200, 210, 220))


def snow(image, rng, phase):
    """White ground, pale sky, falling flakes."""
    outdoors(image, rng)
    pen, wide = pen_for(image), half_width(image)
    height, width = image.shape[:2]
    blend(image, np.full((height, width), rng.uniform(0.3, 0.5)), (215, 222, 232))
    ramp = np.clip((np.arange(height) / height - rng.uniform(0.5, 0.62)) * 9, 0, 1)[:, None]
    blend(image, np.repeat(ramp * 0.92, width, 1), vary(rng, (238, 242, 248), 6))
    for _ in range(rng.integers(0, 3)):
        fir = pen.at(rng.uniform(-wide, wide), rng.uniform(0.25, 0.4), rng.uniform(0.2, 0.4))
        fir.rect(-0.03, 0, 0.03, 0.2, (90, 70, 55))
        for i in range(4):
            y, w = 0.14 + i * 0.19, 0.3 - i * 0.055
            fir.poly([(-w, y), (w, y), (0, y + 0.32)], (70, 100, 85))
            fir.poly([(-w * 0.5, y + 0.14), (w * 0.5, y + 0.14), (0, y + 0.32)], (240, 244, 248))
    for _ in range(int(130 * wide * 2)):
        speed = int(rng.integers(1, 3))
        x, y = rng.uniform(-wide, wide), (rng.random() - phase * speed) % 1.05
        x += 0.015 * np.sin(2 * np.pi * (phase + rng.random()))
        pen.circle(x, y, rng.uniform(0.004, 0.013), (250, 252, 255))


def fog(image, rng, phase):
    """Everything washed out to grey, more with distance."""
    outdoors(image, rng)
    height, width = image.shape[:2]
    distance = np.clip(1.25 - np.abs(np.arange(height) / height - 0.45) * 1.2, 0.5, 1)[:, None]
    clumps = soft_noise(rng, height, width, 3)
    mask = np.clip(distance * rng.uniform(0.72, 0.86) + (clumps - 0.5) * 0.25, 0, 0.95)
    blend(image, mask, vary(rng, pick(rng, (200, 205, 208), (180, 185, 190), (215, 215, 212)), 8))


def bolt(pen, rng, x, y, low, width):
    """A forked flash from (x, y) down to `low`."""
    points = [(x, y)]
    while y > low:
        x, y = x + rng.uniform(-0.08, 0.08), y - rng.uniform(0.04, 0.1)
        points.append((x, y))
        if width > 0.008 and rng.random() < 0.3:
            bolt(pen, rng, x, y, y - rng.uniform(0.1, 0.2), width * 0.5)
    pen.line(points, width * 2.4, (150, 150, 225))
    pen.line(points, width, (252, 250, 255))


def lightning(image, rng, phase):
    """A bright forked flash in a dark stormy sky."""
    vertical_gradient(image, vary(rng, (35, 38, 60)), vary(rng, (90, 88, 115)))
    pen, wide = pen_for(image), half_width(image)
    for _ in range(9):
        tone = vary(rng, (55, 56, 75), 14)
        backgrounds.cloud(pen, rng, rng.uniform(-wide, wide), rng.uniform(0.75, 1.0), rng.uniform(0.15, 0.3), tone)
    ground = rng.uniform(0.1, 0.3)
    for _ in range(rng.integers(1, 3)):
        x = rng.uniform(-0.35, 0.35)
        glow(image, (x + wide) * image.shape[0], image.shape[0] * 0.35, image.shape[0] * 0.4, (150, 150, 215), 0.5)
        bolt(pen, rng, x, rng.uniform(0.85, 1.0), ground, rng.uniform(0.012, 0.02))
    pen.rect(-wide, 0, wide, ground, (22, 24, 28))
    for _ in range(5):
        pen.ellipse(rng.uniform(-wide, wide), ground, rng.uniform(0.05, 0.3), rng.uniform(0.02, 0.07), (22, 24, 28))


def flood(image, rng, phase):
    """Houses and street lamps standing in brown water, with things afloat."""
    pen, wide = pen_for(image), half_width(image)
    level = rng.uniform(0.36, 0.5)
    backgrounds.sky(image, rng, 1.0)
    backgrounds.skyline(pen, rng, wide, level - 0.12)
    mud = vary(rng, pick(rng, (135, 110, 80), (120, 115, 95), (150, 125, 90)))
    height = image.shape[0]
    row = int((1 - level) * height)
    mirror = cv2.GaussianBlur(image[max(0, 2 * row - height) : row][::-1], (0, 0), height * 0.012)
    vertical_gradient(image, mix(mud, (200, 200, 195), 0.25), shade(mud, 0.8), 1 - level, 1)
    part = image[row : row + len(mirror)]
    part[:] = (part * 0.72 + mirror * 0.28).astype(np.uint8)
    for _ in range(30):
        y = level * rng.random() * 0.97
        x = rng.uniform(-wide, wide) + 0.02 * np.sin(2 * np.pi * (phase + rng.random()))
        w = rng.uniform(0.04, 0.13) * (1.3 - y)
        pen.line([(x - w, y), (x, y + 0.006), (x + w, y)], 0.005, mix(mud, (235, 230, 220), rng.uniform(0.15, 0.5)))
    if rng.random() < 0.6:
        roof = pen.at(rng.uniform(-0.3, 0.3), level * rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.4))
        roof.poly([(-0.4, 0), (-0.3, 0.16), (0.1, 0.16), (0.25, 0)], vary(rng, (150, 40, 40), 60))
        roof.poly([(-0.33, 0.01), (-0.26, 0.12), (0.08, 0.12), (0.18, 0.01)], (130, 155, 170))
    for _ in range(rng.integers(0, 4)):
        x, y = rng.uniform(-wide, wide), rng.uniform(0.05, level - 0.08)
        pen.rect(x, y, x + rng.uniform(0.05, 0.14), y + 0.022, vary(rng, (115, 80, 50)))


def sunset(image, rng, phase):
    """A low red sun over a dark land or sea."""
    horizon, x = rng.uniform(0.2, 0.42), rng.uniform(-0.3, 0.3)
    top, low = pick(rng, ((70, 50, 110), (250, 140, 60)), ((110, 70, 120), (255, 170, 80)), ((160, 70, 70), (255, 190, 90)))
    vertical_gradient(image, vary(rng, top), vary(rng, low), 0, 1 - horizon)
    pen, wide, height = pen_for(image), half_width(image), image.shape[0]
    for _ in range(rng.integers(0, 5)):
        y = rng.uniform(horizon + 0.1, 0.95)
        pen.ellipse(rng.uniform(-wide, wide), y, rng.uniform(0.1, 0.35), rng.uniform(0.01, 0.03), mix(top, low, 0.35))
    radius = rng.uniform(0.07, 0.14)
    rise = horizon + rng.uniform(-0.3, 1.2) * radius
    glow(image, (x + wide) * height, (1 - rise) * height, height * 0.35, (255, 205, 110), 0.7)
    pen.circle(x, rise, radius, vary(rng, (255, 225, 130), 14))
    dark = vary(rng, (38, 28, 38), 10)
    if rng.random() < 0.5:
        vertical_gradient(image, mix(low, dark, 0.45), dark, 1 - horizon, 1)
        for i in range(12):
            y, w = horizon * (1 - (i + 0.5) / 12), rng.uniform(0.02, 0.1)
            pen.line([(x - w, y), (x + w, y)], 0.01, mix(low, (255, 230, 150), 0.5))
    else:
        pen.rect(-wide, 0, wide, horizon, dark)
        for _ in range(7):
            pen.ellipse(rng.uniform(-wide, wide), horizon, rng.uniform(0.05, 0.3), rng.uniform(0.01, 0.06), dark)


def stars(pen, rng, wide, low, count):
    for _ in range(count):
        tone = rng.uniform(140, 255)
        pen.circle(rng.uniform(-wide, wide), rng.uniform(low, 1), rng.uniform(0.002, 0.005), (tone, tone, tone))


def night_street(image, rng, phase):
    """A street in the dark: lit windows and the cones of street lamps."""
    pen, wide, height = pen_for(image), half_width(image), image.shape[0]
    vertical_gradient(image, (8, 10, 24), vary(rng, (28, 30, 52), 8))
    stars(pen, rng, wide, 0.6, 18)
    kerb = rng.uniform(0.24, 0.38)
    x = -wide
    while x < wide:
        w, top = rng.uniform(0.18, 0.42), kerb + rng.uniform(0.25, 0.58)
        pen.rect(x, kerb, x + w, top, vary(rng, (30, 30, 42), 8))
        for cx in np.arange(x + 0.05, x + w - 0.03, 0.085):
            for cy in np.arange(kerb + 0.07, top - 0.05, 0.11):
                lit = vary(rng, (250, 205, 110), 20) if rng.random() < 0.45 else (18, 20, 30)
                pen.rect(cx - 0.02, cy - 0.03, cx + 0.02, cy + 0.03, lit)
        x += w + 0.02
    pen.rect(-wide, kerb - 0.06, wide, kerb, (48, 46, 52))
    pen.rect(-wide, 0, wide, kerb - 0.05, (26, 27, 34))
    for i in range(int(wide * 8) + 1):
        pen.rect(-wide + i * 0.25, kerb * 0.4, -wide + i * 0.25 + 0.12, kerb * 0.4 + 0.014, (95, 95, 92))
    for _ in range(rng.integers(1, 4)):
        x, tall = rng.uniform(-wide, wide), rng.uniform(0.32, 0.48)
        backgrounds.lamp(pen, x, kerb - 0.03, tall, (55, 55, 60))
        pixel = (x + 0.07 + wide) * height
        glow(image, pixel, (1 - kerb - tall + 0.04) * height, height * 0.16, (255, 210, 130), 0.75)
        glow(image, pixel, (1 - kerb + 0.08) * height, height * 0.14, (230, 180, 110), 0.35)


def moon(image, rng, phase):
    """A round or crescent moon among stars above dark hills."""
    night = vary(rng, pick(rng, (10, 12, 32), (18, 24, 55), (8, 8, 16)), 6)
    vertical_gradient(image, night, shade(night, 1.25))
    pen, wide, height = pen_for(image), half_width(image), image.shape[0]
    stars(pen, rng, wide, 0.2, int(rng.integers(20, 60)))
    x, y, r = rng.uniform(-0.28, 0.28), rng.uniform(0.5, 0.8), rng.uniform(0.09, 0.19)
    glow(image, (x + wide) * height, (1 - y) * height, r * 2.2 * height, (120, 125, 150), 0.45)
    face = vary(rng, (240, 236, 215), 10)
    pen.circle(x, y, r, face)
    if rng.random() < 0.4:
        pen.circle(x + r * 0.5, y + r * 0.15, r * 0.92, mix(night, (60, 64, 84), 0.4))
    else:
        for _ in range(4):
            a, d = rng.uniform(0, 6.3), rng.uniform(0.1, 0.6) * r
            pen.circle(x + d * np.cos(a), y + d * np.sin(a), r * rng.uniform(0.1, 0.22), shade(face, 0.85))
    for _ in range(6):
        pen.ellipse(rng.uniform(-wide, wide), 0, rng.uniform(0.2, 0.5), rng.uniform(0.05, 0.2), (10, 12, 14))


def sunny(image, rng, phase):
    """A bright sun with rays in a deep blue sky over green land."""
    horizon = rng.uniform(0.18, 0.4)
    vertical_gradient(image, vary(rng, (55, 130, 230)), vary(rng, (155, 210, 250)), 0, 1 - horizon)
    pen, wide, height = pen_for(image), half_width(image), image.shape[0]
    grass = vary(rng, (110, 175, 70))
    vertical_gradient(image, grass, shade(grass, 0.85), 1 - horizon, 1)
    for _ in range(3):
        pen.ellipse(rng.uniform(-wide, wide), horizon, rng.uniform(0.2, 0.5), rng.uniform(0.02, 0.07), grass)
    for _ in range(rng.integers(0, 3)):
        backgrounds.cloud(pen, rng, rng.uniform(-wide, wide), rng.uniform(0.55, 0.9), 0.09, (246, 249, 252))
    x, y, r = rng.uniform(-0.3, 0.3), rng.uniform(0.62, 0.85), rng.uniform(0.07, 0.12)
    glow(image, (x + wide) * height, (1 - y) * height, r * 2.6 * height, (255, 250, 200), 0.8)
    for i in range(12):
        a = i * np.pi / 6 + 0.2
        tip = [(r * k * np.cos(a + d), r * k * np.sin(a + d)) for k, d in ((1.15, -0.1), (1.15, 0.1), (1.8, 0))]
        pen.poly([(x + dx, y + dy) for dx, dy in tip], (255, 240, 140))
    pen.circle(x, y, r, (255, 248, 190))


def rainbow(image, rng, phase):
    """A bow of seven colours above a field."""
    backgrounds.field(image, rng)
    layer = image.copy()
    pen, radius, x = pen_for(layer), rng.uniform(0.42, 0.62), rng.uniform(-0.25, 0.25)
    band = rng.uniform(0.014, 0.026)
    low = rng.uniform(0.2, 0.35)
    bow = ((225, 40, 45), (245, 140, 40), (250, 225, 60), (60, 185, 80), (50, 140, 225), (75, 70, 190), (150, 70, 190))
    angles = np.linspace(0, np.pi, 48)
    for i, colour in enumerate(bow):
        arc = [(x + (radius - i * band) * np.cos(a), low + (radius - i * band) * np.sin(a)) for a in angles]
        pen.line(arc, band * 1.15, colour)
    share = rng.uniform(0.5, 0.8)
    image[:] = (image * (1 - share) + layer * share).astype(np.uint8)


def forest(image, rng, phase):
    """Many trees, one behind the other."""
    backgrounds.sky(image, rng, 1.0)
    pen, wide = pen_for(image), half_width(image)
    ground = rng.uniform(0.3, 0.45)
    soil = vary(rng, pick(rng, (70, 100, 50), (95, 85, 55)))
    vertical_gradient(image, soil, shade(soil, 0.7), 1 - ground, 1)
    for row in range(3):
        count = int((11 - 2 * row) * wide * 2)
        for i in range(count):
            x = (i + rng.uniform(0.2, 0.8)) / count * 2 * wide - wide
            base = ground - row * ground * 0.33 + rng.uniform(-0.02, 0.02)
            tree(pen.at(x, base, rng.uniform(0.42, 0.6) + row * 0.07), rng, phase)


def mountain(image, rng, phase):
    """Rocky peaks with snow on top."""
    backgrounds.sky(image, rng, 1.0)
    pen, wide = pen_for(image), half_width(image)
    rock = vary(rng, pick(rng, (105, 105, 120), (120, 105, 95), (90, 100, 115)))
    low = rng.uniform(0.12, 0.25)
    for i in range(int(rng.integers(2, 4)) + int(wide)):
        x, top, w = rng.uniform(-0.8, 0.8) * wide, rng.uniform(0.55, 0.88), rng.uniform(0.35, 0.6)
        tone = shade(rock, 0.85 + 0.12 * i)
        pen.poly([(x - w, low), (x, top), (x + w, low)], tone)
        pen.poly([(x, top), (x + w, low), (x + 0.1 * w, low)], shade(tone, 0.78))
        t = rng.uniform(0.25, 0.4)
        y, s = top - (top - low) * t, w * t
        teeth = ((1, 0), (0.5, 0.03), (0.2, -0.03), (-0.3, 0.03), (-0.6, -0.02), (-1, 0))
        pen.poly([(x, top)] + [(x + s * dx, y + dy) for dx, dy in teeth], (243, 246, 250))
    grass = vary(rng, (85, 125, 70))
    vertical_gradient(image, grass, shade(grass, 0.8), 1 - low, 1)


def palm(pen, rng, phase):
    trunk = [(0.0, 0.0), (0.05, 0.3), (0.03, 0.6)]
    pen.line(trunk, 0.05, (125, 95, 60))
    for i in range(7):
        a = i * np.pi / 6
        reach, rise = np.cos(a), np.sin(a)
        upper, lower = (0.03 + 0.18 * reach, 0.68 + 0.12 * rise), (0.03 + 0.16 * reach, 0.62 + 0.1 * rise)
        pen.poly([(0.03, 0.6), upper, (0.03 + 0.32 * reach, 0.48 + 0.2 * rise), lower], (60, 130, 60))


def beach(image, rng, phase):
    """Sand, a strip of blue sea with surf, often a parasol or a palm."""
    pen, wide = pen_for(image), half_width(image)
    shore, horizon = rng.uniform(0.25, 0.38), rng.uniform(0.48, 0.6)
    backgrounds.sky(image, rng, 1 - horizon)
    sea = vary(rng, pick(rng, (40, 140, 190), (50, 165, 180), (45, 115, 170)))
    vertical_gradient(image, shade(sea, 0.85), shade(sea, 1.25), 1 - horizon, 1 - shore)
    sand = vary(rng, (235, 212, 160), 12)
    vertical_gradient(image, sand, shade(sand, 0.9), 1 - shore, 1)
    steps = np.linspace(-wide, wide, 24)
    foam = [(x, shore + 0.02 * np.sin(5 * x + 2 * np.pi * phase)) for x in steps]
    pen.poly([(-wide, shore - 0.03), *foam, (wide, shore - 0.03)], shade(sand, 0.85))
    pen.line(foam, 0.022, (245, 248, 250))
    if rng.random() < 0.7:
        stand = pen.at(rng.uniform(-0.35, 0.35), rng.uniform(0.05, 0.18), rng.uniform(0.35, 0.5))
        stand.line([(0, 0), (0.05, 0.7)], 0.025, (230, 230, 225))
        colours = (vary(rng, (215, 50, 50), 40), (245, 245, 240))
        for i in range(6):
            a = np.linspace(i, i + 1, 4) * np.pi / 6
            arc = [(0.05 + 0.4 * np.cos(t), 0.6 + 0.25 * np.sin(t)) for t in a]
            stand.poly([(0.05, 0.6), *arc], colours[i % 2])
        stand.poly([(0.15, 0.02), (0.5, 0.0), (0.55, 0.06), (0.2, 0.08)], vary(rng, (70, 130, 200), 40))
    if rng.random() < 0.5:
        palm(pen.at(rng.uniform(-0.4, 0.4), rng.uniform(0.12, 0.22), rng.uniform(0.6, 0.9)), rng, phase)


def empty_street(image, rng, phase):
    backgrounds.street(image, rng)


def empty_room(image, rng, phase):
    backgrounds.room(image, rng)


def empty_yard(image, rng, phase):
    backgrounds.yard(image, rng)


def open_sea(image, rng, phase):
    backgrounds.water(image, rng)
