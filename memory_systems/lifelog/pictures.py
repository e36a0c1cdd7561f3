"""Pictures that are really drawn: a coloured thing on a coloured ground, told by a caption."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from memory_systems.lifelog.data_files import read
from memory_systems.lifelog.draw import Draw

SIDE = 96
MARGIN = 14
_STEP = 12


@dataclass(frozen=True)
class Scene:
    """`ground` is the name of the background's colour, `place` the words for it."""

    thing: str
    pattern: str
    colour: str
    ground: str
    place: str
    opening: str

    @property
    def subject(self) -> str:
        """Such as "striped red kite"."""
        return f"{self.pattern} {self.colour} {self.thing}".removeprefix("plain ")

    @property
    def caption(self) -> str:
        """Such as "a photo of a striped red kite on the grass"."""
        article = "an" if self.subject[0] in "aeiou" else "a"
        return f"{self.opening} {article} {self.subject} {self.place}"


def scene(draw: Draw, taken: set[str]) -> Scene:
    """A picture whose subject is not in `taken`, to which it is added."""
    scenes = read("scenes")
    while True:
        colour = draw.pick(list(scenes["colours"]))
        ground = draw.pick([name for name in scenes["grounds"] if name != colour])
        drawn = Scene(
            thing=draw.pick(list(scenes["objects"])),
            pattern=draw.pick(scenes["patterns"]),
            colour=colour,
            ground=ground,
            place=draw.pick(scenes["grounds"][ground]),
            opening=draw.pick(["a photo of", "a picture of", "a photography of", "a close up of"]),
        )
        if drawn.subject not in taken:
            taken.add(drawn.subject)
            return drawn


def paint(picture: Scene) -> Image.Image:
    """The picture, `SIDE` pixels square."""
    scenes = read("scenes")
    colour = tuple(scenes["colours"][picture.colour])
    ground = tuple(scenes["colours"][picture.ground])
    mask = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(mask)
    for outline in scenes["objects"][picture.thing]:
        if isinstance(outline, dict):
            left, top, right, bottom = map(_pixel, outline["box"])
            pen.ellipse((left, top, right, bottom), fill=255)
        else:
            pen.polygon([(_pixel(x), _pixel(y)) for x, y in outline], fill=255)
    image = Image.new("RGB", (SIDE, SIDE), ground)
    image.paste(colour, mask=mask)
    second = tuple((3 * own + 2 * (255 - own)) // 5 for own in colour)
    image.paste(second, mask=ImageChops.darker(mask, _pattern(picture.pattern)))
    return image


def save(picture: Scene, path: Path) -> None:
    """Writes a PNG unless the same one is there; it appears whole or not at all."""
    buffer = BytesIO()
    paint(picture).save(buffer, "PNG", compress_level=1)
    if path.is_file() and path.read_bytes() == buffer.getvalue():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(buffer.getvalue())
    scratch.replace(path)


def _pattern(name: str) -> Image.Image:
    """Where the second colour goes: narrow enough that the first one prevails."""
    mask = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(mask)
    steps = range(0, SIDE, _STEP)
    if name == "striped":
        for y in steps:
            pen.rectangle((0, y, SIDE, y + 3), fill=255)
    elif name != "plain":
        draw = pen.ellipse if name == "spotted" else pen.rectangle
        for x in steps:
            for y in steps:
                draw((x, y, x + 5, y + 5), fill=255)
    return mask


def _pixel(share: float) -> int:
    return MARGIN + round(share * (SIDE - 2 * MARGIN))
