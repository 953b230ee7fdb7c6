"""What may be said of each class: names, other words for it, and the sentences they are put in.

`SEEN` templates are for training, `UNSEEN` ones only for the held-out figure of unseen wordings: no sentence frame of
the second list occurs in the first, with or without the additions that `caption` makes.
"""

from classes import BY_NAME, NAMES
from words import NEUTRAL

OTHER_WORDS = {
    "person": "man|woman|pedestrian|someone standing|human|person walking|person standing|people",
    "crowd": "crowd of people|group of people|many people|crowded place|gathering of people",
    "construction worker": "worker in a hard hat|hard hat worker|builder in a safety vest|worker with a helmet and vest"
    "|person with a hard hat",
    "person lying on the ground": "person lying down|fallen person|person on the floor|someone lying on the floor"
    "|man lying on the ground|injured person",
    "umbrella": "person with an umbrella|person under an umbrella|open umbrella|someone holding an umbrella",
    "car": "automobile|sedan|passenger car|red car|blue car|black car|white car|green car|yellow car",
    "police car": "police vehicle|patrol car|police cruiser",
    "truck": "lorry|cargo truck|delivery truck|box truck|freight truck",
    "fire truck": "fire engine|firetruck|red fire engine|fire brigade vehicle",
    "ambulance": "emergency ambulance|ambulance van|medical emergency vehicle|white ambulance",
    "bus": "coach|city bus|public bus|passenger bus|red bus|yellow bus",
    "train": "railway train|locomotive|railroad train|passenger train|tram",
    "motorcycle": "motorbike|motorcyclist|person on a motorcycle|rider on a motorbike",
    "cyclist": "bicycle|bike|person riding a bicycle|bicycle rider|person on a bike",
    "excavator": "digger|excavator machine|construction digger|yellow excavator",
    "forklift": "forklift truck|fork lift|lift truck with forks|warehouse forklift",
    "airplane": "plane|aeroplane|aircraft|jet|airliner|passenger jet",
    "helicopter": "chopper|flying helicopter|rescue helicopter",
    "drone": "quadcopter|flying drone|camera drone|unmanned aerial vehicle",
    "hot-air balloon": "hot air balloon|balloon|balloon with a basket",
    "sailboat": "sailing boat|yacht|boat|boat with sails|small boat",
    "cargo ship": "container ship|freighter|ship|freight ship|large ship",
    "dog": "puppy|hound|pet dog|brown dog|black dog",
    "cat": "kitten|pet cat|house cat|sitting cat|black cat|ginger cat",
    "horse": "pony|stallion|mare|brown horse|white horse",
    "cow": "cattle|bull|dairy cow|spotted cow",
    "sheep": "lamb|ewe|woolly sheep",
    "bird": "flying bird|gull|pigeon|seagull|crow",
    "fish": "goldfish|swimming fish|fish under water|fish in an aquarium",
    "tree": "single tree|lone tree|big tree|oak tree",
    "flower": "blossom|blooming flower|daisy|bloom",
    "red traffic light": "red light|traffic light showing red|red signal|red stop light|traffic signal on red",
    "green traffic light": "green light|traffic light showing green|green signal|traffic signal on green",
    "stop sign": "red stop sign|octagonal stop sign|road sign that says stop|traffic stop sign",
    "traffic cone": "orange cone|road cone|safety cone|pylon",
    "suitcase": "luggage|travel bag|baggage|abandoned suitcase|unattended luggage",
    "cardboard box": "box|parcel|package|carton|delivered package",
    "ball": "football|soccer ball|beach ball|toy ball",
    "bottle": "wine bottle|water bottle|glass bottle|plastic bottle",
    "chair": "wooden chair|seat|empty chair",
    "bench": "park bench|wooden bench|empty bench",
    "closed door": "shut door|door that is closed|door is shut|locked door|door",
    "open door": "door that is open|door standing open|door is open|opened door|doorway",
    "ladder": "stepladder|leaning ladder|wooden ladder|metal ladder",
    "broken window": "smashed window|shattered glass|cracked window|broken glass|window with a hole",
    "fire": "flames|burning fire|blaze|flame|something burning|bonfire",
    "smoke": "dark smoke|cloud of smoke|black smoke|thick smoke|plume of smoke|smoke rising",
    "rain": "rainy weather|heavy rain|raining|rainfall|downpour|rainy day",
    "snow": "snowfall|snowy weather|snowing|falling snow|winter snow|snowy day",
    "fog": "foggy weather|mist|thick fog|foggy day|haze",
    "lightning": "lightning strike|thunderstorm|lightning bolt|flash of lightning|thunder and lightning",
    "flood": "flooding|flooded street|flood water|inundation|high water",
    "sunset": "sunrise|setting sun|evening sun|dusk sky|sun going down",
    "street at night": "night|night street|city at night|dark street at night|night time|street in the dark",
    "moon": "night sky|starry sky|full moon|moon and stars|crescent moon|moonlight",
    "sunny day": "sunshine|sun|sunny weather|bright sun|sun in a blue sky|clear sunny sky",
    "rainbow": "colourful rainbow|rainbow in the sky|rainbow over a field",
    "forest": "woods|woodland|many trees|trees in a forest",
    "mountain": "mountains|snowy peaks|mountain range|rocky mountain|alps",
    "beach": "sandy beach|seaside|sand and sea|sea shore|palm beach",
    "open sea": "sea|ocean|empty sea|open water|calm sea|water",
    "empty street": "empty road|street|road|quiet street|deserted street|street without people|day|daytime street",
    "empty room": "room|indoor room|bare room|room without furniture|room with nobody",
    "empty yard": "yard|garden fence|back yard|wooden fence|fence|lawn with a fence|backyard",
}

SEEN = """
{}
{}
{}
a {}
the {}
an image of a {}
a photo of a {}
a photo of a {}
a photo of the {}
a photo of {}
photo of a {}
a picture of a {}
a picture of the {}
picture of {}
an image of {}
image of the {}
a drawing of a {}
a drawing of {}
a rendering of a {}
an illustration of a {}
a video frame of a {}
a video frame with a {}
a frame showing a {}
a camera frame with {}
a camera picture of a {}
a camera image showing {}
a security camera image of a {}
surveillance footage of a {}
security footage showing a {}
cctv footage of {}
footage of a {}
a clip of a {}
a video of a {}
a video of {}
a blurry photo of a {}
a dark photo of a {}
a bright photo of a {}
a close-up photo of a {}
a cropped photo of the {}
a low resolution photo of a {}
a noisy picture of a {}
a grainy image of the {}
a good photo of a {}
a bad photo of the {}
a small {}
a large {}
a big {}
one {}
there is a {}
there is {} here
there is a {} in the scene
there is {} in the picture
we see a {}
we can see {}
you can see a {} here
i see a {}
this is a {}
this is {}
this picture shows a {}
this photo shows {}
the image contains a {}
the picture contains {}
the camera sees a {}
the camera shows {}
it is a {}
a scene with a {}
a scene with {}
a scene of {}
a view of a {}
a view of {}
the frame has a {} in it
a {} in front of the camera
a {} near the camera
a {} in the middle
a {} on the left
a {} on the right side
a {} can be seen
{} can be seen
{} in view
a {} appears
look, a {}
a typical {}
some {}
any {}
a cartoon of a {}
a synthetic picture of a {}
outdoor camera, {}
live camera: {}
label: {}
tag: {}
alert: {}
is there a {}
""".strip().splitlines()

PLACED = """
a {} on a street
a {} on the road
a {} in the city
a {} in a field
a {} in a yard
a {} in a room
a {} outside
a {} in front of houses
a {} in front of a fence
a {} under a grey sky
a {} on a cloudy day
a {} at dusk
a {} next to a building
a {} with nothing else around
""".strip().splitlines()

UNSEEN = """
a snapshot of a {}
a snapshot showing the {}
here we have a {}
what a camera would call a {}
a still from a video in which a {} is visible
a webcam shot of a {}
a screenshot with a {}
in this shot there is a {}
the main thing in the picture is a {}
somebody filmed a {}
a {} has been detected
detected object: {}
a recording of {}
please find the {}
my photograph of a {}
a postcard of {}
an example of a {}
a sketch that shows a {}
a monitor on which {} can be noticed
everything points to {}
the photographer captured a {}
the scene seems to contain a {}
an old photograph of {}
""".strip().splitlines()

PUNCTUATION = ("", "", "", "", ".", ".", "!", "?", "...")


def names_of(name):
    """The class name, then the other words for it."""
    return [name] + OTHER_WORDS[name].split("|")


NAMES_OF = {name: names_of(name) for name in NAMES}


def tidy(text):
    """Mends the article before a vowel in most cases; captions of users are not always right either."""
    for vowel in "aeiou":
        text = text.replace(f" a {vowel}", f" an {vowel}")
        if text.startswith(f"a {vowel}"):
            text = "an" + text[1:]
    return text


def filler(rng):
    return " ".join(NEUTRAL[i] for i in rng.integers(0, len(NEUTRAL), rng.integers(1, 4)))


def caption(rng, name):
    """A random training caption: a seen frame, one of the names, and now and then filler, capitals or punctuation."""
    nouns = NAMES_OF[name]
    noun = nouns[0] if rng.random() < 0.35 else nouns[rng.integers(len(nouns))]
    placed = not BY_NAME[name].is_scene and rng.random() < 0.15
    frames = PLACED if placed else SEEN
    text = frames[rng.integers(len(frames))].replace("{}", noun)
    chance = rng.random()
    if chance < 0.12:
        text = filler(rng) + " " + text
    elif chance < 0.24:
        text = text + " " + filler(rng)
    elif chance < 0.34:
        words = text.split(" ")
        at = text[: text.index(noun)].count(" ")
        text = " ".join(words[:at] + [filler(rng)] + words[at:])
    if rng.random() < 0.7:
        text = tidy(text)
    return text + PUNCTUATION[rng.integers(len(PUNCTUATION))]


def unseen_caption(frame, name):
    """A held-out sentence about the class by its plain name."""
    return tidy(frame.replace("{}", name))
