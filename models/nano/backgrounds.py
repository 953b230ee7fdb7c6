"""Places that subjects appear in. Each fills the image and returns nothing; the ground is in the lowest fifth."""

import numpy as np

from canvas import PALETTE, Pen, mix, pick, shade, vary, vertical_gradient

SKIES = (
    ((90, 150, 220), (190, 215, 240)),
    ((120, 165, 215), (205, 220, 235)),
    ((150, 165, 180), (205, 210, 215)),
    ((175, 182, 190), (215, 218, 220)),
    ((70, 120, 190), (160, 195, 230)),
)


def pen_for(image):
    """A pen whose unit is the image's height, with y = 0 at the bottom and x = 0 in the middle."""
    return Pen(image, image.shape[1] / 2, image.shape[0], image.shape[0])


def half_width(image):
    return image.shape[1] / image.shape[0] / 2


def cloud(pen, rng, x, y, size, colour):
    for _ in range(5):
        pen.ellipse(x + rng.uniform(-1, 1) * size, y + rng.uniform(-0.2, 0.3) * size, size * 0.6, size * 0.3, colour)


def sky(image, rng, bottom=1.0, clouds=True):
    top, low = pick(rng, *SKIES)
    vertical_gradient(image, vary(rng, top), vary(rng, low), 0, bottom)
    pen, wide = pen_for(image), half_width(image)
    if clouds:
        for _ in range(rng.integers(0, 4)):
            colour = shade((235, 238, 242), rng.uniform(0.85, 1.0))
            cloud(pen, rng, rng.uniform(-wide, wide), 1 - rng.uniform(0, bottom * 0.8), rng.uniform(0.06, 0.16), colour)


def building(pen, rng, x0, x1, y0, y1):
    base = vary(rng, pick(rng, (170, 120, 95), (190, 180, 165), (150, 150, 155), (205, 190, 160), (120, 90, 80)), 22)
    pen.rect(x0, y0, x1, y1, base)
    glass = vary(rng, pick(rng, (70, 85, 105), (150, 175, 195), (55, 60, 70)))
    columns, rows = max(1, int((x1 - x0) / 0.1)), max(1, int((y1 - y0) / 0.13))
    for i in range(columns):
        for j in range(rows):
            cx, cy = x0 + (i + 0.5) * (x1 - x0) / columns, y0 + (j + 0.55) * (y1 - y0) / rows
            pen.rect(cx - 0.022, cy - 0.035, cx + 0.022, cy + 0.035, glass)


def skyline(pen, rng, wide, ground):
    """A row of houses across the picture, standing at the given height."""
    x = -wide
    while x < wide:
        width = rng.uniform(0.18, 0.42)
        building(pen, rng, x, x + width, ground, ground + rng.uniform(0.25, 0.6))
        x += width + (rng.uniform(0.02, 0.1) if rng.random() < 0.25 else 0)


def lamp(pen, x, y, height, colour=(60, 62, 66)):
    pen.line([(x, y), (x, y + height), (x + 0.06, y + height)], 0.012, colour)
    pen.ellipse(x + 0.07, y + height - 0.01, 0.025, 0.012, (225, 222, 200))


def street(image, rng):
    """Houses, pavement and a road seen from its side."""
    pen, wide = pen_for(image), half_width(image)
    kerb = rng.uniform(0.24, 0.38)
    sky(image, rng, 1.0)
    skyline(pen, rng, wide, kerb)
    pen.rect(-wide, kerb - 0.06, wide, kerb, vary(rng, (165, 163, 158)))
    asphalt = vary(rng, pick(rng, (85, 87, 92), (105, 106, 108), (68, 70, 75)), 10)
    pen.rect(-wide, 0, wide, kerb - 0.05, asphalt)
    pen.rect(-wide, kerb - 0.06, wide, kerb - 0.05, shade(asphalt, 0.7))
    start, mark = rng.uniform(0, 0.25), kerb * rng.uniform(0.25, 0.5)
    for i in range(int(wide * 10)):
        x = -wide + start + i * 0.25
        pen.rect(x, mark, x + 0.12, mark + 0.015, (225, 225, 215))
    for _ in range(rng.integers(0, 3)):
        lamp(pen, rng.uniform(-wide, wide), kerb - 0.02, rng.uniform(0.3, 0.5))


def road(image, rng):
    """A road that runs away from the camera, between fields."""
    pen, wide = pen_for(image), half_width(image)
    horizon = rng.uniform(0.5, 0.65)
    sky(image, rng, 1 - horizon)
    grass = vary(rng, pick(rng, (95, 135, 70), (140, 145, 90), (165, 150, 105)))
    vertical_gradient(image, mix(grass, (190, 200, 200), 0.3), grass, 1 - horizon, 1)
    vanish = rng.uniform(-0.15, 0.15)
    asphalt = vary(rng, (95, 96, 100), 12)
    pen.poly([(-0.75, 0), (0.75, 0), (vanish + 0.02, horizon), (vanish - 0.02, horizon)], asphalt)
    for a, b in ((0.02, 0.2), (0.34, 0.5), (0.6, 0.72), (0.8, 0.87)):
        xa, xb, ya, yb = vanish * a, vanish * b, horizon * a, horizon * b
        pen.poly([(xa - 0.02 * (1 - a), ya), (xa + 0.02 * (1 - a), ya), (xb, yb)], (230, 228, 215))
    bush = shade(grass, 0.7)
    for _ in range(rng.integers(2, 7)):
        pen.ellipse(rng.uniform(-wide, wide), horizon, rng.uniform(0.04, 0.14), rng.uniform(0.02, 0.06), bush)


def field(image, rng):
    pen, wide = pen_for(image), half_width(image)
    horizon = rng.uniform(0.35, 0.6)
    sky(image, rng, 1 - horizon + 0.02)
    grass = vary(rng, pick(rng, (90, 140, 60), (120, 150, 75), (150, 150, 85)))
    far = mix(grass, (150, 180, 190), 0.35)
    for _ in range(rng.integers(0, 4)):
        pen.ellipse(rng.uniform(-wide, wide), horizon - 0.02, rng.uniform(0.3, 0.6), rng.uniform(0.04, 0.12), far)
    vertical_gradient(image, mix(grass, far, 0.5), shade(grass, 0.85), 1 - horizon, 1)
    for _ in range(14):
        x, y = rng.uniform(-wide, wide), rng.uniform(0, horizon)
        pen.line([(x, y), (x + rng.uniform(-0.01, 0.01), y + 0.02)], 0.004, shade(grass, rng.uniform(0.6, 0.9)))


def yard(image, rng):
    """A lawn in front of a plank fence."""
    pen, wide = pen_for(image), half_width(image)
    ground, top = rng.uniform(0.3, 0.42), rng.uniform(0.62, 0.78)
    sky(image, rng, 1 - top + 0.05)
    wood = vary(rng, pick(rng, (150, 115, 80), (185, 175, 160), (110, 80, 60), (200, 195, 185)))
    pen.rect(-wide, ground, wide, top, shade(wood, 0.75))
    plank = rng.uniform(0.05, 0.1)
    for i in range(int(2 * wide / plank) + 1):
        x = -wide + i * plank
        tone = shade(wood, rng.uniform(0.9, 1.06))
        pen.poly([(x, ground), (x + plank * 0.9, ground), (x + plank * 0.9, top), (x + plank / 2, top + 0.02), (x, top)], tone)
    lawn = vary(rng, pick(rng, (95, 145, 70), (120, 150, 80)))
    vertical_gradient(image, shade(lawn, 0.85), lawn, 1 - ground, 1)


def room(image, rng):
    """A wall with a floor; sometimes a picture, a window or a shelf on the wall."""
    pen, wide = pen_for(image), half_width(image)
    floor = rng.uniform(0.2, 0.35)
    wall = vary(rng, pick(rng, (225, 215, 200), (200, 210, 215), (210, 200, 185), (185, 195, 180), (235, 232, 228)))
    vertical_gradient(image, shade(wall, 0.92), wall, 0, 1 - floor)
    boards = vary(rng, pick(rng, (165, 125, 85), (130, 95, 65), (150, 150, 150), (190, 175, 155)))
    vertical_gradient(image, shade(boards, 0.85), boards, 1 - floor, 1)
    for i in range(5):
        pen.line([(-wide + i * wide / 2, floor), (-wide * 1.6 + i * wide * 0.8, 0)], 0.004, shade(boards, 0.8))
    pen.rect(-wide, floor, wide, floor + 0.025, shade(wall, 1.4))
    for _ in range(rng.integers(0, 3)):
        x, y = rng.uniform(-wide, wide), rng.uniform(0.65, 0.85)
        w, h = rng.uniform(0.05, 0.12), rng.uniform(0.05, 0.1)
        pen.rect(x - w, y - h, x + w, y + h, vary(rng, (95, 75, 55)))
        pen.rect(x - w + 0.015, y - h + 0.015, x + w - 0.015, y + h - 0.015, vary(rng, (170, 180, 175), 50))


def wall(image, rng):
    """A wall close by (plaster or brick) above a strip of pavement."""
    pen, wide = pen_for(image), half_width(image)
    base = vary(rng, pick(rng, (165, 95, 75), (200, 190, 175), (150, 150, 150), (190, 165, 130), (125, 130, 140)))
    vertical_gradient(image, shade(base, 0.93), base)
    if rng.random() < 0.5:
        mortar, rows = shade(base, 0.8), int(rng.integers(9, 16))
        for j in range(rows):
            y = j / rows
            pen.line([(-wide, y), (wide, y)], 0.004, mortar)
            for i in range(int(2 * wide / 0.14) + 2):
                x = -wide + (i + (j % 2) / 2) * 0.14
                pen.line([(x, y), (x, y + 1 / rows)], 0.004, mortar)
    pen.rect(-wide, 0, wide, rng.uniform(0.1, 0.22), vary(rng, (140, 138, 134)))


def warehouse(image, rng):
    """A concrete floor in front of shelves."""
    pen, wide = pen_for(image), half_width(image)
    floor = rng.uniform(0.24, 0.36)
    vertical_gradient(image, vary(rng, (120, 125, 130)), vary(rng, (155, 158, 160)), 0, 1 - floor)
    vertical_gradient(image, (130, 130, 128), vary(rng, (165, 164, 160)), 1 - floor, 1)
    post = vary(rng, pick(rng, (60, 80, 130), (190, 110, 40), (90, 95, 100)))
    for level in (floor + 0.22, floor + 0.42):
        pen.rect(-wide, level, wide, level + 0.02, post)
        x = -wide
        while x < wide:
            w = rng.uniform(0.06, 0.13)
            pen.rect(x, level + 0.02, x + w, level + rng.uniform(0.07, 0.15), vary(rng, (150, 125, 95), 25))
            x += w + rng.uniform(0.01, 0.12)
    for i in range(int(wide * 5) + 2):
        x = -wide + i * 0.45
        pen.rect(x, floor, x + 0.02, 1, post)


def water(image, rng, horizon=None):
    """Open water under a sky."""
    pen, wide = pen_for(image), half_width(image)
    horizon = horizon or rng.uniform(0.3, 0.5)
    sky(image, rng, 1 - horizon)
    sea = vary(rng, pick(rng, (45, 95, 140), (60, 115, 140), (75, 110, 125), (40, 80, 115)))
    vertical_gradient(image, mix(sea, (180, 200, 215), 0.35), shade(sea, 0.85), 1 - horizon, 1)
    for _ in range(26):
        y = rng.uniform(0, horizon) * rng.uniform(0.4, 1)
        x, w = rng.uniform(-wide, wide), rng.uniform(0.03, 0.12) * (1.2 - y)
        pen.line([(x - w, y), (x, y + 0.006), (x + w, y)], 0.005, mix(sea, (235, 240, 245), rng.uniform(0.2, 0.5)))


def underwater(image, rng):
    sea = vary(rng, pick(rng, (30, 110, 150), (25, 95, 125), (40, 125, 140)))
    vertical_gradient(image, shade(sea, 1.3), shade(sea, 0.6))
    pen, wide = pen_for(image), half_width(image)
    for _ in range(rng.integers(2, 6)):
        x, height = rng.uniform(-wide, wide), rng.uniform(0.1, 0.35)
        bends = [(x + 0.02 * np.sin(4 * t + x * 9), t * height) for t in np.linspace(0, 1, 6)]
        pen.line(bends, 0.018, vary(rng, (40, 110, 70)))
    for _ in range(rng.integers(3, 12)):
        pen.circle(rng.uniform(-wide, wide), rng.uniform(0.1, 1), rng.uniform(0.004, 0.014), shade(sea, 1.6))


def building_site(image, rng):
    """Bare earth, a raw concrete frame and a crane."""
    pen, wide = pen_for(image), half_width(image)
    ground = rng.uniform(0.28, 0.4)
    sky(image, rng, 1 - ground)
    concrete = vary(rng, (160, 160, 158))
    x0 = rng.uniform(-wide, 0)
    for level in range(3):
        pen.rect(x0, ground + level * 0.16 + 0.13, x0 + 0.55, ground + level * 0.16 + 0.16, concrete)
        for column in range(4):
            x = x0 + column * 0.175
            pen.rect(x, ground + level * 0.16, x + 0.025, ground + level * 0.16 + 0.15, shade(concrete, 0.85))
    if rng.random() < 0.6:
        x = rng.uniform(0, wide)
        pen.rect(x, ground, x + 0.02, 0.93, PALETTE["yellow"])
        pen.rect(x - 0.3, 0.9, x + 0.15, 0.915, PALETTE["yellow"])
    earth = vary(rng, (150, 120, 85))
    vertical_gradient(image, earth, shade(earth, 0.85), 1 - ground, 1)


PLACES = {
    "street": street,
    "road": road,
    "field": field,
    "yard": yard,
    "room": room,
    "wall": wall,
    "warehouse": warehouse,
    "sky": sky,
    "water": water,
    "underwater": underwater,
    "building site": building_site,
}
