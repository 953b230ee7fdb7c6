"""Vehicles, seen from the side and driving to the right."""

import numpy as np

from canvas import PALETTE, mix, pick, shade, vary

TYRE = (28, 28, 30)
GLASS = (150, 185, 205)


def body_colour(rng, *names):
    return vary(rng, PALETTE[pick(rng, *names)], 14)


def glass(rng):
    return vary(rng, pick(rng, GLASS, (95, 120, 140), (190, 210, 220)), 10)


def wheel(pen, x, r, phase):
    pen.circle(x, r, r, TYRE)
    pen.circle(x, r, r * 0.58, (175, 178, 182))
    for spoke in range(3):
        angle = spoke * np.pi / 3 - phase * 2 * np.pi
        dx, dy = r * 0.5 * np.cos(angle), r * 0.5 * np.sin(angle)
        pen.line([(x - dx, r - dy), (x + dx, r + dy)], r * 0.14, (95, 98, 102))


def shadow(pen, x0, x1):
    pen.ellipse((x0 + x1) / 2, 0, (x1 - x0) / 2, 0.022, (48, 48, 50))


def car_shell(pen, rng, paint, phase):
    """Bodywork shared by the car and the police car; returns where the roof is."""
    hood, roof = rng.uniform(0.19, 0.23), rng.uniform(0.34, 0.41)
    hatch = rng.uniform(-0.47, -0.34)
    shadow(pen, -0.5, 0.5)
    lower = [(-0.5, 0.09), (0.49, 0.09), (0.5, hood - 0.05), (0.44, hood), (0.2, hood + 0.02), (-0.49, hood + 0.02)]
    pen.poly(lower, paint)
    cabin = [(hatch, hood), (hatch + 0.1, roof - 0.01), (hatch + 0.14, roof), (0.04, roof), (0.09, roof - 0.01), (0.23, hood)]
    pen.poly(cabin, shade(paint, 0.96))
    pane, sill, lintel = glass(rng), hood + 0.015, roof - 0.03
    middle = (hatch + 0.25) / 2
    pen.poly([(hatch + 0.05, sill), (hatch + 0.125, lintel), (middle - 0.015, lintel), (middle - 0.015, sill)], pane)
    pen.poly([(middle + 0.015, sill), (middle + 0.015, lintel), (0.045, lintel), (0.17, sill)], pane)
    pen.rect(-0.5, 0.09, 0.49, 0.115, shade(paint, 0.55))
    pen.line([(middle, 0.12), (middle, hood)], 0.008, shade(paint, 0.6))
    pen.ellipse(0.475, hood - 0.05, 0.025, 0.02, (250, 245, 200))
    pen.rect(-0.5, hood - 0.06, -0.47, hood - 0.02, (205, 30, 30))
    for x in (-0.3, 0.29):
        pen.circle(x, 0.09, 0.105, shade(paint, 0.4))
        wheel(pen.at(x, 0), 0, 0.085, phase)
    return middle, hood, roof


def car(pen, rng, phase):
    car_shell(pen, rng, body_colour(rng, "red", "blue", "green", "yellow", "white", "black", "grey", "orange"), phase)


def police_car(pen, rng, phase):
    """White over black or with blue checks, and a blue and red light bar."""
    dark = pick(rng, (25, 30, 45), (25, 60, 150))
    middle, hood, roof = car_shell(pen, rng, vary(rng, (238, 238, 240), 8), phase)
    pen.rect(-0.2, 0.115, 0.16, hood - 0.01, dark)
    for i in range(8):
        pen.rect(-0.46 + i * 0.11, 0.15, -0.405 + i * 0.11, 0.18, (240, 220, 60) if i % 2 else (30, 70, 170))
    blink = phase % 1 < 0.5
    pen.round_rect(middle - 0.11, roof, middle, roof + 0.05, 0.015, (60, 120, 255) if blink else (20, 50, 190))
    pen.round_rect(middle, roof, middle + 0.11, roof + 0.05, 0.015, (225, 20, 25) if blink else (255, 70, 60))


def cab(pen, rng, x, height, paint):
    """A lorry's driver's cab, its back at x."""
    slope = rng.uniform(0.02, 0.06)
    pen.poly([(x, 0.1), (x + 0.24, 0.1), (x + 0.24, height * 0.55), (x + 0.24 - slope, height), (x, height)], paint)
    pane = glass(rng)
    pen.poly(
        [(x + 0.1, height * 0.58), (x + 0.22, height * 0.58), (x + 0.225 - slope, height * 0.92), (x + 0.1, height * 0.92)], pane
    )
    pen.line([(x + 0.08, 0.13), (x + 0.08, height * 0.9)], 0.008, shade(paint, 0.6))
    pen.rect(x + 0.2, 0.1, x + 0.25, 0.15, (70, 70, 72))
    pen.circle(x + 0.23, 0.18, 0.018, (250, 245, 200))


def truck(pen, rng, phase):
    """A lorry with a tall closed load of another colour."""
    paint = body_colour(rng, "blue", "white", "green", "orange", "grey", "black")
    load = vary(rng, pick(rng, (225, 225, 222), (160, 165, 170), (190, 160, 110), (70, 110, 150)), 12)
    top = rng.uniform(0.46, 0.56)
    shadow(pen, -0.52, 0.5)
    pen.rect(-0.52, 0.09, 0.3, 0.13, (55, 55, 58))
    pen.rect(-0.52, 0.13, 0.22, top, load)
    for i in range(1, 6):
        x = -0.52 + i * 0.123
        pen.line([(x, 0.14), (x, top - 0.01)], 0.008, shade(load, 0.82))
    pen.rect(-0.52, top - 0.025, 0.22, top, shade(load, 0.85))
    cab(pen, rng, 0.26, rng.uniform(0.36, 0.42), paint)
    for x in (-0.4, -0.22, 0.37):
        wheel(pen.at(x, 0), 0, 0.08, phase)


def fire_truck(pen, rng, phase):
    """Red, with a ladder on top, a white band, lockers and blue lights."""
    red = vary(rng, (205, 25, 30), 14)
    shadow(pen, -0.52, 0.52)
    pen.rect(-0.52, 0.1, 0.25, 0.36, red)
    cab(pen, rng, 0.25, 0.4, red)
    for i in range(4):
        pen.rect(-0.48 + i * 0.17, 0.21, -0.35 + i * 0.17, 0.34, (188, 192, 196))
        for j in range(1, 4):
            y = 0.21 + j * 0.033
            pen.line([(-0.48 + i * 0.17, y), (-0.35 + i * 0.17, y)], 0.005, (140, 144, 150))
    pen.rect(-0.52, 0.155, 0.49, 0.185, pick(rng, (245, 245, 240), (245, 225, 70)))
    ladder = pen.at(-0.5, 0.4, 1, rng.uniform(0.0, 0.1))
    for y in (0.0, 0.055):
        ladder.line([(0, y), (0.72, y)], 0.014, (215, 218, 222))
    for i in range(13):
        ladder.line([(0.02 + i * 0.056, 0), (0.02 + i * 0.056, 0.055)], 0.01, (215, 218, 222))
    pen.rect(-0.45, 0.36, -0.42, 0.4, (90, 90, 95))
    blink = phase % 1 < 0.5
    pen.round_rect(0.3, 0.4, 0.42, 0.445, 0.015, (70, 140, 255) if blink else (20, 60, 200))
    for x in (-0.33, 0.37):
        wheel(pen.at(x, 0), 0, 0.085, phase)


def ambulance(pen, rng, phase):
    """A white box van with a red cross, a red band and a blue light."""
    white = vary(rng, (240, 240, 238), 8)
    band = pick(rng, (210, 35, 35), (235, 110, 30))
    shadow(pen, -0.48, 0.5)
    pen.round_rect(-0.48, 0.1, 0.24, 0.52, 0.03, white)
    pen.poly([(0.2, 0.1), (0.48, 0.1), (0.48, 0.24), (0.36, 0.29), (0.29, 0.44), (0.2, 0.44)], white)
    pen.poly([(0.23, 0.28), (0.34, 0.28), (0.28, 0.41), (0.23, 0.41)], glass(rng))
    pen.rect(-0.48, 0.16, 0.48, 0.205, band)
    pen.rect(-0.175, 0.24, -0.105, 0.48, (215, 25, 30))
    pen.rect(-0.26, 0.325, -0.02, 0.395, (215, 25, 30))
    pen.rect(0.07, 0.33, 0.17, 0.44, glass(rng))
    blink = phase % 1 < 0.5
    pen.round_rect(0.06, 0.52, 0.2, 0.565, 0.015, (70, 140, 255) if blink else (20, 60, 200))
    pen.round_rect(-0.44, 0.52, -0.36, 0.55, 0.015, (20, 60, 200) if blink else (70, 140, 255))
    pen.circle(0.47, 0.22, 0.018, (250, 245, 200))
    for x in (-0.31, 0.32):
        wheel(pen.at(x, 0), 0, 0.08, phase)


def bus(pen, rng, phase):
    """Long and boxy, with a row of large windows and a door."""
    paint = body_colour(rng, "red", "blue", "green", "yellow", "white", "orange")
    top = rng.uniform(0.37, 0.43)
    shadow(pen, -0.52, 0.52)
    pen.round_rect(-0.52, 0.07, 0.52, top, 0.035, paint)
    pen.rect(-0.52, 0.07, 0.52, 0.1, shade(paint, 0.6))
    pane = glass(rng)
    for i in range(6):
        pen.rect(-0.48 + i * 0.135, top * 0.55, -0.365 + i * 0.135, top - 0.045, pane)
    pen.rect(0.35, 0.09, 0.43, top - 0.045, shade(pane, 0.85))
    pen.line([(0.39, 0.09), (0.39, top - 0.045)], 0.008, shade(paint, 0.6))
    pen.rect(0.455, top * 0.45, 0.52, top - 0.04, pane)
    pen.rect(-0.5, top * 0.43, 0.34, top * 0.48, shade(paint, 1.4))
    pen.rect(0.3, top - 0.035, 0.5, top - 0.01, (250, 190, 60))
    for x in (-0.32, 0.24):
        pen.circle(x, 0.07, 0.09, shade(paint, 0.4))
        wheel(pen.at(x, 0), 0, 0.075, phase)


def train(pen, rng, phase):
    """A long carriage with a pointed or flat front on rails, cut off at the left."""
    paint = body_colour(rng, "red", "blue", "green", "white", "yellow", "grey")
    stripe = shade(paint, 0.5) if rng.random() < 0.5 else mix(paint, (250, 250, 250), 0.7)
    nose = rng.uniform(0.04, 0.22)
    pen.rect(-1.2, -0.02, 0.9, 0.0, (120, 105, 90))
    for i in range(24):
        pen.rect(-1.2 + i * 0.09, -0.035, -1.16 + i * 0.09, -0.012, (85, 65, 50))
    pen.rect(-1.2, 0.0, 0.9, 0.014, (160, 162, 166))
    pen.poly([(-1.2, 0.06), (0.5, 0.06), (0.5, 0.14), (0.5 - nose, 0.32), (-1.2, 0.32)], paint)
    pen.poly([(-1.2, 0.3), (0.5 - nose * 0.9, 0.3), (0.48 - nose, 0.34), (-1.2, 0.34)], (110, 114, 120))
    pane = pick(rng, (60, 75, 90), (150, 185, 205))
    for i in range(9):
        pen.round_rect(-1.16 + i * 0.16, 0.19, -1.04 + i * 0.16, 0.27, 0.012, pane)
    pen.poly([(0.36, 0.2), (0.47 - nose * 0.35, 0.2), (0.475 - nose * 0.75, 0.285), (0.36 - nose * 0.5, 0.285)], pane)
    pen.rect(-1.2, 0.115, 0.5, 0.15, stripe)
    pen.line([(-0.42, 0.06), (-0.42, 0.32)], 0.014, shade(paint, 0.4))
    pen.circle(0.475, 0.1, 0.014, (255, 245, 190))
    for x in (-0.95, -0.8, -0.3, -0.15, 0.12, 0.27):
        wheel(pen.at(x, 0.012), 0, 0.035, phase)
    pen.line([(-0.1, 0.34), (-0.03, 0.4), (-0.1, 0.45)], 0.01, (60, 60, 64))
    pen.line([(-1.2, 0.455), (0.9, 0.455)], 0.006, (70, 70, 74))


def motorcycle(pen, rng, phase):
    """Two fat tyres, tank, exhaust, and a helmeted rider."""
    paint = body_colour(rng, "red", "blue", "green", "yellow", "black", "orange")
    jacket = vary(rng, pick(rng, (40, 40, 45), (90, 60, 40), (60, 60, 90)))
    shadow(pen, -0.48, 0.48)
    for x in (-0.32, 0.33):
        wheel(pen.at(x, 0), 0, 0.16, phase)
    pen.line([(0.33, 0.16), (0.2, 0.46)], 0.035, (150, 152, 158))
    pen.poly([(-0.2, 0.14), (0.14, 0.14), (0.18, 0.28), (-0.1, 0.3)], (70, 72, 76))
    pen.line([(-0.02, 0.12), (-0.45, 0.15)], 0.04, (185, 188, 192))
    tank = [(-0.4, 0.33), (-0.05, 0.28), (0.1, 0.3), (0.22, 0.38), (0.16, 0.44), (0.0, 0.4), (-0.12, 0.34), (-0.42, 0.38)]
    pen.poly(tank, paint)
    pen.limb([(-0.12, 0.38), (0.08, 0.33), (0.02, 0.13)], 0.085, (45, 50, 70))
    pen.poly([(-0.2, 0.36), (-0.06, 0.36), (0.08, 0.62), (-0.04, 0.68), (-0.13, 0.6)], jacket)
    pen.limb([(0.02, 0.61), (0.1, 0.48), (0.21, 0.47)], 0.06, shade(jacket, 0.85))
    helmet = body_colour(rng, "red", "white", "black", "blue", "yellow")
    pen.circle(0.06, 0.745, 0.085, helmet)
    pen.rect(0.07, 0.72, 0.145, 0.765, (40, 45, 55))
    pen.circle(0.23, 0.4, 0.035, (250, 245, 200))


def cyclist(pen, rng, phase):
    """A thin bicycle with a rider who sits high on it."""
    frame = body_colour(rng, "red", "blue", "green", "yellow", "black", "orange")
    shirt = body_colour(rng, "red", "blue", "green", "yellow", "white", "orange", "purple")
    skin = vary(rng, pick(rng, (225, 185, 155), (160, 115, 85), (105, 75, 55)))
    for x in (-0.27, 0.27):
        ring = [(x + 0.19 * np.cos(a), 0.19 + 0.19 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 25)]
        pen.line(ring, 0.02, TYRE)
        for spoke in range(4):
            a = spoke * np.pi / 4 - phase * 2 * np.pi
            dx, dy = 0.18 * np.cos(a), 0.18 * np.sin(a)
            pen.line([(x - dx, 0.19 - dy), (x + dx, 0.19 + dy)], 0.005, (150, 150, 155))
    pen.line([(-0.27, 0.19), (-0.1, 0.4), (0.2, 0.42), (0.0, 0.18), (-0.27, 0.19)], 0.022, frame)
    pen.line([(-0.12, 0.46), (0.0, 0.18)], 0.022, frame)
    pen.line([(0.27, 0.19), (0.19, 0.48), (0.25, 0.5)], 0.022, frame)
    pen.rect(-0.19, 0.455, -0.06, 0.48, (40, 40, 42))
    trousers = body_colour(rng, "black", "blue", "grey", "brown")
    for turn in (np.pi, 0):
        a = -phase * 2 * np.pi + turn
        foot = (0.0 + 0.08 * np.cos(a), 0.18 + 0.08 * np.sin(a))
        knee = (0.11 + 0.04 * np.cos(a), 0.36 + 0.05 * np.sin(a))
        pen.limb([(-0.1, 0.49), knee, foot], 0.06, trousers if turn == 0 else shade(trousers, 0.7))
    pen.poly([(-0.18, 0.47), (-0.05, 0.47), (0.1, 0.74), (0.01, 0.8), (-0.08, 0.75)], shirt)
    pen.limb([(0.05, 0.73), (0.14, 0.6), (0.24, 0.53)], 0.045, skin)
    pen.circle(0.1, 0.86, 0.07, skin)
    hat = body_colour(rng, "red", "white", "blue", "black")
    pen.poly([(0.025, 0.87), (0.045, 0.93), (0.1, 0.955), (0.16, 0.93), (0.18, 0.88)], hat)


def excavator(pen, rng, phase):
    """Yellow, on tracks, with a bent arm and a toothed bucket."""
    paint = vary(rng, pick(rng, (240, 185, 30), (235, 140, 30)), 12)
    pen.round_rect(-0.45, 0.0, 0.15, 0.14, 0.07, (45, 45, 48))
    for i in range(5):
        pen.circle(-0.37 + i * 0.11, 0.07, 0.04, (95, 95, 98))
    pen.rect(-0.25, 0.14, -0.05, 0.18, (70, 70, 72))
    pen.round_rect(-0.47, 0.18, 0.08, 0.36, 0.03, paint)
    pen.poly([(-0.12, 0.3), (0.11, 0.3), (0.08, 0.56), (-0.12, 0.56)], paint)
    pen.poly([(-0.08, 0.36), (0.08, 0.36), (0.055, 0.52), (-0.08, 0.52)], GLASS)
    lift = 0.05 * np.sin(2 * np.pi * phase)
    elbow, wrist = (0.38, 0.74 + lift), (0.53, 0.33 + lift)
    pen.line([(0.1, 0.28), (0.2, 0.58), elbow], 0.065, shade(paint, 0.92))
    pen.line([elbow, wrist], 0.05, shade(paint, 0.85))
    x, y = wrist
    pen.poly([(x + 0.03, y + 0.02), (x - 0.03, y - 0.16), (x - 0.2, y - 0.14), (x - 0.16, y - 0.02)], (75, 75, 78))


def forklift(pen, rng, phase):
    """A mast with two fork tines in front, an open cage, and mostly a pallet with a load."""
    paint = vary(rng, pick(rng, (240, 190, 30), (235, 120, 30), (200, 40, 40)), 12)
    lift = rng.uniform(0.06, 0.25)
    shadow(pen, -0.45, 0.3)
    pen.poly([(-0.42, 0.1), (0.12, 0.1), (0.12, 0.24), (-0.1, 0.26), (-0.15, 0.36), (-0.42, 0.36)], paint)
    pen.line([(-0.36, 0.36), (-0.3, 0.72), (0.06, 0.72), (0.12, 0.24)], 0.025, (45, 45, 48))
    pen.circle(-0.14, 0.54, 0.055, (215, 175, 145))
    pen.poly([(-0.22, 0.34), (-0.08, 0.34), (-0.09, 0.5), (-0.2, 0.5)], vary(rng, (50, 80, 150)))
    pen.rect(-0.2, 0.57, -0.08, 0.61, (245, 205, 50))
    for x in (0.15, 0.2):
        pen.rect(x, 0.06, x + 0.025, 0.82, (60, 60, 64))
    pen.rect(0.2, lift, 0.53, lift + 0.03, (60, 60, 64))
    if rng.random() < 0.7:
        pen.rect(0.24, lift + 0.03, 0.53, lift + 0.27, vary(rng, (190, 150, 100)))
        pen.line([(0.385, lift + 0.03), (0.385, lift + 0.27)], 0.02, (225, 200, 150))
    for x, r in ((-0.3, 0.085), (0.1, 0.1)):
        wheel(pen.at(x, 0), 0, r, phase)
