"""The things the model knows: name, drawing, where they appear and how large."""

from dataclasses import dataclass
from typing import Callable

import draw_animals as animals
import draw_craft as craft
import draw_objects as objects
import draw_people as people
import draw_scenes as scenes
import draw_vehicles as vehicles

ROADS = ("street", "street", "road")
SITE = ("building site", "building site", "street", "road", "warehouse")
LAND = ("street", "road", "field", "yard")
ANYWHERE = ("street", "road", "field", "yard", "room", "wall")


@dataclass(frozen=True)
class Thing:
    """A class. Subjects have places and a range of sizes (unit as a share of the picture); scenes have neither.

    `half` and `tall` are the drawing's half width and height in its own unit, `lift` how high above the ground it
    may hang.
    """

    name: str
    draw: Callable
    places: tuple = ()
    smallest: float = 0.0
    largest: float = 0.0
    half: float = 0.5
    tall: float = 0.5
    lift: float = 0.0
    flips: bool = True

    @property
    def is_scene(self):
        return not self.places


THINGS = (
    Thing("person", people.person, ANYWHERE, 0.5, 0.92, 0.17, 1.0),
    Thing("crowd", people.crowd, LAND, 0.75, 1.1, 0.65, 0.95),
    Thing("construction worker", people.construction_worker, SITE, 0.5, 0.9, 0.17, 1.05),
    Thing("person lying on the ground", people.person_lying, LAND + ("room", "warehouse"), 0.5, 0.9, 0.5, 0.2),
    Thing("umbrella", people.umbrella, LAND, 0.5, 0.88, 0.4, 1.05),
    Thing("car", vehicles.car, ROADS + ("yard",), 0.45, 0.9, 0.5, 0.41),
    Thing("police car", vehicles.police_car, ROADS, 0.45, 0.9, 0.5, 0.46),
    Thing("truck", vehicles.truck, ROADS + ("building site",), 0.5, 0.95, 0.52, 0.55),
    Thing("fire truck", vehicles.fire_truck, ROADS, 0.5, 0.95, 0.52, 0.5),
    Thing("ambulance", vehicles.ambulance, ROADS, 0.5, 0.95, 0.5, 0.56),
    Thing("bus", vehicles.bus, ROADS, 0.55, 0.95, 0.52, 0.43),
    Thing("train", vehicles.train, ("field", "field", "street"), 0.65, 1.1, 0.45, 0.46),
    Thing("motorcycle", vehicles.motorcycle, ROADS, 0.45, 0.9, 0.48, 0.83),
    Thing("cyclist", vehicles.cyclist, ROADS + ("field",), 0.45, 0.9, 0.46, 0.95),
    Thing("excavator", vehicles.excavator, ("building site", "building site", "field", "road"), 0.5, 0.9, 0.52, 0.78),
    Thing("forklift", vehicles.forklift, ("warehouse", "warehouse", "building site"), 0.5, 0.9, 0.5, 0.82),
    Thing("airplane", craft.airplane, ("sky",), 0.45, 0.95, 0.52, 0.27, 1),
    Thing("helicopter", craft.helicopter, ("sky", "sky", "field", "street"), 0.45, 0.9, 0.52, 0.22, 1),
    Thing("drone", craft.drone, ("sky", "sky", "field", "yard"), 0.45, 0.9, 0.45, 0.2, 1),
    Thing("hot-air balloon", craft.balloon, ("sky", "sky", "field"), 0.45, 0.85, 0.34, 1.0, 0.4),
    Thing("sailboat", craft.sailboat, ("water",), 0.45, 0.85, 0.45, 0.98, 0.2),
    Thing("cargo ship", craft.cargo_ship, ("water",), 0.55, 0.95, 0.52, 0.45, 0.25),
    Thing("dog", animals.dog, ANYWHERE, 0.5, 0.95, 0.5, 0.78),
    Thing("cat", animals.cat, ANYWHERE, 0.45, 0.9, 0.4, 0.95),
    Thing("horse", animals.horse, ("field", "field", "yard", "road"), 0.5, 0.95, 0.5, 1.0),
    Thing("cow", animals.cow, ("field", "field", "yard", "road"), 0.5, 0.95, 0.5, 0.85),
    Thing("sheep", animals.sheep, ("field", "field", "yard"), 0.5, 0.95, 0.44, 0.72),
    Thing("bird", animals.bird, ("sky", "sky", "field", "water"), 0.4, 0.9, 0.46, 0.4, 1),
    Thing("fish", animals.fish, ("underwater",), 0.4, 0.9, 0.46, 0.3, 1),
    Thing("tree", objects.tree, ("field", "field", "yard", "street"), 0.55, 0.95, 0.4, 1.0),
    Thing("flower", objects.flower, ("field", "yard", "yard", "room"), 0.55, 1.0, 0.35, 1.0),
    Thing("red traffic light", objects.red_light, ("street", "street", "road", "sky"), 0.45, 0.85, 0.17, 1.0, 0.2),
    Thing("green traffic light", objects.green_light, ("street", "street", "road", "sky"), 0.45, 0.85, 0.17, 1.0, 0.2),
    Thing("stop sign", objects.stop_sign, ("street", "street", "road", "field"), 0.5, 0.95, 0.33, 1.0, 0.15, flips=False),
    Thing("traffic cone", objects.traffic_cone, ("street", "road", "building site", "warehouse"), 0.4, 0.9, 0.3, 0.9),
    Thing("suitcase", objects.suitcase, ("room", "room", "wall", "street"), 0.45, 0.9, 0.26, 0.96),
    Thing("cardboard box", objects.cardboard_box, ("room", "wall", "warehouse", "yard"), 0.4, 0.85, 0.48, 0.75),
    Thing("ball", objects.ball, ("field", "yard", "room", "street"), 0.28, 0.65, 0.5, 1.0, 0.25),
    Thing("bottle", objects.bottle, ("room", "wall", "warehouse"), 0.45, 0.95, 0.2, 1.0),
    Thing("chair", objects.chair, ("room", "room", "yard", "wall"), 0.45, 0.88, 0.35, 1.03),
    Thing("bench", objects.bench, ("yard", "field", "street", "wall"), 0.5, 0.95, 0.52, 0.5),
    Thing("closed door", objects.closed_door, ("wall", "wall", "room"), 0.6, 0.92, 0.27, 1.0),
    Thing("open door", objects.open_door, ("wall", "wall", "room"), 0.6, 0.88, 0.4, 1.03),
    Thing("ladder", objects.ladder, ("wall", "wall", "yard", "building site", "warehouse"), 0.55, 0.95, 0.2, 1.0),
    Thing("broken window", objects.broken_window, ("wall",), 0.5, 0.9, 0.44, 0.9, 0.25),
    Thing("fire", scenes.fire, LAND + ("warehouse", "wall"), 0.45, 0.95, 0.45, 1.0, 0.1),
    Thing("smoke", scenes.smoke, LAND + ("warehouse", "wall", "building site"), 0.65, 1.05, 0.3, 0.9, 0.2),
    Thing("rain", scenes.rain),
    Thing("snow", scenes.snow),
    Thing("fog", scenes.fog),
    Thing("lightning", scenes.lightning),
    Thing("flood", scenes.flood),
    Thing("sunset", scenes.sunset),
    Thing("street at night", scenes.night_street),
    Thing("moon", scenes.moon),
    Thing("sunny day", scenes.sunny),
    Thing("rainbow", scenes.rainbow),
    Thing("forest", scenes.forest),
    Thing("mountain", scenes.mountain),
    Thing("beach", scenes.beach),
    Thing("open sea", scenes.open_sea),
    Thing("empty street", scenes.empty_street),
    Thing("empty room", scenes.empty_room),
    Thing("empty yard", scenes.empty_yard),
)

NAMES = tuple(thing.name for thing in THINGS)
BY_NAME = {thing.name: thing for thing in THINGS}
